"""Legal holds and certificates of disposal."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from ..audit.tables import Appended, Guarded
from ..people.models import Child


class Hold(Guarded):
    """For an inquiry, a court, a complaint or a subject access request, nothing of this child's is disposed of."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="holds")
    reason = models.TextField()
    placed_by = models.CharField(max_length=200)
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.CharField(max_length=200, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(blank=True)

    child_field = "child_id"


class Certificate(Appended):
    """Proof that a record was disposed of. It names nobody: it outlives what it speaks of."""

    reference = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField(default=timezone.now)
    proposed_by = models.CharField(max_length=200)
    approved_by = models.CharField(max_length=200)
    retention = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    # Of what was disposed of, so that whoever kept a copy can show that it is the same.
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.reference
