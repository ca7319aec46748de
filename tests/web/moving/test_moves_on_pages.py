"""An officer sends a child's record on by its pages, and sees whether it has arrived."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from tests.support.officers import client_of
from tests.support.people import TEST
from tests.support.reviewing import Place, a_school_and_its_census

from throughline.core.access.viewer import viewer_for
from throughline.core.audit.change import change
from throughline.core.exchange.models import Move
from throughline.core.exchange.moves.going import begin_move, make_move_file, mark_sent
from throughline.core.exchange.moves.places import Going
from throughline.core.people.models import Child
from throughline.web.moving.board import without_receipt

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_apart(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"


@pytest.fixture
def place(db: None) -> Place:
    return a_school_and_its_census(4)


def parts(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def begun(**more: str) -> dict[str, str]:
    given = {"where": "elsewhere", "name": "Far School", "number": "3012345", "because": "Moved away"}
    return {**given, **parts("on", localdate()), **more}


def test_a_move_goes_from_the_record_to_a_receipt_and_back(place: Place) -> None:
    ada, client = Child.objects.get(forename="Ada"), client_of(place.officer)
    education = text(client.get(reverse("record.education", args=[ada.pk])))
    all_moves = reverse("moving.of_child", args=[ada.pk])
    assert all_moves in education
    assert "This child has not moved" in text(client.get(all_moves))
    page = text(client.post(f"{all_moves}new/", begun(), follow=True))
    assert "What the file would hold" in page
    assert "Elm Row" in page
    here = f"{all_moves}{Move.objects.get().pk}/"
    page = text(client.post(f"{here}make-file/", follow=True))
    assert "820LLLL_CTF_3012345_001.xml" in page
    answer = client.get(f"{here}file/")
    assert b"<Forename>Ada</Forename>" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    page = text(client.post(f"{here}sent/", {**parts("on", localdate()), "how": "s2s"}, follow=True))
    assert "Waiting for a receipt" in page
    assert "Ada Rees" in text(client.get(reverse("moving.board")))
    form = {**parts("on", localdate()), "outcome": "received", "who": "", "words": ""}
    assert "Say who confirmed that it arrived" in text(client.post(f"{here}answer/", form))
    page = text(client.post(f"{here}answer/", {**form, "who": "Far School office"}, follow=True))
    assert "Receipt given" in page
    assert "Left because: Moved away" in text(client.get(reverse("record.education", args=[ada.pk])))
    page = text(client.post(f"{here}take-back/", {"why": "Another Ada"}, follow=True))
    assert "Waiting for a receipt" in page
    assert ada.enrolments.get().until is None


def test_a_second_click_is_given_the_first_answer(place: Place) -> None:
    ada, client = Child.objects.get(forename="Ada"), client_of(place.officer)
    new = reverse("moving.begin", args=[ada.pk])
    twice = [client.post(new, {**begun(), "once_key": "k1"}).headers["Location"] for _each in range(2)]
    assert twice[0] == twice[1]
    assert Move.objects.count() == 1


def test_a_colleague_who_comes_second_is_told(place: Place) -> None:
    move = sent(place, Child.objects.get(forename="Ada"))
    here = reverse("moving.answer", args=[move.child_id, move.pk])
    form = {**parts("on", localdate()), "outcome": "received", "who": "Far School", "words": ""}
    client_of(place.officer).post(here, form)
    page = text(client_of(place.colleague).post(here, {**form, "outcome": "refused", "words": "Nobody here"}))
    assert "a colleague may have recorded the answer" in page
    assert "Nobody here" in page, "what was typed stays"
    assert Move.objects.get().state == "received"


def test_whoever_did_not_make_the_file_is_told_how_to_have_one(place: Place) -> None:
    move = begin_move(
        by=viewer_for(place.officer), child_id=Child.objects.get(forename="Ada").pk, going=far()
    )
    make_move_file(by=viewer_for(place.officer), child_id=move.child_id, move_id=move.pk)
    client, here = client_of(place.colleague), reverse("moving.one", args=[move.child_id, move.pk])
    assert "Only whoever made the file can download it" in text(client.get(here))
    assert client.get(f"{here}file/").status_code == 404
    assert "_002.xml" in text(client.post(f"{here}make-file/", follow=True))


def test_nobody_else_meets_these_pages(place: Place) -> None:
    move = sent(place, Child.objects.get(forename="Ada"))
    office = client_of(place.office)
    for name in ("one", "answer", "file", "sent"):
        assert office.get(reverse(f"moving.{name}", args=[move.child_id, move.pk])).status_code == 404
    assert "moving" not in text(office.get(reverse("record.education", args=[move.child_id])))


def test_the_first_page_says_which_are_overdue(place: Place) -> None:
    officer = viewer_for(place.officer)
    assert without_receipt(officer) == []
    move = sent(place, Child.objects.get(forename="Ada"))
    (item,) = without_receipt(officer)
    assert (item.count, item.tag, item.due) == (1, "", None)
    with change("days passed", by=TEST):
        Move.objects.filter(pk=move.pk).update(due=localdate() - timedelta(days=3))
    (item,) = without_receipt(officer)
    assert (item.tag, item.due) == ("Late", localdate() - timedelta(days=3))
    assert "1 is overdue." in str(item.text)
    assert "3 days late" in text(client_of(place.officer).get(reverse("moving.board")))


def test_the_list_costs_the_same_for_one_move_and_for_many(place: Place) -> None:
    client, counts = client_of(place.officer), []
    for child in Child.objects.order_by("forename"):
        sent(place, child)
        client.get(reverse("moving.board"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("moving.board"))
        counts.append(len(seen.captured_queries))
    assert len(set(counts)) == 1, counts


def far() -> Going:
    """To a school elsewhere, from today."""
    return Going("elsewhere", localdate(), "Moved away", name="Far School", number="3012345")


def sent(place: Place, child: Child) -> Move:
    """A move whose file was sent today."""
    ours: dict[str, Any] = {"by": viewer_for(place.officer), "child_id": child.pk}
    move = begin_move(**ours, going=far())
    make_move_file(**ours, move_id=move.pk)
    return mark_sent(**ours, move_id=move.pk, on=localdate(), how="s2s")
