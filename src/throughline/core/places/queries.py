"""Reading points. Nothing here is about a person, so nobody needs leave to read it."""

from __future__ import annotations

from collections.abc import Iterable

from throughline.rules.identifiers import normalise_postcode

from .models import Postcode

Point = tuple[int, int]


def point_of_postcode(text: str) -> Point | None:
    """The point of a postcode, however it is typed; none when it is not one or is not in the record."""
    code = normalise_postcode(text).replace(" ", "")
    row = Postcode.objects.filter(code=code).values_list("easting", "northing").first() if code else None
    return (row[0], row[1]) if row else None


def points_of_postcodes(texts: Iterable[str]) -> dict[str, Point]:
    """Points by the texts given, for those that are known; few queries however many there are."""
    codes = {text: normalise_postcode(text).replace(" ", "") for text in texts}
    rows = Postcode.objects.in_bulk({code for code in codes.values() if code}, field_name="code")
    return {text: (rows[code].easting, rows[code].northing) for text, code in codes.items() if code in rows}
