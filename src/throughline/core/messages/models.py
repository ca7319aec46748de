"""The outbox: what was written to whom, and how far it has got on its way."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..access.models import User
from ..audit.tables import Appended, Guarded, Working
from ..people.models import Adult, Child


class Channel(models.TextChoices):
    EMAIL = "email", _("Email")
    TEXT = "text", _("Text message")
    LETTER = "letter", _("Letter")


class Message(Guarded):
    """One message to one person. There is no copy line: nobody learns who else was written to.

    To whom is either an address that was fixed when it was written (``to``), or a person: then the address is found when
    it is sent, so that a tie that has ended or an address that has changed is respected.
    """

    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    to = models.CharField(max_length=254, blank=True, db_index=True)
    adult = models.ForeignKey(Adult, models.PROTECT, null=True, blank=True, related_name="messages")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="messages")
    # Whom it concerns, so that it is sent only to somebody who stands to that child, and never says who it is.
    about_child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="messages")
    lang = models.CharField(max_length=7, default="en-gb")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    # What a letter says beside its body, as blocks of ``formats.pdf``.
    blocks = models.JSONField(default=list, blank=True)
    # The same key twice is the same message: an act repeated does not write to a family twice.
    key = models.CharField(max_length=120, unique=True)
    written_at = models.DateTimeField(default=timezone.now, db_index=True)
    # When the words were removed because they held a code for signing in.
    wiped_at = models.DateTimeField(null=True, blank=True)

    child_field = "about_child_id"

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
        DELIVERED = "delivered", _("Delivered")
        TO_PRINT = "to_print", _("Waiting to be printed and posted")
        HELD = "held", _("Held")
        FAILED = "failed", _("Could not be sent")

    message = models.OneToOneField(Message, models.CASCADE, related_name="delivery")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Codes that wording.py puts into words; the mail server's own answer is in ``answer``.
    problem = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    shown_only = models.BooleanField(default=False)
    not_before = models.DateTimeField(default=timezone.now)
    # The address it went to, when that was found at sending. Of a letter, the sheet itself says it.
    sent_to = models.CharField(max_length=254, blank=True, db_index=True)
    # What GOV.UK Notify calls it, to know a receipt by.
    provider_id = models.UUIDField(null=True, blank=True)
    # Whose batch it is in, and since when: a batch that goes quiet is taken back.
    claim = models.UUIDField(null=True, db_index=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="outbox_waiting")]

    def __str__(self) -> str:
        return self.state


class Sheet(Appended):
    """A letter as it was printed or handed on: what was in the envelope can always be shown."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="sheets")
    content = models.BinaryField()
    pages = models.PositiveSmallIntegerField()
    # A mark of the address it bears, to see whether that is still where to write. Never the address itself.
    address_mark = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)


class ContactChoice(Guarded):
    """How somebody wishes to be written to: for everything, and for kinds of message where they chose otherwise."""

    user = models.OneToOneField(User, models.PROTECT, related_name="contact_choice")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    by_kind = models.JSONField(default=dict, blank=True)
    lang = models.CharField(max_length=7, blank=True)


class QuietDay(Guarded):
    """A day on which the authority sends no text messages that can wait."""

    day = models.DateField(unique=True)
    reason = models.CharField(max_length=120)
