"""What every reader returns, and how it refuses.

A reader takes bytes and returns every row it could keep, with findings about what was odd. Nothing is lost silently: a
row that is left out has a finding that says so, and a value that could not be used is in the finding as it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

Severity = Literal["reject_row", "warn"]

RowType = TypeVar("RowType")


@dataclass(frozen=True, slots=True)
class Finding:
    """One odd thing in a file.

    Attributes:
        severity: ``reject_row`` when the row was left out, ``warn`` when it was kept.
        line: line of the file on which the row begins, from 1; 0 is about the file as a whole. In files without lines
            (GeoJSON, KML) the feature's number from 1.
        column: heading as it stands in the file; empty when it is about the whole row.
        code: what is odd; the words for it live with whoever shows it.
        value: the text as it came.
        kept: what was kept instead; empty when the value was dropped.
        part: the table or section, where a delivery has several; empty where there is one.
    """

    severity: Severity
    line: int
    column: str
    code: str
    value: str = ""
    kept: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were read, kept and left out, and how many lines were blank: read = kept + rejected."""

    read: int
    kept: int
    rejected: int
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Reading(Generic[RowType]):
    """A file that was read.

    Attributes:
        rows: every row kept, in the file's order.
        findings: everything odd, in the file's order.
        counts: rows read, kept and rejected.
        encoding: how the text was read, such as ``utf-8`` or ``cp1252``.
        unused: headings the reader does not know, so that nobody thinks they were loaded.
    """

    rows: tuple[RowType, ...]
    findings: tuple[Finding, ...]
    counts: Counts
    encoding: str = ""
    unused: tuple[str, ...] = ()


@dataclass(eq=False)
class FileRefused(Exception):
    """The file is not what it claims to be, so nothing of it was read.

    Attributes:
        code: ``empty``, ``wrong_kind``, ``not_text``, ``unclosed_quote``, ``unreadable``, ``missing_columns``,
            ``missing_table``, ``repeated_columns``, ``wrong_shape``, ``unknown_system``, ``outside_system``, ``too_many``
            or ``too_large``.
        detail: values for the words about it, such as ``{"missing": ("URN",), "found": ("Name", "Town")}``.
    """

    code: str
    detail: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __str__(self) -> str:
        parts = "; ".join(f"{name}: {', '.join(values)}" for name, values in self.detail.items())
        return f"{self.code} ({parts})" if parts else self.code
