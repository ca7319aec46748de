"""Reading a CSV file with its mapping."""

from __future__ import annotations

from typing import Any

from throughline.formats.cells import Cells, RowReader
from throughline.formats.mapped.checking import check_mapping
from throughline.formats.mapped.fields import (
    ADDRESS_LINES,
    ADDRESS_PARTS,
    CODES,
    CONTACTS,
    DATES,
    FIELDS,
    FLAGS,
    IDENTITY,
    KEPT,
    NEEDS,
    NUMBERS,
    TEXTS,
)
from throughline.formats.mapped.mapping import ColumnMapping
from throughline.formats.mapped.values import Values
from throughline.formats.pupil_checks import oddities, shared_upns
from throughline.formats.pupils import (
    Contact,
    FreeMealPeriod,
    Phone,
    PostalAddress,
    PupilRow,
    SenNeed,
    school_reference,
)
from throughline.formats.reading import FileRefused, Finding, Reading
from throughline.formats.table import Column, plain, read_table
from throughline.rules.identifiers import Problem, normalise_postcode, parse_laestab, parse_uprn
from throughline.rules.identifiers.problem import without_spaces


def read_mapped(data: bytes, mapping: ColumnMapping) -> Reading[PupilRow]:
    """Read a CSV file about pupils with the mapping of its layout.

    A field without a column or constant is None: not sent. Findings besides those of every file and of ``oddities``:
    ``missing_column``, ``upn_of_two_children``, ``not_yes_or_no``. A line with neither a name nor a UPN is left out
    (``blank``).

    Raises:
        FileRefused: not a CSV file; ``missing_columns`` when a column that says who the child is is not there;
            ``bad_mapping`` (detail ``reason``: the code of the first problem that stops).
    """
    stopping = next((one for one in check_mapping(mapping) if one.severity == "stop"), None)
    if stopping:
        raise FileRefused("bad_mapping", {"reason": (stopping.code,), "field": (stopping.field,)})
    reader = RowReader(read_table(data, _columns(mapping)))
    reader.findings.extend(_missing(mapping, reader))
    kept = {f"{KEPT}:{heading}": heading for heading, field in mapping.columns.items() if field == KEPT}
    rows: list[PupilRow] = []
    for cells in reader:
        row = _pupil(Values(cells, mapping), kept)
        if not (row.surname or row.forename or row.upn):
            cells.reject("surname", "blank", value="")
            continue
        _warn(cells, row)
        rows.append(row)
    reader.findings.extend(
        Finding("warn", row.line, "", "upn_of_two_children", row.upn or "", str(earlier.line))
        for row, earlier in shared_upns(rows)
    )
    return reader.reading(rows)


def _columns(mapping: ColumnMapping) -> list[Column]:
    """Columns to look for; one that is mapped to nothing stays known, so that it is not called unused."""
    return [
        Column(field if field in FIELDS else f"{field}:{heading}", (heading,), required=field in IDENTITY)
        for heading, field in mapping.columns.items()
    ]


def _missing(mapping: ColumnMapping, reader: RowReader) -> list[Finding]:
    here = {plain(heading) for heading in reader.table.headings}
    return [
        Finding("warn", 0, heading, "missing_column", heading)
        for heading, field in mapping.columns.items()
        if field in (*FIELDS, KEPT) and plain(heading) not in here
    ]


def _pupil(values: Values, kept: dict[str, str]) -> PupilRow:
    plainly: dict[str, Any] = {name: values.text(name) for name in TEXTS}
    plainly.update((name, values.code(name)) for name in CODES)
    plainly.update((name, values.date(name)) for name in DATES)
    plainly.update((name, values.yes_no(name)) for name in FLAGS)
    for name in NUMBERS:
        text = values.text(name)
        plainly[name] = None if text is None else without_spaces(text)
    both = values.text("surname_comma_forename")
    if both is not None and "," in both:
        plainly["surname"], plainly["forename"] = (part.strip() for part in both.split(",", 1))
    elif both is not None:
        plainly["surname"] = both
    return PupilRow(
        line=values.cells.line,
        school=school_reference(_school(values)),
        sen_needs=_needs(values),
        free_meals=_meals(values),
        care_authority=values.text("care_authority"),
        addresses=_addresses(values),
        phones=_phones(values, "phone"),
        contacts=_contacts(values),
        also={heading: text for name, heading in kept.items() if (text := values.cells.text(name))},
        **plainly,
    )


def _school(values: Values) -> str:
    authority, number = values.text("authority"), values.text("establishment")
    if authority and number and not isinstance(parse_laestab(f"{authority}/{number.zfill(4)}"), Problem):
        return f"{authority}/{number.zfill(4)}"
    return values.text("school") or ""


def _needs(values: Values) -> tuple[SenNeed, ...] | None:
    if not values.sent(*NEEDS):
        return None
    codes = [(rank, values.code(name)) for rank, name in enumerate(NEEDS, start=1)]
    return tuple(SenNeed(code, rank) for rank, code in codes if code)


def _meals(values: Values) -> tuple[FreeMealPeriod, ...] | None:
    if not values.sent("free_meals_start"):
        return None
    start = values.date("free_meals_start")
    return (FreeMealPeriod(start, values.date("free_meals_end")),) if start else ()


def _addresses(values: Values) -> tuple[PostalAddress, ...] | None:
    names = [f"address_line_{at}" for at in ADDRESS_LINES]
    if not values.sent(*names, *ADDRESS_PARTS):
        return None
    parts = {name: values.text(name) or "" for name in ADDRESS_PARTS}
    parts["postcode"] = normalise_postcode(parts["postcode"]) or parts["postcode"]
    uprn = parse_uprn(parts["uprn"])
    parts["uprn"] = parts["uprn"] if isinstance(uprn, Problem) else uprn.value
    address = PostalAddress(**parts, lines=tuple(line for name in names if (line := values.text(name))))
    return () if address == PostalAddress() else (address,)


def _phones(values: Values, name: str) -> tuple[Phone, ...] | None:
    text = values.text(name)
    return None if text is None else tuple([Phone("", text)] if text else [])


def _contacts(values: Values) -> tuple[Contact, ...] | None:
    contacts: list[Contact] = []
    for at in CONTACTS:
        here = f"contact_{at}_"
        surname, forename = values.text(f"{here}surname") or "", values.text(f"{here}forename") or ""
        if surname or forename:
            contacts.append(
                Contact(
                    surname=surname,
                    forename=forename,
                    title=values.text(f"{here}title") or "",
                    order=at,
                    relationship=values.code(f"{here}relationship") or "",
                    responsibility=values.yes_no(f"{here}responsibility"),
                    phones=_phones(values, f"{here}phone") or (),
                    email=values.text(f"{here}email") or "",
                )
            )
    return tuple(contacts) if contacts or values.sent("contact_1_surname", "contact_2_surname") else None


_WHERE = {"sen_needs": "sen_need_1", "addresses": "postcode"}


def _warn(cells: Cells, row: PupilRow) -> None:
    both = "surname_comma_forename"
    for odd in oddities(row):
        column = _WHERE.get(odd.field, odd.field)
        if odd.code == "not_a_uprn":
            column = "uprn"
        if both in cells.table.places and column in ("surname", "forename"):
            column = both
        # A date that could not be read has its warning already; a name that has no comma has none yet.
        if odd.code != "blank" or column == both or not cells.text(column):
            cells.warn(column, odd.code, kept=odd.value, value=cells.text(column) or odd.value)
