"""Which tables hold rows about a child, and in which columns: asked of the tables, so that none has to be named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from ...audit.tables import Guarded
from ...registry.assembly import installed
from ..models import Enrolment, Fact, FormerName, Merge, Residence
from ..tables_about import child_columns as child_columns
from ..tables_about import rows_of as rows_of
from .wording import ROWS

Values = dict[str, Any]
# Rows that say the same although no constraint forbids both: the second one stays where it is.
SAME: Mapping[type[models.Model], tuple[str, ...]] = {
    Enrolment: ("child_id", "school_id", "since"),
    Fact: ("child_id", "kind", "school_id", "since"),
    FormerName: ("child_id", "forename", "surname", "kind"),
    Residence: ("child_id", "address_id", "since"),
}


@dataclass(frozen=True)
class Key:
    """Columns in which no two rows may be alike, and whether an empty one counts as alike."""

    columns: tuple[str, ...]
    condition: models.Q | None = None
    empty_counts: bool = False


@dataclass(frozen=True)
class Table:
    """A table with rows about children."""

    model: type[models.Model]
    columns: tuple[str, ...]
    keys: tuple[Key, ...]

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def is_of_pairs(self) -> bool:
        """Whether a row is about two children, kept once for each pair: the lesser key first."""
        both = {"child_id", "other_id"}
        return both <= set(self.columns) and any(both <= set(key.columns) for key in self.keys)

    def of(self, child: UUID) -> list[Any]:
        """Every row that names a child."""
        named = models.Q()
        for column in self.columns:
            named |= models.Q(**{column: child})
        return list(rows_of(self.model).filter(named).order_by("pk"))


def tables() -> list[Table]:
    """Every guarded table that names a child, by its foreign keys and by its ``child_field``.

    Lines that are never changed stay as they are and are found by following the merge; an index is made again. ``Merge``
    itself tells what happened and is not moved.
    """
    found = []
    for model in apps.get_models():
        if issubclass(model, Guarded) and model is not Merge and (columns := child_columns(model)):
            found.append(Table(model, columns, keys_of(model)))
    return found


def keys_of(model: type[models.Model]) -> tuple[Key, ...]:
    """What must not be twice in a table: its unique columns and constraints, and what we know to be the same."""
    found = [
        Key((field.attname,))
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key
    ]
    for each in model._meta.constraints:
        if isinstance(each, models.UniqueConstraint) and each.fields:
            found.append(Key(_columns(model, each.fields), each.condition, each.nulls_distinct is False))
    found += [Key(_columns(model, each)) for each in model._meta.unique_together]
    if model in SAME:
        found.append(Key(SAME[model], empty_counts=True))
    return tuple(found)


def hanging_from(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """The guarded tables whose rows hang from a row of this one, and by which column."""
    for relation in model._meta.related_objects:
        other = relation.related_model
        if isinstance(other, type) and issubclass(other, Guarded) and not relation.many_to_many:
            yield other, relation.field.attname


def _columns(model: type[models.Model], fields: Any) -> tuple[str, ...]:
    named: Any = model._meta.get_field
    return tuple(named(field).attname for field in fields)


def label_of(label: str) -> str:
    """What rows of a table are called: for those who read what moves, and what stands in the way."""
    words = str(ROWS.get(label) or apps.get_model(label)._meta.verbose_name_plural)
    return words[:1].upper() + words[1:]


def guarded_by(label: str) -> frozenset[str]:
    """The categories of a table's fields."""
    found = [each for model, each in installed().fields.items() if model.lower() == label.lower()]
    return frozenset(code for each in found for code in each.categories.values())
