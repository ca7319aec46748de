"""A child goes elsewhere and the record goes with them: where to, what was sent, and whether it has arrived."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Guarded
from ..organisations.models import School
from ..people.models import Child
from .proposal_tables import Proposal, SentFile


class How(models.TextChoices):
    """By which way something was sent."""

    SCHOOL_TO_SCHOOL = "s2s", _("School to School, the Department for Education’s service")
    EMAIL = "email", _("Secure e-mail")
    SERVICE = "service", _("A secure service of the other side")
    HAND = "hand", _("By hand, or by recorded post")


class Move(Guarded):
    """One child's record on its way to whoever answers for their education next. Nothing follows before a receipt."""

    class Where(models.TextChoices):
        SCHOOL = "school", _("A school on our list")
        AUTHORITY = "authority", _("Another local authority")
        ELSEWHERE = "elsewhere", _("A state school in another area")
        ABROAD = "abroad", _("An independent school, or a place outside England and Wales")

    class State(models.TextChoices):
        OPEN = "open", _("Not sent yet")
        SENT = "sent", _("Waiting for a receipt")
        RECEIVED = "received", _("Receipt given")
        REFUSED = "refused", _("Not accepted")
        SILENT = "silent", _("No answer came")
        CALLED_OFF = "called_off", _("Called off")

    child = models.ForeignKey(Child, models.PROTECT, related_name="moves")
    where = models.CharField(max_length=10, choices=Where)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    # Seven figures of a school, three of an authority, nothing where neither is.
    number = models.CharField(max_length=7, blank=True)
    on = models.DateField()
    because = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    begun_by = models.CharField(max_length=200)
    begun_at = models.DateTimeField(default=timezone.now)
    file = models.ForeignKey(SentFile, models.PROTECT, null=True, related_name="+")
    sent_on = models.DateField(null=True)
    sent_how = models.CharField(max_length=10, choices=How, blank=True)
    sent_by = models.CharField(max_length=200, blank=True)
    # By when a receipt should have come.
    due = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    # Who there confirmed or refused it, and in which words.
    answered_by = models.CharField(max_length=120, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=200, blank=True)
    # Keys of the enrolments that ended with the receipt: what is given back if it was recorded by mistake.
    ended = models.JSONField(default=list)

    child_field = "child_id"

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=models.Q(state__in=["open", "sent"]), name="one_move_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["state", "due"], name="move_without_receipt")]

    def __str__(self) -> str:
        return f"to {self.name} ({self.state})"


class Receipt(Guarded):
    """That we told a sender their transfer file has arrived. It names the file, and nobody in it."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="receipt")
    given_on = models.DateField()
    given_to = models.CharField(max_length=120)
    how = models.CharField(max_length=10, choices=How)
    given_by = models.CharField(max_length=200)
    given_by_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"receipt of {self.given_on}"
