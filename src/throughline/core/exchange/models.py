"""What was brought in, and what was wrong with it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Guarded
from .move_tables import Move as Move  # tables, which Django looks for here
from .move_tables import Receipt as Receipt
from .proposal_tables import Applied as Applied
from .proposal_tables import Difference as Difference
from .proposal_tables import Layout as Layout
from .proposal_tables import Proposal as Proposal
from .proposal_tables import ProposedChild as ProposedChild
from .proposal_tables import SchoolWord as SchoolWord
from .proposal_tables import SentFile as SentFile
from .wording import refusal_words


class Import(Guarded):
    """One file brought in: its hash, its counts, its findings with line numbers.

    ``findings`` keeps the first thousand; ``findings_in_all`` says how many there were.
    """

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        UNCHANGED = "unchanged", _("Nothing new in it")
        REFUSED = "refused", _("Refused")

    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State)
    rows = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)
    findings_in_all = models.PositiveIntegerField(default=0)
    options = models.JSONField(default=dict)
    refused_because = models.JSONField(null=True)

    class Meta:
        ordering = ["-received_at", "-id"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def refusal(self) -> str:
        """Why the file was refused, in words; empty when it was not."""
        if not self.refused_because:
            return ""
        return refusal_words(self.refused_because["code"], self.refused_because["detail"])
