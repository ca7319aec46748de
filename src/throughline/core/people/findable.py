"""The index by which children are found by name: worked out from the record, made again at any time, shown to nobody.

It holds names only. Postcodes, numbers and restrictions are read from the record itself when somebody searches, so an
address that has just been restricted cannot be found by its postcode a moment later.
"""

from __future__ import annotations

from django.db import models

from ..audit.tables import Derived

PREFIXES = "varchar_pattern_ops"
"""Lets PostgreSQL use an index for the beginning of a word whatever its collation. SQLite passes it over."""


class FindableName(Derived):
    """One word of a child's forenames with one of a surname: ``Mary-Jane O'Brien`` is three rows.

    Both words in one row, so that whatever two words somebody types are met by one look into one index.
    """

    class Kind(models.TextChoices):
        NOW = "now"
        MIDDLE = "middle"
        FORMER = "former"

    child = models.ForeignKey("people.Child", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    forename = models.CharField(max_length=40)
    surname = models.CharField(max_length=40)
    forename_sound = models.CharField(max_length=8)
    surname_sound = models.CharField(max_length=8)
    born = models.DateField(db_index=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["forename", "surname"], name="found_by_forename", opclasses=[PREFIXES, PREFIXES]
            ),
            models.Index(
                fields=["surname", "forename"], name="found_by_surname", opclasses=[PREFIXES, PREFIXES]
            ),
            models.Index(fields=["surname_sound", "forename_sound"], name="found_by_sound"),
            models.Index(fields=["forename_sound"], name="found_by_forename_sound"),
        ]


class NameSlip(Derived):
    """A word of a name, and the same with one letter left out: how a word typed with a slip meets the right one.

    Of each word once, however many children bear it; it does not say who does.
    """

    slip = models.CharField(max_length=40)
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slip", "word"], name="one_slip_of_a_word")]
