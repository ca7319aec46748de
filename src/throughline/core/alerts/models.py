"""Something a team should look at, and what became of it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Guarded


class LocalFigure(Guarded):
    """An authority's own figure for a criterion, from a day, for a reason. Of those begun, the latest holds.

    Each carries the number that follows the one before, so that of two people who set one at once the second is told.
    """

    code = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    figure = models.PositiveIntegerField()
    since = models.DateField()
    reason = models.TextField()
    set_by = models.CharField(max_length=200)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="figures_follow_one_another")]

    def __str__(self) -> str:
        return f"{self.code}: {self.figure} since {self.since}"


class Alert(Guarded):
    """One alert. What it is about is kept as keys: who may see the child or the person is asked when it is shown."""

    class State(models.TextChoices):
        OPEN = "open", _("To be looked at")
        TAKEN = "taken", _("Somebody is looking at it")
        CLOSED = "closed", _("Looked at")

    kind = models.CharField(max_length=80, db_index=True)
    # Whom it concerns, where it concerns a child; and whose doing it is, where it is about somebody who signs in.
    child_id = models.UUIDField(null=True, db_index=True)
    user_id = models.UUIDField(null=True, db_index=True)
    details = models.JSONField(default=dict)
    # The same key twice is the same alert.
    key = models.CharField(max_length=160, unique=True)
    raised_at = models.DateTimeField(default=timezone.now, db_index=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    taken_by = models.CharField(max_length=200, blank=True)
    taken_by_id = models.UUIDField(null=True)
    closed_by = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)

    child_field = "child_id"

    class Meta:
        indexes = [models.Index(fields=["state", "raised_at"], name="alert_open")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"
