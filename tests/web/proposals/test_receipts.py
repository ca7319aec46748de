"""The receipt for a transfer file that came in: given once, naming the file and nobody in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from tests.support.censuses import table, upn, work_through
from tests.support.officers import client_of
from tests.support.pdfs import words
from tests.support.reviewing import Place, a_school_and_its_census

from throughline.core.access.viewer import Refused, viewer_for
from throughline.core.exchange.models import Receipt
from throughline.core.exchange.proposal_tables import Proposal
from throughline.core.exchange.proposals.receipts import give_receipt, receipt_of
from throughline.core.exchange.proposals.sending import Sent, send_file
from throughline.formats.ctf import CtfFile, CtfHeader, CtfSchool, ctf_pupil, write_ctf
from throughline.formats.pupils import PupilRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db: None) -> Place:
    return a_school_and_its_census(1)


def came(place: Place) -> Proposal:
    """A transfer file from the school, read."""
    pupil = ctf_pupil(PupilRow(line=1, upn=upn(9), forename="Zelda", surname="Quill", born=date(2015, 2, 3)))
    content = write_ctf(CtfFile(CtfHeader(source=CtfSchool("820", "2001")), (pupil,)))
    by = viewer_for(place.officer)
    row = send_file(by=by, name="8202001_CTF_820LLLL_001.xml", content=[content], sent=Sent("ctf"))
    work_through()
    row.refresh_from_db()
    return row


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def test_a_receipt_names_the_file_its_sender_and_nobody_in_it(place: Place) -> None:
    row, client = came(place), client_of(place.officer)
    here = reverse("proposals.receipt", args=[row.pk])
    assert here in text(client.get(reverse("proposals.one", args=[row.pk])))
    page = text(client.get(here))
    printed = words(client.get(reverse("proposals.receipt_letter", args=[row.pk])).content)
    for said in (page, printed):
        assert "8202001_CTF_820LLLL_001.xml" in said
        assert "Ash School" in said
        assert "It is about 1 child." in said
        for hidden in ("Zelda", "Quill", upn(9)):
            assert hidden not in said
    assert row.file.sha256 in page
    assert row.file.sha256 in "".join(printed.split())


def test_it_is_written_down_once_to_whom_it_was_given(place: Place) -> None:
    row, client = came(place), client_of(place.officer)
    here, today = reverse("proposals.receipt", args=[row.pk]), localdate()
    form = {"to": "Ash School office", "how": "email", "on_day": today.day, "on_month": today.month}
    page = text(client.post(here, {**form, "on_year": today.year}, follow=True))
    assert "Ash School office" in page
    again = give_receipt(
        by=viewer_for(place.colleague), proposal_id=row.pk, on=today, to="Somebody else", how="hand"
    )
    assert (again.given_to, Receipt.objects.count()) == ("Ash School office", 1)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"to": " "}, "to"), ({"how": "owl"}, "how"), ({"on": date(2099, 1, 1)}, "on")],
)
def test_what_does_not_fit_is_said_and_nothing_is_written(
    place: Place, more: dict[str, Any], field: str
) -> None:
    given = {"to": "Ash School", "how": "s2s", "on": localdate(), **more}
    with pytest.raises(Exception, match="Nothing was saved") as problem:
        give_receipt(by=viewer_for(place.officer), proposal_id=came(place).pk, **given)
    assert field in problem.value.message_dict  # type: ignore[attr-defined]
    assert not Receipt.objects.exists()


def test_a_census_gets_no_receipt_and_a_school_office_gives_none(place: Place) -> None:
    by = viewer_for(place.officer)
    census = send_file(by=by, name="census.csv", content=[table([])], sent=Sent("school_census"))
    work_through()
    with pytest.raises(Refused):
        receipt_of(by, census.pk)
    with pytest.raises(Refused):
        receipt_of(viewer_for(place.office), came(place).pk)
