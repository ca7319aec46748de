"""Points and areas on the National Grid, in metres. Nothing here is about a person."""

from __future__ import annotations

from django.db import models

from ..audit.tables import Guarded
from ..organisations.models import School


class Postcode(Guarded):
    """A postcode's own point. It stands for up to a hundred homes, so its precision is always said."""

    code = models.CharField(max_length=7, unique=True)
    easting = models.PositiveIntegerField()
    northing = models.PositiveIntegerField()
    district = models.CharField(max_length=9, blank=True)
    source = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"{self.code[:-3]} {self.code[-3:]}"


class Catchment(Guarded):
    """An area from which a school gives priority. ``layer`` keeps areas over the same ground apart.

    In force from ``since`` up to, not on, ``until``. A shape is never changed: a new one ends the old row. ``version`` is
    a digest of the shape, which is kept as well-known binary in metres of the National Grid.
    """

    layer = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    version = models.CharField(max_length=64)
    polygon = models.BinaryField()
    source = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    schools = models.ManyToManyField(School, through="CatchmentSchool", related_name="catchments")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["layer", "name"],
                condition=models.Q(until__isnull=True),
                name="one_catchment_of_a_name_now",
            )
        ]

    def __str__(self) -> str:
        return self.name


class CatchmentSchool(Guarded):
    """Which schools an area belongs to: many to many, and by this table, never by name alone."""

    catchment = models.ForeignKey(Catchment, models.PROTECT, related_name="school_links")
    school = models.ForeignKey(School, models.PROTECT, related_name="catchment_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["catchment", "school"], name="school_once_per_catchment")
        ]
