"""The shared CSV front."""

from __future__ import annotations

import pytest

from throughline.formats.cells import RowReader
from throughline.formats.reading import FileRefused
from throughline.formats.table import Column, read_table

COLUMNS = (
    Column("number", ("Number", "No."), required=True),
    Column("name", ("Name",), required=True),
    Column("district", (), pattern=r"lad\d\dcd"),
)


def test_columns_are_found_by_name_in_any_order_and_case() -> None:
    table = read_table(b"name , NO.\nAnn,1\n", COLUMNS)
    assert table.places == {"number": 1, "name": 0}


def test_a_heading_with_a_year_is_found_by_its_pattern() -> None:
    assert read_table(b"Number,Name,lad25cd\n1,a,E1\n", COLUMNS).places["district"] == 2


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_whichever_makes_known_headings(delimiter: str) -> None:
    text = f"Number{delimiter}Name\n1{delimiter}Ann, Bo; Cy\n".replace("Ann, Bo; Cy", '"Ann, Bo; Cy"')
    table = read_table(text.encode(), COLUMNS)
    assert table.lines[0][1] == ["1", "Ann, Bo; Cy"]


@pytest.mark.parametrize(
    ("encoded", "encoding"),
    [
        ("Number,Name\n1,Ynys Môn\n".encode(), "utf-8"),
        ("Number,Name\n1,Ynys Môn\n".encode("utf-8-sig"), "utf-8"),
        ("Number,Name\n1,Ynys Môn\n".encode("cp1252"), "cp1252"),
        ("\ufeffNumber\tName\n1\tYnys Môn\n".encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_accents_survive_every_encoding_the_sector_uses(encoded: bytes, encoding: str) -> None:
    table = read_table(encoded, COLUMNS)
    assert (table.lines[0][1][1], table.encoding) == ("Ynys Môn", encoding)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 ...", "wrong_kind"),
        (b"PK\x03\x04....xl/workbook.xml", "wrong_kind"),
        (b"PK\x03\x04....", "wrong_kind"),
        (b"<!DOCTYPE html><html>", "wrong_kind"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>', "wrong_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "wrong_kind"),
        (b"Number,Name\n1,a\x00b\n", "not_text"),
        (b"Number,Name\n1,\x81\x8d\n", "not_text"),
        (b'Number,Name\n1,"never closed\n2,b\n', "unclosed_quote"),
        (b"Number,Name\n1," + b"x" * 200_000 + b"\n", "unreadable"),
        (b"Number,Town\n1,a\n", "missing_columns"),
        (b"Number,Name,Name\n1,a,b\n", "repeated_columns"),
    ],
)
def test_what_is_not_such_a_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_table(data, COLUMNS)
    assert refused.value.code == code


def test_a_refusal_names_what_is_missing_and_what_was_found() -> None:
    with pytest.raises(FileRefused) as refused:
        read_table(b"Town,Street\na,b\n", COLUMNS)
    assert refused.value.detail == {"missing": ("Number", "Name"), "found": ("Town", "Street")}


def test_line_numbers_are_those_of_the_file_even_after_cells_with_line_breaks() -> None:
    table = read_table(b'Number,Name\n1,"a\nb"\n\n2,c\n', COLUMNS)
    assert [line for line, _ in table.lines] == [2, 5]
    assert table.blank == 1


def test_a_short_row_is_kept_with_a_warning_and_blanks() -> None:
    reader = RowReader(read_table(b"Number,Name\n1\n", COLUMNS))
    assert [cells.text("name") for cells in reader] == [""]
    assert [(finding.severity, finding.code, finding.line) for finding in reader.findings] == [
        ("warn", "too_few_cells", 2)
    ]


def test_headings_nobody_reads_are_listed() -> None:
    assert read_table(b"Number,Name,Phone,\n1,a,b,\n", COLUMNS).unused == ("Phone",)
