"""What each column of a layout means, as plain data that can be kept, sent and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from throughline.formats.reading import FileRefused

VERSION = 1
"""Of the shape of a mapping; a later shape gets a later number and a way up from this one."""

DateForm = Literal["sector", "month_first", "serial"]
"""``sector``: every form ``read_date`` knows, day before month. ``month_first``: 12/31/2025. ``serial``: days as a
spreadsheet counts them, 45992. Years never have two digits."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A layout's columns and what they mean.

    Attributes:
        columns: heading in the file to a field of ``FIELDS``, ``KEPT`` or ``IGNORED``. Case and spacing of headings do
            not matter.
        dates: how this layout writes dates. Dates in ISO form are read in any case.
        codes: by field, the layout's words and the codes they stand for; case does not matter. A word that is not here
            is kept as it came.
        constants: by field, a value for every row, such as the school of a file from one school. A column wins.
    """

    columns: Mapping[str, str]
    dates: DateForm = "sector"
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        """The mapping as values JSON can hold; ``mapping_from_data`` reads it back the same."""
        return {
            "version": VERSION,
            "columns": dict(self.columns),
            "dates": self.dates,
            "codes": {name: dict(words) for name, words in self.codes.items()},
            "constants": dict(self.constants),
        }


def mapping_from_data(data: Any) -> ColumnMapping:
    """A mapping from what ``to_data`` gave, perhaps edited or from elsewhere.

    Raises:
        FileRefused: ``bad_mapping``, with detail ``reason``: ``not_an_object``, ``version``, ``columns``, ``dates``,
            ``codes`` or ``constants``.
    """
    if not isinstance(data, dict):
        raise _bad("not_an_object")
    if data.get("version") != VERSION:
        raise _bad("version")
    dates = data.get("dates", "sector")
    if dates not in get_args(DateForm):
        raise _bad("dates")
    codes = data.get("codes", {})
    if not isinstance(codes, dict):
        raise _bad("codes")
    return ColumnMapping(
        columns=_texts(data.get("columns"), "columns"),
        dates=dates,
        codes={str(name): _texts(words, "codes") for name, words in codes.items()},
        constants=_texts(data.get("constants", {}), "constants"),
    )


def _texts(value: Any, part: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(
        isinstance(name, str) and isinstance(text, str) for name, text in value.items()
    ):
        raise _bad(part)
    return dict(value)


def _bad(reason: str) -> FileRefused:
    return FileRefused("bad_mapping", {"reason": (reason,)})
