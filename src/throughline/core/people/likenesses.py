"""Pairs of records that look alike, worked out each night. A list of where to look: what is shown is worked out anew."""

from __future__ import annotations

from django.db import models

from ..audit.tables import Derived


class LookAlike(Derived):
    """Two records that may be of one child, and how alike they were when last compared; the lesser key first."""

    child = models.ForeignKey("people.Child", models.CASCADE, related_name="+")
    other = models.ForeignKey("people.Child", models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "other"], name="one_likeness_of_a_pair")]
        indexes = [models.Index(fields=["-score", "child", "other"], name="likest_first")]
