"""The lines of a child's story."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from ..audit.tables import Appended


class Entry(Appended):
    """Something that happened, as one sentence: its kind says the words, ``facts`` fills the places in them.

    A line that turned out wrong is answered by a later line (``corrects``), as in any register.
    """

    child_id = models.UUIDField()
    on = models.DateField()
    kind = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    source = models.CharField(max_length=120)
    # What it speaks of, so that it can be opened in place: a table's label and a key.
    about = models.CharField(max_length=80, blank=True)
    about_id = models.UUIDField(null=True)
    corrects = models.UUIDField(null=True)
    written_by = models.CharField(max_length=200)
    written_by_id = models.UUIDField(null=True)
    written_at = models.DateTimeField(default=timezone.now)
    # The same key twice is the same line: an act that is repeated tells its story once.
    key = models.CharField(max_length=160, unique=True)

    child_field = "child_id"

    class Meta:
        indexes = [
            models.Index(fields=["child_id", "-on", "-id"], name="story_of_child"),
            models.Index(fields=["child_id", "kind", "-on", "-id"], name="story_of_child_by_kind"),
            models.Index(
                fields=["child_id", "corrects"],
                condition=models.Q(corrects__isnull=False),
                name="corrections_in_story",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.on})"
