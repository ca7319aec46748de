"""The hand that writes: rows to make and rows to change, kept until they are written together with their trail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from ...audit.change import plain
from ...audit.tables import Guarded, new_key
from ..editing import editions
from ..models import Address, Adult, Child, Enrolment, Fact, FormerName, Identifier, Residence, Tie

Values = dict[str, Any]
AT_ONCE = 500
Step = Callable[[int, int], None]
"""Told how far the work is, as so many of so many."""


def unsaid(done: int, total: int) -> None:
    """For work that nobody watches."""


@dataclass(frozen=True)
class Command:
    """One accepted difference: which it is, about whom, what it was and what it becomes (see ``writers`` below)."""

    key: UUID
    kind: str
    child_id: UUID
    becomes: Mapping[str, Any]
    was: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """A row that was made (``before`` is none, ``after`` the mark of its edition) or changed."""

    key: UUID
    table: str
    row_id: UUID
    before: Values | None
    after: Values


@dataclass(frozen=True)
class Skipped:
    """A difference that was not written because the record says something else by now."""

    key: UUID
    code: str


@dataclass
class Hand:
    """What is being written: rows to make and rows to change, kept until they are written together."""

    on: date
    source: str
    made: dict[type[Guarded], list[tuple[UUID, Guarded]]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[type[Guarded], list[tuple[UUID, Guarded, Values]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    skipped: list[Skipped] = field(default_factory=list)
    findable: set[UUID] = field(default_factory=set)

    def make(self, key: UUID, table: type[Guarded], **values: Any) -> Guarded:
        row = table(id=values.pop("id", None) or new_key(), **values)
        self.made[table].append((key, row))
        return row

    def alter(self, key: UUID, row: Guarded, **values: Any) -> None:
        self.changed[type(row)].append((key, row, values))

    def skip(self, key: UUID, code: str) -> None:
        self.skipped.append(Skipped(key, code))


def flush(hand: Hand) -> list[Written]:
    done: list[Written] = []
    for table, rows in hand.made.items():
        table.objects.bulk_create([row for _key, row in rows])
        # Marked as the database gives it back, which is how it will be compared.
        marks = editions(table, [row.pk for _key, row in rows])
        done += [
            Written(key, table._meta.label, row.pk, None, {"edition": marks[row.pk]}) for key, row in rows
        ]
    for table, changes in hand.changed.items():
        done += _change(table, changes)
    hand.made.clear()
    hand.changed.clear()
    return done


def _change(table: type[Guarded], changes: Sequence[tuple[UUID, Guarded, Values]]) -> list[Written]:
    """Change rows field by field, so that each row's trail names only what changed in it."""
    done: list[Written] = []
    together: dict[tuple[str, ...], list[Guarded]] = defaultdict(list)
    for key, row, values in changes:
        names = sorted(values)
        before = plain({name: getattr(row, name) for name in names})
        for name in names:
            setattr(row, name, values[name])
        together[tuple(names)].append(row)
        done.append(Written(key, table._meta.label, row.pk, before, plain({n: values[n] for n in names})))
    for fields, rows in together.items():
        table.objects.bulk_update(list({row.pk: row for row in rows}.values()), fields)
    return done


def in_bulk(table: type[Guarded], keys: Iterable[Any]) -> dict[UUID, Any]:
    wanted = list(dict.fromkeys(keys))
    found: dict[UUID, Any] = {}
    for at in range(0, len(wanted), AT_ONCE):
        found |= table.objects.in_bulk(wanted[at : at + AT_ONCE])
    return found


TABLES: dict[str, type[models.Model]] = {
    table._meta.label: table
    for table in (Child, FormerName, Identifier, Enrolment, Address, Residence, Fact, Adult, Tie)
}
