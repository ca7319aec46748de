"""Local rules of who may see what, decisions for one child, what was asked for, and emergencies."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit.tables import Guarded


class Rule(Guarded):
    """From a day, this reader sees this much of this category. ``reader`` is a relationship, or ``role:`` and a role.

    ``until`` is set only where somebody ended it; that a later rule takes over is worked out (``rules.sharing.dated``).
    ``edition`` counts the rules of one reader and category, so that of two people setting one at once only one does.
    """

    category = models.CharField(max_length=80)
    reader = models.CharField(max_length=80)
    edition = models.PositiveIntegerField(default=1)
    detail = models.CharField(max_length=12)
    purpose = models.TextField(blank=True)
    basis = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    # Taken back before its first day: it stays to be read, and never holds.
    withdrawn = models.BooleanField(default=False)
    set_by = models.CharField(max_length=200, blank=True)
    set_at = models.DateTimeField(default=timezone.now)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "reader", "edition"], name="one_rule_per_edition")
        ]


class Override(Guarded):
    """For one child and one reader: show or withhold a category whatever the rules say, for a reason, until a day.

    Proposed by one person and approved by another: only an approved one is in force. ``tell_family`` is no where
    telling them would put somebody at risk.
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
    tell_family = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=200, blank=True)
    proposed_by_id = models.UUIDField(null=True)
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    child_field = "child_id"


class Asked(Guarded):
    """Somebody was told that something is withheld from them, and asks to see it. An officer answers, or proposes it."""

    class State(models.TextChoices):
        OPEN = "open", _("To be answered")
        PROPOSED = "proposed", _("Proposed, waiting for approval")
        DECLINED = "declined", _("Answered: not shown")

    child_id = models.UUIDField(db_index=True)
    user_id = models.UUIDField(db_index=True)
    category = models.CharField(max_length=80)
    reason = models.TextField()
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    override = models.ForeignKey(Override, models.PROTECT, null=True, related_name="asked")

    child_field = "child_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child_id", "user_id", "category"],
                condition=models.Q(state="open"),
                name="asked_once_at_a_time",
            )
        ]


class BrokenGlass(Guarded):
    """Somebody opened what they may not see, at once, to keep a child safe: for hours, with a reason, and reviewed after."""

    child_id = models.UUIDField(db_index=True)
    user_id = models.UUIDField(db_index=True)
    opened_by = models.CharField(max_length=200)
    reason = models.TextField()
    opened_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=200, blank=True)
    reviewed_by_id = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    justified = models.BooleanField(null=True)
    finding = models.TextField(blank=True)

    child_field = "child_id"
