"""XML that means harm is refused, and whatever bytes arrive, they are read or refused."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.ctf_files import ctf_file, pupil

from throughline.formats.ctf import read_ctf, read_ctf_pupils, schema_findings
from throughline.formats.reading import FileRefused

LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "laughs": f"<?xml version='1.0'?>{LAUGHS}]><CTfile><CTFpupilData>{pupil('<Email>&i;</Email>')}</CTFpupilData></CTfile>",
    "file": "<!DOCTYPE CTfile [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    f"<CTfile><CTFpupilData>{pupil('<Email>&x;</Email>')}</CTFpupilData></CTfile>",
    "external": "<!DOCTYPE CTfile SYSTEM 'http://127.0.0.1:9/x.dtd'><CTfile/>",
    "parameter": "<!DOCTYPE CTfile [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/x'> %x;]><CTfile/>",
    "undefined": f"<CTfile><CTFpupilData>{pupil('<Email>&nothing;</Email>')}</CTFpupilData></CTfile>",
    "deep": "<CTfile>" + "<a>" * 5_000 + "</a>" * 5_000 + "</CTfile>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_document_types_entities_and_endless_nesting_are_refused(name: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_ctf(HOSTILE[name].encode())
    assert refused.value.code == "unreadable"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_another_encoding_hides_no_document_type(encoding: str) -> None:
    declared = "<?xml version='1.0' encoding='utf-16'?>" + HOSTILE["file"]
    with pytest.raises(FileRefused, match="doctype"):
        read_ctf(declared.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-7", "utf-32", "ebcdic-cp-us", "cp037"])
def test_an_encoding_nobody_needs_is_refused(encoding: str) -> None:
    with pytest.raises(FileRefused, match="encoding"):
        read_ctf(f"<?xml version='1.0' encoding='{encoding}'?><CTfile/>".encode())


def test_utf_32_is_refused_in_any_case() -> None:
    with pytest.raises(FileRefused):
        read_ctf(HOSTILE["file"].encode("utf-32"))


def test_welsh_in_the_encodings_files_come_in_is_read() -> None:
    for encoding in ("utf-8", "utf-16", "iso-8859-1", "windows-1252"):
        text = (
            f"<?xml version='1.0' encoding='{encoding}'?>" + ctf_file(pupil("")).decode().partition("?>")[2]
        )
        (row,) = read_ctf(text.replace("Okafor", "Siân").encode(encoding)).rows
        assert row.surname == "Siân"


def test_an_unknown_element_cannot_fill_the_memory() -> None:
    crowd = "".join(f"<x>{at}</x>" for at in range(5_000))
    (row,) = read_ctf(ctf_file(pupil(f"<SuppInfo>{crowd}<y>{'z' * 50_000}</y></SuppInfo>"))).rows
    assert len(row.unknown) == 200
    assert max(len(one.text) for one in row.unknown) <= 2_000


SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">INCLUDED
<xs:element name="CTfile"><xs:complexType><xs:sequence>
<xs:element name="CTFpupilData" type="xs:string"/></xs:sequence></xs:complexType></xs:element></xs:schema>"""


def schema(included: str = "") -> bytes:
    return SCHEMA.replace("INCLUDED", included).encode()


def test_a_file_is_checked_against_a_schema_that_was_loaded() -> None:
    assert schema_findings(b"<CTfile><CTFpupilData>a</CTFpupilData></CTfile>", schema()) == ()
    (finding,) = schema_findings(b"<CTfile>\n<Header/></CTfile>", schema())
    assert (finding.severity, finding.line, finding.code) == ("warn", 2, "against_schema")
    assert "Header" in finding.value


def test_a_schema_in_several_files_is_put_together_from_its_pack() -> None:
    types = SCHEMA.replace("INCLUDED", "").replace("CTfile", "Other").encode()
    whole = schema('<xs:include schemaLocation="pack/types.xsd"/>')
    assert schema_findings(b"<CTfile><CTFpupilData/></CTfile>", whole, {"types.xsd": types}) == ()


@pytest.mark.parametrize("place", ["file://{}", "{}", "http://127.0.0.1:9/x.xsd"])
def test_a_schema_reaches_for_nothing_outside_its_pack(place: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside.xsd"
    outside.write_bytes(schema().replace(b"CTfile", b"Other"))
    whole = schema(f'<xs:include schemaLocation="{place.format(outside)}"/>')
    with pytest.raises(FileRefused) as refused:
        schema_findings(b"<CTfile/>", whole)
    assert refused.value.detail["file"] == ("schema",)


def test_what_is_no_schema_is_refused() -> None:
    for bad in (b"", b"<nothing/>", b"<!DOCTYPE x><x/>", b"\xff\xfe"):
        with pytest.raises(FileRefused):
            schema_findings(b"<CTfile/>", bad)


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(FileRefused):
        read_ctf_pupils(data)


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 6_000), piece=st.binary(max_size=4))
def test_a_spoilt_file_is_read_or_refused(at: int, piece: bytes) -> None:
    data = ctf_file()
    with contextlib.suppress(FileRefused):
        read_ctf_pupils(data[:at] + piece + data[at + len(piece) :])


tags = st.sampled_from(
    [
        "UPN",
        "Surname",
        "BasicDetails",
        "Languages",
        "Type",
        "SENhistory",
        "SEN",
        "Contacts",
        "Contact",
        "Phones",
        "Other",
    ]
)
trees = st.recursive(
    st.sampled_from(["", "x", "2016-02-30", "&amp;"]),
    lambda inner: st.lists(st.tuples(tags, inner), max_size=4).map(
        lambda pairs: "".join(f"<{tag}>{content}</{tag}>" for tag, content in pairs)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(inside=trees)
def test_any_elements_in_any_order_are_read(inside: str) -> None:
    reading = read_ctf_pupils(ctf_file(pupil(inside)))
    assert reading.counts.kept == 1
