"""Taking applications in, one by one and from files: matched to the record, nothing overwritten, everything said."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from tests.support.admissions_market import OFFICER, WHILE_OPEN, Market, make_market
from tests.support.application_files import MIA, NOAH, file_of

from throughline.core.access.viewer import Refused
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.organisations.models import School
from throughline.core.people.models import Address, Adult, Child
from throughline.core.registry.imports import Counts
from throughline.modules.admissions.actions.applications import start_application
from throughline.modules.admissions.actions.bringing_in import bring_in_applications
from throughline.modules.admissions.actions.receiving import Received, receive_applications
from throughline.modules.admissions.models import Application, Claim, Preference, Submission

pytestmark = pytest.mark.django_db
ROUND = {"round": "year_7-2027"}


@pytest.fixture
def market(frozen) -> Market:
    frozen(WHILE_OPEN)
    return make_market("ash", "elm")


def bring_in(*rows: dict[str, str], **more: str) -> Counts:
    return bring_in_applications(file_of(*rows), by=OFFICER, options=ROUND)


def said(counts: Counts) -> list[tuple[str, int, str]]:
    return [(f.severity, f.line, f.code) for f in counts.findings]


def test_a_line_becomes_a_child_an_address_an_adult_and_a_submitted_application(market):
    counts = bring_in(
        {**MIA, "facts": "looked_after", "preference_1_facts": "sibling", "preference_2": "100002"}
    )
    assert (counts.added, counts.unchanged, counts.rejected, said(counts)) == (1, 0, 0, [])
    application = Application.objects.select_related("child", "applicant", "address").get()
    assert (application.child.forename, application.child.sex) == ("Mia", "F")
    assert (application.applicant.forename, application.applicant.surname) == ("Rhian", "Bevan")
    assert (application.address.postcode, application.address.easting) == ("AB1 2DE", 400_500)
    assert (application.state, application.via, application.late) == ("submitted", "file", False)
    assert application.submitted_at == datetime(2026, 10, 1, 9, 30, tzinfo=UTC), "the file's clock is ours"
    assert list(Preference.objects.values_list("rank", "school__name", "distance")) == [
        (1, "Ash Academy", 500),
        (2, "Elm Catholic School", 19_500),
    ]
    assert set(Claim.objects.values_list("fact", "school__name", "state")) == {
        ("looked_after", None, "claimed"),
        ("sibling", "Ash Academy", "claimed"),
    }
    assert Submission.objects.get().content["preferences"][0]["school"] == str(market.schools["ash"].pk)
    assert Event.objects.filter(kind="applications received").count() == 1


def test_the_same_file_twice_adds_nothing_and_says_so(market):
    bring_in(MIA, NOAH)
    rows = (Child.objects.count(), Adult.objects.count(), Address.objects.count(), Submission.objects.count())
    counts = bring_in(MIA, NOAH)
    assert (counts.added, counts.unchanged, counts.rejected) == (0, 2, 0)
    assert said(counts) == [("warn", 2, "applied_already"), ("warn", 3, "applied_already")]
    assert rows == (
        Child.objects.count(),
        Adult.objects.count(),
        Address.objects.count(),
        Submission.objects.count(),
    )


def test_a_child_is_known_by_the_pupil_number_whatever_the_spelling(market):
    child = market.child("Mia", surname="Bevan-Price")
    with change("number", by=OFFICER):
        child.upn = "H801200001001"
        child.save()
    bring_in({**MIA, "upn": "H801200001001"})
    assert (Application.objects.get().child, Child.objects.count()) == (child, 1)


def test_a_number_that_two_children_have_is_said_and_not_relied_on(market):
    for name in ("One", "Two"):
        child = market.child(name)
        with change("number", by=OFFICER):
            child.upn = "H801200001001"
            child.save()
    counts = bring_in({**MIA, "upn": "H801200001001"})
    assert ("warn", 2, "number_of_two_children") in said(counts)
    assert Application.objects.get().child.forename == "Mia"


def test_a_child_is_known_by_name_birth_and_postcode_together_and_by_no_two_of_them(market):
    child = market.child("mia", surname="BEVAN", born=date(2016, 1, 15))
    bring_in({**MIA, "postcode": "ab12de"})
    assert Application.objects.get().child == child
    bring_in({**MIA, "postcode": "AB1 9ZZ"})
    assert Child.objects.count() == 2, "another postcode may be another child: a person decides"


def test_preferences_for_schools_unknown_closed_or_outside_the_round_are_left_out_and_said(market):
    with change("closed", by=OFFICER):
        School.objects.filter(pk=market.schools["elm"].pk).update(status="closed")
    counts = bring_in(
        {**MIA, "preference_1": "100002", "preference_2": "100001"},
        {**NOAH, "preference_1": "123456", "preference_2": "100090"},
    )
    assert said(counts) == [
        ("warn", 2, "closed_school"),
        ("warn", 3, "unknown_school"),
        ("warn", 3, "school_not_in_round"),
        ("reject_row", 3, "no_school_in_round"),
    ]
    assert (counts.added, counts.rejected) == (1, 1)
    assert list(Preference.objects.values_list("rank", "school__name")) == [(1, "Ash Academy")]


@pytest.mark.parametrize("born", ["", "15/13/2016", "2014-01-15", "2016-09-01"])
def test_a_date_of_birth_that_is_missing_unreadable_or_of_another_year_is_left_out(market, born):
    counts = bring_in({**MIA, "date_of_birth": born}, NOAH)
    assert ("reject_row", 2, "not_of_the_round") in said(counts)
    assert (counts.added, counts.rejected, Child.objects.count()) == (1, 1, 1)


def test_cells_longer_than_the_record_holds_are_left_out_by_line_and_do_not_stop_the_file(market):
    counts = bring_in(
        {**MIA, "surname": "x" * 101}, {**MIA, "postcode": "somewhere near here"}, {**NOAH, "sex": "other"}
    )
    assert [entry for entry in said(counts) if entry[0] == "reject_row"] == [
        ("reject_row", 2, "too_long"),
        ("reject_row", 3, "too_long"),
    ]
    assert Child.objects.get().sex == "U"


def test_a_draft_the_same_parent_had_begun_gives_way_and_stays_on_the_record(market):
    child = market.child("Mia", surname="Bevan", born=date(2016, 1, 15))
    draft = start_application(by=market.parent(child), round=market.round, child_id=child.pk)
    counts = bring_in(MIA)
    draft.refresh_from_db()
    assert (counts.added, draft.state) == (1, "set_aside")
    assert Application.objects.get(state="submitted").applicant == market.adult(child)


def test_a_child_who_has_applied_is_passed_over_and_nothing_of_theirs_changes(market):
    child = market.child("Mia")
    application = market.apply(child, "ash")
    again = Received(child_id=child.pk, address_id=None, preferences=[market.schools["elm"].pk])
    assert receive_applications(by=OFFICER, round=market.round, received=[again, again], via="file") == 0
    kept = Application.objects.get()
    assert (kept.pk, kept.preferences.get().school) == (application.pk, market.schools["ash"])


def test_a_round_must_be_named_and_must_exist(market):
    with pytest.raises(ValidationError, match="Say which round"):
        bring_in_applications(file_of(MIA), by=OFFICER, options={})
    with pytest.raises(ValidationError, match="year_7-2027"):
        bring_in_applications(file_of(MIA), by=OFFICER, options={"round": "year_7-2031"})


def test_an_officer_who_works_on_applications_brings_them_in_and_a_reader_does_not(market, viewer):
    with pytest.raises(Refused):
        bring_in_applications(file_of(MIA), by=viewer("admissions.see_applications"), options=ROUND)
    with pytest.raises(Refused):
        receive_applications(
            by=viewer("admissions.see_applications"), round=market.round, received=[], via="file"
        )
    officer = viewer("admissions.work")
    assert bring_in_applications(file_of(MIA), by=officer, options=ROUND).added == 1
    added = Event.objects.get(kind="families added")
    assert added.actor_id == officer.user_id
