"""Until when each record must be kept, by what, and what holds it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.module_loading import import_string

from ..registry.assembly import installed
from .models import Hold
from .periods import in_force, years_after


@dataclass(frozen=True)
class Keeping:
    """The day until which a record is kept (none: no end is known yet), the classes that say so, and open holds.

    The record is due from the day after ``until``, unless it is held.
    """

    until: date | None
    classes: tuple[str, ...]
    holds: int
    # Every class that applies, with the end of its own period.
    ends: Mapping[str, date | None] = field(default_factory=dict)

    def without(self, hidden: Container[str]) -> Keeping:
        """As whoever may not know of some classes may be told: until when the others keep it."""
        known = {code: end for code, end in self.ends.items() if code not in hidden}
        return Keeping(*_longest(known), self.holds, known) if known else Keeping(None, (), self.holds)

    def is_due(self, on: date) -> bool:
        return not self.holds and self.until is not None and self.until < on


def kept_until(children: Iterable[UUID], on: date) -> dict[UUID, Keeping]:
    """For each child, in a fixed number of queries: the longest of all periods keeps the whole record.

    A child to whom no class applies is on no record and is left out.
    """
    wanted: Sequence[UUID] = list(dict.fromkeys(children))
    periods = in_force(on)
    ends: dict[UUID, dict[str, date | None]] = {}
    for code, declared in installed().retention.items():
        for child, start in import_string(declared.applies)(wanted, on).items():
            ends.setdefault(child, {})[code] = (
                None if start is None else years_after(start, periods[code].years)
            )
    holds = _open_holds(wanted)
    return {child: Keeping(*_longest(found), holds.get(child, 0), found) for child, found in ends.items()}


def _longest(ends: dict[str, date | None]) -> tuple[date | None, tuple[str, ...]]:
    """No end outlasts every date; of dates the last counts."""
    endless = tuple(sorted(code for code, end in ends.items() if end is None))
    if endless:
        return None, endless
    last = max(end for end in ends.values() if end is not None)
    return last, tuple(sorted(code for code, end in ends.items() if end == last))


def _open_holds(children: Sequence[UUID]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for child in Hold.objects.filter(child_id__in=children, lifted_at__isnull=True).values_list(
        "child_id", flat=True
    ):
        found[child] = found.get(child, 0) + 1
    return found
