"""Journey 6: a subject access pack is made in one act, read by a person, given, and holds no trace of anybody else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from tests.support.browsing import press
from tests.support.pdfs import traces, words

from .sitting import Sitting


def opens(officer: Sitting, asker: str) -> None:
    """From the child's record, open in the window: who asks, and how they were known."""
    officer.tab("Keeping")
    officer.look("keeping of a child")
    officer.follow("Make a subject access pack")
    officer.look("who asks")
    officer.page.check(f"text={asker}")
    officer.fill("identity", "A passport, seen at the office")
    officer.press("Open the request")


def reads_and_gives(officer: Sitting) -> None:
    """Once it is gathered it is read; of the adults in the child's life the last is withheld, and the rest is given."""
    officer.until("To be read before it is given")
    officer.look("reading a subject access pack")
    adults = officer.page.locator("main tr", has_text="An adult in the child’s life")
    officer.follow_in(adults.last, "Withhold it")
    officer.look("withholding an entry")
    officer.fill("because", "It is about somebody else")
    officer.press("Keep this decision")
    officer.follow("Give it")
    officer.look("giving a subject access pack")
    officer.press("Give it now")
    assert "The pack is given" in officer.page.inner_text("body")


def fetches(parent: Sitting) -> tuple[bytes, bytes]:
    """Whoever asked finds it on their own pages: as a PDF and as data."""
    parent.home()
    parent.menu("What you asked for")
    parent.look("what you asked for")
    return _fetched(parent, "Fetch the PDF"), _fetched(parent, "Fetch the data")


def _fetched(sitting: Sitting, text: str) -> bytes:
    with sitting.page.expect_download() as waiting:
        press(sitting.page, f"text={text}")
    return Path(waiting.value.path()).read_bytes()


def holds_only(pdf: bytes, archive: bytes, wanted: Iterable[str], others: Iterable[str]) -> None:
    """Everything wanted is told, in both; nobody else is, in any part of either."""
    told = words(pdf)
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        said = "\n".join([*held.namelist(), *(held.read(name).decode() for name in held.namelist())])
    for each in wanted:
        assert each in told, each
        assert each in said, each
    for canary in others:
        assert traces(pdf, canary) == [], canary
        bare = canary.replace(" ", "").casefold()
        assert bare not in said.replace(" ", "").casefold(), canary
