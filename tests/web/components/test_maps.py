"""Maps keep their proportions, put north at the top, and never name a home."""

import re

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from throughline.web.components import maps
from throughline.web.components.maps import Area, Layer, Place

EAST, NORTH = st.floats(0, 700_000), st.floats(0, 1_300_000)
POINTS = st.lists(st.tuples(EAST, NORTH), min_size=1, max_size=30)


def drawn(*layers: Layer) -> str:
    return Template('{% load govuk %}{% map "Near you" layers "m" %}').render(
        Context({"layers": list(layers)})
    )


@given(POINTS)
def test_everything_is_inside_the_picture(points: list[tuple[float, float]]) -> None:
    frame = maps.frame_for([Layer("a", [Place("", *point) for point in points])])
    assert frame
    for point in points:
        x, y = frame.at(*point)
        assert 0 <= x <= maps.WIDTH
        assert 0 <= y <= frame.height


def test_north_is_up_and_east_is_right() -> None:
    frame = maps.frame_for([Layer("a", [Place("", 0, 0), Place("", 1000, 1000)])])
    assert frame
    south_west, north_east = frame.at(0, 0), frame.at(1000, 1000)
    assert north_east[0] > south_west[0]
    assert north_east[1] < south_west[1]


def test_a_kilometre_is_as_long_eastwards_as_northwards() -> None:
    frame = maps.frame_for([Layer("a", [Place("", 0, 0), Place("", 5000, 1000)])])
    assert frame
    origin, east, north = frame.at(0, 0), frame.at(1000, 0), frame.at(0, 1000)
    assert east[0] - origin[0] == pytest.approx(origin[1] - north[1], abs=0.2)


@given(st.floats(300, 400_000))
def test_the_scale_bar_is_a_round_length_and_says_it(span: float) -> None:
    frame = maps.frame_for([Layer("a", [Place("", 0, 0), Place("", span, span)])])
    assert frame
    bar = maps.scale_bar(frame)
    assert 0.08 * maps.WIDTH < bar["width"] <= maps.WIDTH / 4
    number = float(re.sub(r"[^\d.]", "", bar["words"])) * (1000 if bar["words"].endswith("km") else 1)
    assert number * frame.scale == pytest.approx(bar["width"], abs=0.1)
    assert f"{number:g}"[0] in "125"


def test_names_never_overlap_and_numbers_stand_for_those_without_room() -> None:
    crowd = [Place(f"A school with a long name {i}", 1000 + i, 1000 + i) for i in range(6)]
    view = maps.picture([Layer("Schools", [*crowd, Place("Far", 9000, 9000)])])
    named = [mark for mark in view["marks"] if mark.get("named")]
    assert len(named) < len(view["marks"])
    assert [mark["number"] for mark in view["marks"]] == list(range(1, 8))


def test_homes_are_dots_without_names_anywhere_on_the_page() -> None:
    html = drawn(Layer("Children", [Place("Amira", 1, 2), Place("Callum", 500, 900)], labelled=False))
    assert "Amira" not in html
    assert "Callum" not in html
    assert "Children: 2 on the map" in html


def test_a_map_has_a_key_and_the_same_places_as_a_table() -> None:
    square = [(0, 0), (0, 900), (900, 900), (900, 0), (0, 0)]
    html = drawn(
        Layer("Catchment", areas=[Area("Harrow <Bank>", [square], "From 2026")]),
        Layer("Schools", [Place("Ferry Lane", 300, 300, "90 places")]),
    )
    table = html.split("<table")[1]
    for words in ("Harrow &lt;Bank&gt;", "From 2026", "Ferry Lane", "90 places", "Catchment", "Schools"):
        assert words in table
    assert html.split("<table")[0].count("tl-key__swatch") == 2


def test_a_hole_in_an_area_stays_a_hole() -> None:
    outer = [(0, 0), (0, 900), (900, 900), (900, 0)]
    inner = [(300, 300), (600, 300), (600, 600)]
    frame = maps.frame_for([Layer("a", areas=[Area("x", [outer, inner])])])
    assert frame
    assert maps.outline(Area("x", [outer, inner]), frame).count("M") == 2
    assert 'fill-rule="evenodd"' in drawn(Layer("a", areas=[Area("x", [outer, inner])]))


def test_a_map_of_nothing_says_so() -> None:
    assert "There are no places to show on this map yet." in drawn(Layer("Schools"))


def test_a_shape_nobody_can_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="star"):
        maps.picture([Layer("a", [Place("", 0, 0)], shape="star")])
