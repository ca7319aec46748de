"""Setting up rounds and arrangements: what it does, whom it refuses, what it leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from tests.support.admissions_market import MANAGER, OFFER_DAY, WHILE_OPEN, YEAR_7, make_market

from throughline.core.access.viewer import Refused
from throughline.core.audit.models import Event
from throughline.modules.admissions.actions.arrangements import (
    ArrangementsRefused,
    Overtaken,
    save_arrangements,
)
from throughline.modules.admissions.actions.release import propose_run, release
from throughline.modules.admissions.actions.rounds import change_round, open_round
from throughline.modules.admissions.models import Arrangements, Round
from throughline.modules.admissions.queries.arrangements import (
    arrangements_in_force,
    arrangements_of,
    versions_of,
)
from throughline.rules.allocation.presets import arrangement_from_preset

pytestmark = pytest.mark.django_db


def test_a_round_is_set_up_once_for_a_phase_and_year_and_its_seed_is_fixed_then(frozen):
    frozen(WHILE_OPEN)
    round = open_round(by=MANAGER, details=YEAR_7)
    assert (len(round.seed), round.sibling_kinds, round.released_at) == (32, list(YEAR_7.sibling_kinds), None)
    assert Event.objects.filter(kind="round set up", actor_label=MANAGER.actor_label).count() == 1
    with pytest.raises(ValidationError, match="already a round"):
        open_round(by=MANAGER, details=YEAR_7)
    assert Round.objects.get().seed == round.seed


@pytest.mark.parametrize(
    ("wrong", "about"),
    [
        ({"closes": YEAR_7.opens}, "closes"),
        ({"late_until": date(2026, 10, 30)}, "late_until"),
        ({"offer_day": YEAR_7.late_until}, "offer_day"),
        ({"reply_by": YEAR_7.offer_day}, "reply_by"),
        ({"born_to": YEAR_7.born_from}, "born_to"),
        ({"preferences": 2}, "preferences"),
        ({"preferences": 21}, "preferences"),
        ({"sibling_kinds": ("cousin",)}, "sibling_kinds"),
    ],
)
def test_a_round_whose_dates_or_terms_cannot_be_is_refused_beside_the_one_that_is_wrong(wrong, about):
    with pytest.raises(ValidationError) as refused:
        open_round(by=MANAGER, details=replace(YEAR_7, **wrong))
    assert list(refused.value.message_dict) == [about]
    assert not Round.objects.exists()


def test_late_with_good_reason_may_end_on_the_closing_day_itself():
    assert open_round(by=MANAGER, details=replace(YEAR_7, late_until=YEAR_7.closes)).pk


@pytest.mark.parametrize("holds", [(), ("admissions.work", "admissions.see_rounds", "admissions.release")])
def test_only_who_may_set_up_sets_up(viewer, holds, frozen):
    frozen(WHILE_OPEN)
    market = make_market("ash")
    by = viewer(*holds)
    for act in (
        lambda: open_round(by=by, details=replace(YEAR_7, entry_year=2028)),
        lambda: change_round(by=by, round=market.round, details=YEAR_7),
        lambda: save_arrangements(by=by, round=market.round, school=market.schools["ash"], data={}),
    ):
        with pytest.raises(Refused):
            act()
    assert (Round.objects.count(), Arrangements.objects.count()) == (1, 1)


def test_dates_move_but_ages_are_fixed_once_a_family_has_applied(frozen):
    frozen(WHILE_OPEN)
    market = make_market("ash")
    change_round(by=MANAGER, round=market.round, details=replace(YEAR_7, born_from=date(2015, 8, 31)))
    change_round(by=MANAGER, round=market.round, details=YEAR_7)
    market.apply(market.child("Mia"), "ash")
    with pytest.raises(ValidationError, match="applied already"):
        change_round(by=MANAGER, round=market.round, details=replace(YEAR_7, born_from=date(2015, 8, 31)))
    change_round(by=MANAGER, round=market.round, details=replace(YEAR_7, reply_by=date(2027, 3, 20)))
    kept = Round.objects.get()
    assert (kept.reply_by, kept.born_from) == (date(2027, 3, 20), date(2015, 9, 1))


def test_a_released_round_no_longer_changes_not_even_by_somebody_who_opened_it_before(frozen):
    frozen(WHILE_OPEN)
    market = make_market("ash")
    market.apply(market.child("Mia"), "ash")
    frozen(OFFER_DAY)
    run = market.run("offer")
    round = propose_run(by=MANAGER, run=run)
    opened_before = Round.objects.get(pk=round.pk)
    release(by=MANAGER, round=round, run=run)
    for opened in (Round.objects.get(), opened_before):
        with pytest.raises(ValidationError, match="has been released"):
            change_round(by=MANAGER, round=opened, details=replace(YEAR_7, name="Another name"))
    kept = Round.objects.get()
    assert kept.name == YEAR_7.name
    assert (kept.released_run, kept.released_by) == (run, MANAGER.actor_label)
    assert kept.released_at is not None


def test_each_save_of_arrangements_is_a_version_and_the_last_is_in_force(frozen):
    frozen(WHILE_OPEN)
    market = make_market("ash")
    market.arrange("ash", admission_number=5)
    rows = versions_of(MANAGER, market.round, market.schools["ash"].pk)
    assert [(r.version, r.admission_number, r.in_force) for r in rows] == [(2, 5, True), (1, 3, False)]
    here = arrangements_in_force(market.round)[market.schools["ash"].pk]
    assert here.arrangement.admission_number == 5
    assert here.urns("feeder") == frozenset({"100090"}), "what establishes facts is kept unless given anew"
    assert Event.objects.filter(kind="arrangements saved").count() == 2


def test_of_two_people_saving_arrangements_the_second_is_told_and_nothing_is_lost(frozen):
    frozen(WHILE_OPEN)
    market = make_market("ash")
    school, round = market.schools["ash"], market.round
    first = arrangement_from_preset("community_secondary", admission_number=10)
    second = arrangement_from_preset("community_secondary", admission_number=20)
    save_arrangements(by=MANAGER, round=round, school=school, data=first, after_version=1)
    with pytest.raises(Overtaken):
        save_arrangements(by=MANAGER, round=round, school=school, data=second, after_version=1)
    assert arrangements_of(MANAGER, round, school.pk).arrangement.admission_number == 10
    assert Arrangements.objects.filter(in_force=True).count() == 1


def test_arrangements_that_the_code_forbids_are_refused_with_the_rule_and_the_old_stay_in_force(frozen):
    frozen(WHILE_OPEN)
    market = make_market("ash")
    lawful = arrangement_from_preset("community_secondary")
    unlawful = replace(lawful, criteria=lawful.criteria[1:])
    with pytest.raises(ArrangementsRefused) as refused:
        save_arrangements(by=MANAGER, round=market.round, school=market.schools["ash"], data=unlawful)
    assert "ADM-14" in {finding.reference for finding in refused.value.findings}
    assert Arrangements.objects.get().version == 1


def test_a_reader_of_rounds_reads_arrangements_and_nobody_else(viewer, frozen):
    frozen(WHILE_OPEN)
    market = make_market("ash")
    school = market.schools["ash"].pk
    assert arrangements_of(viewer("admissions.see_rounds"), market.round, school).row.version == 1
    with pytest.raises(Refused):
        arrangements_of(viewer("admissions.work"), market.round, school)
    with pytest.raises(Refused):
        arrangements_of(viewer("admissions.see_rounds"), market.round, market.schools["elm"].pk)
