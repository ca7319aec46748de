"""A life from birth to 25 as a picture: a lane for each group of lines, a mark for each year in which there are some.

Across in percent, so that the picture stretches with the page while its words keep their size; down in pixels. Groups
differ in shape and lie in lanes of their own, so that colour is never what tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.timeline.queries import Group, Mark

OLDEST = 25
LEFT, RIGHT = 1.5, 98.5
TOP, LANE, FOOT = 26, 68, 30
SHAPES = ("circle", "square", "diamond", "triangle")


@dataclass(frozen=True)
class Lifeline:
    """Everything the template draws."""

    height: int
    base: int
    ticks: list[dict[str, Any]]
    lanes: list[dict[str, Any]]
    now: dict[str, Any] | None
    ahead: dict[str, Any] | None
    description: str


def lifeline(born: date, today: date, groups: Sequence[Group], marks: Sequence[Mark]) -> Lifeline:
    """The picture of a story: ``marks`` are counts of lines by group and year."""
    told = [group for group in groups if any(mark.group == group.key for mark in marks)]
    base = TOP + LANE * max(1, len(told))
    lanes = [_lane(at, group, born, marks) for at, group in enumerate(told)]
    alive = born <= today
    now = across(born, today)
    return Lifeline(
        height=base + FOOT,
        base=base,
        ticks=[_tick(born, age) for age in range(OLDEST + 1)],
        lanes=lanes,
        now={"x": now, "anchor": _anchor(now)} if alive and now <= RIGHT else None,
        ahead={"x": now, "width": round(RIGHT - now, 2)} if alive and now < RIGHT else None,
        description=_described(told, marks),
    )


def across(born: date, day: date) -> float:
    """How far along a day lies, in percent; days before birth and after the last birthday at the ends."""
    whole = (date(born.year + OLDEST, 1, 1) - date(born.year, 1, 1)).days
    share = min(1.0, max(0.0, (day - born).days / whole))
    return round(LEFT + (RIGHT - LEFT) * share, 2)


def _tick(born: date, age: int) -> dict[str, Any]:
    x = round(LEFT + (RIGHT - LEFT) * age / OLDEST, 2)
    labelled = age % 5 == 0
    words = (_("Birth") if age == 0 else str(age)) if labelled else ""
    return {"x": x, "words": words, "year": str(born.year + age) if labelled else "", "anchor": _anchor(x)}


def _lane(at: int, group: Group, born: date, marks: Sequence[Mark]) -> dict[str, Any]:
    y = TOP + LANE * at
    found = []
    for mark in marks:
        if mark.group == group.key:
            # The middle of the part of the year that they have lived.
            begins, ends = max(born, date(mark.year, 1, 1)), date(mark.year, 12, 31)
            x = across(born, begins + (ends - begins) / 2)
            count = ngettext("%(n)d entry", "%(n)d entries", mark.count) % {"n": mark.count}
            words = _("%(group)s, %(year)d: %(count)s")
            said = words % {"group": group.label, "year": mark.year, "count": count}
            many = str(mark.count) if mark.count > 1 else ""
            found.append({"x": x, "year": mark.year, "said": said, "many": many})
    shape = {"shape": SHAPES[at % len(SHAPES)], "style": at % 4 + 1, "hollow": at >= len(SHAPES)}
    return shape | {
        "label": str(group.label),
        "label_y": y + 14,
        "y": y + 32,
        "marks": found,
        "key": group.key,
    }


def _described(told: Sequence[Group], marks: Sequence[Mark]) -> str:
    counts = []
    for group in told:
        n = sum(mark.count for mark in marks if mark.group == group.key)
        counts.append(f"{group.label}: {n}")
    said = _("A line from birth to 25. The same entries are in the list below.")
    return f"{said} {'; '.join(counts)}." if counts else said


def _anchor(x: float) -> str:
    return "start" if x < 5 else "end" if x > 95 else "middle"
