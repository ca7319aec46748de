"""A subject access request and what is given in answer."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Guarded
from ..documents.models import KeptFile
from ..people.models import Adult, Child


class Pack(Guarded):
    """Everything held about a child, gathered for the child or for a parent who asks in the child's place.

    What was gathered lies in ``Gathered`` while the pack is open. ``decisions`` is what whoever read it decided by hand: for
    an item or a word, whether it is withheld, why, and who says so.
    """

    class State(models.TextChoices):
        GATHERING = "gathering", _("Being gathered")
        REVIEW = "review", _("To be read before it is given")
        RELEASED = "released", _("Given")
        EXPIRED = "expired", _("Given, and no longer to be fetched")
        CLOSED = "closed", _("Closed without being given")

    child = models.ForeignKey(Child, models.PROTECT, related_name="packs")
    # Empty when the child asked.
    adult = models.ForeignKey(Adult, models.PROTECT, null=True, blank=True, related_name="packs")
    hold = models.ForeignKey("retention.Hold", models.PROTECT, null=True, related_name="+")
    received_on = models.DateField()
    due_on = models.DateField()
    identity_checked = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.GATHERING)
    decisions = models.JSONField(default=dict)
    # Goes up with every change to what is withheld, so that two people reading at once do not undo each other.
    edition = models.PositiveIntegerField(default=1)
    opened_by = models.CharField(max_length=200)
    opened_at = models.DateTimeField(default=timezone.now)
    released_by = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(null=True)
    expires_on = models.DateField(null=True)
    # What whoever asked was to the child when it was given: when they are less, what was given is fetched no more.
    given_as = models.JSONField(default=list)
    closed_because = models.TextField(blank=True)
    printed = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")
    data = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")

    child_field = "child_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"],
                condition=models.Q(state__in=["gathering", "review"]),
                name="one_open_pack_per_child",
            )
        ]
