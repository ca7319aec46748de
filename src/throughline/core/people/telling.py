"""Making lines of a child's story out of rows of the record. Whoever saves such a row tells its line in the same change.

Each line's key is that of its row: an act that is repeated tells its story once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from ..audit.actor import Actor
from ..registry.assembly import installed
from ..timeline.actions import Told, tell
from .models import Enrolment, Fact, Residence

# Which pair of kinds speaks of a fact: so that a line is guarded as what it tells is guarded.
BY_CATEGORY = {
    "people.circumstances": ("people.fact_began", "people.fact_ended"),
    "people.social_care": ("people.protection_began", "people.protection_ended"),
    "people.youth_justice": ("people.justice_began", "people.justice_ended"),
}


def enrolled(row: Enrolment, school: str) -> Told:
    """They joined a school."""
    return _of(row, "people.enrolled", row.since, {"school": school}, row.source)


def left_school(row: Enrolment, school: str) -> list[Told]:
    """They left a school; no line while they are there."""
    return [_of(row, "people.left_school", row.until, {"school": school}, row.source)] if row.until else []


def moved_home(row: Residence, *, restricted: bool) -> Told:
    """They moved. The line never says where to, and one about an address that is kept from others is kept with it."""
    return _of(row, "people.moved_home_kept" if restricted else "people.moved_home", row.since, {})


def fact_began(row: Fact) -> list[Told]:
    """A fact began; no line where nobody knows when, or where another module tells of its own kind of fact."""
    return _of_fact(row, 0, row.since)


def fact_ended(row: Fact) -> list[Told]:
    """A fact ended; no line while it stands."""
    return _of_fact(row, 1, row.until)


def tell_of_rows(
    *,
    by: Actor,
    residences: Sequence[Residence],
    enrolments: Sequence[Enrolment],
    facts: Sequence[Fact],
    schools: dict[UUID, str],
    restricted: frozenset[UUID],
) -> int:
    """The lines of many new rows at once. A child's first known address is where they are from, and no move.

    Args:
        by: who adds the rows.
        residences: where children live and lived.
        enrolments: the schools they attend and attended.
        facts: what stands and stood about them.
        schools: the names of the schools, by key.
        restricted: the addresses that are kept from others.
    """
    lines: list[Told] = []
    for row in enrolments:
        lines += [enrolled(row, schools[row.school_id]), *left_school(row, schools[row.school_id])]
    for fact in facts:
        lines += [*fact_began(fact), *fact_ended(fact)]
    lines += [moved_home(row, restricted=row.address_id in restricted) for row in _moves(residences)]
    return tell(by=by, lines=lines)


def _moves(residences: Iterable[Residence]) -> Iterable[Residence]:
    seen: set[UUID] = set()
    for row in sorted(residences, key=lambda row: row.since):
        if row.child_id in seen:
            yield row
        seen.add(row.child_id)


def _of_fact(row: Fact, which: int, on: date | None) -> list[Told]:
    kind = installed().facts.get(row.kind)
    pair = BY_CATEGORY.get(kind.category) if kind else None
    if kind is None or pair is None or on is None:
        return []
    # The code beside the words: read back, the label is said in the reader's language.
    facts = {"fact": str(kind.label), "fact_code": row.kind}
    return [_of(row, pair[which], on, facts, row.source)]


def _of(row: Any, kind: str, on: date | None, facts: dict[str, str], source: str = "") -> Told:
    assert on is not None
    return Told(
        child_id=row.child_id,
        kind=kind,
        on=on,
        facts=facts,
        source=source,
        about=row._meta.label,
        about_id=row.pk,
        key=f"{kind}:{row.pk}",
    )
