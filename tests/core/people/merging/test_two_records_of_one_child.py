"""Two records of one child become one, with everything about either; and become two again, exactly as they were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.people import TEST, make_user
from tests.support.people import viewer as viewer_with

from throughline.core.access.viewer import Post, Refused
from throughline.core.alerts.models import Alert
from throughline.core.audit.change import change
from throughline.core.audit.queries import Asked, search_trail
from throughline.core.organisations.models import School
from throughline.core.people.incoming.snapshots import on_roll
from throughline.core.people.limits import free_ties
from throughline.core.people.many import by_name_birth_and_postcode, by_upn
from throughline.core.people.merging import (
    CannotBeUndone,
    MergeRefused,
    different_children,
    merge_records,
    plan,
    records_of,
    unmerge_records,
)
from throughline.core.people.merging.tables import rows_of, tables
from throughline.core.people.models import (
    Address,
    Adult,
    Child,
    ContactLimit,
    Enrolment,
    Fact,
    FormerName,
    Identifier,
    Involvement,
    Merge,
    PairDecision,
    Residence,
    SealedIdentity,
    Sibling,
    Tie,
    Voice,
)
from throughline.core.people.pupils import joined_and_left
from throughline.core.people.search import candidates as found_by
from throughline.core.people.search import refresh
from throughline.core.retention.models import Hold
from throughline.core.sharing.models import Override
from throughline.core.sharing.show import Sight
from throughline.core.timeline.actions import Told, tell
from throughline.core.timeline.queries import story

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def child(forename: str = "Mia", surname: str = "Rees", **values: Any) -> Child:
    with change("child made", by=TEST):
        made: Child = Child.objects.create(
            reference=f"C-{uuid4().hex[:8]}",
            forename=forename,
            surname=surname,
            born=date(2015, 3, 2),
            **values,
        )
        refresh([made.pk])
    return made


def make(model: type[Any], **values: Any) -> Any:
    with change("row made", by=TEST):
        return model.objects.create(**values)


@pytest.fixture
def officer(viewer: Callable[..., Any]) -> Any:
    return viewer("people.merge")


def merged(officer: Any, kept: Child, gone: Child) -> Merge:
    return merge_records(by=officer, kept_id=kept.pk, gone_id=gone.pk, reason="The same birth certificate")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table about children, column by column."""
    return {
        table.label: sorted(map(tuple, rows_of(table.model).values_list()), key=str) for table in tables()
    } | {"people.Child": sorted(map(tuple, Child.objects.values_list()), key=str)}


# ---- Everything moves


def test_everything_about_the_one_is_afterwards_about_the_other(officer: Any) -> None:
    kept, gone = child(), child("Miya")
    adult = make(Adult, forename="Siân", surname="Rees")
    make(Tie, child=gone, adult=adult, kind="mother")
    make(Fact, child=gone, kind="looked_after", source="Social care")
    make(Alert, child_id=gone.pk, kind="people.same_number", key="one")
    make(Hold, child=gone)
    merged(officer, kept, gone)
    for model in (Tie, Fact, Hold, Alert):
        assert set(model.objects.values_list("child_id", flat=True)) == {kept.pk}, model
    gone.refresh_from_db()
    assert gone.merged_into == kept


def test_a_table_that_names_a_child_is_covered_without_being_named() -> None:
    covered = {table.label for table in tables()}
    for model in apps.get_models():
        named = getattr(model, "child_field", "")
        columns = {f.attname for f in model._meta.concrete_fields if not f.primary_key}
        points = {f.attname for f in model._meta.concrete_fields if f.related_model is Child}
        if "Guarded" in {base.__name__ for base in model.__mro__} and (points or named in columns):
            assert model._meta.label in covered | {"people.Merge"}
    assert {"admissions.Application", "documents.Document", "requests.Request", "sharing.Override"} <= covered


def test_no_search_finds_the_record_that_was_set_aside_and_its_name_finds_the_other(officer: Any) -> None:
    kept, gone = child(), child("Angharad", "Pryce")
    merged(officer, kept, gone)
    assert [each.child_id for each in found_by("Angharad Pryce")] == [kept.pk]


def test_a_file_that_names_the_number_of_either_means_the_record_that_was_kept(officer: Any) -> None:
    kept, gone = child(upn="H801200001001"), child(upn="G801200001002")
    same_number = child(upn="H801200001001")
    merged(officer, kept, gone)
    merged(officer, kept, same_number)
    assert by_upn(["H801200001001", "G801200001002"]) == {
        "H801200001001": [kept.pk],
        "G801200001002": [kept.pk],
    }


def test_a_child_at_one_school_on_both_records_is_counted_and_met_once(officer: Any) -> None:
    kept, gone = child(), child()
    with change("school made", by=TEST):
        school = School.objects.create(name="Ash School", la_code="999")
    address = make(Address, lines="1 Elm Row", postcode="WD1 1AA")
    for each in (kept, gone):
        make(Enrolment, child=each, school=school, since=DAY)
        make(Residence, child=each, address=address, since=DAY)
    merged(officer, kept, gone)
    assert on_roll([school.pk], DAY) == {school.pk: 1}
    assert by_name_birth_and_postcode([kept.born]) == {("rees", "mia", kept.born, "WD11AA"): kept.pk}
    head = replace(
        viewer_with("people.pupils", portal="school", on=DAY),
        posts=(Post("head_teacher", school_id=school.pk),),
    )
    assert joined_and_left(head, DAY) == (1, 0)


def test_its_pupil_number_becomes_a_former_one(officer: Any) -> None:
    kept, gone = child(upn="H801200001001"), child(upn="G801200001002")
    merged(officer, kept, gone)
    number = Identifier.objects.get()
    assert (number.child, number.kind, number.value) == (kept, Identifier.Kind.FORMER_UPN, "G801200001002")


def test_what_only_the_other_record_knows_is_taken_over(officer: Any) -> None:
    kept, gone = child(), child(first_language="Welsh", upn="H801200001001", sex="F")
    merged(officer, kept, gone)
    kept.refresh_from_db()
    assert (kept.first_language, kept.upn, kept.sex) == ("Welsh", "H801200001001", "F")


def test_a_limit_on_contact_holds_for_the_tie_that_is_kept(officer: Any) -> None:
    kept, gone = child(), child("Miya")
    adult = make(Adult, forename="Owen", surname="Rees")
    ties = [make(Tie, child=each, adult=adult, kind="father") for each in (kept, gone)]
    make(ContactLimit, tie=ties[1], child=gone, kind="no_contact", keeps_back="everything", evidence="Order")
    merged(officer, kept, gone)
    limit = ContactLimit.objects.get()
    assert (limit.tie, limit.child) == (ties[0], kept)
    assert not free_ties(DAY, child=kept).exists(), "the father is told nothing"


def test_brothers_and_sisters_are_kept_once_and_nobody_becomes_their_own(officer: Any) -> None:
    kept, gone, brother, sister = child(), child("Miya"), child("Ivo"), child("Nel")
    for one, other in ((kept, brother), (gone, brother), (gone, sister), (kept, gone)):
        first, second = sorted((one.pk, other.pk))
        make(Sibling, child_id=first, other_id=second, kind="full")
    merged(officer, kept, gone)
    about = [
        tuple(sorted(pair))
        for pair in Sibling.objects.values_list("child_id", "other_id")
        if gone.pk not in pair
    ]
    assert sorted(about) == sorted(tuple(sorted((kept.pk, each.pk))) for each in (brother, sister))
    assert all(one < other for one, other in about)


def test_one_that_was_merged_before_points_to_the_one_that_is_kept_last(officer: Any) -> None:
    first, second, third = child(), child("Miya"), child("Maya")
    merged(officer, second, first)
    merged(officer, third, second)
    assert set(records_of(third.pk)) == {first.pk, second.pk, third.pk}


# ---- What does not happen


def test_nobody_merges_without_leave(viewer: Callable[..., Any]) -> None:
    kept, gone = child(), child()
    with pytest.raises(Refused):
        merged(viewer("people.edit"), kept, gone)


def test_a_sealed_earlier_record_is_met_by_no_merge(officer: Any) -> None:
    adopted, earlier, other = child(), child("Anna"), child("Anna")
    make(SealedIdentity, child=adopted, earlier=earlier, reason="Order", sealed_by="A", sealed_on=DAY)
    for one, two in ((earlier, other), (other, earlier), (adopted, earlier)):
        with pytest.raises(Refused):
            plan(one.pk, two.pk)
    assert plan(other.pk, adopted.pk).counted()["people.SealedIdentity"] == 1


def test_two_who_sign_in_are_not_merged_and_the_words_say_why(officer: Any) -> None:
    kept, gone = (child(user=make_user(portal="young_person")) for _each in range(2))
    with pytest.raises(MergeRefused, match="signing in"):
        merged(officer, kept, gone)
    gone.refresh_from_db()
    assert gone.merged_into is None


def test_of_two_officers_who_merge_the_second_is_told(officer: Any) -> None:
    kept, gone, third = child(), child("Miya"), child("Maya")
    merged(officer, kept, gone)
    with pytest.raises(MergeRefused, match="Somebody else"):
        merged(officer, third, gone)
    with pytest.raises(MergeRefused, match="Somebody else"):
        merged(officer, gone, kept)


def test_the_same_merge_twice_is_one_merge(officer: Any) -> None:
    kept, gone = child(), child("Miya")
    assert merged(officer, kept, gone) == merged(officer, kept, gone)


def test_two_children_are_said_to_be_two_once(officer: Any) -> None:
    one, other = child(), child("Miya")
    for pair in ((one, other), (other, one)):
        different_children(by=officer, child_id=pair[0].pk, other_id=pair[1].pk, reason="Twins")
    assert PairDecision.objects.get().reason == "Twins"
    with pytest.raises(ValidationError, match="how you know"):
        different_children(by=officer, child_id=one.pk, other_id=other.pk, reason=" ")


# ---- Undoing


KINDS = (
    "tie",
    "limit",
    "residence",
    "enrolment",
    "fact",
    "former",
    "number",
    "sibling",
    "decision",
    "voice",
    "circle",
    "alert",
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.sampled_from(KINDS), st.booleans(), st.integers(0, 1)), max_size=14),
    filled=st.booleans(),
)
def test_merged_and_parted_again_every_row_of_every_table_is_what_it_was(
    rows: list[tuple[str, bool, int]], filled: bool
) -> None:
    officer = viewer_with("people.merge")
    kept = child()
    gone = child(
        "Miya",
        upn="H801200001001" if filled else "",
        user=make_user(portal="young_person") if filled else None,
    )
    scene = _Scene(kept, gone)
    for kind, of_kept, which in dict.fromkeys(rows):
        scene.add(kind, kept if of_kept else gone, which)
    before = everything()
    merge = merged(officer, kept, gone)
    unmerge_records(by=officer, merge_id=merge.pk, reason="They are twins")
    assert everything() == before


class _Scene:
    """Makes rows of each kind; of each there are two that could meet on both records."""

    def __init__(self, kept: Child, gone: Child) -> None:
        self.kept, self.gone = kept, gone
        self.adults = [make(Adult, forename=f"Adult {n}", surname="Rees") for n in range(2)]
        self.homes = [make(Address, lines=f"{n} Elm Row", postcode="WD1 1AA") for n in range(2)]
        self.schools = [make(School, name=f"School {n}", la_code="999") for n in range(2)]
        self.others = [child(f"Other {n}", "Rees") for n in range(2)]

    def add(self, kind: str, about: Child, n: int) -> None:
        if kind in ("tie", "limit"):
            tie = Tie.objects.filter(child=about, adult=self.adults[n]).first() or make(
                Tie, child=about, adult=self.adults[n], kind="mother"
            )
            if kind == "limit":
                make(ContactLimit, tie=tie, child=about, kind="no_contact", evidence="Order")
        elif kind in ("sibling", "decision"):
            one, other = sorted((about.pk, self.others[n].pk))
            if kind == "sibling":
                make(Sibling, child_id=one, other_id=other, kind="full")
            else:
                make(
                    PairDecision,
                    child_id=one,
                    other_id=other,
                    kind="not_siblings",
                    reason="x",
                    decided_by="A",
                )
        else:
            self._plain(kind, about, n)

    def _plain(self, kind: str, about: Child, n: int) -> None:
        values: dict[str, tuple[type[Any], dict[str, Any]]] = {
            "residence": (Residence, {"child": about, "address": self.homes[n], "since": DAY}),
            "enrolment": (Enrolment, {"child": about, "school": self.schools[n], "since": DAY}),
            "fact": (Fact, {"child": about, "kind": ("looked_after", "idp")[n], "source": "A"}),
            "former": (
                FormerName,
                {"child": about, "forename": ("Miya", "Maya")[n], "surname": "Rees", "kind": "known_as"},
            ),
            "number": (Identifier, {"child": about, "kind": "uln", "value": f"{n}", "source": "A"}),
            "voice": (Voice, {"child": about, "words": "Hello", "said_on": DAY, "written_by": "A"}),
            "circle": (Involvement, {"child": about, "role": "friend", "because": "x", "since": DAY}),
            "alert": (Alert, {"child_id": about.pk, "kind": "people.same_number", "key": uuid4().hex}),
        }
        model, row = values[kind]
        make(model, **row)


def test_what_was_added_since_stays_with_the_kept_record(officer: Any) -> None:
    kept, gone = child(), child("Miya")
    merge = merged(officer, kept, gone)
    make(Fact, child=kept, kind="idp", source="A")
    unmerge_records(by=officer, merge_id=merge.pk, reason="Twins")
    assert Fact.objects.get().child == kept


@pytest.mark.parametrize("both_know_him", [True, False])
def test_what_keeps_somebody_safe_and_was_recorded_since_holds_for_both(
    officer: Any, both_know_him: bool
) -> None:
    kept, gone = child(), child("Miya")
    adult = make(Adult, forename="Owen", surname="Rees")
    for each in (kept, gone) if both_know_him else (gone,):
        make(Tie, child=each, adult=adult, kind="father")
    merge = merged(officer, kept, gone)
    tie = Tie.objects.get(child=kept)
    make(ContactLimit, tie=tie, child=kept, kind="no_contact", keeps_back="everything", evidence="Order")
    decided = {"child_id": kept.pk, "user_id": uuid4(), "category": "people.address", "reason": "Her uncle"}
    days = {"since": DAY, "until": date(2099, 1, 1), "state": "approved"}
    make(Override, grants=False, **decided, **days)
    make(Override, grants=True, **decided | {"user_id": uuid4()}, **days)
    unmerge_records(by=officer, merge_id=merge.pk, reason="Twins")
    for each in (kept, gone):
        assert not free_ties(DAY, child=each).exists()
    # Nobody knows for which of the two it was: it holds for both, and what was shown more for one of them only.
    withheld = Override.objects.filter(grants=False)
    assert {row.child_id for row in withheld} == {kept.pk, gone.pk}
    assert {row.user_id for row in withheld} == {decided["user_id"]}
    assert Override.objects.filter(grants=True).count() == 1
    assert all(limit.child_id == limit.tie.child_id for limit in ContactLimit.objects.select_related("tie"))


def test_it_is_not_undone_when_what_was_moved_is_no_longer_there_and_the_words_name_it(officer: Any) -> None:
    kept, gone = child(), child("Miya", first_language="Welsh")
    fact = make(Fact, child=gone, kind="idp", source="A")
    merge = merged(officer, kept, gone)
    with change("taken away", by=TEST):
        fact.refresh_from_db()
        fact.delete()
        Child.objects.filter(pk=kept.pk).update(first_language="Polish")
    before = everything()
    with pytest.raises(CannotBeUndone) as told:
        unmerge_records(by=officer, merge_id=merge.pk, reason="Twins")
    words = " ".join(told.value.messages)
    assert "Circumstances" in words
    assert "First language" in words
    assert everything() == before
    merge.refresh_from_db()
    assert merge.undone_at is None


def test_the_story_and_the_trail_of_both_are_found_from_the_one_that_is_kept(officer: Any) -> None:
    kept, gone = child(), child("Miya")
    with change("told", by=TEST):
        for each in (kept, gone):
            tell(by=TEST, lines=[Told(each.pk, "people.moved_home", DAY)])
    merged(officer, kept, gone)
    everybody = viewer_with("audit.search", roles=["records_officer"])
    sight = Sight(everybody, [kept.pk])
    told = story(sight, kept.pk, records=records_of(kept.pk))
    assert [line.label for line in told.lines].count("Moved home") == 2
    searched = search_trail(everybody, Asked(child_id=kept.pk, also=(gone.pk,)))
    assert [event.kind for event in [each.event for each in searched.found]].count("child made") == 2


def test_a_merge_below_another_is_undone_after_it(officer: Any) -> None:
    first, second, third = child(), child("Miya"), child("Maya")
    below, above = merged(officer, second, first), merged(officer, third, second)
    with pytest.raises(CannotBeUndone, match="Undo that first"):
        unmerge_records(by=officer, merge_id=below.pk, reason="Twins")
    for merge in (above, below):
        unmerge_records(by=officer, merge_id=merge.pk, reason="Twins")
    assert not Child.objects.filter(merged_into__isnull=False).exists()
