"""Local rules of who may see what. Where there is none, the defaults that modules declare stand."""

from __future__ import annotations

from django.db import models

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
    """For one child and one reader: more or less than the rules say, for a reason, until a day."""

    child_id = models.UUIDField(db_index=True)
    user_id = models.UUIDField()
    category = models.CharField(max_length=80)
    grants = models.BooleanField()
    reason = models.TextField()
    since = models.DateField()
    until = models.DateField()

    child_field = "child_id"
