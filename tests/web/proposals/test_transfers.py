"""Making a transfer file by its page, and getting it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.officers import client_of
from tests.support.people import TEST
from tests.support.reviewing import a_school_and_its_census

from throughline.core.audit.change import change
from throughline.core.exchange.proposal_tables import SentFile
from throughline.core.organisations.models import School
from throughline.core.people.models import Child
from throughline.core.people.schooling import leave_school, put_on_roll

pytestmark = pytest.mark.django_db


def test_children_who_moved_between_two_schools_are_put_in_one_file(db: None) -> None:
    place = a_school_and_its_census(2)
    with change("school made", by=TEST):
        oak = School.objects.create(name="Oak School", la_code="820", establishment_number="2002")
    client = client_of(place.officer)
    assert "No transfer files yet" in client.get("/records/transfers/").content.decode()
    form = {"from_school": str(place.school.pk), "to_school": str(oak.pk)}
    since = {"since_day": "1", "since_month": "7", "since_year": "2026"}
    page = client.post("/records/transfers/new/", {**form, **since}).content.decode()
    assert "Nothing was made" in page
    child = Child.objects.get(forename="Ada")
    leave_school(by=TEST, enrolment_id=child.enrolments.get().pk, on=date(2026, 9, 1))
    put_on_roll(by=TEST, child_id=child.pk, school_id=oak.pk, since=date(2026, 9, 1))
    page = client.post("/records/transfers/new/", {**form, **since}, follow=True).content.decode()
    assert "820LLLL_CTF_8202002_001.xml" in page
    row = SentFile.objects.get()
    answer = client.get(f"/records/transfers/{row.pk}/file/")
    assert b"<Forename>Ada</Forename>" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert client_of(place.colleague).get(f"/records/transfers/{row.pk}/file/").status_code == 404
