"""Published outcomes of an allocation, in the two layouts authorities publish: by oversubscription criterion and by school.

Source: data standards section 4.6. Criteria are the school's own words and can never be a fixed list. "Centrally
offered" and late places are outcomes, not criteria, yet stand in the same table; so does a plan naming the school.
A number too small to publish is written as ``c``, as the government's statistics write it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from throughline.formats.cells import Cells, RowReader
from throughline.formats.reading import Reading
from throughline.formats.table import Column, read_table
from throughline.formats.writing import Cell, unescaped, write_csv
from throughline.rules.identifiers import (
    Laestab,
    Problem,
    parse_establishment_number,
    parse_la_code,
    parse_laestab,
)

_SCHOOL = (
    Column("intake_year", ("intake_year",), required=True),
    Column("school_name", ("school_name",), required=True),
    Column("la_code", ("la_code",)),
    Column("estab_code", ("estab_code",)),
    Column("dfe_no", ("dfe_no", "laestab")),
)
_BY_CRITERION = (
    *_SCHOOL,
    Column("criterion", ("criterion",), required=True),
    Column("criterion_category", ("criterion_category",)),
    Column("criterion_description", ("criterion_description",)),
    Column("priority", ("priority",)),
    Column("criterion_offers", ("criterion_offers",), required=True),
)
HELD_BACK = "c"
"""Stands in the place of a number too small to publish."""

_BY_SCHOOL = (
    *_SCHOOL,
    Column("pan", ("pan", "admission_number"), required=True),
    Column("total_preferences", ("total_preferences",)),
    Column("total_offered", ("total_offered",), required=True),
    Column("last_distance_offered", ("last_distance_offered",)),
)


@dataclass(frozen=True, slots=True)
class OffersByCriterion:
    """How many places one school offered under one criterion; None when the number is too small to publish.

    ``priority`` is the row's order within the school.
    """

    intake_year: int
    school_name: str
    school: Laestab
    criterion: str
    category: str
    description: str
    priority: int | None
    offers: int | None


@dataclass(frozen=True, slots=True)
class OffersBySchool:
    """What one school offered in all; ``offered`` is None when the number is too small to publish.

    ``last_distance`` is the distance of the last child offered a place by distance, in thousandths of a kilometre
    (metres), None when everyone who wanted a place had one.
    """

    intake_year: int
    school_name: str
    school: Laestab
    admission_number: int
    preferences: int | None
    offered: int | None
    last_distance: int | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A school whose criteria do not add up to its total: a transcription error, or something left out."""

    intake_year: int
    school: Laestab
    by_criterion: int
    total: int


def read_offers_by_criterion(data: bytes) -> Reading[OffersByCriterion]:
    """Read a table of offers by school and criterion; raises ``FileRefused``."""
    reader = RowReader(read_table(data, _BY_CRITERION))
    rows: list[OffersByCriterion] = []
    for cells in reader:
        whose = _whose(cells)
        held_back, offers = _offers(cells, "criterion_offers")
        if whose is None or (offers is None and not held_back):
            continue
        words = [
            unescaped(cells.text(name))
            for name in ("criterion", "criterion_category", "criterion_description")
        ]
        rows.append(OffersByCriterion(*whose, words[0], words[1], words[2], cells.whole("priority"), offers))
    return reader.reading(rows)


def read_offers_by_school(data: bytes) -> Reading[OffersBySchool]:
    """Read a table of admission number, preferences and offers by school; raises ``FileRefused``."""
    reader = RowReader(read_table(data, _BY_SCHOOL))
    rows: list[OffersBySchool] = []
    for cells in reader:
        whose, places = _whose(cells), cells.whole("pan")
        held_back, offered = _offers(cells, "total_offered")
        if places is None and not cells.rejected:
            cells.reject("pan", "no_number")
        if whose is None or places is None or (offered is None and not held_back):
            continue
        rows.append(
            OffersBySchool(*whose, places, cells.whole("total_preferences"), offered, _distance(cells))
        )
    return reader.reading(rows)


def write_offers_by_criterion(rows: Iterable[OffersByCriterion]) -> bytes:
    """The same table as a CSV file, in the published layout."""
    lines = (
        (
            *_school_cells(row),
            row.criterion,
            row.category,
            row.description,
            row.priority,
            HELD_BACK if row.offers is None else row.offers,
        )
        for row in rows
    )
    return write_csv([column.headings[0] for column in _BY_CRITERION], lines)


def write_offers_by_school(rows: Iterable[OffersBySchool]) -> bytes:
    """The same table as a CSV file, in the published layout; distances in kilometres with three decimals."""
    lines = (
        (
            *_school_cells(row),
            row.admission_number,
            row.preferences,
            HELD_BACK if row.offered is None else row.offered,
            _kilometres(row.last_distance),
        )
        for row in rows
    )
    return write_csv([column.headings[0] for column in _BY_SCHOOL], lines)


def disagreements(
    criteria: Iterable[OffersByCriterion], schools: Iterable[OffersBySchool]
) -> list[Disagreement]:
    """Schools whose offers by criterion do not sum to their total offered, in the schools' order.

    A school of which any number is held back cannot be added up, and is passed over.
    """
    sums: Counter[tuple[int, Laestab]] = Counter()
    unknown: set[tuple[int, Laestab]] = set()
    for row in criteria:
        if row.offers is None:
            unknown.add((row.intake_year, row.school))
        else:
            sums[row.intake_year, row.school] += row.offers
    return [
        Disagreement(
            school.intake_year, school.school, sums[school.intake_year, school.school], school.offered
        )
        for school in schools
        if school.offered is not None
        and (school.intake_year, school.school) not in unknown
        and sums[school.intake_year, school.school] != school.offered
    ]


def _offers(cells: Cells, column: str) -> tuple[bool, int | None]:
    """Whether the number is held back, and the number; the row is rejected when it is neither."""
    if cells.text(column).casefold() == HELD_BACK:
        return True, None
    number = cells.whole(column)
    if number is None and not cells.rejected:
        cells.reject(column, "no_number")
    return False, number


def _whose(cells: Cells) -> tuple[int, str, Laestab] | None:
    """Year, name and number of the school a row is about; None, with the row rejected, when they are not all there."""
    year = cells.whole("intake_year", 1900, 2999)
    school = _number(cells)
    if year is None:
        cells.reject("intake_year", "no_number")
        return None
    if isinstance(school, Problem):
        cells.reject("dfe_no", school.code)
        return None
    return year, unescaped(cells.text("school_name")), school


def _number(cells: Cells) -> Laestab | Problem:
    if cells.text("dfe_no"):
        return parse_laestab(cells.text("dfe_no"))
    authority, establishment = (
        parse_la_code(cells.text("la_code")),
        parse_establishment_number(cells.text("estab_code")),
    )
    if isinstance(authority, Problem):
        return authority
    if isinstance(establishment, Problem):
        return establishment
    return Laestab(authority, establishment)


def _distance(cells: Cells) -> int | None:
    """Kilometres to whole thousandths, half up, in decimal arithmetic: 1.0005 is 1001, whatever a float would say."""
    if cells.decimal("last_distance_offered") is None:
        return None
    try:
        thousandths = Decimal(cells.text("last_distance_offered")) * 1000
        whole = int(thousandths.to_integral_value(ROUND_HALF_UP))
    except InvalidOperation:
        whole = -1
    if whole < 0:
        cells.warn("last_distance_offered", "out_of_range")
        return None
    if whole != thousandths:
        cells.warn("last_distance_offered", "rounded", kept=str(whole))
    return whole


def _kilometres(thousandths: int | None) -> str:
    return "" if thousandths is None else f"{thousandths // 1000}.{thousandths % 1000:03d}"


def _school_cells(row: OffersByCriterion | OffersBySchool) -> tuple[Cell, ...]:
    school = row.school
    return (row.intake_year, row.school_name, school.authority, school.establishment, str(school))
