"""Legal holds, periods of the authority's own, disposals and their certificates, subject access packs."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Appended, Guarded
from ..people.models import Child
from .gathered import Gathered as Gathered  # tables, which Django looks for here
from .pack_tables import Pack as Pack


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
    # Empty when a whole record went; otherwise which part of it.
    part = models.CharField(max_length=40, blank=True, default="")
    counts = models.JSONField(default=dict)
    # Of what was disposed of, so that whoever kept a copy can show that it is the same.
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.reference


class LocalPeriod(Guarded):
    """A period of the authority's own, from a day, for a reason. The latest that has begun holds."""

    code = models.CharField(max_length=40)
    years = models.PositiveSmallIntegerField()
    since = models.DateField()
    reason = models.TextField()
    set_by = models.CharField(max_length=200)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "since"], name="one_local_period_a_day")]


class Disposal(Guarded):
    """That a record, or a part of it, is to go: proposed by one person, approved by another, done by the worker.

    It outlives the record, so it holds the child's key and nothing else about the child; its reasons go with the record.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for approval")
        REFUSED = "refused", _("Not approved")
        APPROVED = "approved", _("Approved, about to be done")
        STOPPED = "stopped", _("Not done: the record must be kept")
        DONE = "done", _("Done")

    record_key = models.UUIDField(db_index=True)
    # Empty for the whole record; otherwise the code of a part.
    part = models.CharField(max_length=40, blank=True, default="")
    # Which rows: of a part those that were proposed, and once it is done those that went; of a whole record its children.
    rows = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    due = models.DateField()
    classes = models.JSONField(default=list)
    reason = models.TextField()
    proposed_by = models.CharField(max_length=200)
    proposed_by_id = models.UUIDField(null=True)
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_because = models.TextField(blank=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="disposals")
    # Hashes of files that are still to be taken from the disk, once the rows are gone.
    files = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_key"],
                condition=models.Q(part="", state__in=["proposed", "approved", "done"]),
                name="disposed_of_once",
            ),
            models.UniqueConstraint(
                fields=["record_key", "part"],
                condition=~models.Q(part="") & models.Q(state__in=["proposed", "approved"]),
                name="one_live_disposal_of_a_part",
            ),
        ]
