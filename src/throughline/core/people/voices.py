"""What children and families say. A table of its own file, named with the others in ``models``."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Guarded


class Voice(Guarded):
    """What a child, or their family, says in their own words, on a day. New words are a new row: none is written over.

    ``heard`` says how it is known when somebody else wrote it down; ``about`` what it was said beside, if anything.
    """

    class Speaker(models.TextChoices):
        CHILD = "child", _("The child or young person")
        FAMILY = "family", _("The family")

    child = models.ForeignKey("people.Child", models.PROTECT, related_name="voices")
    speaker = models.CharField(max_length=10, choices=Speaker, default=Speaker.CHILD)
    words = models.TextField()
    said_on = models.DateField()
    heard = models.CharField(max_length=200, blank=True)
    written_by = models.CharField(max_length=200)
    written_at = models.DateTimeField(default=timezone.now)
    about = models.CharField(max_length=80, blank=True)
    about_id = models.UUIDField(null=True)

    child_field = "child_id"

    class Meta:
        indexes = [models.Index(fields=["child", "-said_on", "-id"], name="voice_of_child")]
