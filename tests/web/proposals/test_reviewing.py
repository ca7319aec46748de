"""What a school and an officer are shown of a file, and what their forms do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.censuses import pupil, table, work_through
from tests.support.officers import client_of
from tests.support.people import TEST
from tests.support.reviewing import NUMBER, Place, a_school_and_its_census

from throughline.core.audit.change import change
from throughline.core.exchange.proposal_tables import Difference, Proposal, ProposedChild
from throughline.core.people.models import Address, Child, Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db: None) -> Place:
    return a_school_and_its_census()


def send(
    client: Client, content: bytes, path: str = "/school/files/new/", kind: str = "school_census"
) -> Any:
    file = SimpleUploadedFile("census.csv", content)
    answer = client.post(path, {"file": file, "kind": kind}, follow=True)
    work_through()
    return answer


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_empty_list_says_what_will_be_there(place: Place) -> None:
    assert "No files yet" in text(client_of(place.office), "/school/files/")
    assert "No files yet" in text(client_of(place.officer), "/records/files/")


def test_a_school_follows_its_file_and_is_not_shown_what_it_is_compared_with(place: Place) -> None:
    client = client_of(place.office)
    send(client, place.census)
    row = Proposal.objects.get()
    assert row.school == place.school
    page = text(client, f"/school/files/{row.pk}/")
    assert "An officer at the authority looks at it now" in page
    assert "Hughes" not in page
    assert client.get(f"/records/files/{row.pk}/").status_code == 404


def test_who_reviews_sees_on_their_first_page_how_many_files_wait_and_the_school_does_not(
    place: Place,
) -> None:
    words = "Files about children to review"
    assert words not in text(client_of(place.officer), "/home/")
    send(client_of(place.office), place.census)
    assert words in text(client_of(place.officer), "/home/")
    assert words not in text(client_of(place.office), "/home/")


def test_a_school_gets_no_other_schools_file(place: Place) -> None:
    send(client_of(place.officer), place.census, "/records/files/new/")
    row = Proposal.objects.get()
    client = client_of(place.office)
    assert client.get(f"/school/files/{row.pk}/").status_code == 404
    assert client.get(f"/school/files/{row.pk}/file/").status_code == 404


def test_the_file_comes_back_as_it_was_sent_and_is_never_shown_in_place(place: Place) -> None:
    client = client_of(place.office)
    send(client, place.census)
    answer = client.get(f"/school/files/{Proposal.objects.get().pk}/file/")
    assert b"".join(answer.streaming_content) == place.census  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_file_with_a_home_kept_from_others_is_not_downloaded_by_who_may_not_see_it(place: Place) -> None:
    with change("address restricted", by=TEST):
        Address.objects.filter(residences__child=Child.objects.get(forename="Ada")).update(restricted=True)
    send(client_of(place.office), place.census)
    row = Proposal.objects.get()
    client = client_of(place.officer)
    assert "when it has been read and holds no home" in text(client, f"/records/files/{row.pk}/")
    assert client.get(f"/records/files/{row.pk}/file/").status_code == 404


def test_a_second_click_sends_one_file(place: Place) -> None:
    client = client_of(place.office)
    for _click in range(2):
        file = SimpleUploadedFile("census.csv", place.census)
        client.post("/school/files/new/", {"file": file, "kind": "school_census", "once_key": "a"})
    assert Proposal.objects.count() == 1


def test_an_officer_accepts_all_and_leaves_two_and_commits(place: Place) -> None:
    send(client_of(place.office), place.census)
    row = Proposal.objects.get()
    client = client_of(place.officer)
    page = text(client, f"/records/files/{row.pk}/")
    assert "differences to decide" in page
    listed = f"/records/files/{row.pk}/differences/"
    assert "40 differences" in text(client, listed)
    client.post(listed, {"all": "accept"})
    two = [str(each) for each in Difference.objects.filter(kind="name").values_list("pk", flat=True)[:2]]
    client.post(listed, {"difference": two, "decision": "leave"})
    assert Difference.objects.filter(decision="accept").count() == 38
    consequence = text(client, f"/records/files/{row.pk}/commit/")
    assert "38 differences will be put on the record" in consequence
    assert "2 will be left as they are" in consequence
    client.post(f"/records/files/{row.pk}/commit/")
    work_through()
    assert "Take it all back" in text(client, f"/records/files/{row.pk}/")
    assert (Fact.objects.count(), Child.objects.filter(surname="Hughes").count()) == (20, 3)
    client.post(f"/records/files/{row.pk}/undo/")
    work_through()
    assert (Fact.objects.count(), Child.objects.filter(surname="Hughes").count()) == (0, 0)
    assert "Taken back" in text(client, f"/records/files/{row.pk}/")


def test_bulk_acceptance_keeps_to_the_filters(place: Place) -> None:
    send(client_of(place.office), place.census)
    row = Proposal.objects.get()
    client_of(place.officer).post(f"/records/files/{row.pk}/differences/?kind=name", {"all": "accept"})
    assert set(Difference.objects.filter(decision="accept").values_list("kind", flat=True)) == {"name"}


def test_who_a_line_is_about_is_decided_side_by_side(place: Place) -> None:
    born = Child.objects.get(forename="Ada").born
    send(
        client_of(place.officer),
        table([pupil(0, NUMBER, "Ada", "Rees", born, upn="")]),
        "/records/files/new/",
    )
    row = ProposedChild.objects.get()
    client = client_of(place.officer)
    assert "no sound pupil number" in text(client, f"/records/files/{row.proposal_id}/children/")
    page = text(client, f"/records/files/rows/{row.pk}/")
    assert "the same date of birth" in page
    child = Child.objects.get(forename="Ada")
    client.post(f"/records/files/rows/{row.pk}/", {"who": f"match:{child.pk}", "seen": "asked"})
    row.refresh_from_db()
    assert row.child_id == child.pk
    client.post(f"/records/files/rows/{row.pk}/", {"who": "nonsense", "seen": "match"})
    row.refresh_from_db()
    assert row.decision == "match"


def test_a_restricted_home_is_withheld_in_words(place: Place) -> None:
    child = Child.objects.get(forename="Ada")
    with change("address restricted", by=TEST):
        Address.objects.filter(residences__child=child).update(restricted=True)
    line = pupil(0, NUMBER, "Ada", "Rees", child.born, addressline1="77 Hidden Way", postcode="CF10 9ZZ")
    send(client_of(place.officer), table([line]), "/records/files/new/")
    row = ProposedChild.objects.get()
    client = client_of(place.officer)
    for path in (f"/records/files/rows/{row.pk}/", f"/records/files/{row.proposal_id}/differences/"):
        page = text(client, path)
        assert "Hidden Way" not in page
        assert "Kept from others" in page


def test_a_list_of_differences_costs_the_same_however_long_it_is(place: Place) -> None:
    counts = []
    for children in (2, 20):
        rows = place.census.splitlines(keepends=True)[: children + 1]
        send(client_of(place.officer), b"".join(rows), "/records/files/new/")
        row = Proposal.objects.order_by("-sent_at", "-pk").first()
        assert row is not None
        client = client_of(place.officer)
        client.get(f"/records/files/{row.pk}/differences/")
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/records/files/{row.pk}/differences/")
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 40
