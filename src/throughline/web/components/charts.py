"""The arithmetic of charts: values in, positions out. Templates draw them; nothing here knows HTML.

Widths are percentages and heights pixels, so that bars stretch with the page while words keep their size on a phone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import wording

ROW = 54
BAR_SPAN = 84.0
LINE_HEIGHT = 260
LINE_TOP, LINE_BOTTOM = 40, 224
LINE_LEFT, LINE_RIGHT = 9.0, 88.0
NUMBER_GAP = 19.0
SMALLEST = 1e-6
MOST_SERIES = 4
MOST_X_LABELS = 5


@dataclass(frozen=True)
class Bar:
    """One bar: what it counts, how many, and a few words after the number."""

    label: str
    value: float
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One line, or one part of every stacked bar: a value for each label, None where there is none."""

    name: str
    values: Sequence[float | None]


def words(value: float | None) -> str:
    """Return a value as it is read: whole numbers whole, others to as many places as they have, at most three.

    A distance is published to the metre: rounded further, the picture would say another distance than the words.
    """
    if value is None:
        return "–"
    if float(value).is_integer():
        return wording.number(value)
    return wording.number(value, 3).rstrip("0").rstrip(".")


def nice_ceiling(value: float) -> float:
    """Return the smallest of 1, 2, 2.5 or 5 times a power of ten that is at least ``value``; 1 for almost nothing."""
    if value < SMALLEST:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value * 0.999999)


def bars(rows: Sequence[Bar]) -> dict[str, Any]:
    """Return the places of horizontal bars, each under its label and followed by its number."""
    if any(row.value < 0 for row in rows):
        raise ValueError("A bar chart counts things: no value may be less than 0.")
    most = max((row.value for row in rows), default=0) or 1
    drawn = []
    for index, row in enumerate(rows):
        width = row.value / most * BAR_SPAN
        top = index * ROW
        drawn.append(
            {
                "row": row,
                "words": words(row.value),
                "label_y": top + 17,
                "y": top + 25,
                "width": round(width, 2),
            }
            | {"number_y": top + 38, "zero": row.value == 0}
        )
    return {"bars": drawn, "height": max(1, len(rows)) * ROW}


def stacked(labels: Sequence[str], series: Sequence[Series]) -> dict[str, Any]:
    """Return the places of the parts of stacked bars; every bar shares one scale, so that totals compare."""
    check_series(labels, series)
    totals = [sum(part.values[i] or 0 for part in series) for i in range(len(labels))]
    most = max(totals, default=0) or 1
    rows = []
    for index, label in enumerate(labels):
        parts: list[dict[str, Any]] = []
        left, top = 0.0, index * ROW
        for number, part in enumerate(series, 1):
            value = part.values[index] or 0
            width = value / most * BAR_SPAN
            middle = round(left + width / 2, 2)
            if value:
                place: dict[str, Any] = {"x": round(left, 2), "width": round(width, 2), "middle": middle}
                parts.append(place | {"series": number, "words": words(value), "room": width >= 7})
            left += width
        row = {"label": label, "parts": parts, "total": words(totals[index]), "end": round(left, 2)}
        rows.append(row | {"label_y": top + 17, "y": top + 25, "number_y": top + 40})
    return {"drawn": rows, "height": max(1, len(labels)) * ROW}


def check_series(labels: Sequence[str], series: Sequence[Series]) -> None:
    """Refuse what cannot be drawn honestly or told apart without colour."""
    if len(series) > MOST_SERIES:
        raise ValueError(
            f"A chart shows at most {MOST_SERIES} series; more cannot be told apart. Use a table."
        )
    for part in series:
        if len(part.values) != len(labels):
            raise ValueError(f"'{part.name}' has {len(part.values)} values for {len(labels)} labels.")


def lines(labels: Sequence[str], series: Sequence[Series]) -> dict[str, Any]:
    """Return the places of lines over time: always from 0, with the last number at the end of each line."""
    check_series(labels, series)
    top = nice_ceiling(
        max((value for part in series for value in part.values if value is not None), default=1)
    )
    drawn = [one_line(number, part, len(labels), top) for number, part in enumerate(series, 1)]
    spread_numbers([line for line in drawn if line["points"]])
    grid = [{"y": height(top * share, top), "words": words(top * share)} for share in (0, 0.5, 1)]
    return {"lines": drawn, "grid": grid, "ticks": ticks(labels), "height": LINE_HEIGHT, "base": LINE_BOTTOM}


def height(value: float, top: float) -> float:
    """Return the distance from the top of the picture of a value."""
    return round(LINE_BOTTOM - value / top * (LINE_BOTTOM - LINE_TOP), 1)


def across(index: int, count: int) -> float:
    """Return the distance from the left, in percent, of the label at ``index``."""
    return round(LINE_LEFT + (LINE_RIGHT - LINE_LEFT) * (index / (count - 1) if count > 1 else 0.5), 2)


def one_line(number: int, part: Series, count: int, top: float) -> dict[str, Any]:
    """Return one line as runs of joined points; a missing value breaks the line instead of being guessed."""
    points: list[dict[str, Any]] = []
    runs: list[list[str]] = []
    run: list[str] = []
    for index, value in enumerate(part.values):
        if value is None:
            runs, run = ([*runs, run] if run else runs), []
            continue
        point = {"x": across(index, count), "y": height(value, top), "words": words(value)}
        points.append(point)
        run.append(f"{point['x']},{point['y']}")
    runs = [*runs, run] if run else runs
    end_y = points[-1]["y"] if points else 0.0
    drawn = [" ".join(run) for run in runs]
    return {"name": part.name, "number": number, "points": points, "runs": drawn, "end_y": end_y}


def spread_numbers(drawn: list[dict[str, Any]]) -> None:
    """Move the last numbers of lines that end close together apart, so that each can be read."""
    least = 0.0
    for line in sorted(drawn, key=lambda line: line["end_y"]):
        line["end_y"] = max(line["end_y"], least)
        least = line["end_y"] + NUMBER_GAP


def ticks(labels: Sequence[str]) -> list[dict[str, Any]]:
    """Return the few labels of the x axis that fit on a phone, always with the first and the last."""
    count = len(labels)
    step = max(1, math.ceil((count - 1) / (MOST_X_LABELS - 1)))
    shown = [i for i in range(0, count, step) if count - 1 - i >= step or i == count - 1]
    if count and count - 1 not in shown:
        shown.append(count - 1)
    ends = {0: "start", count - 1: "end"}
    return [{"x": across(i, count), "words": labels[i], "anchor": ends.get(i, "middle")} for i in shown]
