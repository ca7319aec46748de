"""The trail: an event for each act or look, and a line for each row or child it touched."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .columns import WrittenJSON
from .database import new_salt
from .tables import Appended, Working


class Event(Appended):
    """Something done, or something looked at."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    kind = models.CharField(max_length=80)
    looked = models.BooleanField(default=False)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    session = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=45, blank=True)
    salt = models.CharField(max_length=32, default=new_salt)
    # What was disposed of, by column: the certificate's reference and the digest that the seal covers.
    gone = WrittenJSON(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="events_disposed_of", condition=models.Q(gone__isnull=False)),
            models.Index(
                fields=["actor_id", "at"], name="trail_by_actor", condition=models.Q(actor_id__isnull=False)
            ),
        ]


class Line(Appended):
    """One row touched, or one child looked at. No foreign keys out of the trail: it outlives what it speaks of."""

    # Written in one statement with its event and sealed with it: the database need not look the event up each time.
    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="lines", db_constraint=False)
    table = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)
    child_id = models.UUIDField(null=True)
    fields = WrittenJSON(default=list)
    before = WrittenJSON(null=True)
    after = WrittenJSON(null=True)
    salt = models.CharField(max_length=32, default=new_salt)
    # Once the values were disposed of: the certificate's reference and the digest that the seal covers.
    gone = WrittenJSON(null=True)

    class Meta:
        # Each index is paid for by every write: those that a search uses, and no more.
        indexes = [
            models.Index(fields=["id"], name="lines_disposed_of", condition=models.Q(gone__isnull=False)),
            models.Index(fields=["object_id"], name="trail_by_row"),
            models.Index(
                fields=["child_id", "event"],
                name="trail_by_child",
                condition=models.Q(child_id__isnull=False),
            ),
        ]


class Seal(Appended):
    """A batch of events, sealed: what each was when it was sealed, chained to the seal before, under a key kept elsewhere.

    ``members`` holds the keys of the events, 16 bytes each; ``leaves`` the hash of each with its lines, 32 bytes each.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    count = models.PositiveIntegerField()
    # The greatest key among the events: later batches begin behind the greatest of all, stragglers aside.
    reaches = models.UUIDField(db_index=True)
    members = models.BinaryField()
    leaves = models.BinaryField()
    key_mark = models.CharField(max_length=16)
    previous = models.CharField(max_length=64)
    head = models.CharField(max_length=64, unique=True)


class Examination(Working):
    """A check of the seals against the trail: when, how much, and what was wrong."""

    at = models.DateTimeField(default=timezone.now)
    seals = models.PositiveBigIntegerField()
    events = models.PositiveBigIntegerField()
    head = models.CharField(max_length=64, blank=True)
    broken = models.TextField(blank=True)


class SavedOnce(Working):
    """A save that has happened, by its one-use key: a repeat is given the first answer."""

    key = models.CharField(max_length=64, unique=True)
    actor_id = models.UUIDField(null=True)
    answer = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)
