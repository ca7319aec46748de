"""The columns of a table are explained once, seen as they would be read, and kept for the next file."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.censuses import upn, work_through
from tests.support.officers import client_of
from tests.support.reviewing import Place, a_school_and_its_census

from throughline.core.exchange.column_wording import PROBLEMS, field_words
from throughline.core.exchange.proposal_tables import Difference, Layout, Proposal
from throughline.core.people.models import Child
from throughline.formats.mapped import FIELDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db: None) -> Place:
    return a_school_and_its_census(3)


def listing(surname: str = "Hughes") -> bytes:
    ada = Child.objects.get(forename="Ada")
    return (
        "Pupil,Family name,DOB,Gender,UPN,Home\n"
        f"Ada,{surname},{ada.born:%d/%m/%Y},girl,{upn(0)},77 Hidden Way\n"
    ).encode()


def send(client: Client, content: bytes, path: str, **more: str) -> Proposal:
    file = SimpleUploadedFile("list.csv", content)
    client.post(path, {"file": file, "kind": "mapped", **more})
    work_through()
    row = Proposal.objects.order_by("-sent_at", "-pk").first()
    assert row is not None
    return row


def said(**more: Any) -> dict[str, Any]:
    """What the form of these six columns sends."""
    columns = ("forename", "surname", "born", "sex", "upn", "ignore")
    return {
        **{f"column_{at}": field for at, field in enumerate(columns)},
        "dates": "sector",
        "codes_sex": "girl = F\nboy = M",
        "name": "School list",
        **more,
    }


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def test_a_table_in_a_new_layout_waits_for_its_columns_to_be_explained(place: Place) -> None:
    row = send(client_of(place.office), listing(), "/school/files/new/")
    assert row.state == "columns"
    client = client_of(place.officer)
    assert "Explain the columns" in text(client.get(f"/records/files/{row.pk}/"))
    page = text(client.get(f"/records/files/{row.pk}/columns/"))
    assert "Family name" in page
    assert "Hughes" in page
    assert "Hidden Way" not in page


def test_lines_are_shown_as_they_would_be_read_and_nothing_is_kept(place: Place) -> None:
    row = send(client_of(place.office), listing(), "/school/files/new/")
    client = client_of(place.officer)
    page = text(client.post(f"/records/files/{row.pk}/columns/", {**said(), "show": "1"}))
    assert "1 January 2014" in page
    assert not Layout.objects.exists()


def test_what_is_wrong_with_the_columns_is_said_in_words(place: Place) -> None:
    row = send(client_of(place.office), listing(), "/school/files/new/")
    client = client_of(place.officer)
    page = text(client.post(f"/records/files/{row.pk}/columns/", {**said(column_0="ignore"), "keep": "1"}))
    assert "No column gives the child’s name" in page
    assert not Layout.objects.exists()


def test_a_layout_is_kept_and_the_next_file_is_read_with_it(place: Place) -> None:
    row = send(client_of(place.office), listing(), "/school/files/new/")
    officer = client_of(place.officer)
    officer.post(f"/records/files/{row.pk}/columns/", {**said(), "keep": "1"})
    work_through()
    row.refresh_from_db()
    layout = Layout.objects.get()
    assert (row.state, row.layout, layout.version) == ("review", layout, 1)
    assert sorted(Difference.objects.filter(proposal=row).values_list("kind", flat=True)) == ["born", "name"]
    again = send(client_of(place.office), listing("Evans"), "/school/files/new/", layout=str(layout.pk))
    assert again.state == "review"


def test_without_a_name_the_layout_is_not_kept_and_what_was_said_stays(place: Place) -> None:
    row = send(client_of(place.office), listing(), "/school/files/new/")
    client = client_of(place.officer)
    page = text(client.post(f"/records/files/{row.pk}/columns/", {**said(name=""), "keep": "1"}))
    assert "Give the layout a name" in page
    assert "girl = F" in page


def test_a_file_that_is_no_table_is_answered_in_words(place: Place) -> None:
    row = send(client_of(place.office), b"%PDF-1.4 not a table", "/school/files/new/")
    page = text(client_of(place.officer).get(f"/records/files/{row.pk}/columns/"))
    assert "The file was refused" in page


def test_everything_a_column_can_stand_for_has_words() -> None:
    assert all(field_words(field) != field for field in FIELDS)
    assert len(PROBLEMS) == 10
