"""A guarded row is written inside ``change`` and nowhere else, and what was done to it can be read afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from tests.support.people import TEST, make_user

from throughline.core.access.models import Team
from throughline.core.audit.actor import acting_from
from throughline.core.audit.change import WrittenOutsideChange, change, current
from throughline.core.audit.differences import write_differences
from throughline.core.audit.models import Event, Line
from throughline.core.organisations.models import School
from throughline.core.people.models import Address, Adult, Child, Residence
from throughline.modules.admissions.models import Application, Preference, Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    with change("team made", by=TEST):
        row: Team = Team.objects.create(name="North", description="The north")
    return row


def lines(kind: str) -> list[Line]:
    return list(Line.objects.filter(event__kind=kind).order_by("id"))


WAYS: dict[str, Callable[[Team], Any]] = {
    "save": lambda team: team.save(),
    "save some fields": lambda team: team.save(update_fields=["name"]),
    "a new row": lambda team: Team(name="South", description="").save(),
    "create": lambda team: Team.objects.create(name="South", description=""),
    "delete": lambda team: team.delete(),
    "update": lambda team: Team.objects.update(name="South"),
    "delete many": lambda team: Team.objects.filter(pk=team.pk).delete(),
    "bulk_create": lambda team: Team.objects.bulk_create([Team(name="South", description="")]),
    "bulk_update": lambda team: Team.objects.bulk_update([team], ["name"]),
    "get_or_create": lambda team: Team.objects.get_or_create(name="South", defaults={"description": ""}),
    "update_or_create": lambda team: Team.objects.update_or_create(
        name="North", defaults={"description": ""}
    ),
    "through a relation": lambda team: team.memberships.update(until=None),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_writing_works_outside_a_change(team: Team, way: str) -> None:
    with pytest.raises(WrittenOutsideChange):
        WAYS[way](team)
    assert list(Team.objects.values_list("name", "description")) == [("North", "The north")]


def test_a_change_is_over_when_its_block_ends(team: Team) -> None:
    with change("first", by=TEST):
        pass
    with pytest.raises(WrittenOutsideChange):
        current()


def test_a_row_made_with_another_rows_key_never_overwrites_it(team: Team) -> None:
    with pytest.raises(IntegrityError), change("forged", by=TEST):
        Team(pk=team.pk, name="Forged", description="").save()


def test_saving_leaves_who_what_before_and_after(team: Team) -> None:
    user = make_user(name="Sioned Pugh")
    actor = type(
        "Somebody", (), {"actor_id": user.pk, "actor_label": "Sioned Pugh", "may": lambda *_: True}
    )()
    with acting_from("a session", "192.0.2.1"), change("team renamed", by=actor, reason="It moved"):
        team.name = "South"
        team.save()
    (line,) = lines("team renamed")
    assert (line.table, line.object_id) == ("access.team", str(team.pk))
    assert (line.fields, line.before, line.after) == (["name"], {"name": "North"}, {"name": "South"})
    event = line.event
    assert (event.actor_id, event.actor_label, event.reason) == (user.pk, "Sioned Pugh", "It moved")
    assert (event.session, event.address, event.looked) == ("a session", "192.0.2.1", False)


def test_saving_what_has_not_changed_leaves_no_line(team: Team) -> None:
    with change("nothing done", by=TEST):
        team.save()
    assert not Event.objects.filter(kind="nothing done").exists()


@pytest.mark.parametrize("named", ["user", "user_id"])
def test_a_link_that_is_saved_leaves_its_line_by_whichever_name_it_was_saved(named: str) -> None:
    with change("adult made", by=TEST):
        adult = Adult.objects.create(forename="Nia", surname="Vaughan")
    user = make_user(portal="family")
    with change("account linked", by=TEST):
        adult.user, adult.phone = user, "not among what is saved"
        adult.save(update_fields=[named])
    (line,) = lines("account linked")
    assert (line.fields, line.before, line.after) == (
        ["user_id"],
        {"user_id": None},
        {"user_id": str(user.pk)},
    )


def test_every_way_of_changing_many_leaves_a_line_for_each_row(team: Team) -> None:
    with change("second", by=TEST):
        other = Team.objects.create(name="South", description="The south")
    with change("updated", by=TEST):
        Team.objects.update(description="One text")
    assert {line.before["description"] for line in lines("updated")} == {"The north", "The south"}
    assert {line.after["description"] for line in lines("updated")} == {"One text"}
    with change("bulk updated", by=TEST):
        other.description = "Again"
        Team.objects.bulk_update([other], ["description"])
    (line,) = lines("bulk updated")
    assert (line.before, line.after) == ({"description": "One text"}, {"description": "Again"})
    with change("bulk made", by=TEST):
        Team.objects.bulk_create([Team(name=name, description="") for name in ("East", "West")])
    assert len(lines("bulk made")) == 2


def test_deleting_keeps_what_was_there(team: Team) -> None:
    with change("deleted", by=TEST):
        team.delete()
    (line,) = lines("deleted")
    assert line.before is not None
    assert line.before["name"] == "North"
    assert line.after is None


@pytest.mark.parametrize("way", [lambda row: row.delete(), lambda row: Application.objects.all().delete()])
def test_rows_that_go_with_a_deleted_row_are_kept_too(way: Callable[[Application], Any]) -> None:
    with change("application made", by=TEST):
        child = Child.objects.create(reference="C-1", forename="Mia", surname="Rees", born="2020-01-01")
        school = School.objects.create(name="Ash", la_code="999")
        days = dict.fromkeys(
            ("born_from", "born_to", "opens", "closes", "late_until", "offer_day", "reply_by"), "2026-01-01"
        )
        round = Round.objects.create(name="Reception", phase="reception", entry_year=2026, seed="x", **days)
        row = Application.objects.create(round=round, child=child, reference="A-1")
        Preference.objects.create(
            application=row, school=school, rank=1, child_id=child.pk, reasons="Her brother is there"
        )
    with change("application deleted", by=TEST):
        way(row)
    found = {line.table: line for line in lines("application deleted")}
    assert set(found) == {"admissions.application", "admissions.preference"}
    before = found["admissions.preference"].before
    assert before is not None
    assert before["reasons"] == "Her brother is there"
    assert found["admissions.preference"].child_id == child.pk


def half_way(team: Team) -> None:
    with change("half done", by=TEST):
        team.name = "South"
        team.save()
        with change("inner", by=TEST):
            Team.objects.create(name="East", description="")
        raise ValueError("half way")


def test_a_change_that_fails_leaves_neither_row_nor_line_nor_what_was_done_inside_it(team: Team) -> None:
    with pytest.raises(ValueError, match="half way"):
        half_way(team)
    assert Team.objects.get().name == "North"
    assert not Event.objects.filter(kind__in=("half done", "inner")).exists()


def test_a_password_is_never_kept_in_the_trail() -> None:
    user = make_user(password="an old password")
    with change("password changed", by=TEST):
        user.set_password("a new password")
        user.save()
    (line,) = lines("password changed")
    assert (line.before, line.after) == ({"password": "(not kept)"}, {"password": "(not kept)"})
    with change("password changed for many", by=TEST):
        type(user).objects.filter(pk=user.pk).update(password="!another")
    (line,) = lines("password changed for many")
    assert line.after == {"password": "(not kept)"}


def test_a_line_about_a_child_names_the_child() -> None:
    with change("child made", by=TEST):
        child = Child.objects.create(reference="C-1", forename="Mia", surname="Rees", born="2020-01-01")
        home = Address.objects.create(lines="1 Invented Road", postcode="AB1 2CD")
        Residence.objects.create(child=child, address=home, since="2024-01-01")
    with change("moved", by=TEST):
        Residence.objects.update(evidence="A letter")
    assert [line.child_id for line in lines("moved")] == [child.pk]
    about = {line.table: line.child_id for line in lines("child made")}
    assert about == {"people.child": child.pk, "people.address": None, "people.residence": child.pk}


def test_differences_write_only_what_differs(team: Team) -> None:
    wanted = {
        "North": {"name": "North", "description": "The north"},
        "East": {"name": "East", "description": ""},
    }
    with change("brought in", by=TEST):
        written = write_differences(Team, wanted, {"North": team})
    assert (written.added, written.changed, written.unchanged) == (1, 0, 1)
    assert len(lines("brought in")) == 1
