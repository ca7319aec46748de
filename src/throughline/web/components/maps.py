"""The arithmetic of maps: National Grid metres in, a picture's units out, north at the top."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from . import wording

Point = tuple[float, float]
WIDTH = 800
MARGIN = 0.06
LEAST_SPAN = 200.0
TALLEST, FLATTEST = 1.1, 0.55
SHAPES = ("circle", "square", "diamond", "triangle")
LETTER = 10.5
LINE = 22


@dataclass(frozen=True)
class Place:
    """A point in National Grid metres. ``note`` goes into the table under the map."""

    name: str
    easting: float
    northing: float
    note: str = ""


@dataclass(frozen=True)
class Area:
    """An outline: rings of (easting, northing) in metres, the holes among them."""

    name: str
    rings: Sequence[Sequence[Point]]
    note: str = ""


@dataclass(frozen=True)
class Layer:
    """Things of one kind. Places with ``labelled=False`` are dots without names, as children's homes must be."""

    name: str
    places: Sequence[Place] = ()
    areas: Sequence[Area] = ()
    labelled: bool = True
    shape: str = "circle"


@dataclass(frozen=True)
class Frame:
    """The part of the country in view; turns grid metres into the picture's units."""

    west: float
    north: float
    scale: float
    height: int

    def at(self, easting: float, northing: float) -> Point:
        """Return x and y; y grows downwards in a picture and northwards on the grid."""
        return round((easting - self.west) * self.scale, 1), round((self.north - northing) * self.scale, 1)


def every_point(layers: Iterable[Layer]) -> list[Point]:
    """Return every coordinate of every layer."""
    layers = list(layers)
    places = [(place.easting, place.northing) for layer in layers for place in layer.places]
    return places + [
        point for layer in layers for area in layer.areas for ring in area.rings for point in ring
    ]


def frame_for(layers: Sequence[Layer]) -> Frame | None:
    """Return a frame around everything, with a margin, neither very tall nor very flat; None if there is nothing."""
    points = every_point(layers)
    if not points:
        return None
    east, west = max(p[0] for p in points), min(p[0] for p in points)
    north, south = max(p[1] for p in points), min(p[1] for p in points)
    wide, high = (
        max(east - west, LEAST_SPAN) * (1 + 2 * MARGIN),
        max(north - south, LEAST_SPAN) * (1 + 2 * MARGIN),
    )
    wide, high = max(wide, high / TALLEST), max(high, wide * FLATTEST)
    scale = WIDTH / wide
    return Frame((east + west - wide) / 2, (north + south + high) / 2, scale, round(high * scale))


def outline(area: Area, frame: Frame) -> str:
    """Return the area as a path; points that would be drawn on top of one another are dropped."""
    path = []
    for ring in area.rings:
        drawn = [frame.at(*point) for point in ring]
        kept = [p for i, p in enumerate(drawn) if i == 0 or math.dist(p, drawn[i - 1]) >= 0.3]
        path.append("M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z")
    return "".join(path)


def scale_bar(frame: Frame) -> dict[str, Any]:
    """Return a bar of a round length, about a quarter of the width of the map."""
    span = WIDTH / frame.scale / 4
    power = 10.0 ** math.floor(math.log10(span))
    metres = next(step * power for step in (5, 2, 1) if step * power <= span)
    text = (
        _("%(km)s km") % {"km": wording.number(metres / 1000)}
        if metres >= 1000
        else wording.distance(metres, "metres")
    )
    return {"width": round(metres * frame.scale, 1), "words": text, "y": frame.height - 18}


def place_names(marks: list[dict[str, Any]], height: int) -> None:
    """Write names beside marks where they meet no other name or mark; elsewhere the number alone must do."""
    taken = [(mark["x"] - 15, mark["y"] - 15, mark["x"] + 15, mark["y"] + 15) for mark in marks]
    for mark in marks:
        long = len(mark["name"]) * LETTER
        for x, y, anchor in ((20, 0, "start"), (-20, 0, "end"), (0, -28, "middle"), (0, 30, "middle")):
            left = mark["x"] + x - {"start": 0, "end": long, "middle": long / 2}[anchor]
            box = (left, mark["y"] + y - LINE / 2, left + long, mark["y"] + y + LINE / 2)
            inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= height - 30
            if inside and not any(meet(box, other) for other in taken):
                mark |= {
                    "name_x": mark["x"] + x,
                    "name_y": mark["y"] + y + 7,
                    "anchor": anchor,
                    "named": True,
                }
                taken.append(box)
                break


def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Tell whether two boxes (left, top, right, bottom) overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def key(layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """Return what each kind of mark or outline stands for."""
    return [
        {"name": layer.name, "style": i % 4 + 1, "area": bool(layer.areas)}
        | {"mark": {"x": 0, "y": 0, "shape": layer.shape, "style": i % 4 + 1}}
        for i, layer in enumerate(layers)
    ]


def picture(layers: Sequence[Layer]) -> dict[str, Any]:
    """Return everything the template draws: areas, dots, numbered marks, key, scale bar and the table's rows."""
    frame = frame_for(layers)
    if frame is None:
        return {"empty": True}
    areas: list[dict[str, Any]] = []
    dots: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    rows: list[tuple[str, ...]] = []
    for index, layer in enumerate(layers):
        if layer.shape not in SHAPES:
            raise ValueError(f"A mark cannot be a '{layer.shape}'. Choose from {', '.join(SHAPES)}.")
        style = index % 4 + 1
        for area in layer.areas:
            areas.append({"path": outline(area, frame), "name": area.name, "style": style})
            rows.append(("", area.name, layer.name, area.note))
        for place in layer.places:
            x, y = frame.at(place.easting, place.northing)
            mark = {"x": x, "y": y, "name": place.name, "shape": layer.shape, "style": style}
            if layer.labelled:
                marks.append(mark | {"number": len(marks) + 1})
                rows.append((str(len(marks)), place.name, layer.name, place.note))
            else:
                dots.append(mark)
    place_names(marks, frame.height)
    counts = [(layer.name, len(layer.places)) for layer in layers if not layer.labelled]
    view = {
        "areas": areas,
        "dots": dots,
        "marks": marks,
        "rows": rows,
        "key_items": key(layers),
        "counts": counts,
    }
    return view | {"width": WIDTH, "height": frame.height, "scale": scale_bar(frame)}
