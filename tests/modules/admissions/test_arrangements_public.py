"""What anybody may read about schools and how their places were given."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.admissions import Family, World, decided, families, small_world

from throughline.formats.outcomes import read_offers_by_criterion, read_offers_by_school
from throughline.modules.admissions.queries.rounds import code_of

pytestmark = pytest.mark.django_db


def page(name: str, world: World, *more: Any) -> Any:
    return Client().get(reverse(f"admissions.{name}", args=[code_of(world.round), *more]))


def crowd(world: World) -> None:
    families(
        world,
        [Family(f"Child{number}", ("Wren", "Mill"), north=100 * number) for number in range(1, 13)],
    )


def test_rounds_that_have_opened_are_listed_and_others_are_nowhere() -> None:
    world = small_world("open")
    coming = small_world("coming", entry_year=2028)
    said = Client().get(reverse("admissions.public_rounds")).content.decode()
    assert world.round.name in said
    assert coming.round.name not in said
    assert page("public_schools", coming).status_code == 404
    school = coming.school("Wren").pk
    assert page("public_school", coming, school).status_code == 404


def test_the_start_page_leads_to_school_places_once_a_round_has_opened() -> None:
    address = f'href="{reverse("admissions.public_rounds")}"'
    assert address not in Client().get("/").content.decode()
    small_world("open")
    assert address in Client().get("/").content.decode()


def test_schools_are_listed_with_their_places_and_found_by_a_part_of_a_name() -> None:
    world = small_world("open")
    everything = page("public_schools", world).content.decode()
    assert "Wren Hill Primary School" in everything
    assert "Meadow Infant School" in everything
    address = reverse("admissions.public_schools", args=[code_of(world.round)])
    few = Client().get(address, {"name": "wren"}).content.decode()
    assert "Wren Hill Primary School" in few
    assert "Meadow Infant School" not in few
    none = Client().get(address, {"name": "<b>nobody"}).content.decode()
    assert "&lt;b&gt;nobody" in none


def test_a_schools_arrangements_are_told_in_plain_words() -> None:
    world = small_world("open")
    said = page("public_school", world, world.school("Wren").pk).content.decode()
    assert "The school has 2 places for this year." in said
    assert "Looked-after children and previously looked-after children" in said
    assert "Children who live in the catchment area (Priority area)" in said
    assert "looked_after" not in said
    assert "There are no published outcomes for this school yet." in said


def test_nothing_is_published_before_release() -> None:
    world = small_world("offer_day")
    crowd(world)
    assert page("public_outcomes", world).status_code == 404
    assert page("public_outcomes_csv", world, "by-school").status_code == 404
    assert page("public_outcomes_csv", world, "by-criterion").status_code == 404
    decided(world)
    assert page("public_outcomes", world).status_code == 200
    assert page("public_outcomes_csv", world, "by-secret").status_code == 404


def test_outcomes_show_the_last_distance_and_hold_small_numbers_back() -> None:
    world = small_world("offer_day")
    crowd(world)
    decided(world)
    said = page("public_outcomes", world).content.decode()
    assert "0.200 km" in said  # The second of two places at Wren Hill.
    assert "fewer than 5, or held back" in said
    assert (
        said.count("Held back") >= 4
    )  # A total below 5 would tell the one number that is held back under it.
    school = page("public_school", world, world.school("Wren").pk).content.decode()
    assert "0.200 km away, in this group: all other children" in school


def test_outcomes_download_in_the_two_published_layouts() -> None:
    world = small_world("offer_day")
    crowd(world)
    decided(world)
    schools = read_offers_by_school(page("public_outcomes_csv", world, "by-school").content)
    lines = read_offers_by_criterion(page("public_outcomes_csv", world, "by-criterion").content)
    assert not [f for f in (*schools.findings, *lines.findings) if f.severity == "reject_row"]
    wren = next(row for row in schools.rows if row.school_name.startswith("Wren"))
    assert (wren.admission_number, wren.offered, wren.last_distance) == (2, None, 200)
    assert {row.offers for row in lines.rows if row.school_name.startswith("Wren")} == {0, None}


def test_a_list_of_schools_costs_the_same_however_long(django_assert_max_num_queries: Any) -> None:
    world = small_world("offer_day")
    crowd(world)
    decided(world)
    page("public_outcomes", world)
    with django_assert_max_num_queries(8):
        page("public_schools", world)
    with django_assert_max_num_queries(9):
        page("public_outcomes", world)
