"""What is found while one part of a transfer file is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from lxml import etree

from throughline.formats.cells import read_date, read_whole
from throughline.formats.ctf.document import UnknownElement
from throughline.formats.ctf.shapes import LeafKind
from throughline.formats.reading import Finding
from throughline.formats.safe_xml import tag_of

_TRUE = frozenset({"true", "1", "t", "y", "yes"})
_FALSE = frozenset({"false", "0", "f", "n", "no"})
_UNKNOWN_KEPT, _LONGEST = 200, 2_000

Value = str | date | datetime | bool | int | None


@dataclass
class Notes:
    """Findings and unknown elements of the header (``number`` 0) or of one pupil (from 1)."""

    number: int
    findings: list[Finding] = field(default_factory=list)
    unknown: list[UnknownElement] = field(default_factory=list)

    def warn(self, path: str, code: str, value: str = "", kept: str = "") -> None:
        """Something odd; ``path`` is the element's, below the pupil."""
        self.findings.append(Finding("warn", self.number, path, code, value[:_LONGEST], kept))

    def keep_unknown(self, path: str, element: etree._Element) -> None:
        """Keep the texts of an element the layout does not have, and of all within it."""
        self.warn(path, "unknown_element")
        for inner in element.iter():
            text = (inner.text or "").strip()
            if (text or inner is element) and len(self.unknown) < _UNKNOWN_KEPT:
                below = "" if inner is element else f"/{tag_of(inner)}"
                self.unknown.append(UnknownElement(path + below, text[:_LONGEST]))

    def value(self, path: str, kind: LeafKind, text: str) -> Value:
        """What an element's text is; None and a warning when it is not what it should be, None when it is empty."""
        if kind == "marks":
            return text.strip("\t\r\n")
        text = text.strip()
        if kind == "text":
            return text
        if kind == "flag":
            return self._flag(path, text)
        if not text:
            return None
        found = _READERS[kind](text)
        if found is None:
            self.warn(path, _ODD[kind], text)
        return found

    def _flag(self, path: str, text: str) -> bool | None:
        if text.lower() in _TRUE or (
            not text and path.endswith("AddressAsPupil")
        ):  # there it is enough to be there
            return True
        if text and text.lower() not in _FALSE:
            self.warn(path, "not_yes_or_no", text)
            return None
        return False if text else None


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


_READERS = {"date": read_date, "whole": read_whole, "moment": _moment}
_ODD = {"date": "not_a_date", "whole": "not_a_number", "moment": "not_a_date"}
