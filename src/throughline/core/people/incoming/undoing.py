"""Taking back what an import wrote: everything as it was, save what somebody has changed or used since, which is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError, RestrictedError

from ...audit.actor import Actor, require
from ...audit.change import plain
from ..editing import edition
from ..search.index import refresh
from .hand import TABLES, Step, Written, unsaid

AT_ONCE = 900
# What hangs on another goes first.
IN_ORDER = (
    *("people.Tie", "people.Adult", "people.Fact", "people.Residence", "people.Address"),
    *("people.Enrolment", "people.FormerName", "people.Identifier", "people.Child"),
)
FINDABLE = frozenset({"people.Child", "people.FormerName"})


@dataclass(frozen=True)
class Outcome:
    """What became of one row: taken back (``left`` empty), or left because it was ``changed``, is ``in_use`` or is ``gone``."""

    written: Written
    left: str = ""


def take_back(*, by: Actor, written: Iterable[Written], step: Step = unsaid) -> list[Outcome]:
    """Take rows back in the caller's change: made ones go, changed ones say again what they said.

    A row is left alone as soon as it says anything but what the import wrote; a child about whom anybody has written
    anything since stays.

    Args:
        by: whose change it is.
        written: what ``write_all`` said it wrote.
        step: told how far the taking back is.
    """
    require(by, "people.edit")
    changed: dict[str, list[Written]] = defaultdict(list)
    made: dict[str, list[Written]] = defaultdict(list)
    for one in written:
        (made if one.before is None else changed)[one.table].append(one)
    total = sum(len(rows) for those in (made, changed) for rows in those.values())
    outcomes: list[Outcome] = []
    names: set[UUID] = set()
    # What was made goes first: a roll may have been closed to make room for another.
    for table in IN_ORDER:
        for at in range(0, len(made[table]), AT_ONCE):
            step(len(outcomes), total)
            outcomes += _unmake(table, made[table][at : at + AT_ONCE], names)
    for table in IN_ORDER:
        rows = list(reversed(changed[table]))
        for at in range(0, len(rows), AT_ONCE):
            step(len(outcomes), total)
            outcomes += _restore(table, rows[at : at + AT_ONCE], names)
    refresh(names)
    return outcomes


def _unmake(table: str, rows: Sequence[Written], names: set[UUID]) -> list[Outcome]:
    model: Any = TABLES[table]
    stored: dict[UUID, Any] = model.objects.in_bulk([one.row_id for one in rows])
    going: dict[UUID, Written] = {}
    outcomes: list[Outcome] = []
    for one in rows:
        row = stored.get(one.row_id)
        if row is None:
            outcomes.append(Outcome(one, "gone"))
        elif edition(row) != one.after["edition"]:
            outcomes.append(Outcome(one, "changed"))
        else:
            going[one.row_id] = one
    about = {key: getattr(stored[key], "child_id", key) for key in going}
    held = _delete(model, [stored[key] for key in going])
    if table in FINDABLE:
        names |= {child for key, child in about.items() if key not in held}
    return [*outcomes, *(Outcome(one, "in_use" if key in held else "") for key, one in going.items())]


def _delete(model: Any, rows: Sequence[Any]) -> set[UUID]:
    """Delete rows; those stay, and are named, that something else hangs on by now.

    Tried with all together, and apart only where something does: a refusal comes before anything is deleted.
    """
    try:
        model.objects.delete_these(rows)
    except (ProtectedError, RestrictedError):
        if len(rows) == 1:
            return {rows[0].pk}
        half = len(rows) // 2
        return _delete(model, rows[:half]) | _delete(model, rows[half:])
    return set()


def _restore(table: str, rows: Sequence[Written], names: set[UUID]) -> list[Outcome]:
    model: Any = TABLES[table]
    stored: dict[UUID, Any] = model.objects.in_bulk([one.row_id for one in rows])
    outcomes: list[Outcome] = []
    back: dict[tuple[str, ...], dict[UUID, Any]] = defaultdict(dict)
    for one in rows:
        row, fields = stored.get(one.row_id), tuple(one.after)
        if row is None:
            outcomes.append(Outcome(one, "gone"))
        elif plain({name: getattr(row, name) for name in fields}) != one.after:
            outcomes.append(Outcome(one, "changed"))
        else:
            for name in fields:
                setattr(row, name, _read(model, name, (one.before or {})[name]))
            back[fields][row.pk] = row
            outcomes.append(Outcome(one))
            if table in FINDABLE:
                names.add(getattr(row, "child_id", row.pk))
    for fields, changed in back.items():
        model.objects.bulk_update(list(changed.values()), fields)
    return outcomes


def _read(model: Any, name: str, value: Any) -> Any:
    try:
        return model._meta.get_field(name).to_python(value)
    except ValidationError as fault:
        raise ValueError(f"{model._meta.label}.{name} was {value!r}, which it can no longer be.") from fault
