"""Lawful arrangements to start from, one for each usual kind of school.

A preset is data with a few parameters. An officer picks one, fills in its parameters and changes what she likes; the
demonstration authority is built from them. Every preset passes the Code check as it stands.

Source: School Admissions Code 2021 as set out in the project's rule book, sections 1.4 to 1.7 and 1.13.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.arrangement_data import arrangement_from_data
from throughline.rules.allocation.preset_data import (
    Data,
    aptitude,
    catholic,
    church_of_england,
    community_primary,
    community_secondary,
    fair_banded,
    girls_faith,
    grammar_pass,
    grammar_top,
    infant,
    junior,
)

Kind = Literal["count", "text", "names", "choice"]


class PresetError(ValueError):
    """No such preset or parameter, or a value of the wrong kind; nothing was made. ``near`` is the nearest name."""

    def __init__(self, said: str, near: str = "") -> None:
        self.near = near
        super().__init__(said + (f" Did you mean {near}?" if near else ""))


@dataclass(frozen=True)
class Parameter:
    """What an officer fills in: a whole number between ``least`` and ``most``, words, a list of names, or a choice."""

    name: str
    kind: Kind
    default: int | str | tuple[str, ...]
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 2_000


@dataclass(frozen=True)
class Preset:
    """One kind of school: its phase, its parameters and how they become the data of an ``Arrangement``."""

    code: str
    phase: Literal["primary", "secondary"]
    parameters: tuple[Parameter, ...]
    data: Callable[[Mapping[str, object]], Data]


def _number(default: int) -> Parameter:
    return Parameter("admission_number", "count", default)


def _words(name: str, default: str) -> Parameter:
    return Parameter(name, "text", default)


_CHOICE = Parameter("looked_after", "choice", "all_first", ("all_first", "of_the_faith_first"))
_GUIDANCE = _words("guidance", "The diocese's guidance on admissions")
_FAITH_SCHOOL = (_words("faith", "Catholic"), _words("parish", "Holy Well"), _GUIDANCE, _CHOICE)
_TEST = _words("test", "The consortium's test of verbal and non-verbal reasoning")

PRESETS: tuple[Preset, ...] = (
    Preset(
        "community_primary",
        "primary",
        (_number(60), _words("catchment", "Priority area")),
        community_primary,
    ),
    Preset("infant", "primary", (_number(90),), infant),
    Preset("junior", "primary", (_number(90), _words("linked_infant", "Meadow Infant School")), junior),
    Preset(
        "faith_primary", "primary", (_number(30), *_FAITH_SCHOOL), lambda given: catholic(given, infant=True)
    ),
    Preset(
        "church_of_england_parish_split",
        "primary",
        (
            _number(30),
            _words("parish", "St Aldate"),
            _words("neighbouring_parish", "St Bride"),
            Parameter("parish_percent", "count", 70, least=1, most=99),
            _GUIDANCE,
        ),
        church_of_england,
    ),
    Preset(
        "community_secondary",
        "secondary",
        (
            _number(180),
            _words("catchment", "Priority area"),
            Parameter("feeders", "names", ("Hill Lane Primary School", "Mill Road Primary School")),
        ),
        community_secondary,
    ),
    Preset("faith_secondary", "secondary", (_number(150), *_FAITH_SCHOOL), catholic),
    Preset("girls_faith", "secondary", (_number(120), *_FAITH_SCHOOL), girls_faith),
    Preset(
        "grammar_pass_mark",
        "secondary",
        (_number(120), Parameter("pass_mark", "count", 220), _TEST),
        grammar_pass,
    ),
    Preset("grammar_top_score", "secondary", (_number(120), _TEST), grammar_top),
    Preset(
        "fair_banded",
        "secondary",
        (
            _number(180),
            Parameter("bands", "count", 4, least=2, most=10),
            _words("test", "A non-verbal reasoning test"),
        ),
        fair_banded,
    ),
    Preset(
        "aptitude",
        "secondary",
        (
            _number(180),
            Parameter("subject", "choice", "music", ("music", "drama", "dance", "art", "sport", "languages")),
        ),
        aptitude,
    ),
)

_BY_CODE = {preset.code: preset for preset in PRESETS}


def _checked(parameter: Parameter, value: object) -> object:
    wanted = {"count": int, "text": str, "choice": str, "names": tuple}[parameter.kind]
    value = tuple(value) if isinstance(value, list) else value
    words = value if isinstance(value, tuple) else ()
    if (
        not isinstance(value, wanted)
        or isinstance(value, bool)
        or not all(isinstance(each, str) for each in words)
    ):
        raise PresetError(f"Nothing was made: {parameter.name} should be of kind {parameter.kind}.")
    if isinstance(value, int) and not parameter.least <= value <= parameter.most:
        said = f"{parameter.name} is between {parameter.least} and {parameter.most}, and {value} was given."
        raise PresetError(f"Nothing was made: {said}")
    if parameter.choices and value not in parameter.choices:
        raise PresetError(f"Nothing was made: {parameter.name} is one of {', '.join(parameter.choices)}.")
    return value


def arrangement_from_preset(code: str, **given: object) -> Arrangement:
    """Arrangements of the kind called ``code``; parameters not given take their defaults.

    Raises:
        PresetError: no such preset or parameter (with the nearest name), or a value of the wrong kind.
    """
    if code not in _BY_CODE:
        raise PresetError(
            f"There is no preset called {code}.", "".join(get_close_matches(code, _BY_CODE, n=1))
        )
    parameters = {parameter.name: parameter for parameter in _BY_CODE[code].parameters}
    for name in given.keys() - parameters.keys():
        near = "".join(get_close_matches(name, parameters, n=1))
        raise PresetError(f"The preset {code} has no parameter {name}.", near)
    values = {name: _checked(each, given.get(name, each.default)) for name, each in parameters.items()}
    return arrangement_from_data(_BY_CODE[code].data(values))
