"""A piece of work and how far it has got."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Working


class Piece(Working):
    """One piece of work: what it is, who asked, how far it is, how it ended."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to start")
        RUNNING = "running", _("In progress")
        DONE = "done", _("Finished")
        FAILED = "failed", _("Stopped by a fault")

    job = models.CharField(max_length=80, db_index=True)
    arguments = models.JSONField(default=dict)
    # While a piece with this key waits or runs, asking again returns the same piece.
    key = models.CharField(max_length=160, blank=True)
    asked_by = models.CharField(max_length=200)
    asked_by_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    problem = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    # A running piece whose worker has not been heard from for a lease is taken back and tried again.
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="work_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=~models.Q(key="") & models.Q(state__in=["waiting", "running"]),
                name="one_live_piece_per_key",
            )
        ]


class Beat(Working):
    """When a recurring job last started: one row per job, moved on by whoever claims the turn."""

    job = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()
