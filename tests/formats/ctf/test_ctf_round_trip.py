"""What is written is read back the same, section by section, whatever is in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.ctf_files import ctf_file, pupil

from throughline.formats.ctf import CtfFile, CtfHeader, CtfPupil, CtfSchool, make_header, read_ctf, write_ctf
from throughline.formats.ctf.layout import HEADER, PUPIL
from throughline.formats.ctf.shapes import Leaf, Many, Part, Shape

texts = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=12
).map(str.strip)
leaves: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "marks": st.text("/\\ABCLN#- ", max_size=20),
    "date": st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    "moment": st.datetimes().map(lambda at: at.replace(microsecond=0)),
    "flag": st.booleans(),
    "whole": st.integers(0, 10_000),
}


def of_part(part: Leaf | Part | Many) -> st.SearchStrategy[Any]:
    if isinstance(part, Leaf):
        return st.none() | leaves[part.kind]
    if isinstance(part, Part):
        return st.none() | of_shape(part.shape)
    items = st.lists(texts if part.shape is None else of_shape(part.shape), max_size=2).map(tuple)
    return st.none() | items if part.outer else items


def of_shape(shape: Shape) -> st.SearchStrategy[Any]:
    return st.builds(shape.make, **{part.name: of_part(part) for part in shape.parts})


SECTIONS = [part for part in PUPIL.parts if not isinstance(part, Leaf)]


def comes_back(file: CtfFile) -> None:
    reading = read_ctf(write_ctf(file))
    assert reading.file == file
    assert {one.code for one in reading.findings} <= {"unknown_version"}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_section_comes_back_the_same(section: Part | Many, data: st.DataObject) -> None:
    value = data.draw(of_part(section))
    comes_back(CtfFile(CtfHeader(), (CtfPupil(surname="Okafor", **{section.name: value}),)))


@settings(max_examples=60, deadline=None)
@given(header=of_shape(HEADER), names=st.lists(st.tuples(texts, st.none() | texts), max_size=4))
def test_the_header_and_many_pupils_come_back_the_same(
    header: CtfHeader, names: list[tuple[str, str | None]]
) -> None:
    pupils = tuple(CtfPupil(upn="B801200005001", surname=one, email=other) for one, other in names)
    comes_back(CtfFile(header, pupils))


def test_a_file_that_was_read_is_written_the_same_in_substance() -> None:
    comes_back(read_ctf(ctf_file()).file)


def test_what_the_sender_added_is_never_passed_on() -> None:
    reading = read_ctf(ctf_file(pupil("<SuppInfo><Note>private</Note></SuppInfo>")))
    assert reading.rows[0].unknown
    assert b"private" not in write_ctf(reading.file)


def test_markup_in_a_value_stays_a_value_and_what_xml_cannot_hold_is_dropped() -> None:
    name = "O'Neil & <b>Sons</b> \x00\x1f\ud800"
    file = CtfFile(CtfHeader(), (CtfPupil(surname=name),))
    assert read_ctf(write_ctf(file)).rows[0].surname == "O'Neil & <b>Sons</b>"


def test_elements_stand_in_the_order_of_the_layout_without_a_namespace() -> None:
    us, them = CtfSchool("820", "LLLL"), CtfSchool("820", "1234")
    header = make_header(us, them, datetime(2026, 11, 27, 9, tzinfo=UTC))
    text = write_ctf(CtfFile(header, (CtfPupil(forename="Ada", surname="Okafor", sex="F"),))).decode()
    assert "xmlns" not in text
    assert "<Surname>Okafor</Surname><Forename>Ada</Forename><Sex>F</Sex>" in text
    assert (
        "<DateTime>2026-11-27T09:00:00+00:00</DateTime><DocumentQualifier>partial</DocumentQualifier>" in text
    )
