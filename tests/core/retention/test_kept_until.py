"""The longest of all periods keeps the whole record."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest
from django.utils.functional import Promise
from tests.core.retention.scene import person
from tests.support.people import TEST

from throughline.core.audit.actor import Refused
from throughline.core.audit.change import change
from throughline.core.people.models import Child, Fact, SealedIdentity
from throughline.core.registry.assembly import installed
from throughline.core.retention.actions.periods import CannotSet, set_period
from throughline.core.retention.kept import kept_until
from throughline.core.retention.models import Hold
from throughline.core.retention.periods import FILE, SAID, first_day, in_force, years_after
from throughline.core.retention.wording import WORDS

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
BORN = date(2000, 5, 4)

EXAMPLES = {
    "nothing else": ((), date(2025, 5, 4), ("main",)),
    "a plan": (("ehc_plan",), date(2031, 5, 4), ("ehc_plan",)),
    "a development plan": (("idp",), date(2031, 5, 4), ("idp",)),
    "two of the same length": (("idp", "ehc_plan"), date(2031, 5, 4), ("ehc_plan", "idp")),
    "missing education": (("missing_education",), date(2031, 5, 4), ("missing_education",)),
    "a plan and care": (("ehc_plan", "looked_after"), date(2075, 5, 4), ("looked_after",)),
    "care before": (("previously_looked_after",), date(2075, 5, 4), ("looked_after",)),
    "youth justice, still": (("youth_justice", "looked_after"), None, ("youth_justice",)),
    "what keeps nothing": (("faith",), date(2025, 5, 4), ("main",)),
}


def a_child(reference: str = "C-1", born: date = BORN, facts: tuple[str, ...] = ()) -> Child:
    with change("a child for a test", by=TEST):
        child = Child.objects.create(reference=reference, forename="A", surname="B", born=born)
        for kind in facts:
            Fact.objects.create(child=child, kind=kind, source="x", since=date(2005, 1, 1))
    return child


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_longest_keeps_the_record(example: str) -> None:
    facts, until, classes = EXAMPLES[example]
    child = a_child(facts=facts)
    found = kept_until([child.pk], TODAY)[child.pk]
    assert (found.until, found.classes) == (until, classes)


def test_a_record_is_due_the_day_after_and_not_while_it_is_held() -> None:
    child = a_child(born=date(2001, 11, 27))
    assert not kept_until([child.pk], TODAY)[child.pk].is_due(TODAY)
    assert kept_until([child.pk], TODAY)[child.pk].is_due(date(2026, 11, 28))
    with change("held", by=TEST):
        Hold.objects.create(child=child, reason="x", placed_by="x")
    assert not kept_until([child.pk], TODAY)[child.pk].is_due(date(2026, 11, 28))


def test_an_adopted_childs_two_records_are_kept_a_hundred_years_from_sealing() -> None:
    now, earlier = a_child("C-1"), a_child("C-2")
    with change("sealed", by=TEST):
        SealedIdentity.objects.create(
            child=now, earlier=earlier, reason="x", sealed_by="x", sealed_on=date(2010, 2, 1)
        )
    found = kept_until([now.pk, earlier.pk], TODAY)
    assert {kept.until for kept in found.values()} == {date(2110, 2, 1)}


def test_youth_justice_that_has_ended_keeps_nothing_longer() -> None:
    child = a_child(facts=("youth_justice",))
    with change("ended", by=TEST):
        Fact.objects.update(until=date(2018, 1, 1))
    assert kept_until([child.pk], TODAY)[child.pk].classes == ("main",)


def test_a_list_costs_as_many_queries_as_one_child(django_assert_num_queries: Any) -> None:
    children = [a_child(f"C-{n}", facts=("ehc_plan",)).pk for n in range(20)]
    with django_assert_num_queries(11):
        assert len(kept_until(children, TODAY)) == 20
    with django_assert_num_queries(11):
        kept_until(children[:1], TODAY)


def test_every_class_has_its_period_and_every_period_a_source() -> None:
    assert set(installed().retention) <= set(first_day())
    assert all(period.source for period in first_day().values())


def test_what_is_from_general_knowledge_is_not_called_verified() -> None:
    doubtful = {code for code, period in first_day().items() if not period.verified}
    assert {"adoption", "exclusion", "youth_justice", "idp"} == doubtful


def test_a_local_period_holds_from_its_day() -> None:
    set_period(by=person("retention.manage"), code="ehc_plan", years=45, since=TODAY, reason="Our schedule")
    child = a_child(facts=("ehc_plan",))
    assert kept_until([child.pk], date(2026, 11, 26))[child.pk].until == date(2031, 5, 4)
    assert kept_until([child.pk], TODAY)[child.pk].until == date(2045, 5, 4)
    held = in_force(TODAY)["ehc_plan"]
    assert (held.years, held.local, held.first_years) == (45, True, 31)


@pytest.mark.parametrize("years", [0, 151])
def test_a_period_out_of_bounds_is_refused(years: int) -> None:
    with pytest.raises(CannotSet, match="years"):
        set_period(by=person("retention.manage"), code="main", years=years, since=TODAY, reason="x")


def test_two_periods_from_the_same_day_are_refused() -> None:
    by = person("retention.manage")
    set_period(by=by, code="main", years=30, since=TODAY, reason="x")
    with pytest.raises(CannotSet, match="same day"):
        set_period(by=by, code="main", years=40, since=TODAY, reason="x")


def test_only_who_may_sets_a_period() -> None:
    with pytest.raises(Refused):
        set_period(by=person("retention.see"), code="main", years=30, since=TODAY, reason="x")


def test_a_leap_day_counts_to_the_first_of_march() -> None:
    assert years_after(date(2004, 2, 29), 25) == date(2029, 3, 1)
    assert years_after(date(2004, 2, 29), 4) == date(2008, 2, 29)


def test_every_word_of_the_periods_can_be_translated() -> None:
    with FILE.open("rb") as file:
        told = {str(each[name]) for each in tomllib.load(file)["period"] for name in SAID}
    assert told == WORDS


def test_a_period_is_said_in_the_language_of_whoever_reads() -> None:
    assert all(isinstance(getattr(period, name), Promise) for period in first_day().values() for name in SAID)
