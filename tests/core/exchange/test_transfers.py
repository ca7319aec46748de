"""Transfer files out: what the receiving school may know, and nothing that is kept from others."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.support.people import TEST
from tests.support.reviewing import Place, a_school_and_its_census

from throughline.core.access.viewer import Refused, viewer_for
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.documents.kept import whole
from throughline.core.exchange.transfers.pupils import pupil_rows
from throughline.core.exchange.transfers.sending import KeptSince, leavers, make_transfer, transfer_of
from throughline.core.organisations.models import School
from throughline.core.people.actions import record_fact
from throughline.core.people.models import Address, Adult, Child, ContactLimit, Enrolment, FormerName, Tie
from throughline.core.people.schooling import leave_school, put_on_roll
from throughline.core.sharing.models import Override
from throughline.core.timeline.models import Entry
from throughline.formats.ctf import read_ctf_pupils

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_apart(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"


@pytest.fixture
def place(db: None) -> Place:
    return a_school_and_its_census(2)


@pytest.fixture
def oak(place: Place) -> School:
    with change("school made", by=TEST):
        return School.objects.create(name="Oak School", la_code="820", establishment_number="2002")


def ada() -> Child:
    return Child.objects.get(forename="Ada")


def moved(child: Child, oak: School) -> None:
    on = date(2026, 9, 1)
    leave_school(by=TEST, enrolment_id=child.enrolments.get().pk, on=on)
    put_on_roll(by=TEST, child_id=child.pk, school_id=oak.pk, since=on)


def adult(child: Child, surname: str, **more: Any) -> Tie:
    with change("adult added", by=TEST):
        grown = Adult.objects.create(forename="Sam", surname=surname, phone="07700 900123")
        return Tie.objects.create(child=child, adult=grown, kind="parent", **more)


def test_a_file_is_named_by_rule_kept_told_and_logged(place: Place, oak: School) -> None:
    officer = viewer_for(place.officer)
    child = ada()
    moved(child, oak)
    for kind in ("sen_support", "young_carer", "service_family"):
        record_fact(by=TEST, child=child, kind=kind, source="test")
    found = leavers(officer, from_school=place.school.pk, to_school=oak.pk, since=date(2026, 7, 1))
    assert found == [child.pk]
    row = make_transfer(by=officer, children=found, to_school=oak.pk)
    assert row.file.name == "820LLLL_CTF_8202002_001.xml"
    reading = read_ctf_pupils(whole(row.file), us="8202002")
    (pupil,) = reading.rows
    assert (pupil.forename, pupil.upn, pupil.sen_provision) == ("Ada", child.upn, "K")
    assert (pupil.service_child, pupil.young_carer) == ("Y", "S")
    assert (pupil.left, pupil.address.postcode if pupil.address else "") == (date(2026, 9, 1), "CF10 1AB")
    assert Entry.objects.get(kind="exchange.transferred").child_id == child.pk
    assert Event.objects.filter(kind="transfer file made", looked=True).exists()
    assert make_transfer(by=officer, children=found, to_school=oak.pk).file.name.endswith("_002.xml")


@pytest.mark.parametrize(("group", "code"), [(-1, "N2"), (0, "R"), (7, "7"), (None, None)])
def test_a_year_group_leaves_as_its_code(
    place: Place, oak: School, group: int | None, code: str | None
) -> None:
    child = ada()
    with change("year given", by=TEST):
        child.enrolments.update(year_group=group)
    (row,), _eyes = pupil_rows(viewer_for(place.officer), [child.pk])
    assert row.year_group == code
    (read,) = read_ctf_pupils(
        whole(make_transfer(by=viewer_for(place.officer), children=[child.pk], to_school=oak.pk).file)
    ).rows
    assert read.year == group


def test_the_school_told_of_is_the_one_that_was_left_last(place: Place, oak: School) -> None:
    child, here = ada(), ada().enrolments.get()
    # A term elsewhere in between, begun later and over long before the first school was left.
    with change("schools attended", by=TEST):
        child.enrolments.update(until=date(2026, 7, 20))
        Enrolment.objects.create(
            child=child,
            school=oak,
            since=here.since + timedelta(days=1),
            until=here.since + timedelta(days=9),
        )
    (row,), _eyes = pupil_rows(viewer_for(place.officer), [child.pk])
    assert row.left == date(2026, 7, 20)


def test_responsibility_that_ended_with_its_order_is_not_said_to_be_held(place: Place, oak: School) -> None:
    child, officer = ada(), viewer_for(place.officer)
    for surname, ends in (("Ended", officer.on), ("Lasting", officer.on + timedelta(days=1))):
        adult(child, surname, parental_responsibility=True, order_ends=ends)
    (row,), _eyes = pupil_rows(officer, [child.pk])
    held = {each.surname: each.responsibility for each in row.contacts or ()}
    assert (held["Ended"], held["Lasting"]) == (False, True)


def test_nothing_that_is_kept_from_others_leaves(place: Place, oak: School) -> None:
    child = ada()
    adult(child, "Openparent", lives_with_child=True)
    limited = adult(child, "Limitedparent", lives_with_child=False)
    with change("kept from others", by=TEST):
        Address.objects.filter(residences__child=child).update(restricted=True)
        FormerName.objects.create(child=child, forename="Ada", surname="Beforename")
        ContactLimit.objects.create(tie=limited, child=child, kind="no_contact", keeps_back="everything")
    officer = viewer_for(place.officer)
    text = whole(make_transfer(by=officer, children=[child.pk], to_school=oak.pk).file).decode()
    for hidden in ("Elm Row", "CF10", "Limitedparent", "Beforename", "AddressAsPupil"):
        assert hidden not in text
    assert "Openparent" in text


def test_only_whoever_made_a_file_gets_it(place: Place, oak: School) -> None:
    officer, colleague = viewer_for(place.officer), viewer_for(place.colleague)
    row = make_transfer(by=officer, children=[ada().pk], to_school=oak.pk)
    found, content = transfer_of(officer, row.pk)
    assert b"".join(content) == whole(found.file)
    with pytest.raises(Refused):
        transfer_of(colleague, row.pk)


def test_a_file_made_before_a_home_was_kept_from_others_is_opened_no_more(place: Place, oak: School) -> None:
    officer, child = viewer_for(place.officer), ada()
    row = make_transfer(by=officer, children=[child.pk], to_school=oak.pk)
    assert b"Elm Row" in whole(row.file)
    with change("kept from others", by=TEST):
        Address.objects.filter(residences__child=child).update(restricted=True)
    with pytest.raises(KeptSince):
        transfer_of(officer, row.pk)
    again = make_transfer(by=officer, children=[child.pk], to_school=oak.pk)
    assert b"Elm Row" not in b"".join(transfer_of(officer, again.pk)[1])


def test_whoever_may_no_longer_know_a_child_opens_no_file_about_it(place: Place, oak: School) -> None:
    officer, child = viewer_for(place.officer), ada()
    row = make_transfer(by=officer, children=[child.pk], to_school=oak.pk)
    with change("decided", by=TEST):
        Override.objects.create(
            child_id=child.pk,
            user_id=officer.user_id,
            category="people.identity",
            grants=False,
            reason="Her aunt",
            state="approved",
            since=officer.on,
            until=officer.on,
        )
    with pytest.raises(Refused):
        transfer_of(officer, row.pk)


def test_a_school_office_makes_none(place: Place, oak: School) -> None:
    with pytest.raises(Refused):
        make_transfer(by=viewer_for(place.office), children=[ada().pk], to_school=oak.pk)


def test_about_nobody_nothing_is_made(place: Place, oak: School) -> None:
    with pytest.raises(ValidationError):
        make_transfer(by=viewer_for(place.officer), children=[], to_school=oak.pk)


def test_a_school_that_is_not_known_is_addressed_by_rule(place: Place) -> None:
    row = make_transfer(by=viewer_for(place.officer), children=[ada().pk], to_school=None)
    assert row.receiver == "XXXXXXX"
