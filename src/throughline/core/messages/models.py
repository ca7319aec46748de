"""The outbox: what was written to whom, and how far it has got on its way."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Guarded, Working


class Message(Guarded):
    """One message to one person. There is no copy line: nobody learns who else was written to."""

    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, default="email")
    to = models.CharField(max_length=254, db_index=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    # The same key twice is the same message: an act repeated does not write to a family twice.
    key = models.CharField(max_length=120, unique=True)
    written_at = models.DateTimeField(default=timezone.now, db_index=True)
    # When the words were removed because they held a code for signing in.
    wiped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "wiped_at"], name="outbox_still_secret")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.written_at})"


class Delivery(Working):
    """A message on its way. Apart from the message, so that trying to send it writes no trail and keeps no words."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")

    message = models.OneToOneField(Message, models.CASCADE, related_name="delivery")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Codes that wording.py puts into words; the mail server's own answer is in ``answer``.
    problem = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    shown_only = models.BooleanField(default=False)
    not_before = models.DateTimeField(default=timezone.now)
    # Whose batch it is in, and since when: a batch that goes quiet is taken back.
    claim = models.UUIDField(null=True, db_index=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="outbox_waiting")]

    def __str__(self) -> str:
        return self.state
