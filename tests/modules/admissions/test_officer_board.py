"""The board: what the filter finds, what the counts say, what leaves as a file, and at what cost."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.admissions import Family, World, families, small_world
from tests.support.officers import OFFICER, client_of, member, seen_as
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.people.models import Address, Child
from throughline.core.sharing.models import Override
from throughline.modules.admissions.models import Application
from throughline.modules.admissions.queries.board import Wanted, board, board_counts

pytestmark = pytest.mark.django_db
CLAIM = {("Wren", "sibling"): "Her brother Huw is in Year 3."}
NAMES = ("Ffion", "Gwen", "Hal", "Idris")


@pytest.fixture
def world() -> World:
    made = small_world("open")
    families(
        made,
        [
            Family("Ffion", ["Wren", "Mill"], 900, CLAIM),
            Family("Gwen", ["Wren", "Mill"], 300),
            Family("Hal", ["Mill"], 700),
            Family("Idris", ["Holy"], 800),
        ],
    )
    return made


@pytest.fixture
def olwen(db: None) -> Any:
    return member(OFFICER, "Olwen Test")


def found(world: World, olwen: Any, **wanted: Any) -> list[str]:
    _page, rows = board(seen_as(olwen), world.round, Wanted(**{"order": "reference"} | wanted))
    return sorted(str(row.name).split()[0] for row in rows)


def shown(world: World, olwen: Any, query: str) -> str:
    return str(client_of(olwen).get(f"/admissions/{world.round.pk}/applications/?{query}").content.decode())


def set_late(world: World, name: str, reason: str) -> None:
    with change("made late", by=TEST):
        row = Application.objects.get(child_id=world.children[name])
        row.late, row.late_reason = True, reason
        row.save()


def restrict(world: World, name: str) -> None:
    with change("address restricted", by=TEST):
        Address.objects.filter(pk=world.addresses[name]).update(restricted=True)


def test_by_school_asked_for(world: World, olwen: Any) -> None:
    assert found(world, olwen, school=world.school("Mill").pk) == ["Ffion", "Gwen", "Hal"]


def test_by_evidence_waiting(world: World, olwen: Any) -> None:
    assert found(world, olwen, evidence=True) == ["Ffion"]


def test_by_late_and_by_late_to_be_decided(world: World, olwen: Any) -> None:
    set_late(world, "Gwen", "We moved.")
    set_late(world, "Hal", "")
    assert found(world, olwen, time="late") == ["Gwen", "Hal"]
    assert found(world, olwen, time="late_undecided") == ["Gwen"]
    assert found(world, olwen, time="on_time") == ["Ffion", "Idris"]


def test_children_of_one_name_and_birthday_are_found_as_perhaps_one(world: World, olwen: Any) -> None:
    with change("renamed", by=TEST):
        Child.objects.filter(pk=world.children["Hal"]).update(forename="GWEN")
    assert found(world, olwen, double=True) == ["GWEN", "Gwen"]


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("ffi", ["Ffion"]),
        ("Test", sorted(NAMES)),
        ("zz11aa", sorted(NAMES)),
        ("ZZ1 1AA", sorted(NAMES)),
        ("nobody", []),
    ],
)
def test_by_name_or_postcode(world: World, olwen: Any, search: str, names: list[str]) -> None:
    assert found(world, olwen, search=search) == names


def test_by_reference(world: World, olwen: Any) -> None:
    row = Application.objects.get(child_id=world.children["Hal"])
    assert found(world, olwen, search=row.reference.lower()) == ["Hal"]


def test_an_address_kept_from_others_is_neither_shown_nor_found_by_its_postcode(
    world: World, olwen: Any
) -> None:
    restrict(world, "Gwen")
    assert "Gwen" not in found(world, olwen, search="ZZ1 1AA")
    rows = list(csv.reader(io.StringIO(export(world, olwen).decode("utf-8-sig"))))
    gwen = next(row for row in rows if row[0] == "Gwen Test")
    assert "ZZ1 1AA" not in gwen
    assert gwen[rows[0].index("Postcode")]


def export(world: World, olwen: Any, query: str = "") -> bytes:
    return bytes(client_of(olwen).get(f"/admissions/{world.round.pk}/applications/export/?{query}").content)


def test_the_file_holds_what_the_filter_finds(world: World, olwen: Any) -> None:
    asked = client_of(olwen).post(f"/admissions/{world.round.pk}/applications/", {"search": "Hal"}).url
    file = export(world, olwen, asked.partition("?")[2])
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Child", "Hal Test"]
    assert Event.objects.filter(kind="applications exported", looked=True).count() == 1


@pytest.mark.parametrize("page", ["applications", "offers"])
def test_a_name_that_was_searched_for_stands_in_no_address(world: World, olwen: Any, page: str) -> None:
    client, here = client_of(olwen), f"/admissions/{world.round.pk}/{page}/"
    sent = {"search": "Zqpeculiar", "state": "", "school": str(world.school("Mill").pk), "page": "3"}
    address = client.post(here, sent).url
    assert "Zqpeculiar" not in address
    # The other filters are kept in the address, and the name is in force beside them.
    assert f"school={world.school('Mill').pk}" in address
    found = client.get(address)
    assert 'value="Zqpeculiar"' in found.content.decode()
    links = [word for word in found.content.decode().split('"') if word.startswith(here)]
    assert here in links, "all filters can be taken away"
    assert not [link for link in links if "Zqpeculiar" in link]
    # What somebody types into the address finds nobody, and what is sealed is another's to no end.
    assert 'value="Zqpeculiar"' not in client.get(f"{here}?search=Zqpeculiar").content.decode()
    other = client_of(member(OFFICER, "Another Test"))
    assert "Zqpeculiar" not in other.get(address).content.decode()


def test_taking_the_name_away_keeps_the_other_filters(world: World, olwen: Any) -> None:
    client, here = client_of(olwen), f"/admissions/{world.round.pk}/applications/"
    page = client.get(client.post(here, {"search": "Hal", "state": "live"}).url).content.decode()
    assert f'href="{here}?state=live"' in page
    assert "1 application" in page


@pytest.mark.parametrize(
    ("kept", "searches"), [("people.identity", ("Gwen", "ZZ1 1AA")), ("people.address", ("ZZ1 1AA",))]
)
def test_nobody_is_found_by_what_was_decided_to_keep_from_the_searcher(
    world: World, olwen: Any, kept: str, searches: tuple[str, ...]
) -> None:
    eyes = seen_as(olwen)
    with change("decision made", by=TEST):
        Override.objects.create(
            child_id=world.children["Gwen"],
            user_id=eyes.user_id,
            category=kept,
            grants=False,
            reason="Her aunt",
            state="approved",
            since=eyes.on,
            until=eyes.on,
        )
    for search in searches:
        _page, rows = board(eyes, world.round, Wanted(search=search))
        assert world.children["Gwen"] not in [row.child_id for row in rows]
        assert _page.paginator.count == len(rows)
    assert world.children["Gwen"] in [row.child_id for row in board(eyes, world.round, Wanted())[1]]


def test_nothing_in_the_file_runs_as_a_formula(world: World, olwen: Any) -> None:
    with change("renamed", by=TEST):
        Child.objects.filter(pk=world.children["Hal"]).update(forename="=HYPERLINK(0)")
    assert b"\r\n'=HYPERLINK(0) Test" in export(world, olwen)


def test_the_counts_are_links_to_what_they_count(world: World, olwen: Any) -> None:
    set_late(world, "Gwen", "We moved.")
    counts = board_counts(seen_as(olwen), world.round)
    assert (counts.live, counts.evidence, counts.late_undecided, counts.disputed) == (4, 1, 1, 0)
    page = shown(world, olwen, "")
    assert f'href="/admissions/{world.round.pk}/applications/?only=evidence"' in page
    assert "1 application<" in shown(world, olwen, "only=evidence")


def test_each_filter_in_force_can_be_taken_away(world: World, olwen: Any) -> None:
    page = shown(world, olwen, "state=live&only=evidence&page=1")
    assert f'href="/admissions/{world.round.pk}/applications/?state=live"' in page


def test_nonsense_in_the_address_is_passed_over(world: World, olwen: Any) -> None:
    assert "4 applications" in shown(world, olwen, "school=x&state=y&order=z&page=99&only=q")


def test_a_look_at_the_board_is_in_the_trail_once(world: World, olwen: Any) -> None:
    shown(world, olwen, "")
    assert Event.objects.filter(kind="applications board", looked=True).count() == 1


def test_fifty_applications_cost_as_many_questions_as_four(world: World, olwen: Any) -> None:
    client, path = client_of(olwen), f"/admissions/{world.round.pk}/applications/"
    client.get(path)
    few = cost(client, path)
    families(world, [Family(f"Child{n}", ["Wren", "Mill"], 1000 + n, CLAIM) for n in range(60)])
    assert cost(client, path) == few <= 32


def cost(client: Any, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(
        [q for q in asked.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    )
