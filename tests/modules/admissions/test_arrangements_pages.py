"""What an officer does with arrangements: reads them, changes them without a script, is refused in words, is not lost."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.admissions import World, decided, families, small_world, staff_client
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.modules.admissions.models import Arrangements
from throughline.rules.allocation.arrangement_data import arrangement_from_data

pytestmark = pytest.mark.django_db
SET_UP = ("admissions.see_rounds", "admissions.set_up")


@pytest.fixture
def world() -> World:
    return small_world("open")


@pytest.fixture
def manager() -> Client:
    return staff_client(*SET_UP)


class Editor:
    """The editor as a browser without JavaScript holds it: every box as it stands, and a button pressed."""

    def __init__(self, client: Client, world: World, school: str, preset: str = "") -> None:
        self.client = client
        self.address = reverse("admissions.arrangements_edit", args=[world.round.pk, world.school(school).pk])
        self.read(client.get(self.address, {"preset": preset} if preset else {}))

    def read(self, response: Any) -> None:
        self.response = response
        self.form = response.context["form"] if response.context and "form" in response.context else None

    @property
    def said(self) -> str:
        return html.unescape(self.response.content.decode())

    def press(self, do: str, **typed: Any) -> Editor:
        sent: dict[str, Any] = {}
        for box in self.form:
            value = box.value()
            if value not in (None, False, ""):
                sent[box.html_name] = value if value is not True else "on"
        sent |= {"once_key": re.findall(r'name="once_key" value="([^"]+)"', self.said)[0], "do": do}
        sent |= {name.replace("__", "-"): value for name, value in typed.items()}
        self.read(self.client.post(self.address, {k: v for k, v in sent.items() if v is not None}))
        return self

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.form["draft"].value())["data"]
        return found


def codes(editor: Editor) -> list[str]:
    return [row["code"] for row in editor.data["criteria"]]


def test_only_those_who_set_up_may_write_and_the_others_are_told_nothing(world: World) -> None:
    school = world.school("Wren").pk
    address = reverse("admissions.arrangements_edit", args=[world.round.pk, school])
    reading = reverse("admissions.arrangements_school", args=[world.round.pk, school])
    reader = staff_client("admissions.see_rounds")
    assert reader.get(address).status_code == 404
    assert address not in reader.get(reading).content.decode()
    assert staff_client("admissions.work").get(reading).status_code == 404
    assert address in staff_client(*SET_UP).get(reading).content.decode()
    nowhere = reverse("admissions.arrangements_school", args=[world.round.pk, world.round.pk])
    assert reader.get(nowhere).status_code == 404


def test_every_school_of_the_round_is_listed_and_one_without_arrangements_stands_out(world: World) -> None:
    with change("arrangements taken away", by=TEST):
        Arrangements.objects.filter(school=world.school("Meadow")).delete()
    said = staff_client("admissions.see_rounds").get(
        reverse("admissions.arrangements_round", args=[world.round.pk])
    )
    text = said.content.decode()
    assert "Community primary school with a catchment area" in text
    assert "Faith primary school with a parish" in text
    assert "1 school has no arrangements" in text


def test_a_school_is_shown_in_words_beside_its_data(world: World, manager: Client) -> None:
    address = reverse("admissions.arrangements_school", args=[world.round.pk, world.school("Wren").pk])
    said = html.unescape(manager.get(address).content.decode())
    assert "The school has 2 places for this year." in said
    assert '"admission_number": 2' in said
    assert "The Admissions Code check found nothing." in said


def test_criteria_are_added_moved_and_removed_without_saving(world: World, manager: Client) -> None:
    editor = Editor(manager, world, "Wren")
    first = codes(editor)
    editor.press("add", new_criterion="nearest_school")
    assert codes(editor) == [*first[:-1], "nearest_school", first[-1]]
    editor.press("up:5")
    assert codes(editor)[4] == "nearest_school"
    editor.press("down:4")
    assert codes(editor)[5] == "nearest_school"
    editor.press("remove:criteria:5")
    assert codes(editor) == first
    assert Arrangements.objects.filter(school=world.school("Wren")).count() == 1


def test_who_a_criterion_is_for_can_be_changed(world: World, manager: Client) -> None:
    editor = Editor(manager, world, "Wren")
    editor.press("change:criteria:4")
    assert "Who criterion 5 is for" in editor.said
    editor.press("keep", who__none_of=["catchment"])
    assert editor.data["criteria"][4]["who"] == {"all_of": ["sibling"], "none_of": ["catchment"]}
    assert "Children who have a brother or sister at the school, but not those who live in the catchment" in (
        editor.said
    )


def test_check_shows_the_statement_and_the_findings_before_anything_is_saved(
    world: World, manager: Client
) -> None:
    editor = Editor(manager, world, "Wren").press("check", admission_number="45")
    assert "The school has 45 places for this year." in editor.said
    assert "The Admissions Code check found nothing." in editor.said
    editor.press("remove:criteria:0").press("check")
    assert "must come first, before every other criterion" in editor.said
    assert "Rule book, ADM-14" in editor.said
    assert Arrangements.objects.get(school=world.school("Wren")).admission_number == 2


def test_a_refused_save_names_each_rule_and_keeps_what_was_typed(world: World, manager: Client) -> None:
    editor = Editor(manager, world, "Wren").press("remove:criteria:0").press("remove:criteria:4")
    editor.press("save", admission_number="77", define__catchment__name="Hill wards")
    assert editor.response.status_code == 200
    assert "There is a problem" in editor.said
    assert "must come first, before every other criterion" in editor.said
    assert "The last criterion must be for all other children" in editor.said
    assert editor.form["admission_number"].value() == 77
    assert editor.form["define-catchment-name"].value() == "Hill wards"
    assert Arrangements.objects.get(school=world.school("Wren")).version == 1


def test_what_cannot_be_read_stays_in_its_box_and_is_said(world: World, manager: Client) -> None:
    editor = Editor(manager, world, "Wren").press("save", admission_number="sixty", source__linked="123456")
    assert editor.form["admission_number"].value() == "sixty"
    assert "The answer must be a whole number" in editor.said
    assert "No school has this URN: 123456" in editor.said
    assert Arrangements.objects.get(school=world.school("Wren")).version == 1
    moved = editor.press("down:0")
    assert moved.form["admission_number"].value() == "sixty"


def test_a_saved_version_is_in_force_and_the_difference_is_shown(world: World, manager: Client) -> None:
    editor = Editor(manager, world, "Wren").press("add", new_criterion="nursery")
    editor.press("change:criteria:5").press("keep", who__all_of=["nursery", "pupil_premium"])
    editor.press("save", define__nursery__name="Wren Nest", source__linked="900002\n900002")
    row = Arrangements.objects.get(school=world.school("Wren"), in_force=True)
    assert (row.version, row.saved_by) == (2, "Nia Price")
    assert row.data["details"]["nursery"] == {"name": "Wren Nest"}
    assert row.resolves["linked"] == ["900002"]
    assert (
        row.data["details"]["sibling"]
        == Arrangements.objects.get(school=world.school("Wren"), version=1).data["details"]["sibling"]
    )
    said = html.unescape(manager.get(editor.response.url).content.decode())
    assert "From version 1 to version 2" in said
    assert "<ins>The nursery is Wren Nest.</ins>" in said


def test_of_two_officers_at_once_the_second_is_told_and_both_are_kept(world: World) -> None:
    one, two = staff_client(*SET_UP, name="Ada First"), staff_client(*SET_UP, name="Ben Second")
    first, second = Editor(one, world, "Wren"), Editor(two, world, "Wren")
    first.press("save", admission_number="40")
    second.press("save", admission_number="50")
    assert second.response.status_code == 200
    assert "Ada First saved version 2 while you were writing" in second.said
    assert "The school has 40 places" in second.said
    assert second.form["admission_number"].value() == 50
    second.press("save")
    saved = Arrangements.objects.filter(school=world.school("Wren")).order_by("version")
    assert [row.admission_number for row in saved] == [2, 40, 50]


def test_the_same_press_twice_saves_once(world: World, manager: Client) -> None:
    editor = Editor(manager, world, "Wren")
    form, said = editor.form, editor.response
    editor.press("save", admission_number="40")
    editor.form, editor.response = form, said
    editor.press("save", admission_number="40")
    assert editor.response.status_code == 302
    assert Arrangements.objects.filter(school=world.school("Wren")).count() == 2


@pytest.mark.parametrize(
    "preset", ["aptitude", "church_of_england_parish_split", "fair_banded", "grammar_top_score"]
)
def test_starting_from_a_preset_and_saving_it_keeps_all_of_it(
    world: World, manager: Client, preset: str
) -> None:
    editor = Editor(manager, world, "Wren", preset)
    if preset == "fair_banded":
        editor.press("check", admission_number="180", bands="45, 45, 45, 45")
    before = arrangement_from_data(editor.data)
    editor.press("save")
    assert editor.response.status_code == 302, editor.said
    saved = Arrangements.objects.get(school=world.school("Wren"), in_force=True)
    assert arrangement_from_data(saved.data) == before


def test_a_share_is_added_sized_and_named_after_a_new_parish(world: World, manager: Client) -> None:
    editor = Editor(manager, world, "Wren", "community_primary")
    editor.press("add_name", new_name_kind="parish", new_name="St Aldate")
    editor.press("add_share", new_share="parish:st_aldate")
    editor.press("save", share__0__size="50", share__0__unit="remaining")
    data = Arrangements.objects.get(school=world.school("Wren"), in_force=True).data
    assert data["quotas"] == [
        {
            "code": "parish_st_aldate",
            "who": {"all_of": ["parish:st_aldate"]},
            "percent": 50.0,
            "of": "remaining",
        }
    ]
    assert data["details"]["names"] == {"parish:st_aldate": "St Aldate"}


def test_a_draft_that_is_no_draft_is_answered_and_nothing_is_saved(world: World, manager: Client) -> None:
    editor = Editor(manager, world, "Wren")
    for wrong in ("", "{", "[]", '{"data": {}, "resolves": {}, "after": 1, "editing": ""}', '{"data": 3}'):
        response = manager.post(editor.address, {"draft": wrong, "do": "save"})
        assert "could not be read, so nothing was saved" in response.content.decode()
    assert Arrangements.objects.filter(school=world.school("Wren")).count() == 1


def test_arrangements_of_a_released_round_can_no_longer_change(manager: Client) -> None:
    world = small_world("offer_day")
    families(world, [])
    decided(world)
    editor = Editor(manager, world, "Wren").press("save", admission_number="40")
    assert "they can no longer change. Nothing was saved." in editor.said


def test_the_schools_of_a_round_cost_the_same_however_many(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = staff_client("admissions.see_rounds")
    address = reverse("admissions.arrangements_round", args=[world.round.pk])
    client.get(address)
    with django_assert_max_num_queries(11):
        client.get(address)
