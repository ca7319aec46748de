"""Runs: asked for, followed, read, compared, replayed; and a worker that dies in the middle."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support.admissions import Family, World, decided, families, run_of, small_world
from tests.support.officers import MANAGER, OFFICER, READER, client_of, member, seen_as
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.people.models import Address
from throughline.core.work import leases
from throughline.core.work.models import Piece
from throughline.core.work.worker import Worker
from throughline.modules.admissions.actions import runs as runs_actions
from throughline.modules.admissions.actions.casework import decide_claim
from throughline.modules.admissions.models import Claim, Offer, Preference, Run
from throughline.modules.admissions.queries.officers_offers import waiting_list
from throughline.modules.admissions.wording.run_findings import finding_words
from throughline.modules.admissions.wording.warnings import CODES, warning_action, warning_words
from throughline.rules.allocation import finding as findings_module

pytestmark = pytest.mark.django_db
CLAIM = {("Wren", "sibling"): "Her brother Huw is in Year 3."}


@pytest.fixture
def world() -> World:
    made = small_world()
    families(
        made,
        [
            Family("Ffion", ["Wren", "Mill"], 900, CLAIM),
            Family("Gwen", ["Wren", "Mill"], 300),
            Family("Hal", ["Wren", "Mill"], 700),
        ],
    )
    return made


@pytest.fixture
def olwen(db: None) -> Any:
    return client_of(member(OFFICER, "Olwen Test"))


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def ask(client: Any, world: World, kind: str = "dry", **more: Any) -> Run:
    client.post(f"/admissions/{world.round.pk}/runs/", {"kind": kind, "note": "", **more})
    return Run.objects.filter(kind=kind).latest("number")


def test_a_run_is_followed_until_it_is_done_and_says_the_verdict_first(world: World, olwen: Any) -> None:
    run = ask(olwen, world)
    waiting = words(olwen.get(f"/admissions/runs/{run.pk}/"))
    assert "You can leave this page" in waiting
    assert f'data-tl-progress="/admissions/runs/{run.pk}/"' in waiting
    Worker().run_until_idle()
    page = words(olwen.get(f"/admissions/runs/{run.pk}/"))
    assert page.index("The independent checker found nothing wrong.") < page.index("This run in numbers")
    assert "Wren Hill Primary School" in page


def test_a_colleague_who_did_not_ask_can_follow_it_too(world: World, olwen: Any) -> None:
    run = ask(olwen, world)
    other = client_of(member(READER, "Rhodri Test"))
    assert "data-tl-progress" in words(other.get(f"/admissions/runs/{run.pk}/"))


def test_asking_twice_at_once_gives_the_run_that_is_waiting(world: World, olwen: Any) -> None:
    ask(olwen, world)
    ask(olwen, world)
    assert Run.objects.count() == 1


def test_one_press_sent_twice_asks_for_one_run(world: World, olwen: Any) -> None:
    ask(olwen, world, once_key="one press")
    Worker().run_until_idle()
    ask(olwen, world, once_key="one press")
    assert Run.objects.count() == 1


def test_before_the_closing_date_only_a_dry_run_can_be_asked_for(olwen: Any) -> None:
    world = small_world("open")
    answer = olwen.post(f"/admissions/{world.round.pk}/runs/", {"kind": "offer", "note": ""})
    assert "Choose an answer from the list" in words(answer) or "There is a problem" in words(answer)
    assert not Run.objects.exists()


def test_a_reader_cannot_ask_for_a_run(world: World) -> None:
    client = client_of(member(READER, "Rhodri Test"))
    assert client.post(f"/admissions/{world.round.pk}/runs/", {"kind": "dry", "note": ""}).status_code == 404
    assert not Run.objects.exists()


class Killed(BaseException):
    """What a process that is killed leaves behind: nothing is caught, nothing is said."""


def test_a_run_whose_worker_dies_in_the_middle_is_taken_back_and_completes_once(
    world: World, olwen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, real = ask(olwen, world), runs_actions.allocate_round

    def die(*_args: Any, **_more: Any) -> None:
        raise Killed

    monkeypatch.setattr(runs_actions, "allocate_round", die)
    piece = Piece.objects.get(job="admissions.run")
    leases.claim(piece.task_id, "a worker that dies")
    with pytest.raises(Killed):
        runs_actions.carry_out(Silent(), str(run.pk))
    run.refresh_from_db()
    assert run.state == Run.State.WAITING
    assert "data-tl-progress" in words(olwen.get(f"/admissions/runs/{run.pk}/"))
    Piece.objects.filter(pk=piece.pk).update(heard_at=timezone.now() - timedelta(hours=1))
    monkeypatch.setattr(runs_actions, "allocate_round", real)
    assert leases.take_back_lost() == 1
    Worker().run_until_idle()
    run.refresh_from_db()
    piece.refresh_from_db()
    assert (run.state, piece.state, piece.attempt) == ("complete", "done", 2)
    kept = (run.digest, run.completed_at)
    runs_actions.carry_out(Silent(), str(run.pk))
    run.refresh_from_db()
    assert (run.digest, run.completed_at) == kept
    assert Run.objects.count() == 1


class Silent:
    """Progress that nobody follows."""

    def say(self, *_args: Any) -> None:
        return None


def test_two_runs_are_compared_child_by_child(world: World, olwen: Any) -> None:
    first = run_of(world, "dry")
    decide_claim(by=TEST, claim=Claim.objects.get(fact="sibling"), confirmed=True, reason="On roll.")
    second = run_of(world, "dry")
    page = words(olwen.get(f"/admissions/runs/{first.pk}/compare/{second.pk}/"))
    assert "Ffion Test" in page
    assert "Hal Test" in page
    assert "Gwen Test" not in page
    better = words(olwen.get(f"/admissions/runs/{first.pk}/compare/{second.pk}/?only=better"))
    assert "Ffion Test" in better
    assert "Hal Test" not in better


def test_runs_of_different_rounds_cannot_be_compared(world: World, olwen: Any) -> None:
    elsewhere = small_world(entry_year=2026)
    one, two = run_of(world, "dry"), run_of(elsewhere, "dry")
    assert olwen.get(f"/admissions/runs/{one.pk}/compare/{two.pk}/").status_code == 404


def test_a_replay_says_that_it_is_identical(world: World, olwen: Any) -> None:
    run = run_of(world)
    assert "The replay is identical" in words(olwen.get(f"/admissions/runs/{run.pk}/replay/"))


def test_why_a_child_was_refused_is_told_with_the_numbers(world: World, olwen: Any) -> None:
    run = run_of(world)
    page = words(olwen.get(f"/admissions/runs/{run.pk}/children/{world.children['Ffion']}/"))
    assert "0.900 km" in page
    assert "0.700 km" in page
    assert "A place at Mill Road Primary School." in page


def test_a_home_that_is_kept_from_others_gives_away_no_distance(world: World, olwen: Any) -> None:
    with change("restricted", by=TEST):
        Address.objects.filter(pk=world.addresses["Ffion"]).update(restricted=True)
    run = run_of(world)
    why = words(olwen.get(f"/admissions/runs/{run.pk}/children/{world.children['Ffion']}/"))
    assert "0.900 km" not in why
    assert "Kept back with the address" in why
    school = world.school("Wren").pk
    listed = words(olwen.get(f"/admissions/runs/{run.pk}/schools/{school}/?list=waiting"))
    assert "Ffion Test" in listed
    assert "0.900 km" not in listed
    claim = Claim.objects.get(fact="sibling")
    assert "900 North Lane" not in words(olwen.get(f"/admissions/{world.round.pk}/evidence/{claim.pk}/"))
    case = words(olwen.get(f"/admissions/applications/{claim.application_id}/"))
    assert "900 North Lane" not in case
    assert "0.900 km" not in case


def test_a_school_lists_its_offers_in_its_own_order(world: World, olwen: Any) -> None:
    run = run_of(world)
    page = words(olwen.get(f"/admissions/runs/{run.pk}/schools/{world.school('Wren').pk}/"))
    assert page.index("Gwen Test") < page.index("Hal Test")
    assert "Ffion Test" not in page


def test_a_warning_leads_to_the_children_it_is_about(world: World, olwen: Any) -> None:
    with change("point lost", by=TEST):
        Address.objects.filter(pk=world.addresses["Hal"]).update(easting=None, northing=None)
    run = run_of(world)
    page = words(olwen.get(f"/admissions/runs/{run.pk}/"))
    assert "2 preferences have no distance" in page
    assert "1 claim is waiting for a decision. It counted as not confirmed." in page
    listed = words(olwen.get(f"/admissions/runs/{run.pk}/warnings/no_distance/"))
    assert listed.count("Hal Test") == 2
    assert olwen.get(f"/admissions/runs/{run.pk}/warnings/nonsense/").status_code == 404


@pytest.mark.parametrize("code", CODES)
def test_every_warning_has_words_for_one_and_for_many(code: str) -> None:
    assert warning_words(code, 1) != warning_words(code, 2)
    assert "1,204" in warning_words(code, 1204)
    assert warning_action(code)


@pytest.mark.parametrize("code", findings_module.Code.__args__)
def test_every_finding_of_the_checker_has_words(code: str) -> None:
    said = finding_words({"code": code, "school": 0, "child": 2}, ["Wren Hill"])
    assert said.startswith("Wren Hill, child 3 of this run: ")
    assert code not in said


def test_after_release_the_waiting_list_leaves_out_those_who_have_left(world: World, olwen: Any) -> None:
    families(world, [Family("Idris", ["Wren", "Mill"], 950)])
    decided(world)
    viewer, wren = seen_as(member(MANAGER, "Mair Test")), world.school("Wren").pk
    assert listed(viewer, world, wren) == [(1, "Ffion Test"), (2, "Idris Test")]
    application = Preference.objects.get(child_id=world.children["Ffion"], school_id=wren).application_id
    olwen.post(f"/admissions/applications/{application}/waiting/{wren}/", {"reason": "Her mother rang."})
    assert listed(viewer, world, wren) == [(1, "Idris Test")]
    page = words(olwen.get(f"/admissions/{world.round.pk}/waiting-lists/{wren}/"))
    assert "Idris Test" in page
    assert "Ffion Test" not in page
    assert "Wren Hill Primary School" in words(olwen.get(f"/admissions/{world.round.pk}/waiting-lists/"))


def listed(viewer: Any, world: World, school: Any) -> list[tuple[int, str]]:
    _run, _name, _page, rows = waiting_list(viewer, world.round, school)
    return [(row.position, str(row.child.name)) for row in rows]


def test_there_is_no_waiting_list_before_release(world: World, olwen: Any) -> None:
    run_of(world)
    assert (
        olwen.get(f"/admissions/{world.round.pk}/waiting-lists/{world.school('Wren').pk}/").status_code == 404
    )
    assert "Nobody is waiting" in words(olwen.get(f"/admissions/{world.round.pk}/waiting-lists/"))


def test_long_lists_cost_as_many_questions_as_short_ones(world: World, olwen: Any) -> None:
    costs = []
    for more in (0, 60):
        families(world, [Family(f"Child{n}", ["Wren", "Mill"], 1000 + n) for n in range(more)])
        run = run_of(world, "dry")
        paths = [
            f"/admissions/runs/{run.pk}/",
            f"/admissions/runs/{run.pk}/schools/{world.school('Wren').pk}/?list=waiting",
            f"/admissions/{world.round.pk}/",
            f"/admissions/{world.round.pk}/evidence/",
            "/admissions/",
            "/home/",
        ]
        costs.append([cost(olwen, path) for path in paths])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 30


def cost(client: Any, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_home_page_says_what_waits(world: World, olwen: Any) -> None:
    run_of(world, "offer")
    page = words(olwen.get("/home/"))
    assert "Evidence waiting: Reception 2027" in page
    assert "Release offers: Reception 2027" in page
    assert "Run 1 has ended: Reception 2027" in page
    assert not Offer.objects.exists()
