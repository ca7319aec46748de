"""The record of children and families: added once, moved with their history kept, and reached only by those tied to them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.support.people import TEST, make_user, viewer

from throughline.core.access.viewer import Refused, Viewer
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.organisations.models import School
from throughline.core.people.actions import (
    AddressDetails,
    AlreadyThere,
    ChildDetails,
    add_child,
    add_own_child,
    change_own_address,
    end_fact,
    record_fact,
    say_who_i_am,
)
from throughline.core.people.addresses import restrict_address
from throughline.core.people.deciding import homes, standing_facts
from throughline.core.people.families import limit_contact
from throughline.core.people.models import (
    Address,
    Adult,
    Child,
    ContactLimit,
    Fact,
    Residence,
    SealedIdentity,
    Tie,
)
from throughline.core.people.queries import addresses_of, my_child, my_children
from throughline.core.people.relationships import carer_at_home, responsible_parent
from throughline.core.people.schooling import put_on_roll
from throughline.core.people.siblings import confirm_sibling
from throughline.core.sharing.models import Override
from throughline.core.sharing.show import Sight

pytestmark = pytest.mark.django_db
MIA = ChildDetails("Mia", "Rees", date(2020, 1, 15))
HOME = AddressDetails("1 Invented Road", "Sampleton", "AB1 2CD", easting=400_000, northing=300_000)
NEXT = AddressDetails("2 Invented Road", "Sampleton", "AB1 2CE", easting=401_000, northing=300_000)
DAY = timedelta(days=1)


def parent(name: str = "Ann") -> Viewer:
    """A signed-in parent who has said who they are."""
    who = viewer("people.own_children", portal="family", user=make_user(portal="family"))
    say_who_i_am(by=who, forename=name, surname="Rees")
    return who


def mia(by: Viewer, **more: Any) -> Child:
    given: dict[str, Any] = {"details": MIA, "kind": "mother", "has_responsibility": True, "address": HOME}
    return add_own_child(by=by, **{**given, **more})


def tie(child: Child, who: Viewer, limited: bool = False, **values: Any) -> None:
    """How an adult stands to a child, as an officer has it on the record."""
    adult = Adult.objects.get(user_id=who.user_id)
    with change("tie changed", by=TEST):
        found = Tie.objects.filter(child=child, adult=adult).first() or Tie(
            child=child, adult=adult, kind="father"
        )
        for name, value in values.items():
            setattr(found, name, value)
        found.save()
        if limited:
            ContactLimit.objects.create(tie=found, child=child, kind="no_contact")


def reaches(who: Viewer, child: Child) -> bool:
    try:
        return my_child(who, child.pk) == child
    except Refused:
        return False


def test_a_parent_adds_a_child_whose_tie_waits_for_evidence() -> None:
    ann = parent()
    child = mia(ann)
    held = Tie.objects.get(child=child)
    assert (held.claimed, held.parental_responsibility, held.lives_with_child) == (True, True, True)
    assert [each.name for each in my_children(ann)] == ["Mia Rees"]
    assert Event.objects.filter(kind="child added by a parent or carer").count() == 1


@pytest.mark.parametrize("again", [MIA, ChildDetails(" mia ", "REES", date(2020, 1, 15))])
def test_adding_the_same_child_twice_is_refused_in_words(again: ChildDetails) -> None:
    ann = parent()
    mia(ann)
    with pytest.raises(AlreadyThere, match=r"already added .* Nothing was changed"):
        mia(ann, details=again)
    assert Child.objects.count() == 1


def test_a_child_whom_somebody_else_added_is_never_disclosed() -> None:
    first = mia(parent())
    second = mia(parent("Bea"))
    assert first != second


def test_nobody_adds_a_child_before_saying_who_they_are() -> None:
    who = viewer("people.own_children", portal="family", user=make_user(portal="family"))
    with pytest.raises(Refused):
        mia(who)


def test_each_verb_refuses_who_may_not() -> None:
    nobody, child = viewer(portal="family", user=make_user(portal="family")), mia(parent())
    with pytest.raises(Refused):
        say_who_i_am(by=nobody, forename="A", surname="B")
    with pytest.raises(Refused):
        add_child(by=nobody, details=MIA)
    with pytest.raises(Refused):
        record_fact(by=nobody, child=child, kind="looked_after", source="x")
    with pytest.raises(Refused):
        confirm_sibling(by=nobody, child_id=child.pk, other_id=child.pk, kind="full")


def test_an_address_given_later_ends_the_one_before_and_keeps_it() -> None:
    ann, today = parent(), timezone.localdate()
    child = mia(ann, since=today - 30 * DAY)
    change_own_address(by=ann, child=child, address=NEXT, since=today)
    history = Residence.objects.filter(child=child).order_by("since")
    assert [(r.address.postcode, r.since, r.until) for r in history] == [
        ("AB1 2CD", today - 30 * DAY, today),
        ("AB1 2CE", today, None),
    ]
    assert addresses_of([child.pk], today)[child.pk].address.postcode == "AB1 2CE"
    assert addresses_of([child.pk], today - DAY)[child.pk].address.postcode == "AB1 2CD"


def test_a_move_that_is_still_to_come_leaves_the_child_where_they_live() -> None:
    ann, today = parent(), timezone.localdate()
    child = mia(ann, since=today - 30 * DAY)
    change_own_address(by=ann, child=child, address=NEXT, since=today + 10 * DAY)
    assert addresses_of([child.pk], today)[child.pk].address.postcode == "AB1 2CD"
    assert homes([child.pk], today)[child.pk].easting == 400_000
    assert addresses_of([child.pk], today + 10 * DAY)[child.pk].address.postcode == "AB1 2CE"


def test_a_move_before_the_home_on_the_record_began_leaves_no_home_that_ends_before_it_begins() -> None:
    ann, today = parent(), timezone.localdate()
    child = mia(ann, since=today - 30 * DAY)
    change_own_address(by=ann, child=child, address=NEXT, since=today - 60 * DAY)
    held = Residence.objects.filter(child=child).order_by("since").values_list("since", "until")
    assert list(held) == [(today - 60 * DAY, None), (today - 30 * DAY, today - 30 * DAY)]
    assert addresses_of([child.pk], today - 45 * DAY)[child.pk].address.postcode == "AB1 2CE"
    assert addresses_of([child.pk], today)[child.pk].address.postcode == "AB1 2CE"


@pytest.mark.parametrize("because", ["care", "refuge"])
def test_why_a_home_is_kept_from_others_goes_with_the_family_to_the_next(because: str) -> None:
    ann = parent()
    child = mia(ann, since=timezone.localdate() - 30 * DAY)
    restrict_address(by=TEST, address_id=Address.objects.get().pk, because=because, reason="Asked for")
    change_own_address(by=ann, child=child, address=NEXT, since=timezone.localdate())
    now = addresses_of([child.pk], timezone.localdate())[child.pk].address
    assert (now.postcode, now.restricted, now.restricted_because) == ("AB1 2CE", True, because)


def test_nobody_is_said_to_live_anywhere_before_they_did() -> None:
    child = mia(parent())
    assert addresses_of([child.pk], timezone.localdate() - DAY) == {}


@pytest.mark.parametrize(
    "stands",
    [
        {"lives_with_child": False},
        {"limited": True},
        {"until": date(2020, 2, 1)},
    ],
    ids=["lives elsewhere", "contact limited", "no longer tied"],
)
def test_only_those_who_live_with_a_child_say_where_the_child_lives(stands: dict[str, Any]) -> None:
    child, bob = mia(parent()), parent("Bob")
    tie(child, bob, parental_responsibility=True, **stands)
    with pytest.raises(Refused):
        change_own_address(by=bob, child=child, address=NEXT, since=timezone.localdate())
    assert Address.objects.count() == 1


def test_a_parent_reaches_their_own_children_and_nobody_elses() -> None:
    ann, bob = parent(), parent("Bob")
    child = mia(ann)
    assert reaches(ann, child)
    assert not reaches(bob, child)
    tie(child, bob, parental_responsibility=True, lives_with_child=False)
    assert reaches(bob, child)


def test_a_limit_on_contact_ends_every_way_of_reaching_a_child() -> None:
    child, bob = mia(parent()), parent("Bob")
    tie(child, bob, parental_responsibility=True, limited=True)
    assert not reaches(bob, child)
    assert my_children(bob) == []
    assert not responsible_parent(bob, [child.pk])
    assert not carer_at_home(bob, [child.pk])


def test_a_tie_holds_on_its_last_day_and_not_on_the_next() -> None:
    child, bob, today = mia(parent()), parent("Bob"), timezone.localdate()
    tie(child, bob, parental_responsibility=True, until=today)
    assert reaches(bob, child)
    assert responsible_parent(bob, [child.pk])
    tie(child, bob, until=today - DAY)
    assert not reaches(bob, child)
    assert not responsible_parent(bob, [child.pk])
    assert not carer_at_home(bob, [child.pk])


def test_relationships_are_told_apart() -> None:
    child, bob = mia(parent()), parent("Bob")
    tie(child, bob, parental_responsibility=True, lives_with_child=False)
    assert responsible_parent(bob, [child.pk]) == {child.pk: True}
    assert carer_at_home(bob, [child.pk]) == {}
    tie(child, bob, parental_responsibility=False, lives_with_child=True)
    assert responsible_parent(bob, [child.pk]) == {}
    assert carer_at_home(bob, [child.pk]) == {child.pk: True}


def test_a_member_of_staff_is_no_parent_at_work() -> None:
    child, bob = mia(parent()), parent("Bob")
    tie(child, bob, parental_responsibility=True)
    at_work = viewer("people.own_children", portal="staff", user=Adult.objects.get(user_id=bob.user_id).user)
    assert responsible_parent(at_work, [child.pk]) == {}
    assert carer_at_home(at_work, [child.pk]) == {}


def test_a_fact_is_recorded_once_ends_and_can_begin_again() -> None:
    child, today = mia(parent()), timezone.localdate()
    fact = record_fact(by=TEST, child=child, kind="looked_after", source="virtual school", since=today - DAY)
    again = record_fact(by=TEST, child=child, kind="looked_after", source="somebody else")
    assert again == fact
    assert [f.source for f in standing_facts(["looked_after"], today, [child.pk])] == ["virtual school"]
    end_fact(by=TEST, fact=fact, on=today)
    assert standing_facts(["looked_after"], today, [child.pk]) == []
    assert record_fact(by=TEST, child=child, kind="looked_after", source="virtual school") != fact
    assert Fact.objects.filter(child=child).count() == 2


def test_one_fact_may_stand_at_two_schools() -> None:
    child = mia(parent())
    with change("schools made", by=TEST):
        schools = [School.objects.create(name=name, la_code="999", urn=name) for name in ("1", "2")]
    made = {
        record_fact(by=TEST, child=child, kind="social_medical", source="x", school=s).pk
        for s in (*schools, *schools)
    }
    assert len(made) == 2


def test_nobody_is_their_own_sibling() -> None:
    child = mia(parent())
    with pytest.raises(ValidationError, match="their own"):
        confirm_sibling(by=TEST, child_id=child.pk, other_id=child.pk, kind="full")


def test_a_child_is_put_on_a_schools_roll() -> None:
    child = mia(parent())
    with change("school made", by=TEST):
        school = School.objects.create(name="Ash", la_code="999")
    row = put_on_roll(by=TEST, child_id=child.pk, school_id=school.pk, since=date(2024, 9, 1), year_group=0)
    assert (row.school, row.until) == (school, None)
    assert Event.objects.filter(kind="child enrolled").exists()


@pytest.mark.parametrize("keeps_back", ["everything", "whereabouts", "nothing"])
def test_an_order_ends_what_was_decided_before_it_to_show_or_was_about_to_be(keeps_back: str) -> None:
    ann = parent()
    child, today = mia(ann), timezone.localdate()
    with change("decisions made for a test", by=TEST):
        for state, grants in (("approved", True), ("proposed", True), ("approved", False)):
            Override.objects.create(
                child_id=child.pk,
                user_id=ann.user_id,
                category="people.address" if grants else "people.voice",
                grants=grants,
                reason="x",
                since=today,
                until=today + DAY,
                state=state,
            )
    limit_contact(
        by=viewer("people.restrict"),
        tie_id=Tie.objects.get(child=child).pk,
        kind=ContactLimit.Kind.values[0],
        keeps_back=keeps_back,
        evidence="Order of 3 May",
    )
    states = list(Override.objects.order_by("proposed_at").values_list("state", flat=True))
    shown = Sight(ann, [child.pk]).may_see(child.pk, "people.address")
    if keeps_back == "nothing":
        assert (states, shown) == (["approved", "proposed", "approved"], True)
    else:
        assert (states, shown) == (["ended", "ended", "approved"], False)


def test_parents_by_birth_are_nothing_to_a_record_that_was_sealed_at_adoption() -> None:
    ann = parent()
    child = mia(ann)
    assert responsible_parent(ann, [child.pk])
    with change("sealed for a test", by=TEST):
        later = Child.objects.create(reference="C-LATER", forename="New", surname="Name", born=child.born)
        SealedIdentity.objects.create(
            child=later, earlier=child, reason="Adoption", sealed_by="x", sealed_on=date(2024, 1, 1)
        )
    assert not responsible_parent(ann, [child.pk])
    assert not carer_at_home(ann, [child.pk])
    assert not Sight(ann, [child.pk]).may_know(child.pk, "people.identity")
    assert list(my_children(ann)) == []
