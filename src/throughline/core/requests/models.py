"""What is asked of whom, by when, and what became of it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..access.models import User
from ..audit.tables import Guarded
from ..organisations.models import Agency, School
from ..people.models import Child


class Request(Guarded):
    """One thing asked of a person, or of the queue of a school or agency: exactly one of the three.

    ``taken_by`` is who has it in hand where it came to a queue, or was passed on. ``through_school`` or ``through_agency``
    is where somebody asked by name works with the child: when they do so no more, the request goes to that queue.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        ANSWERED = "answered", _("Answered")
        RETURNED = "returned", _("Returned with a reason")
        WITHDRAWN = "withdrawn", _("No longer needed")

    kind = models.CharField(max_length=80)
    child = models.ForeignKey(Child, models.PROTECT, related_name="requests")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="asked_of_me")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="requests")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="requests")
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="requests_in_hand")
    through_school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    through_agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)
    due = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.CharField(max_length=200)
    asked_by_user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="requests_made"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    returned_because = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True)
    # Moved on by every save: whoever saves over an older edition is told, and nothing is lost.
    edition = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=160, unique=True)

    child_field = "child_id"

    class Meta:
        indexes = [
            models.Index(fields=["user", "state", "due"], name="request_of_person"),
            models.Index(fields=["school", "state", "due"], name="request_of_school"),
            models.Index(fields=["agency", "state", "due"], name="request_of_agency"),
        ]
        constraints = [
            models.CheckConstraint(
                name="request_asked_of_one",
                condition=(
                    models.Q(user__isnull=False, school__isnull=True, agency__isnull=True)
                    | models.Q(user__isnull=True, school__isnull=False, agency__isnull=True)
                    | models.Q(user__isnull=True, school__isnull=True, agency__isnull=False)
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"
