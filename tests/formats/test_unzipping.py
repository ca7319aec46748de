"""Archives somebody sends: opened within limits, whatever they claim about themselves."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.formats.reading import FileRefused
from throughline.formats.unzipping import ZipLimits, unzip


def archive(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return stream.getvalue()


def refusal(data: bytes, limits: ZipLimits | None = None) -> str:
    with pytest.raises(FileRefused) as refused:
        unzip(data, limits or ZipLimits())
    return refused.value.code


def test_files_come_out_by_their_own_names_without_folders() -> None:
    data = archive({"spring/pupils.csv": b"a", "spring/needs.csv": b"b", "__MACOSX/._pupils.csv": b"x"})
    assert unzip(data) == {"pupils.csv": b"a", "needs.csv": b"b"}


def test_two_files_of_one_name_keep_their_folders() -> None:
    assert unzip(archive({"a/x.csv": b"1", "b/x.csv": b"2"})) == {"a/x.csv": b"1", "b/x.csv": b"2"}


def test_a_name_that_climbs_out_is_only_a_name() -> None:
    assert unzip(archive({"../../etc/passwd": b"a"})) == {"passwd": b"a"}


def test_a_small_archive_that_unpacks_to_very_much_is_refused() -> None:
    assert refusal(archive({"a.csv": b"0" * 5_000_000})) == "too_large"


def test_many_files_are_refused_and_so_is_much_in_all() -> None:
    files = {f"{at}.csv": bytes([at]) * 50 for at in range(10)}
    assert refusal(archive(files), ZipLimits(files=9)) == "too_many"
    assert refusal(archive(files), ZipLimits(size=499)) == "too_large"
    assert len(unzip(archive(files), ZipLimits(files=10, size=500))) == 10


def test_a_workbook_is_no_archive_of_tables() -> None:
    assert refusal(archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"})) == "wrong_kind"


def test_a_size_that_lies_does_not_help() -> None:
    data = archive({"a.csv": b"0" * 5_000_000})
    lying = data.replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert refusal(lying) in ("too_large", "unreadable")


def test_what_is_damaged_locked_or_empty_is_refused() -> None:
    data = archive({"a.csv": b"surname,forename\n" * 100})
    assert refusal(data[:-10]) == "unreadable"
    assert (
        refusal(data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"))
        == "unreadable"
    )
    assert refusal(archive({})) == "empty"
    assert refusal(archive({"folder/": b""})) == "empty"


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 400), byte=st.integers(0, 255))
def test_a_changed_byte_is_survived(at: int, byte: int) -> None:
    data = bytearray(archive({"a.csv": b"surname,forename\n" * 20, "b.csv": b"dob\n"}))
    data[at % len(data)] = byte
    with contextlib.suppress(FileRefused):
        assert set(unzip(bytes(data))) != set()
