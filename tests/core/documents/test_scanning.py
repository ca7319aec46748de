"""The virus scanner: asked as it wants to be asked, believed only when it says OK."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.core.documents.fake_scanner import Scanner

from throughline.core.documents.scanning import ScannerAway, is_harmful


@pytest.fixture
def scanner(tmp_path, monkeypatch) -> Iterator[Scanner]:
    path = str(tmp_path / "clamd")
    answers = {
        b"EVIL": b"stream: Test-Signature FOUND\x00",
        b"BIG": b"INSTREAM size limit exceeded. ERROR\x00",
    }
    running = Scanner(path, answers | {b"CUT": b"", b"": b"stream: OK\x00"})
    running.start()
    monkeypatch.setenv("THROUGHLINE_CLAMD", path)
    yield running
    running.close()


def test_a_clean_file_is_clean_and_reaches_the_scanner_whole(scanner):
    content = bytes(range(256)) * 1_000
    assert is_harmful([content]) is False
    assert scanner.received == [content]


def test_a_harmful_file_is_found(scanner):
    assert is_harmful([b"xxEVILxx"]) is True


@pytest.mark.parametrize("content", [b"BIG", b"CUT"])
def test_any_other_answer_is_no_answer(scanner, content):
    with pytest.raises(ScannerAway):
        is_harmful([content])


@pytest.mark.parametrize(
    "address", ["/nowhere/clamd", "unix:/nowhere/clamd", "127.0.0.1:1", "127.0.0.1:port"]
)
def test_a_scanner_that_is_away_has_not_said_clean(monkeypatch, address):
    monkeypatch.setenv("THROUGHLINE_CLAMD", address)
    with pytest.raises(ScannerAway):
        is_harmful([b"x"])
