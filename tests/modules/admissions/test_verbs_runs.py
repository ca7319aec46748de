"""Runs: who may ask, which kind when, the same seed the same result, and stored runs that decide again."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from tests.support.admissions_market import (
    AFTER_CLOSING,
    OFFER_DAY,
    OFFICER,
    WHILE_OPEN,
    Market,
    make_market,
)
from tests.support.progress import Unheard

from throughline.core.access.viewer import Refused
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.work.models import Piece
from throughline.core.work.worker import Worker
from throughline.modules.admissions.actions.offers import reply_to_offer
from throughline.modules.admissions.actions.runs import ask_run, carry_out
from throughline.modules.admissions.models import Arrangements, Run
from throughline.modules.admissions.queries.comparing import compare_runs
from throughline.modules.admissions.queries.replaying import recheck, replay
from throughline.modules.admissions.queries.running import arrays, run, runs_of
from throughline.modules.admissions.queries.why import why_child

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(frozen) -> Market:
    frozen(WHILE_OPEN)
    return make_market("ash", "elm")


def crowd(market: Market, number: int = 5) -> None:
    """Children ever farther from Ash, which has three places; Elm is everybody's second choice."""
    for at in range(number):
        market.apply(market.child(f"C{at}", 100 + 100 * at), "ash", "elm")


def test_a_run_asked_for_is_carried_out_by_the_worker_checked_and_kept(market):
    crowd(market)
    asked, piece = ask_run(by=OFFICER, round=market.round, note="A first look")
    assert (asked.state, asked.number, asked.asked_by) == ("waiting", 1, OFFICER.actor_label)
    Worker().run_until_idle()
    kept = Run.objects.get()
    assert (kept.state, kept.findings, kept.warnings) == ("complete", [], [])
    assert (kept.counts["children"], kept.counts["offered"], kept.counts["by_rank"]) == (5, 5, [3, 2])
    assert Piece.objects.get(pk=piece.pk).state == "done"
    assert Event.objects.filter(kind="run completed").count() == 1


def test_asking_while_one_waits_gives_the_one_that_waits(market):
    first, piece = ask_run(by=OFFICER, round=market.round)
    again, same = ask_run(by=OFFICER, round=market.round)
    assert (again.pk, same.pk) == (first.pk, piece.pk)
    other, _piece = ask_run(by=OFFICER, round=market.round, mode="iterative")
    assert other.number == 2


def test_carrying_out_a_run_that_is_complete_changes_nothing(market):
    crowd(market)
    done = market.run()
    market.apply(market.child("New", 10), "ash")
    carry_out(Unheard(), str(done.pk))
    assert Run.objects.get().digest == done.digest


def test_the_kind_of_run_must_fit_the_day(market, frozen):
    crowd(market, 1)
    with pytest.raises(ValidationError, match="not closed yet"):
        ask_run(by=OFFICER, round=market.round, kind="offer")
    with pytest.raises(ValidationError, match="nothing to re-allocate"):
        ask_run(by=OFFICER, round=market.round, kind="reallocation")
    frozen("2026-10-31 23:00")
    with pytest.raises(ValidationError, match="not closed yet"):
        ask_run(by=OFFICER, round=market.round, kind="offer")
    frozen(OFFER_DAY)
    market.release(market.run("offer"))
    with pytest.raises(ValidationError, match="Use a re-allocation"):
        ask_run(by=OFFICER, round=market.round, kind="offer")
    assert Run.objects.count() == 1


def test_only_who_works_on_applications_asks_and_only_who_sees_rounds_reads(market, viewer):
    with pytest.raises(Refused):
        ask_run(by=viewer("admissions.see_rounds"), round=market.round)
    done = market.run()
    assert runs_of(viewer("admissions.see_rounds"), market.round) == [done]
    for act in (
        lambda: runs_of(viewer("admissions.apply"), market.round),
        lambda: run(viewer("admissions.apply"), done.pk),
        lambda: compare_runs(viewer("admissions.apply"), done, done),
    ):
        with pytest.raises(Refused):
            act()


def test_runs_of_one_round_draw_the_same_lots_until_release_and_give_the_same_digest(market, frozen):
    for name in "ABCDEF":
        market.apply(market.child(name, 500), "ash")
    first, second = market.run(), market.run()
    frozen(AFTER_CLOSING)
    third = market.run("offer")
    assert first.digest == second.digest == third.digest
    assert first.seed == third.seed == "a seed"


def test_a_stored_run_decides_again_identically_whatever_has_changed_since(market):
    crowd(market)
    done = market.run()
    market.arrange("ash", admission_number=1)
    market.apply(market.child("New", 10), "ash")
    again = replay(Run.objects.get())
    assert (again.identical, again.stored, again.children_differing) == (True, again.again, 0)
    assert recheck(Run.objects.get()) == []
    assert done.digest == again.stored


def test_a_stored_outcome_that_was_tampered_with_is_found_by_replay_and_by_the_checker(market):
    crowd(market)
    done = market.run()
    outcome = arrays(done).outcome
    offered = outcome.offered.copy()
    offered[offered >= 0] = -1
    forged = type(outcome)(**{**vars(outcome), "offered": offered})
    with change("tampered", by=OFFICER):
        Run.objects.filter(pk=done.pk).update(outcome=forged.to_bytes(), digest="0" * 64)
    found = replay(Run.objects.get())
    assert (found.identical, found.children_differing) == (False, 5)
    assert recheck(Run.objects.get()) != []


def test_two_runs_are_compared_child_by_child(market, viewer):
    crowd(market)
    before = market.run()
    market.arrange("ash", admission_number=4)
    market.apply(market.child("New", 10), "elm")
    after = market.run()
    found = compare_runs(viewer("admissions.see_rounds"), before, after)
    assert (found.better, found.worse, found.same) == (1, 0, 4)
    assert (found.only_first, found.only_second) == (0, 1)
    moved = found.moved[0]
    assert (moved.before_school, moved.after_school, moved.before_rank, moved.after_rank) == (
        "Elm Catholic School",
        "Ash Academy",
        2,
        1,
    )
    assert [(s.name, s.offers_before, s.offers_after) for s in found.schools] == [
        ("Ash Academy", 3, 4),
        ("Elm Catholic School", 2, 2),
    ]


def test_a_run_that_is_not_complete_is_not_compared(market):
    done = market.run()
    waiting, _piece = ask_run(by=OFFICER, round=market.round)
    with pytest.raises(ValidationError, match="two completed runs"):
        compare_runs(OFFICER, done, waiting)


def test_why_gives_every_preference_of_a_child_and_nothing_of_a_stranger(market):
    crowd(market)
    done = market.run()
    near, far = market.child_called("C0"), market.child_called("C4")
    met, unneeded = why_child(done, near.pk)
    assert (met.school_name, met.explanation.result.name) == ("Ash Academy", "OFFERED")
    assert unneeded.explanation.result.name == "HIGHER_OFFERED"
    refused, offered = why_child(done, far.pk)
    assert (refused.school_name, refused.explanation.result.name, refused.oversubscribed) == (
        "Ash Academy",
        "REFUSED_FULL",
        True,
    )
    assert (refused.distance, refused.facts, offered.explanation.result.name) == (
        500,
        ("catchment",),
        "OFFERED",
    )
    assert why_child(done, market.child("Stranger").pk) == []


def test_arrangements_that_cannot_be_read_stop_a_run_in_words_and_another_can_be_asked_for(market):
    crowd(market, 1)
    row = Arrangements.objects.get(school=market.schools["ash"])
    lawful = dict(row.data)
    with change("damaged", by=OFFICER):
        Arrangements.objects.filter(pk=row.pk).update(data={**lawful, "criteria": "nearest"})
    asked, piece = ask_run(by=OFFICER, round=market.round)
    Worker().run_until_idle()
    kept = Run.objects.get()
    assert kept.state == "failed"
    assert "criteria" in kept.problem
    assert Piece.objects.get(pk=piece.pk).refusal == kept.problem[:500]
    with change("mended", by=OFFICER):
        Arrangements.objects.filter(pk=row.pk).update(data=lawful)
    assert market.run().state == "complete"
    assert asked.number == 1


def test_a_reallocation_after_everybody_declined_still_leaves_those_off_the_lists_who_left_them(
    market, frozen
):
    child = market.child("Mia", 100)
    market.apply(child, "ash", "elm")
    frozen(OFFER_DAY)
    market.release(market.run("offer"))
    with change("waiting list left", by=OFFICER):
        child.applications.get().preferences.filter(rank=2).update(keep_waiting=False)
    reply_to_offer(by=OFFICER, offer=market.offer(child), accept=False)
    assert market.offered(market.run("reallocation")) == {}
