"""What can be set is written down where whoever looks after an installation reads it, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.surroundings import ROOT

NAME = re.compile(r"\bTHROUGHLINE_[A-Z_]+\b")
GUIDE = ROOT / "docs/operations.md"


def names_in(*files: Path) -> set[str]:
    return {name for file in files for name in NAME.findall(file.read_text("utf-8"))}


def test_every_setting_is_in_the_guide_and_every_setting_of_the_guide_is_read() -> None:
    table = GUIDE.read_text("utf-8").partition("## Settings")[2].partition("\n## ")[0]
    told = set(re.findall(r"^\| `(THROUGHLINE_[A-Z_]+)` \|", table, re.MULTILINE))
    read = names_in(*(ROOT / "src").rglob("*.py"))
    assert told == read, sorted(told ^ read)
