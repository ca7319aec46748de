"""The trail: an event for each act or look, and a line for each row or child it touched."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .tables import Appended, Working


class Event(Appended):
    """Something done, or something looked at."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    kind = models.CharField(max_length=80)
    looked = models.BooleanField(default=False)
    actor_id = models.UUIDField(null=True, db_index=True)
    actor_label = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    session = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=45, blank=True)


class Line(Appended):
    """One row touched, or one child looked at. No foreign keys out of the trail: it outlives what it speaks of."""

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="lines")
    table = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64, db_index=True)
    child_id = models.UUIDField(null=True, db_index=True)
    fields = models.JSONField(default=list)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)


class SavedOnce(Working):
    """A save that has happened, by its one-use key: a repeat is given the first answer."""

    key = models.CharField(max_length=64, unique=True)
    actor_id = models.UUIDField(null=True)
    answer = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)
