"""Every page of an officer: it opens, to those who may, and to nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.admissions import Family, World, families, run_of, small_world
from tests.support.officers import MANAGER, OFFICER, READER, client_of, member

from throughline.core.organisations.models import School
from throughline.modules.admissions.models import Application, Claim, Run
from throughline.modules.admissions.pages.officers.addresses import PAGES

pytestmark = pytest.mark.django_db
ASKS = {("Wren", "sibling"): "Her brother Huw is in Year 3."}
READS = {"rounds", "round", "runs", "run"}
SETS_UP = {"round_new", "round_change"}
RELEASES = {"release", "reallocate", "offer_withdraw"}


@pytest.fixture
def world() -> World:
    made = small_world()
    families(
        made,
        [
            Family("Ffion", ["Wren", "Mill"], 100, ASKS),
            Family("Gwen", ["Wren", "Mill"], 300),
            Family("Hal", ["Wren", "Mill"], 700),
            Family("Idris", ["Wren", "Holy", "Mill"], 900),
        ],
    )
    return made


@pytest.fixture
def run(world: World) -> Run:
    return run_of(world)


@pytest.fixture
def addresses(world: World, run: Run) -> dict[str, str]:
    """The address of each page that has something to show before release."""
    round, child = world.round.pk, world.children["Ffion"]
    application = Application.objects.get(child_id=child)
    claim = Claim.objects.get(application=application, state="claimed")
    start, case, one = (
        f"/admissions/{round}/",
        f"/admissions/applications/{application.pk}/",
        f"/admissions/runs/{run.pk}/",
    )
    school = world.school("Wren").pk
    return {
        "rounds": "/admissions/",
        "round_new": "/admissions/new-round/",
        "round": start,
        "round_change": f"{start}change/",
        "board": f"{start}applications/",
        "board_export": f"{start}applications/export/",
        "enter": f"{start}applications/new/",
        "enter_child": f"{start}applications/new/{child}/",
        "case": case,
        "case_dispute": f"{case}dispute/",
        "case_set_aside": f"{case}set-aside/",
        "case_withdraw": f"{case}withdraw/",
        "evidence": f"{start}evidence/",
        "evidence_claim": f"{start}evidence/{claim.pk}/",
        "tests": f"{start}tests/",
        "runs": f"{start}runs/",
        "run": one,
        "run_replay": f"{one}replay/",
        "run_compare": f"{one}compare/{run.pk}/",
        "run_school": f"{one}schools/{school}/",
        "run_child": f"{one}children/{world.children['Idris']}/",
        "propose": f"{one}propose/",
        "release": f"{start}release/",
    }


def test_every_page_opens_to_a_manager(addresses: dict[str, str]) -> None:
    client = client_of(member(MANAGER, "Mair Test"))
    assert {name: client.get(path).status_code for name, path in addresses.items()} == dict.fromkeys(
        addresses, 200
    )


def test_an_officer_does_everything_but_set_up_and_release(addresses: dict[str, str]) -> None:
    client = client_of(member(OFFICER, "Olwen Test"))
    shut = {name for name, path in addresses.items() if client.get(path).status_code == 404}
    assert shut == (SETS_UP | RELEASES) & set(addresses)


def test_a_reader_sees_rounds_and_totals_and_no_child(addresses: dict[str, str]) -> None:
    client = client_of(member(READER, "Rhodri Test"))
    found = {name: client.get(path) for name, path in addresses.items()}
    assert {name for name, answer in found.items() if answer.status_code == 200} == READS
    assert not any("Ffion" in found[name].content.decode() for name in READS)


def test_a_page_that_may_not_be_opened_answers_like_one_that_does_not_exist(
    addresses: dict[str, str],
) -> None:
    client = client_of(member(READER, "Rhodri Test"))
    forbidden = client.get(addresses["case"])
    absent = client.get("/admissions/applications/00000000-0000-7000-8000-000000000000/")
    assert forbidden.status_code == absent.status_code == 404
    assert _without_token(forbidden) == _without_token(absent)


def _without_token(answer: Any) -> str:
    return "".join(line for line in answer.content.decode().splitlines() if "csrf" not in line)


def test_a_parent_opens_none_of_them(addresses: dict[str, str], make_user: Any) -> None:
    client = client_of(make_user("admissions.work", portal="family"))
    assert {client.get(path).status_code for path in addresses.values()} == {404}


def test_nobody_opens_any_without_signing_in(addresses: dict[str, str], client: Any) -> None:
    assert {client.get(path).status_code for path in addresses.values()} == {302}


def test_every_page_of_an_officer_is_for_staff_with_a_permission() -> None:
    assert all(page.portal == "staff" and page.permission for page in PAGES)


def test_the_pages_about_a_child_say_so() -> None:
    about = {page.name for page in PAGES if page.about}
    assert {"admissions.case", "admissions.run_child", "admissions.evidence_claim"} <= about


def test_a_school_that_is_not_in_the_run_is_not_found(
    addresses: dict[str, str], run: Run, world: World
) -> None:
    stranger = School.objects.exclude(pk__in=[s.pk for s in world.schools.values()]).first()
    client = client_of(member(MANAGER, "Mair Test"))
    key = stranger.pk if stranger else world.round.pk
    assert client.get(f"/admissions/runs/{run.pk}/schools/{key}/").status_code == 404
