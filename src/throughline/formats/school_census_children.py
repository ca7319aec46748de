"""Tables of the census that hang from a pupil by its table id: addresses, meals, needs, exclusions, session totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from throughline.formats.cells import Cells, RowReader
from throughline.formats.pupil_codes import is_odd
from throughline.formats.pupils import (
    FreeMealPeriod,
    PupilRow,
    SenNeed,
    SessionTotal,
    Suspension,
)
from throughline.formats.school_census_layout import LEFT_ID, ON_ROLL_ID, REASONS, TableKind
from throughline.formats.school_census_pupils import address_of

_FIELDS: Final[dict[TableKind, str]] = {
    "addresses": "addresses",
    "fsmperiod": "free_meals",
    "senneeds": "sen_needs",
    "exclusions": "suspensions",
    "sessions": "sessions",
}


class Children:
    """Gathers what hangs from each pupil, then gives it to them.

    One pupil's key may stand in a table twice, once for each spell at a school; a line goes to the spell at the school
    it names, else to the first.
    """

    def __init__(self, pupils: Sequence[PupilRow]) -> None:
        self._places: dict[tuple[bool | None, str], list[tuple[str, int]]] = defaultdict(list)
        for at, pupil in enumerate(pupils):
            if pupil.source_id:
                school = pupil.school.value if pupil.school else ""
                self._places[pupil.on_roll, pupil.source_id].append((school, at))
        self._gathered: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self._sent: set[tuple[str, bool]] = set()

    def read(self, kind: TableKind, reader: RowReader) -> None:
        """Read one table. A line without its pupil is an ``orphan``: a warning, and not loaded."""
        field, make = _FIELDS[kind], _maker(kind, reader.table.headings)
        sides = [(True, ON_ROLL_ID), (False, LEFT_ID)]
        held = [(on_roll, column) for on_roll, column in sides if column in reader.table.places]
        self._sent.update((field, on_roll) for on_roll, _ in held)
        for cells in reader:
            on_roll, column = next((one for one in held if cells.text(one[1])), held[0])
            found = self._places.get((on_roll, cells.text(column)))
            if not found:
                cells.warn(column, "orphan")
                continue
            school = cells.text("nativeid")
            at = next((place for native, place in found if native == school), found[0][1])
            self._gathered[at][field].append(make(cells))

    def given_to(self, pupils: Sequence[PupilRow]) -> list[PupilRow]:
        """The pupils with what hangs from them; what was not sent at all for their table stays None."""
        return [self._given(at, pupil) for at, pupil in enumerate(pupils)]

    def _given(self, at: int, pupil: PupilRow) -> PupilRow:
        sent = {field: () for field, on_roll in self._sent if on_roll is pupil.on_roll}
        gathered = {field: tuple(values) for field, values in self._gathered.get(at, {}).items()}
        if pupil.addresses and not gathered.get("addresses"):
            gathered["addresses"] = pupil.addresses
        if "sen_needs" in gathered:
            gathered["sen_needs"] = tuple(sorted(gathered["sen_needs"], key=_by_rank))
        changes: dict[str, Any] = sent | gathered
        return replace(pupil, **changes) if changes else pupil


def _by_rank(need: SenNeed) -> tuple[bool, int]:
    return need.rank is None, need.rank or 0


def _meals(cells: Cells) -> FreeMealPeriod:
    period = FreeMealPeriod(cells.date("fsmstartdate"), cells.date("fsmenddate"), cells.text("ukcountry"))
    _warn_code(cells, "ukcountry", "country")
    if period.start and period.end and period.end < period.start:
        cells.warn("fsmenddate", "ends_before_start")
    return period


def _need(cells: Cells) -> SenNeed:
    _warn_code(cells, "sentype", "sen_need")
    return SenNeed(cells.text("sentype"), cells.whole("sentyperank"))


def _suspension(cells: Cells) -> Suspension:
    _warn_code(cells, "category", "exclusion_category")
    for column in REASONS:
        _warn_code(cells, column, "exclusion_reason")
    return Suspension(
        start=cells.date("startdate"),
        sessions=cells.decimal("sessions"),
        category=cells.text("category"),
        reasons=tuple(reason for column in REASONS if (reason := cells.text(column))),
        sen_provision=cells.text("senprovision"),
    )


def _session_total(cells: Cells, *, period: str) -> SessionTotal:
    return SessionTotal(cells.text("attendancereason"), cells.whole("sessions"), period)


def _warn_code(cells: Cells, column: str, kind: str) -> None:
    text = cells.text(column)
    if is_odd(kind, text):
        cells.warn(column, "unknown_code", kept=text)


_MAKERS: Final[dict[TableKind, Callable[[Cells], Any]]] = {
    "addresses": address_of,
    "fsmperiod": _meals,
    "senneeds": _need,
    "exclusions": _suspension,
}


def _maker(kind: TableKind, headings: Sequence[str]) -> Callable[[Cells], Any]:
    return _MAKERS[kind] if kind in _MAKERS else partial(_session_total, period=_own_name(headings))


def _own_name(headings: Sequence[str]) -> str:
    """The table's own name, out of the heading of its own key; empty when that is not there."""
    keys = (heading.casefold() for heading in headings)
    own = (key for key in keys if key.endswith("tableid") and key not in (ON_ROLL_ID, LEFT_ID))
    return next(own, "").removesuffix("tableid")
