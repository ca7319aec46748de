"""Releasing: two people, on or after offer day, once; and nothing to any family before it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client
from tests.support.admissions import Family, World, families, run_of, small_world
from tests.support.officers import MANAGER, OFFICER, client_of, member, seen_as
from tests.support.people import TEST

from throughline.core.access.models import User
from throughline.core.messages.models import Message
from throughline.core.work.worker import Worker
from throughline.modules.admissions.actions.casework import decide_claim
from throughline.modules.admissions.actions.release import AlreadyReleased, propose_run, release
from throughline.modules.admissions.models import Application, Claim, Offer, Round, Run

pytestmark = pytest.mark.django_db
SURE = {"sure": "on"}
CLAIM = {("Wren", "sibling"): "Her brother Huw is in Year 3."}


@pytest.fixture
def world() -> World:
    return with_families(small_world())


def with_families(world: World) -> World:
    families(
        world,
        [
            Family("Ffion", ["Wren", "Mill"], 900, CLAIM),
            Family("Gwen", ["Wren", "Mill"], 300),
            Family("Hal", ["Wren", "Mill"], 700),
        ],
    )
    return world


@pytest.fixture
def nia(db: None) -> User:
    return member(MANAGER, "Nia Price")


@pytest.fixture
def owen(db: None) -> User:
    return member(MANAGER, "Owen Hart")


def proposed_by(user: User, run: Run) -> Any:
    return client_of(user).post(f"/admissions/runs/{run.pk}/propose/", SURE, follow=True)


def released_by(user: User, run: Run, **more: Any) -> Any:
    return client_of(user).post(
        f"/admissions/{run.round_id}/release/", SURE | {"run": str(run.pk)} | more, follow=True
    )


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_one_person_proposes_and_another_releases(world: World, nia: User, owen: User) -> None:
    run = run_of(world)
    assert "A second person can release it" in words(proposed_by(nia, run))
    assert "The offers are released" in words(released_by(owen, run))
    assert Offer.objects.filter(round=world.round).count() == 3
    world.round.refresh_from_db()
    assert (world.round.proposed_by, world.round.released_by) == ("Nia Price", "Owen Hart")


def test_the_proposer_cannot_release(world: World, nia: User) -> None:
    run = run_of(world)
    proposed_by(nia, run)
    assert "You proposed this run, so a second person must release it." in words(released_by(nia, run))
    assert not Offer.objects.exists()


def test_an_officer_proposes_and_cannot_release(world: World) -> None:
    run = run_of(world)
    officer = member(OFFICER, "Olwen Test")
    proposed_by(officer, run)
    assert released_by(officer, run).status_code == 404
    assert not Offer.objects.exists()


def test_nothing_is_released_before_offer_day(nia: User, owen: User) -> None:
    world = with_families(small_world("closed"))
    run = run_of(world)
    proposed_by(nia, run)
    page = words(released_by(owen, run))
    assert "Nothing can be released before it." in page
    assert not Offer.objects.exists()
    assert not Message.objects.filter(kind="admissions.offer_day").exists()


def test_a_box_must_be_ticked_before_anything_is_released(world: World, nia: User, owen: User) -> None:
    run = run_of(world)
    proposed_by(nia, run)
    answer = client_of(owen).post(f"/admissions/{run.round_id}/release/", {"run": str(run.pk)})
    assert "Tick the box to continue" in words(answer)
    assert not Offer.objects.exists()


def test_evidence_decided_after_the_run_stops_the_proposal(world: World, nia: User) -> None:
    run = run_of(world)
    claim = Claim.objects.get(fact="sibling")
    decide_claim(by=TEST, claim=claim, confirmed=True, reason="The school's roll says so.")
    assert "have changed since this run" in words(proposed_by(nia, run))
    world.round.refresh_from_db()
    assert world.round.proposed_run_id is None


def test_a_dry_run_cannot_be_proposed(world: World, nia: User) -> None:
    assert proposed_by(nia, run_of(world, "dry")).status_code == 404


def test_the_second_to_release_is_told_who_released_and_when(world: World, nia: User, owen: User) -> None:
    run = run_of(world)
    proposed_by(nia, run)
    released_by(owen, run)
    late = words(released_by(member(MANAGER, "Mair Third"), run))
    assert "Owen Hart released this round" in late
    assert Offer.objects.count() == 3


def test_two_who_opened_the_page_together_release_once(world: World, nia: User, owen: User) -> None:
    run = run_of(world)
    round = propose_run(by=seen_as(nia), run=run)
    stale = Round.objects.get(pk=round.pk)
    release(by=seen_as(owen), round=round, run=run)
    with pytest.raises(AlreadyReleased, match="Owen Hart released this round at"):
        release(by=seen_as(member(MANAGER, "Mair Third")), round=stale, run=run)
    assert Offer.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_releasing_in_the_same_moment_make_the_offers_once() -> None:
    world = with_families(small_world())
    run = run_of(world)
    round = propose_run(by=TEST, run=run)
    people = [seen_as(member(MANAGER, name)) for name in ("Owen Hart", "Mair Third")]
    together, said = threading.Barrier(2), []

    def go(person: Any) -> None:
        try:
            own = Round.objects.get(pk=round.pk)
            together.wait(30)
            said.append(release(by=person, round=own, run=run))
        except ValidationError as told:
            said.append(told)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(type(each).__name__ for each in said) == ["AlreadyReleased", "int"]
    assert Offer.objects.filter(round=round).count() == 3


def test_one_form_sent_twice_releases_once_and_answers_alike(world: World, nia: User, owen: User) -> None:
    run = run_of(world)
    proposed_by(nia, run)
    client = client_of(owen)
    form = SURE | {"run": str(run.pk), "once_key": "the same press"}
    answers = [client.post(f"/admissions/{run.round_id}/release/", form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url == f"/admissions/{run.round_id}/offers/"
    assert Offer.objects.count() == 3


def test_the_page_says_in_numbers_what_will_happen(world: World, nia: User) -> None:
    run = run_of(world)
    page = words(client_of(nia).get(f"/admissions/runs/{run.pk}/propose/"))
    assert 'Offers that will be made</dt><dd class="govuk-summary-list__value">3</dd>' in page
    assert 'Offers of a lower preference</dt><dd class="govuk-summary-list__value">1</dd>' in page


def test_a_released_round_can_no_longer_change(world: World, nia: User, owen: User) -> None:
    run = run_of(world)
    proposed_by(nia, run)
    released_by(owen, run)
    page = words(client_of(owen).get(f"/admissions/{run.round_id}/"))
    assert "Change this round" not in page
    assert "released the offers of this round" in page


def test_a_reallocation_needs_a_second_person_too(world: World, nia: User, owen: User) -> None:
    run = run_of(world)
    proposed_by(nia, run)
    released_by(owen, run)
    held = Offer.objects.get(child_id=world.children["Gwen"])
    answer = client_of(nia).post(f"/admissions/offers/{held.pk}/reply/", {"reply": "decline"}, follow=True)
    assert "reply is recorded" in words(answer)
    asked = client_of(nia)
    asked.post(f"/admissions/{run.round_id}/runs/", {"kind": "reallocation", "note": ""})
    again = _worked(Run.objects.get(kind="reallocation"))
    path = f"/admissions/runs/{again.pk}/release/"
    assert "a second person must release it" in words(asked.post(path, SURE))
    assert "The places are offered" in words(client_of(owen).post(path, SURE, follow=True))
    assert Offer.objects.get(child_id=world.children["Ffion"], state="made").school == world.school("Wren")
    assert "Owen Hart released this re-allocation" in words(client_of(nia).post(path, SURE))


def _worked(run: Run) -> Run:
    Worker().run_until_idle()
    run.refresh_from_db()
    return run


def test_no_family_reads_anything_before_release(world: World, nia: User) -> None:
    run = run_of(world)
    proposed_by(nia, run)
    application = Application.objects.get(child_id=world.children["Ffion"])
    for path in (
        f"/school-places/applications/{application.pk}/result/",
        f"/admissions/{run.round_id}/offers/",
    ):
        assert Client().get(path).status_code in (302, 404)
    assert not Offer.objects.exists()
    assert not Message.objects.exclude(kind="admissions.application").exists()
