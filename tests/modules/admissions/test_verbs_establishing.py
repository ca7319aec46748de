"""What the record itself establishes: siblings, schools attended, areas, care, employment, tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.support.admissions_market import OFFICER, WHILE_OPEN, Market, make_market, make_school

from throughline.core.access.viewer import Refused
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.people.actions import end_fact
from throughline.core.people.models import Child, Enrolment
from throughline.modules.admissions.actions.casework import decide_claim, record_test_result
from throughline.modules.admissions.actions.establish import establish
from throughline.modules.admissions.models import Claim, Preference

pytestmark = pytest.mark.django_db
EARLY, LATER = datetime(2026, 9, 10, 12, tzinfo=UTC), datetime(2026, 10, 9, 12, tzinfo=UTC)


@pytest.fixture
def market(frozen) -> Market:
    frozen(WHILE_OPEN)
    return make_market("ash", "elm", "gorse", "beech")


def holds(child: Child) -> set[str]:
    return set(Claim.objects.filter(child_id=child.pk, state="confirmed").values_list("fact", flat=True))


def again(market: Market) -> int:
    return establish(by=OFFICER, round=market.round)


@pytest.mark.parametrize(
    ("born", "counts"),
    [
        # Ash's highest age is 16: whoever turns 16 in the school year before entry has left by September.
        (date(2011, 8, 31), False),
        (date(2011, 9, 1), True),
        (date(2014, 5, 1), True),
    ],
)
def test_a_brother_counts_while_his_age_keeps_him_at_the_school(market, born, counts):
    child = market.child("Mia")
    market.brother(child, market.schools["ash"], born=born)
    market.apply(child, "ash", "elm")
    found = Claim.objects.filter(fact="sibling")
    assert [claim.school for claim in found] == ([market.schools["ash"]] if counts else [])


def test_a_sibling_of_a_kind_the_authority_does_not_count_gives_nothing(market):
    with change("kinds", by=OFFICER):
        market.round.sibling_kinds = ["full", "half"]
        market.round.save()
    child = market.child("Mia")
    market.brother(child, market.schools["ash"], born=date(2014, 5, 1), kind="step")
    market.apply(child, "ash")
    assert holds(child) == set()


def test_a_sibling_at_the_linked_junior_school_counts_at_the_infant_school(market):
    junior = make_school("100091", "Ash Junior", (400_100, 300_000), phase="primary", low_age=7, high_age=11)
    child, other = market.child("Mia"), market.child("Noah")
    market.arrange("ash", resolves={"feeder": ["100090"], "linked": ["100091"]})
    market.brother(child, junior, born=date(2018, 5, 1))
    market.brother(other, market.schools["hill lane"], born=date(2018, 5, 1))
    market.apply(child, "ash")
    market.apply(other, "ash")
    assert (holds(child), holds(other)) == ({"sibling"}, set())


def test_a_child_on_a_feeders_roll_when_applying_has_come_from_it(market):
    here, left, elsewhere = market.child("Mia"), market.child("Noah"), market.child("Ava")
    market.enrol(here, market.schools["hill lane"])
    market.enrol(left, market.schools["hill lane"], until=date(2026, 9, 20))
    market.enrol(elsewhere, market.schools["elm"])
    for child in (here, left, elsewhere):
        market.apply(child, "ash")
    assert (holds(here), holds(left), holds(elsewhere)) == ({"feeder"}, set(), set())


def test_a_home_on_the_boundary_of_a_catchment_counts_as_inside(market):
    market.arrange("ash", admission_number=2)
    inside, edge, outside = market.child("In", 1), market.child("Edge", 0, north=700), market.child("Out", -1)
    for child in (inside, edge, outside):
        market.apply(child, "ash")
    stands = {p.application.child.forename: p.areas["catchment"] for p in Preference.objects.all()}
    assert stands == {"In": "inside", "Edge": "boundary", "Out": "outside"}
    assert market.offered(market.run()).keys() == {"In", "Edge"}, "Out is nearest of all and outside"
    row = Preference.objects.get(application__child=edge)
    assert (row.distance, row.measured["home"], row.measured["school"]) == (
        700,
        [400_000, 300_700],
        [400_000, 300_000],
    )
    assert len(row.measured["catchments"]) == 16


def test_care_is_read_on_the_day_each_child_applied_whenever_others_did(market):
    about_to_be, was, before = market.child("Soon"), market.child("Was"), market.child("Before")
    market.fact(about_to_be, "looked_after", since=date(2026, 9, 20))
    market.fact(was, "looked_after", since=date(2025, 1, 1), until=date(2026, 9, 20))
    market.fact(before, "previously_looked_after", since=date(2020, 1, 1))
    early = EARLY
    for child in (about_to_be, was, before):
        market.apply(child, "ash", at=early)
    market.apply(market.child("Late"), "ash", at=LATER)
    assert again(market) == 0
    assert holds(about_to_be) == set(), "about to be looked after does not count (ADM-16)"
    assert holds(was) == {"looked_after"}
    assert holds(before) == {"previously_looked_after"}


def test_a_school_attended_is_read_on_the_day_each_child_applied(market):
    moved = market.child("Mia")
    market.enrol(moved, market.schools["hill lane"], until=date(2026, 9, 20))
    market.apply(moved, "ash", at=EARLY)
    market.apply(market.child("Noah"), "ash", at=LATER)
    assert again(market) == 0
    assert holds(moved) == {"feeder"}


def test_a_parent_on_the_staff_for_two_years_or_in_a_shortage_post_counts(market):
    market.arrange("ash", "infant", admission_number=5)
    long, short, shortage, left = (market.child(name) for name in ("Long", "Short", "Shortage", "Left"))
    ash = market.schools["ash"]
    market.works(long, ash, date(2024, 10, 10))
    market.works(short, ash, date(2024, 10, 11))
    market.works(shortage, ash, date(2026, 8, 10), shortage=True)
    market.works(left, ash, date(2020, 1, 1))
    with change("left", by=OFFICER):
        market.adult(left).staff_links.update(until=date(2026, 10, 1))
    for child in (long, short, shortage, left):
        market.apply(child, "ash")
    assert [holds(child) for child in (long, short, shortage, left)] == [{"staff"}, set(), {"staff"}, set()]


def test_a_mark_establishes_aptitude_where_the_arrangements_ask_for_it(market):
    sat, not_sat = market.child("Mia"), market.child("Noah")
    record_test_result(by=OFFICER, round=market.round, child=sat, school=market.schools["beech"], score=80)
    for child in (sat, not_sat):
        market.apply(child, "beech", "ash")
    assert (holds(sat), holds(not_sat)) == ({"aptitude"}, set())


def test_establishing_twice_changes_nothing_and_leaves_no_trail(market):
    child = market.child("Mia")
    market.fact(child, "looked_after")
    market.brother(child, market.schools["ash"], born=date(2014, 5, 1))
    market.apply(child, "ash")
    lines = Event.objects.count()
    stamps = list(Claim.objects.order_by("id").values_list("id", "decided_at"))
    assert again(market) == 0
    assert Event.objects.count() == lines
    assert list(Claim.objects.order_by("id").values_list("id", "decided_at")) == stamps


def test_a_persons_decision_is_never_undone_by_the_record(market):
    child = market.child("Mia")
    fact = market.fact(child, "looked_after")
    market.apply(child, "ash")
    claim = Claim.objects.get()
    decide_claim(by=OFFICER, claim=claim, confirmed=False, reason="The order was quashed.")
    assert again(market) == 0
    assert Claim.objects.get().state == "not_confirmed"
    decide_claim(by=OFFICER, claim=claim, confirmed=True, reason="It was not.")
    end_fact(by=OFFICER, fact=fact, on=date(2026, 1, 1))
    assert again(market) == 0
    assert Claim.objects.get().state == "confirmed"


def test_the_record_may_change_its_mind_and_change_it_back(market):
    child = market.child("Mia")
    market.brother(child, market.schools["ash"], born=date(2014, 5, 1))
    market.apply(child, "ash")
    with change("left", by=OFFICER):
        Enrolment.objects.update(until=date(2026, 10, 1))
    assert again(market) == 1
    claim = Claim.objects.get()
    assert (claim.state, claim.decision_reason) == ("not_confirmed", "no_longer_on_the_record")
    with change("came back", by=OFFICER):
        Enrolment.objects.update(until=None)
    assert again(market) == 1
    assert Claim.objects.get().state == "confirmed"


def test_a_home_that_moved_on_the_map_is_measured_again(market):
    child = market.child("Mia", 500)
    application = market.apply(child, "ash")
    with change("point corrected", by=OFFICER):
        application.address.easting += 250
        application.address.save()
    assert again(market) == 1
    assert Preference.objects.get().distance == 750


def test_what_a_family_says_is_confirmed_by_the_record_and_needs_no_person(market):
    child = market.child("Mia")
    market.brother(child, market.schools["ash"], born=date(2014, 5, 1))
    market.apply(child, "ash", facts={(market.schools["ash"].pk, "sibling"): "Her brother Tom."})
    claim = Claim.objects.get()
    assert (claim.state, claim.source, claim.decided_by) == ("confirmed", "record", "Throughline")


def test_only_who_works_on_applications_may_have_the_record_read(market, viewer):
    with pytest.raises(Refused):
        establish(by=viewer("admissions.see_applications"), round=market.round)
