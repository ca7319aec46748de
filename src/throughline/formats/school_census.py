"""The school census as an authority downloads it from COLLECT: any of its flat tables, joined into pupils.

Source: data standards sections 7.1 and 7.2. Real deliveries are full of numbers and codes that are not what they should
be, so these only warn. Tables are known by their columns, whatever the files are called.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from throughline.formats.cells import RowReader
from throughline.formats.pupil_checks import shared_upns
from throughline.formats.pupils import PupilRow
from throughline.formats.reading import Counts, FileRefused, Finding, Reading
from throughline.formats.school_census_children import Children
from throughline.formats.school_census_layout import (
    COLUMNS,
    PUPIL_KINDS,
    TableKind,
    is_bookkeeping,
    kind_of_table,
)
from throughline.formats.school_census_pupils import read_pupils
from throughline.formats.table import Table, read_table
from throughline.formats.unzipping import is_zip, unzip

_NO_TABLE = frozenset({"empty", "wrong_kind", "not_text"})


@dataclass(frozen=True, slots=True)
class CensusTable:
    """One file of a delivery: its name, what it was taken for (empty when unknown), and its lines."""

    name: str
    kind: str
    rows: int


@dataclass(frozen=True, slots=True)
class CensusReading(Reading[PupilRow]):
    """A delivery that was read. ``counts`` are pupils; ``tables`` says what became of each file."""

    tables: tuple[CensusTable, ...] = ()


def read_school_census(data: bytes, name: str = "census.csv") -> CensusReading:
    """Read one upload: a zip archive of the tables, or one table by itself.

    Args:
        data: the archive or CSV file. A ``pupilonroll`` table alone is enough.
        name: what the file is called, for findings.

    Raises:
        FileRefused: as ``unzip`` and ``read_school_census_tables``.
    """
    return read_school_census_tables(unzip(data) if is_zip(data) else {name: data})


def read_school_census_tables(files: Mapping[str, bytes]) -> CensusReading:
    """Read the tables of one collection and join them into pupils.

    A section whose table is not there is None on every pupil (not sent); one whose table is there but has no line for a
    pupil is empty. Findings besides those of ``oddities``: ``unknown_table`` (not loaded), ``orphan`` (a line whose
    pupil is not in the delivery, not loaded), ``upn_of_two_children``, ``no_pupil_key``. ``Finding.part`` names the file.

    Args:
        files: content by file or table name, in any order.

    Raises:
        FileRefused: a file is CSV and damaged (detail ``file``), or no table of pupils is among them (``missing_table``).
            What is no CSV at all refuses a delivery only when it is the whole of it: a covering letter does no harm.
    """
    tables = {name: _table(name, data, alone=len(files) == 1) for name, data in files.items()}
    kinds = {name: kind_of_table(table.places) for name, table in tables.items()}
    if not any(kind in PUPIL_KINDS for kind in kinds.values()):
        raise FileRefused("missing_table", {"missing": PUPIL_KINDS, "found": tuple(files)})
    findings: list[Finding] = []
    rows: list[PupilRow] = []
    read = rejected = blank = 0
    for name, kind in kinds.items():
        if kind in PUPIL_KINDS:
            reader = RowReader(tables[name])
            found = read_pupils(reader, on_roll=kind == "pupilonroll")
            findings.extend(replace(finding, part=name) for finding in reader.findings)
            rows.extend(replace(row, part=name) for row in found)
            read, rejected, blank = (
                read + len(tables[name].lines),
                rejected + reader.rejected,
                blank + tables[name].blank,
            )
    rows = _joined(rows, tables, kinds, findings)
    findings.extend(
        Finding("warn", row.line, "upn", "upn_of_two_children", row.upn or "", str(earlier.line), row.part)
        for row, earlier in shared_upns(rows)
    )
    return CensusReading(
        rows=tuple(rows),
        findings=tuple(findings),
        counts=Counts(read, len(rows), rejected, blank),
        encoding=next(tables[name].encoding for name, kind in kinds.items() if kind in PUPIL_KINDS),
        unused=_unused(tables, kinds),
        tables=tuple(
            CensusTable(name, kinds[name] or "", len(table.lines)) for name, table in tables.items()
        ),
    )


def _table(name: str, data: bytes, *, alone: bool) -> Table:
    try:
        return read_table(data, COLUMNS)
    except FileRefused as refused:
        if refused.code in _NO_TABLE and not alone:
            return Table((), {}, (), 0, "", ())
        raise FileRefused(refused.code, {**refused.detail, "file": (name,)}) from refused


def _joined(
    rows: list[PupilRow],
    tables: Mapping[str, Table],
    kinds: Mapping[str, TableKind | None],
    findings: list[Finding],
) -> list[PupilRow]:
    children = Children(rows)
    for name, kind in kinds.items():
        if kind is None:
            findings.append(Finding("warn", 0, "", "unknown_table", name, part=name))
        elif kind not in PUPIL_KINDS:
            reader = RowReader(tables[name])
            children.read(kind, reader)
            findings.extend(replace(finding, part=name) for finding in reader.findings)
    return children.given_to(rows)


def _unused(tables: Mapping[str, Table], kinds: Mapping[str, TableKind | None]) -> tuple[str, ...]:
    return tuple(
        heading if len(tables) == 1 else f"{name}: {heading}"
        for name, table in tables.items()
        if kinds[name]
        for heading in table.unused
        if not is_bookkeeping(heading)
    )
