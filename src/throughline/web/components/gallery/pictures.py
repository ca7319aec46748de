"""Charts and maps of the gallery. The town of Calderbrook is invented."""

import math
from typing import Any

from throughline.web.components.charts import Bar, Series
from throughline.web.components.maps import Area, Layer, Place

EAST, NORTH = 412_000, 398_000


def outline(radius: float, squash: float, turn: float) -> list[tuple[float, float]]:
    """Return the outline of a made-up catchment area."""
    steps = [i * math.tau / 40 for i in range(41)]
    wobble = [radius * (1 + 0.12 * math.sin(3 * a + turn) + 0.05 * math.cos(7 * a)) for a in steps]
    return [
        (EAST + r * math.cos(a), NORTH + squash * r * math.sin(a)) for a, r in zip(steps, wobble, strict=True)
    ]


def homes() -> list[Place]:
    """Return dots spread over the town, the same each time."""
    return [
        Place(
            "",
            EAST + 1500 * math.cos(i * 2.4) * (i / 60) ** 0.5,
            NORTH + 1100 * math.sin(i * 2.4) * (i / 60) ** 0.5,
        )
        for i in range(1, 61)
    ]


def layers() -> list[Layer]:
    """Return a map of an outline, dots and named schools."""
    schools = [
        Place("Harrow Bank Primary School", EAST - 420, NORTH + 310, "60 places, 0.412 km from you"),
        Place("Ferry Lane Academy", EAST + 880, NORTH - 240, "90 places"),
        Place("St Oswin's", EAST + 120, NORTH - 720, "30 places"),
        Place("Millrace Community School", EAST - 1150, NORTH - 380, "60 places"),
    ]
    return [
        Layer("Catchment area of Harrow Bank", areas=[Area("Harrow Bank", [outline(1050, 0.8, 0.4)])]),
        Layer("Homes of children who applied", places=homes(), labelled=False, shape="diamond"),
        Layer("Schools", places=schools),
    ]


def pictures() -> dict[str, Any]:
    """Return the content of every chart and of the map."""
    return {
        "offers": [
            Bar("First preference", 1842, "of 2,031 children"),
            Bar("Second preference", 131),
            Bar("Third preference", 40),
            Bar("A school that was not chosen", 18),
            Bar("No place", 0),
        ],
        "years": ["Reception", "Year 3", "Year 7"],
        "progress_parts": [
            Series("Decided", [1204, 310, 1650]),
            Series("Waiting for a school", [220, 64, 180]),
            Series("Waiting for the family", [90, 21, 240]),
        ],
        "terms": [f"{term} {year}" for year in (2023, 2024, 2025) for term in ("Spring", "Summer", "Autumn")],
        "absence": [
            Series("All pupils", [7.6, 7.2, 6.9, 7.4, 7.1, 6.6, 6.9, 6.4, 6.2]),
            Series("Looked after", [10.2, 9.9, 9.8, 9.1, None, 8.8, 8.1, 7.9, 7.2]),
        ],
        "layers": layers(),
    }
