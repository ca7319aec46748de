"""Arrangements to and from plain data (JSON or TOML), with every problem found at once.

The shape is that of the dataclasses in ``arrangement``; what is left out takes their defaults. Whether arrangements
of a sound shape are lawful is for ``admissions_code`` to say, so a negative number reads well here and is refused there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from difflib import get_close_matches
from functools import partial
from typing import Any, Literal, cast, get_args, get_type_hints

from throughline.rules.allocation.arrangement import (
    Arrangement,
    Bands,
    Criterion,
    Quota,
    Rounding,
    Selection,
    TieBreak,
    Who,
)

ProblemCode = Literal["missing", "unknown", "not_a", "not_one_of", "too_long"]

_FACT_SHAPE = re.compile(r"[a-z][a-z0-9_]*(:[a-z0-9_]+)?")
_CODE_SHAPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-.]*")
_LONGEST = 255
_DEEPEST = 12


@dataclass(frozen=True)
class Problem:
    """One thing wrong: ``path`` in the data (``criteria[2].who.all_of[0]``), a code, and what the words need."""

    path: str
    code: ProblemCode
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        said = dict(self.values)
        return f"{self.path or 'arrangement'}: " + _WORDS[self.code].format_map(
            {"expected": "", "near": "", "found": "", **said}
        )


_WORDS: dict[ProblemCode, str] = {
    "missing": "this is needed and was not given",
    "unknown": "nothing is called this here{near}",
    "not_a": "expected {expected}, found {found}",
    "not_one_of": "expected one of {expected}, found {found}",
    "too_long": "longer than allowed ({expected})",
}


class ArrangementError(ValueError):
    """The data is not arrangements; ``problems`` lists everything wrong with it, in the order of the data."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(f"Nothing was kept. {len(problems)} to put right: " + "; ".join(map(str, problems)))


class _Reading:
    """Where we are in the data, and what has been found wrong so far."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, path: str, code: ProblemCode, **values: object) -> None:
        self.problems.append(Problem(path, code, tuple((key, str(value)) for key, value in values.items())))


_Reader = Callable[[_Reading, str, object], Any]


def _found(data: object) -> str:
    names = {dict: "a table", list: "a list", str: "text", bool: "yes or no", type(None): "nothing"}
    return names.get(type(data), type(data).__name__) if not isinstance(data, int | float) else str(data)


def _text(shape: re.Pattern[str], expected: str, reading: _Reading, path: str, data: object) -> str:
    if not isinstance(data, str) or not shape.fullmatch(data):
        reading.wrong(
            path, "not_a", expected=expected, found=repr(data) if isinstance(data, str) else _found(data)
        )
        return ""
    if len(data) > _LONGEST:
        reading.wrong(path, "too_long", expected=_LONGEST)
    return data


def _whole(reading: _Reading, path: str, data: object) -> int:
    if isinstance(data, bool) or not isinstance(data, int):
        reading.wrong(path, "not_a", expected="a whole number", found=_found(data))
        return 0
    return data


def _number(reading: _Reading, path: str, data: object) -> float:
    if isinstance(data, bool) or not isinstance(data, int | float) or not math.isfinite(data):
        reading.wrong(path, "not_a", expected="a number", found=_found(data))
        return 0.0
    return float(data)


def _yes_no(reading: _Reading, path: str, data: object) -> bool:
    if not isinstance(data, bool):
        reading.wrong(path, "not_a", expected="yes or no", found=_found(data))
    return bool(data)


def _choice(options: tuple[str, ...], reading: _Reading, path: str, data: object) -> str:
    if not isinstance(data, str) or data not in options:
        found = repr(data) if isinstance(data, str) else _found(data)
        reading.wrong(path, "not_one_of", expected=", ".join(options), found=found)
    return str(data)


def _many(each: _Reader, reading: _Reading, path: str, data: object) -> tuple[Any, ...]:
    if not isinstance(data, list | tuple):
        reading.wrong(path, "not_a", expected="a list", found=_found(data))
        return ()
    if len(data) > _LONGEST:
        reading.wrong(path, "too_long", expected=_LONGEST)
        return ()
    return tuple(each(reading, f"{path}[{index}]", item) for index, item in enumerate(data))


def _plain(reading: _Reading, path: str, data: object, depth: int = 0) -> object:
    """Anything JSON can hold, copied so that nobody else's list is shared."""
    if depth > _DEEPEST:
        reading.wrong(path, "too_long", expected=f"{_DEEPEST} levels")
    elif isinstance(data, Mapping):
        copied: dict[str, object] = {}
        for key, value in data.items():
            if not isinstance(key, str):
                reading.wrong(path, "not_a", expected="text for a name", found=_found(key))
            copied[str(key)] = _plain(reading, f"{path}.{key}", value, depth + 1)
        return copied
    elif isinstance(data, list | tuple):
        return [_plain(reading, f"{path}[{index}]", item, depth + 1) for index, item in enumerate(data)]
    elif isinstance(data, float):
        return _number(reading, path, data)
    elif not isinstance(data, str | int | bool | None):
        reading.wrong(
            path, "not_a", expected="text, a number, yes or no, a list or a table", found=_found(data)
        )
    return data


def _details(reading: _Reading, path: str, data: object) -> dict[str, object]:
    if isinstance(data, Mapping):
        copied = _plain(reading, path, data)
        return copied if isinstance(copied, dict) else {}
    reading.wrong(path, "not_a", expected="a table", found=_found(data))
    return {}


def _table(
    kind: type[Any], readers: Mapping[str, _Reader], reading: _Reading, path: str, data: object
) -> Any:
    """Read a dataclass: unknown names and missing ones are reported, the rest goes on."""
    if not isinstance(data, Mapping):
        reading.wrong(path, "not_a", expected="a table", found=_found(data))
        return None
    dot = f"{path}." if path else ""
    for name in data:
        if name not in readers:
            near = get_close_matches(str(name), readers, n=1)
            reading.wrong(f"{dot}{name}", "unknown", near=f"; did you mean {near[0]}?" if near else "")
    given = {
        name: read(reading, f"{dot}{name}", data[name]) for name, read in readers.items() if name in data
    }
    needed = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING]
    missing = [name for name in needed if name not in given]
    for name in missing:
        reading.wrong(f"{dot}{name}", "missing")
    return None if missing else kind(**given)


def _options(kind: object, name: str) -> tuple[str, ...]:
    return get_args(get_type_hints(kind)[name])


def _either(names: tuple[str, ...]) -> _Reader:
    return partial(_choice, names)


_code = partial(_text, _CODE_SHAPE, "a short code")
_facts = partial(_many, partial(_text, _FACT_SHAPE, "the name of a fact"))
_tie_breaks = partial(_many, _either(get_args(TieBreak)))
_who = partial(_table, Who, {"all_of": _facts, "any_of": _facts, "none_of": _facts})
_criterion = partial(_table, Criterion, {"code": _code, "who": _who, "tie_break": _tie_breaks})
_criteria = partial(_many, _criterion)
_quota = partial(
    _table,
    Quota,
    {
        "code": _code,
        "who": _who,
        "places": _whole,
        "percent": _number,
        "of": _either(_options(Quota, "of")),
        "rounding": _either(get_args(Rounding)),
        "criteria": _criteria,
        "tie_break": _tie_breaks,
    },
)
_bands = partial(
    _table,
    Bands,
    {
        "shares": partial(_many, _whole),
        "untested": _either(_options(Bands, "untested")),
        "shape": _either(_options(Bands, "shape")),
    },
)
_selection = partial(_table, Selection, {"kind": _either(_options(Selection, "kind")), "mark": _whole})
_arrangement = partial(
    _table,
    Arrangement,
    {
        "admission_number": _whole,
        "criteria": _criteria,
        "tie_break": _tie_breaks,
        "quotas": partial(_many, _quota),
        "bands": _bands,
        "selection": _selection,
        "multiple_births": _either(_options(Arrangement, "multiple_births")),
        "late": _either(_options(Arrangement, "late")),
        "designated_faith": _yes_no,
        "grammar": _yes_no,
        "infant": _yes_no,
        "details": _details,
    },
)


def arrangement_from_data(data: object) -> Arrangement:
    """Read arrangements from plain data, such as JSON or TOML gives.

    Args:
        data: a table with the names of ``Arrangement``'s attributes; lists for tuples; tables for its parts.

    Raises:
        ArrangementError: with every problem and its path, when the data has the wrong shape.
    """
    reading = _Reading()
    read = _arrangement(reading, "", data)
    if reading.problems:
        raise ArrangementError(tuple(reading.problems))
    return cast(Arrangement, read)


def _default(item: Field[Any]) -> object:
    """What the attribute is when left out; a needed one has nothing that equals it."""
    return item.default if item.default_factory is MISSING else item.default_factory()


def _as_data(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        held = {item.name: getattr(value, item.name) for item in fields(value)}
        return {
            item.name: _as_data(held[item.name])
            for item in fields(value)
            if held[item.name] != _default(item)
        }
    if isinstance(value, tuple | list):
        return [_as_data(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _as_data(item) for key, item in value.items()}
    return value


def arrangement_to_data(arrangement: Arrangement) -> dict[str, object]:
    """Arrangements as plain data that JSON can hold, leaving out what is at its default. Reads back equal."""
    return cast(dict[str, object], _as_data(arrangement))
