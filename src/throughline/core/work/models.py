"""A piece of work and how far it has got; the recurring turns; the workers that were heard from."""

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
    # Identifiers and settings only: what a job needs to know about people it reads from the record when it runs.
    arguments = models.JSONField(default=dict)
    # While a piece with this key waits or runs, asking again returns the same piece.
    key = models.CharField(max_length=160, blank=True)
    # The row of the queue that carries this piece; the two change state in one transaction.
    task_id = models.UUIDField(unique=True)
    asked_by = models.CharField(max_length=200)
    asked_by_id = models.UUIDField(null=True, db_index=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    # Words for the person who asked, when the job itself said why it cannot be done.
    refusal = models.CharField(max_length=500, blank=True)
    # The fault of the last attempt, for whoever looks after the installation.
    problem = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    # A running piece whose worker has not been heard from for a lease is taken back and tried again.
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["state", "heard_at"], name="work_by_last_word")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=~models.Q(key="") & models.Q(state__in=["waiting", "running"]),
                name="one_live_piece_per_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.job} ({self.state})"


class Beat(Working):
    """When a recurring job is next due: one row per job, moved on by whoever claims the turn."""

    job = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.job}, due {self.due_at}"


class WorkerSign(Working):
    """A worker's sign of life: when it started, when it was last heard from, when it stopped."""

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
