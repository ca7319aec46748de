"""Names, numbers, schools, addresses and families are changed by those who may, with evidence, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.support.people import TEST, make_user
from tests.support.people import viewer as viewer_with

from throughline.core.access.viewer import Refused, viewer_for
from throughline.core.alerts.models import Alert
from throughline.core.audit.change import change
from throughline.core.organisations.models import School
from throughline.core.people.actions import AddressDetails, ChildDetails, add_child
from throughline.core.people.addresses import kept_from_others, lift_restriction, restrict_address
from throughline.core.people.editing import ChangedMeanwhile, edition
from throughline.core.people.families import (
    AdultDetails,
    Standing,
    add_adult,
    change_standing,
    end_limit,
    limit_contact,
)
from throughline.core.people.models import (
    Address,
    Adult,
    Child,
    Enrolment,
    FormerName,
    Identifier,
    Residence,
    Sibling,
    Tie,
)
from throughline.core.people.names import (
    WhoTheyAre,
    change_who,
    earlier_identity,
    is_sealed_away,
    seal_earlier_identity,
)
from throughline.core.people.numbers import record_number, set_upn
from throughline.core.people.record import family
from throughline.core.people.relationships import carer_at_home, limited_parent, responsible_parent
from throughline.core.people.schooling import leave_school, put_on_roll
from throughline.core.people.siblings import confirm_sibling, not_siblings, suggested_siblings
from throughline.core.sharing.show import Sight

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
HOME = AddressDetails("1 Elm Row", "Wendmere", "WD1 1AA")


@pytest.fixture
def officer(viewer: Callable[..., Any]) -> Any:
    return viewer("people.edit")


@pytest.fixture
def lead(viewer: Callable[..., Any]) -> Any:
    return viewer("people.restrict", "people.open_sealed")


def mia(forename: str = "Mia", address: AddressDetails | None = None) -> Child:
    return add_child(by=TEST, details=ChildDetails(forename, "Rees", date(2018, 5, 1)), address=address)


def school(name: str = "Ash") -> School:
    with change("school made", by=TEST):
        return School.objects.create(name=f"{name} School", la_code="999")


# ---- Names


def who(**changed: Any) -> WhoTheyAre:
    return replace(WhoTheyAre("Mia", "Rees", date(2018, 5, 1)), **changed)


def test_a_name_that_changes_is_kept_as_a_former_one(officer: Any) -> None:
    child = mia()
    change_who(by=officer, child_id=child.pk, who=who(surname="Pryce", pronunciation="MEE-a"))
    child.refresh_from_db()
    assert (child.surname, child.pronunciation) == ("Pryce", "MEE-a")
    former = FormerName.objects.get()
    assert (former.forename, former.surname, former.until) == ("Mia", "Rees", timezone.localdate())


def test_saying_again_what_the_record_says_writes_nothing(officer: Any) -> None:
    child = mia()
    for _again in range(2):
        change_who(by=officer, child_id=child.pk, who=who(chosen_name="Mimi"))
    assert not FormerName.objects.exists()


def test_of_two_who_change_one_record_the_second_is_told_and_loses_nothing(officer: Any) -> None:
    child = mia()
    seen = edition(child)
    change_who(by=officer, child_id=child.pk, who=who(chosen_name="Mimi"), seen=seen)
    with pytest.raises(ChangedMeanwhile, match="Somebody else has changed this"):
        change_who(by=officer, child_id=child.pk, who=who(chosen_name="Em"), seen=seen)
    child.refresh_from_db()
    assert child.chosen_name == "Mimi"


@pytest.mark.parametrize("wrong", [{"forename": " "}, {"born": date(1990, 1, 1)}, {"born": date(2999, 1, 1)}])
def test_a_name_or_birth_that_cannot_be_is_refused_in_words(officer: Any, wrong: dict[str, Any]) -> None:
    child = mia()
    with pytest.raises(ValidationError):
        change_who(by=officer, child_id=child.pk, who=who(**wrong))


def test_nobody_without_leave_changes_a_record(viewer: Callable[..., Any]) -> None:
    child = mia()
    with pytest.raises(Refused):
        change_who(by=viewer("people.find"), child_id=child.pk, who=who())
    with pytest.raises(Refused):
        change_who(by=viewer("people.edit"), child_id=uuid4(), who=who())


# ---- Sealed identities


def test_a_sealed_identity_opens_for_named_officers_with_a_reason_that_stays(officer: Any, lead: Any) -> None:
    child, earlier = mia("Nia"), mia()
    with pytest.raises(Refused):
        seal_earlier_identity(by=officer, child_id=child.pk, earlier_id=earlier.pk, reason="Adoption order")
    seal_earlier_identity(by=lead, child_id=child.pk, earlier_id=earlier.pk, reason="Adoption order seen")
    assert is_sealed_away(earlier.pk)
    with pytest.raises(ValidationError):
        earlier_identity(by=lead, child_id=child.pk, reason=" ")
    for key in (child.pk, uuid4()):
        with pytest.raises(Refused):
            earlier_identity(by=officer, child_id=key, reason="x")
    assert earlier_identity(by=lead, child_id=child.pk, reason="Medical history") == earlier


def test_what_would_link_the_two_records_is_refused(officer: Any, lead: Any) -> None:
    child, earlier = mia("Nia"), mia()
    tie = add_adult(
        by=officer, child_id=child.pk, adult=AdultDetails("Ann", "Rees"), standing=Standing("mother")
    )
    add_adult(by=officer, child_id=earlier.pk, adult=tie.adult_id, standing=Standing("mother"))
    with pytest.raises(ValidationError, match="would link them"):
        seal_earlier_identity(by=lead, child_id=child.pk, earlier_id=earlier.pk, reason="Adoption")


# ---- Numbers


def test_a_new_number_keeps_the_old_one_as_a_former_one(officer: Any) -> None:
    child = mia()
    set_upn(by=officer, child_id=child.pk, upn="b801200005001", source="School")
    set_upn(by=officer, child_id=child.pk, upn="P207000016049", source="School")
    child.refresh_from_db()
    assert child.upn == "P207000016049"
    assert list(Identifier.objects.values_list("kind", "value")) == [("former_upn", "B801200005001")]


@pytest.mark.parametrize(("upn", "words"), [("A801200005001", "would be B"), ("12", "shape"), ("", "Enter")])
def test_a_number_that_cannot_be_right_is_refused_in_words(officer: Any, upn: str, words: str) -> None:
    child = mia()
    with pytest.raises(ValidationError, match=words):
        set_upn(by=officer, child_id=child.pk, upn=upn, source="School")


def test_a_temporary_number_never_becomes_the_childs_number(officer: Any) -> None:
    child = mia()
    set_upn(by=officer, child_id=child.pk, upn="M80120000500A", source="School")
    child.refresh_from_db()
    assert (child.upn, Identifier.objects.get().kind) == ("", "temporary_upn")


def test_one_number_on_two_records_raises_an_alert_once(officer: Any) -> None:
    one, other = mia(), mia("Nia")
    for child in (one, other, other):
        set_upn(by=officer, child_id=child.pk, upn="B801200005001", source="School")
    alert = Alert.objects.get()
    assert (alert.kind, alert.child_id) == ("people.same_number", other.pk)
    assert "B801200005001" not in f"{alert.details} {alert.key}"


def test_an_nhs_number_needs_its_lawful_basis(officer: Any) -> None:
    child = mia()
    number = {"by": officer, "child_id": child.pk, "kind": "nhs", "value": "943 476 5919", "source": "Health"}
    with pytest.raises(ValidationError, match="legal basis"):
        record_number(**number)
    assert record_number(**number, basis="Article 9(2)(h)").value == "9434765919"
    assert record_number(**number, basis="Article 9(2)(h)") == Identifier.objects.get()


# ---- Schools


def test_a_second_only_school_is_refused_and_the_words_name_the_first(officer: Any) -> None:
    child, ash, elm = mia(), school(), school("Elm")
    put_on_roll(by=officer, child_id=child.pk, school_id=ash.pk, since=TODAY)
    with pytest.raises(ValidationError, match="Ash School"):
        put_on_roll(by=officer, child_id=child.pk, school_id=elm.pk, since=TODAY + DAY)
    put_on_roll(by=officer, child_id=child.pk, school_id=elm.pk, since=TODAY - 9 * DAY, until=TODAY)
    assert Enrolment.objects.count() == 2


def test_a_main_and_a_second_school_go_together_and_two_main_ones_do_not(officer: Any) -> None:
    child, ash, elm, fir = mia(), school(), school("Elm"), school("Fir")
    put_on_roll(by=officer, child_id=child.pk, school_id=ash.pk, since=TODAY, status="M")
    put_on_roll(by=officer, child_id=child.pk, school_id=elm.pk, since=TODAY, status="S")
    with pytest.raises(ValidationError, match="main school"):
        put_on_roll(by=officer, child_id=child.pk, school_id=fir.pk, since=TODAY, status="M")


def test_enrolling_twice_enrols_once_and_leaving_keeps_the_row(officer: Any) -> None:
    child, ash = mia(), school()
    made = [put_on_roll(by=officer, child_id=child.pk, school_id=ash.pk, since=TODAY) for _ in range(2)]
    assert made[0] == made[1]
    with pytest.raises(ValidationError):
        leave_school(by=officer, enrolment_id=made[0].pk, on=TODAY - DAY)
    leave_school(by=officer, enrolment_id=made[0].pk, on=TODAY + DAY, because="Moved away")
    assert Enrolment.objects.get().until == TODAY + DAY


# ---- Addresses


def test_a_place_is_restricted_on_every_record_that_has_it(officer: Any, lead: Any) -> None:
    one, other = mia("Mia", HOME), mia("Nia", replace(HOME, lines="1 ELM row "))
    home = Address.objects.filter(residences__child=one).get()
    with pytest.raises(Refused):
        restrict_address(by=officer, address_id=home.pk, because="refuge", reason="Moved in")
    assert restrict_address(by=lead, address_id=home.pk, because="refuge", reason="Refuge confirmed") == 2
    assert Residence.objects.get(child=other).address.restricted
    third = mia("Lia", HOME)
    assert Residence.objects.get(child=third).address.restricted, "whoever moves there later is kept safe too"
    assert kept_from_others(HOME.lines, HOME.postcode) == "refuge"
    assert lift_restriction(by=lead, address_id=home.pk, reason="Refuge left") == 3


def test_restricting_needs_a_reason_and_an_address(lead: Any) -> None:
    mia("Mia", HOME)
    home = Address.objects.get()
    with pytest.raises(ValidationError):
        restrict_address(by=lead, address_id=home.pk, because="refuge", reason=" ")
    with pytest.raises(ValidationError):
        restrict_address(by=lead, address_id=home.pk, because="whim", reason="x")
    with pytest.raises(Refused):
        restrict_address(by=lead, address_id=uuid4(), because="refuge", reason="x")


# ---- Families


def parent_of(child: Child, officer: Any, name: str = "Ann", **standing: Any) -> tuple[Tie, Any]:
    tie = add_adult(
        by=officer,
        child_id=child.pk,
        adult=AdultDetails(name, "Rees"),
        standing=Standing("parent", **{"responsibility_by": "registered", **standing}),
    )
    user = make_user(portal="family", email=f"{name.lower()}@example.org")
    with change("account linked", by=TEST):
        Adult.objects.filter(pk=tie.adult_id).update(user=user)
    return tie, viewer_for(user)


def test_an_order_needs_its_date_and_gives_responsibility_until_it_ends(officer: Any) -> None:
    child = mia()
    with pytest.raises(ValidationError, match="date of the order"):
        parent_of(child, officer, responsibility_by="guardianship")
    past = timezone.localdate() - DAY
    tie, _viewer = parent_of(
        child, officer, responsibility_by="guardianship", ordered_on=past - DAY, order_ends=past
    )
    assert not tie.parental_responsibility


@pytest.mark.parametrize("kept", [False, True], ids=["told everything", "not told where"])
def test_responsibility_by_an_order_ends_on_its_day_although_nobody_changes_the_record(
    officer: Any, lead: Any, kept: bool
) -> None:
    child, ends = mia("Mia", HOME), timezone.localdate() + 9 * DAY
    tie, ann = parent_of(
        child, officer, responsibility_by="child_arrangements", ordered_on=ends - 99 * DAY, order_ends=ends
    )
    if kept:
        limit_contact(
            by=lead, tie_id=tie.pk, kind="other", keeps_back="whereabouts", evidence="Order of 3 May 2026"
        )
    finds = limited_parent if kept else responsible_parent
    assert finds(replace(ann, on=ends - DAY), [child.pk]) == {child.pk: True}
    assert finds(replace(ann, on=ends), [child.pk]) == {}
    shown = [
        family(Sight(viewer_with(roles=("safeguarding_lead",), on=day), [child.pk]), child.pk).adults[0]
        for day in (ends - DAY, ends)
    ]
    assert [adult.responsible for adult in shown] == [True, False]


def test_a_prohibited_steps_order_leaves_a_parent_the_name_and_not_the_whereabouts(
    officer: Any, lead: Any
) -> None:
    child = mia("Mia", HOME)
    tie, father = parent_of(child, officer, lives_with_child=False)
    assert responsible_parent(father, [child.pk]) == {child.pk: True}
    limit = limit_contact(
        by=lead,
        tie_id=tie.pk,
        kind="prohibited_steps",
        keeps_back="whereabouts",
        evidence="Order of 3 May 2026",
    )
    assert not responsible_parent(father, [child.pk])
    assert not carer_at_home(father, [child.pk])
    assert limited_parent(father, [child.pk]) == {child.pk: True}
    end_limit(by=lead, limit_id=limit.pk, on=timezone.localdate(), reason="Order discharged")
    assert responsible_parent(father, [child.pk]) == {child.pk: True}


def test_a_home_kept_from_others_keeps_the_school_from_a_parent_who_lives_elsewhere(
    officer: Any, lead: Any
) -> None:
    child = mia("Mia", HOME)
    _tie, father = parent_of(child, officer, "Bob", lives_with_child=False)
    _tie, mother = parent_of(child, officer)
    home = Address.objects.get()
    restrict_address(by=lead, address_id=home.pk, because="domestic_abuse", reason="Police say so")
    assert not responsible_parent(father, [child.pk])
    assert limited_parent(father, [child.pk]) == {child.pk: True}
    assert responsible_parent(mother, [child.pk]) == carer_at_home(mother, [child.pk]) == {child.pk: True}
    restrict_address(by=lead, address_id=home.pk, because="care", reason="A foster home")
    assert responsible_parent(father, [child.pk]) == {child.pk: True}


def test_no_contact_outweighs_a_lesser_limit(officer: Any, lead: Any) -> None:
    child = mia()
    tie, father = parent_of(child, officer)
    for keeps_back in ("whereabouts", "everything"):
        limit_contact(by=lead, tie_id=tie.pk, kind="other", keeps_back=keeps_back, evidence="Court")
    assert not limited_parent(father, [child.pk])


@pytest.mark.parametrize("wrong", [{"kind": "whim"}, {"keeps_back": "everthing"}])
def test_a_limit_that_would_keep_nothing_back_by_a_slip_is_refused(
    lead: Any, officer: Any, wrong: dict[str, str]
) -> None:
    tie, _viewer = parent_of(mia(), officer)
    given = {"kind": "no_contact", "keeps_back": "everything", **wrong}
    with pytest.raises(ValidationError, match="from the lists"):
        limit_contact(by=lead, tie_id=tie.pk, evidence="Order of 3 May 2026", **given)
    assert not tie.limits.exists()


def test_a_limit_does_not_end_before_it_began(lead: Any, officer: Any) -> None:
    tie, _viewer = parent_of(mia(), officer)
    today = timezone.localdate()
    limit = limit_contact(
        by=lead, tie_id=tie.pk, kind="other", keeps_back="everything", evidence="Letter", since=today
    )
    with pytest.raises(ValidationError, match="before it began"):
        end_limit(by=lead, limit_id=limit.pk, on=today - DAY, reason="Discharged")


def test_a_limit_needs_evidence_and_is_kept_once(lead: Any, officer: Any) -> None:
    tie, _father = parent_of(mia(), officer)
    limit = {"by": lead, "tie_id": tie.pk, "kind": "no_contact", "keeps_back": "everything"}
    with pytest.raises(ValidationError):
        limit_contact(**limit, evidence="")
    assert limit_contact(**limit, evidence="Order") == limit_contact(**limit, evidence="Order")
    with pytest.raises(Refused):
        limit_contact(**{**limit, "by": officer}, evidence="Order")


def test_an_officers_word_ends_a_mere_claim(officer: Any) -> None:
    tie, _ann = parent_of(mia(), officer)
    with change("claimed", by=TEST):
        Tie.objects.update(claimed=True)
    change_standing(by=officer, tie_id=tie.pk, standing=Standing("mother", responsibility_by="birth_mother"))
    tie.refresh_from_db()
    assert (tie.claimed, tie.kind, tie.parental_responsibility) == (False, "mother", True)


# ---- Brothers and sisters


def test_a_suggested_sibling_is_confirmed_or_refused_and_never_asked_again(
    officer: Any, django_assert_num_queries: Any
) -> None:
    one, other, third = mia(), mia("Nia"), mia("Lia")
    tie = add_adult(
        by=officer, child_id=one.pk, adult=AdultDetails("Ann", "Rees"), standing=Standing("mother")
    )
    for child in (other, third):
        add_adult(by=officer, child_id=child.pk, adult=tie.adult_id, standing=Standing("mother"))
    today = timezone.localdate()
    with django_assert_num_queries(4):
        found = suggested_siblings(one.pk, today)
    assert {(s.child_id, s.kind) for s in found} == {(other.pk, "full"), (third.pk, "full")}
    confirm_sibling(by=officer, child_id=one.pk, other_id=other.pk, kind="full")
    not_siblings(by=officer, child_id=third.pk, other_id=one.pk, reason="The mother says so")
    assert suggested_siblings(one.pk, today) == []
    confirm_sibling(by=officer, child_id=one.pk, other_id=third.pk, kind="half")
    assert Sibling.objects.count() == 2
