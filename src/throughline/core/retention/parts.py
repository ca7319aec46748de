"""Parts of a record whose own period has run out while the whole must stay: which they are, and whose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.module_loading import import_string

from ..registry.assembly import installed
from ..registry.sockets import PartRow, RecordPart
from .models import Disposal, Hold
from .periods import Period, in_force, years_after

Rows = dict[str, list[str]]
"""Keys of rows by table, as a disposal keeps them."""


@dataclass
class PartDue:
    """The rows of one child's part that are due, until when the last of them was kept, and how many holds stop it."""

    child: UUID
    until: date
    rows: list[PartRow] = field(default_factory=list)
    holds: int = 0

    def kept(self) -> Rows:
        found: Rows = {}
        for row in self.rows:
            found.setdefault(row.table, []).append(str(row.key))
        return {table: sorted(keys) for table, keys in sorted(found.items())}


def may_go_early(period: Period) -> bool:
    """Nothing goes before the whole on general knowledge: the period was found in a source, or the authority set it."""
    return period.years > 0 and (period.verified or period.local)


def parts_in_force(on: date) -> dict[str, tuple[RecordPart, Period]]:
    """The parts that may go early on a day, with their periods."""
    periods = in_force(on)
    return {
        code: (part, periods[code])
        for code, part in installed().parts.items()
        if code in periods and may_go_early(periods[code])
    }


def whose_part(part: RecordPart, period: Period, on: date) -> Any:
    """Keys of the children who may have rows of a part that are due: a query set, to be cut into pages."""
    return import_string(part.whose)(_before(on, period.years))


def part_due(part: RecordPart, period: Period, children: Iterable[UUID], on: date) -> dict[UUID, PartDue]:
    """What is due of a part, for these children, in a fixed number of queries. A child with nothing due is left out."""
    wanted, found = list(dict.fromkeys(children)), dict[UUID, PartDue]()
    for row in import_string(part.rows)(wanted, _before(on, period.years)):
        until = years_after(row.since, period.years)
        if until < on:
            due = found.setdefault(row.child, PartDue(row.child, until))
            due.rows.append(row)
            due.until = max(due.until, until)
    for child in Hold.objects.filter(child_id__in=list(found), lifted_at__isnull=True).values_list(
        "child_id", flat=True
    ):
        found[child].holds += 1
    return found


def proposed(code: str, children: Iterable[UUID]) -> set[UUID]:
    """Those of whom this part, or the whole record, is proposed or about to go already."""
    alive = (Disposal.State.PROPOSED, Disposal.State.APPROVED)
    rows = Disposal.objects.filter(record_key__in=list(children), part__in=["", code], state__in=alive)
    return set(rows.values_list("record_key", flat=True))


def _before(on: date, years: int) -> date:
    """Whose years count from a day before this one may be due; the rows themselves are asked to the day."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 3, 1)
