"""Local rules of who may see what. Where there is none, the defaults that modules declare stand."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Guarded


class Rule(Guarded):
    """From a date, this reader sees this much of this category. ``reader`` is a relationship, or ``role:`` and a role."""

    category = models.CharField(max_length=80)
    reader = models.CharField(max_length=80)
    detail = models.CharField(max_length=12)
    purpose = models.TextField(blank=True)
    basis = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)


class Override(Guarded):
    """For one child and one reader: show or withhold a category whatever the rules say, for a reason, until a day.

    Proposed by one person and approved by another: only an approved one is in force.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Not approved")
        ENDED = "ended", _("Ended early")

    child_id = models.UUIDField(db_index=True)
    user_id = models.UUIDField(db_index=True)
    category = models.CharField(max_length=80)
    grants = models.BooleanField()
    reason = models.TextField()
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=200, blank=True)
    proposed_by_id = models.UUIDField(null=True)
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)

    child_field = "child_id"


class BrokenGlass(Guarded):
    """Somebody opened what they may not see, at once, to keep a child safe: for hours, with a reason, and reviewed after."""

    child_id = models.UUIDField(db_index=True)
    user_id = models.UUIDField(db_index=True)
    opened_by = models.CharField(max_length=200)
    reason = models.TextField()
    opened_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=200, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    justified = models.BooleanField(null=True)
    finding = models.TextField(blank=True)

    child_field = "child_id"
