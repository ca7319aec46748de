"""One child's record goes elsewhere: begun, looked at, sent, receipted; taken back where it was a mistake."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from lxml import etree
from tests.support.people import TEST
from tests.support.progress import Unheard
from tests.support.reviewing import Place, a_school_and_its_census

from throughline.core.access.viewer import Refused, Viewer, viewer_for
from throughline.core.alerts.models import Alert, LocalFigure
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.documents.kept import whole
from throughline.core.exchange.models import Move, SentFile
from throughline.core.exchange.moves.answering import record_answer, take_back_answer
from throughline.core.exchange.moves.going import begin_move, call_off, make_move_file, mark_sent
from throughline.core.exchange.moves.jobs import no_receipt
from throughline.core.exchange.moves.merging import two_open_moves
from throughline.core.exchange.moves.places import Going
from throughline.core.exchange.moves.preview import what_would_go
from throughline.core.exchange.moves.showing import file_of, moves, show_moves, waiting
from throughline.core.exchange.transfers.destination import Leaving
from throughline.core.exchange.transfers.pupils import pupil_rows
from throughline.core.organisations.models import School
from throughline.core.people.actions import record_fact
from throughline.core.people.models import Address, Adult, Child, ContactLimit, Enrolment, FormerName, Tie
from throughline.core.people.schooling import put_on_roll
from throughline.core.retention.reach import reach_of
from throughline.core.sharing.show import Sight
from throughline.core.timeline.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_apart(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"


@pytest.fixture
def place(db: None) -> Place:
    return a_school_and_its_census(3)


@pytest.fixture
def officer(place: Place) -> Viewer:
    return viewer_for(place.officer)


@pytest.fixture
def ada(place: Place) -> Child:
    return Child.objects.get(forename="Ada")


def away(**more: Any) -> Going:
    given = {"where": "elsewhere", "on": localdate(), "because": "Moved away", "name": "Far School"}
    return Going(**{**given, "number": "3012345", **more})


def sent(officer: Viewer, child: Child, **more: Any) -> Move:
    """A move whose file was sent today."""
    move = begin_move(by=officer, child_id=child.pk, going=away(**more))
    make_move_file(by=officer, child_id=child.pk, move_id=move.pk)
    return mark_sent(by=officer, child_id=child.pk, move_id=move.pk, on=localdate(), how="s2s")


def received(officer: Viewer, move: Move, **more: Any) -> Move:
    given = {"outcome": "received", "on": localdate(), "who": "Far School office", **more}
    return record_answer(by=officer, child_id=move.child_id, move_id=move.pk, **given)


def test_a_record_is_sent_and_the_child_leaves_when_the_receipt_comes(officer: Viewer, ada: Child) -> None:
    move = sent(officer, ada)
    assert move.file is not None
    assert (move.file.file.name, move.file.child) == ("820LLLL_CTF_3012345_001.xml", ada)
    assert len(move.file.file.sha256) == 64
    assert move.due == localdate() + timedelta(days=14)
    assert ada.enrolments.get().until is None, "nothing follows before a receipt"
    received(officer, move)
    roll = ada.enrolments.get()
    assert (roll.until, roll.left_because) == (localdate(), "Moved away")
    kinds = set(Entry.objects.filter(child_id=ada.pk).values_list("kind", flat=True))
    assert {"exchange.sent_on", "exchange.receipt", "people.left_school"} <= kinds
    event = Event.objects.filter(kind="answer to a record sent on", looked=False).get()
    tables = {line.table for line in event.lines.all()}
    assert "exchange.move" in tables


def test_a_receipt_that_is_recorded_again_changes_nothing(officer: Viewer, ada: Child) -> None:
    move = sent(officer, ada)
    received(officer, move)
    before = Event.objects.count()
    assert received(officer, move, who="Somebody else").answered_by == "Far School office"
    assert Event.objects.count() == before
    with pytest.raises(ValidationError):
        received(officer, move, outcome="refused", words="No such child here")


def test_a_receipt_recorded_by_mistake_is_taken_back_and_can_come_again(officer: Viewer, ada: Child) -> None:
    move = sent(officer, ada)
    received(officer, move)
    left = take_back_answer(by=officer, child_id=ada.pk, move_id=move.pk, why="Another child of that name")
    assert left == []
    move.refresh_from_db()
    assert (move.state, move.answered_by, move.ended) == ("sent", "", [])
    assert (ada.enrolments.get().until, ada.enrolments.get().left_because) == (None, "")
    corrected = set(Entry.objects.filter(corrects__isnull=False).values_list("kind", flat=True))
    assert corrected == {"exchange.answer_taken_back", "people.back_on_roll"}
    received(officer, move)
    assert Entry.objects.filter(kind="exchange.receipt").count() == 2
    assert Entry.objects.filter(kind="people.left_school").count() == 2


def test_what_was_recorded_since_is_left_when_a_receipt_is_taken_back(
    officer: Viewer, ada: Child, place: Place
) -> None:
    move = sent(officer, ada)
    received(officer, move)
    with change("school made", by=TEST):
        oak = School.objects.create(name="Oak School", la_code="820", establishment_number="2002")
    put_on_roll(by=TEST, child_id=ada.pk, school_id=oak.pk, since=localdate())
    assert take_back_answer(by=officer, child_id=ada.pk, move_id=move.pk, why="Oops") == ["Ash School"]
    assert ada.enrolments.filter(until__isnull=True).get().school == oak


def test_the_roll_of_the_school_they_go_to_does_not_end(officer: Viewer, ada: Child) -> None:
    with change("school made", by=TEST):
        oak = School.objects.create(name="Oak School", la_code="820", establishment_number="2002")
        Enrolment.objects.filter(child=ada).update(status="M")
    put_on_roll(by=TEST, child_id=ada.pk, school_id=oak.pk, since=localdate(), status="S")
    received(officer, sent(officer, ada, where="school", school_id=oak.pk))
    assert ada.enrolments.get(until__isnull=True).school == oak


def test_no_answer_and_a_refusal_end_no_enrolment(officer: Viewer, ada: Child) -> None:
    move = sent(officer, ada)
    received(officer, move, outcome="refused", words="Not expected here")
    assert ada.enrolments.get().until is None
    again = sent(officer, ada)
    received(officer, again, outcome="silent", who="")
    assert (ada.enrolments.get().until, again.pk != move.pk) == (None, True)


@pytest.mark.parametrize(
    ("where", "number", "receiver"),
    [
        ("elsewhere", "301 2345", "3012345"),
        ("authority", "301", "301LLLL"),
        ("abroad", "", "MMMMMMM"),
    ],
)
def test_each_kind_of_place_is_addressed_by_rule(
    officer: Viewer, ada: Child, where: str, number: str, receiver: str
) -> None:
    move = sent(officer, ada, where=where, number=number)
    assert move.file is not None
    assert move.file.receiver == receiver


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"where": "moon"}, "where"),
        ({"where": "school"}, "school"),
        ({"where": "authority", "number": "82"}, "number"),
        ({"where": "authority", "number": "820"}, "number"),
        ({"number": "1"}, "number"),
        ({"where": "abroad", "name": " "}, "name"),
        ({"because": " "}, "because"),
        ({"on": date(2001, 1, 1)}, "on"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    officer: Viewer, ada: Child, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as problem:
        begin_move(by=officer, child_id=ada.pk, going=away(**more))
    assert list(problem.value.message_dict) == [field]
    assert not Move.objects.exists()


def test_a_child_moves_one_way_at_a_time(officer: Viewer, ada: Child) -> None:
    begun = begin_move(by=officer, child_id=ada.pk, going=away())
    with pytest.raises(ValidationError):
        begin_move(by=officer, child_id=ada.pk, going=away())
    call_off(by=officer, child_id=ada.pk, move_id=begun.pk, why="They stay")
    assert begin_move(by=officer, child_id=ada.pk, going=away()).pk != begun.pk


def test_nothing_is_sent_before_a_file_is_made_and_no_file_after(officer: Viewer, ada: Child) -> None:
    move = begin_move(by=officer, child_id=ada.pk, going=away())
    ours = {"by": officer, "child_id": ada.pk, "move_id": move.pk}
    with pytest.raises(ValidationError):
        mark_sent(**ours, on=localdate(), how="s2s")
    make_move_file(**ours)
    with pytest.raises(ValidationError):
        mark_sent(**ours, on=localdate() + timedelta(days=1), how="s2s")
    mark_sent(**ours, on=localdate(), how="s2s")
    for act in (make_move_file, lambda **who: call_off(**who, why="Late")):
        with pytest.raises(ValidationError):
            act(**ours)
    assert SentFile.objects.count() == 1


def test_the_preview_says_all_that_the_file_says_and_nothing_kept_from_others(
    officer: Viewer, ada: Child
) -> None:
    for kind in ("sen_support", "young_carer", "free_meals"):
        record_fact(by=TEST, child=ada, kind=kind, source="test", since=date(2025, 1, 6))
    with change("family added", by=TEST):
        open_one = Adult.objects.create(forename="Sam", surname="Openparent", phone="07700 900123")
        limited = Adult.objects.create(forename="Lee", surname="Limitedparent")
        Tie.objects.create(child=ada, adult=open_one, kind="mother", lives_with_child=True)
        tie = Tie.objects.create(child=ada, adult=limited, kind="father")
        ContactLimit.objects.create(tie=tie, child=ada, kind="no_contact", keeps_back="everything")
        FormerName.objects.create(child=ada, forename="Ada", surname="Beforename")
        Address.objects.filter(residences__child=ada).update(restricted=True)
    shown = what_would_go(Sight(officer, [ada.pk]), ada.pk, Leaving(localdate()))
    said = " ".join(f"{label} {value}" for label, value in shown.lines)
    assert "Openparent" in said
    assert "Mother" in said
    assert ("Left the school", localdate()) in shown.lines
    for hidden in ("Limitedparent", "Beforename", "Elm Row", "CF10"):
        assert hidden not in said
    move = begin_move(by=officer, child_id=ada.pk, going=away())
    file = make_move_file(by=officer, child_id=ada.pk, move_id=move.pk).file
    assert file is not None
    pupil = etree.fromstring(whole(file.file)).find("CTFpupilData/Pupil")
    texts = [element.text for element in pupil.iter() if len(element) == 0 and element.text]
    assert len(texts) == len(shown.lines), "every value of the file is on the page, and no other"


def test_the_file_gives_the_school_that_is_left_now_and_not_one_before(
    officer: Viewer, ada: Child, place: Place
) -> None:
    with change("school made", by=TEST):
        elm = School.objects.create(name="Elm School", la_code="820", establishment_number="2003")
    early = date(2018, 9, 1)
    put_on_roll(by=TEST, child_id=ada.pk, school_id=elm.pk, since=early, until=date(2020, 7, 20))
    row = pupil_rows(officer, [ada.pk], Leaving(localdate()))[0][0]
    assert row.school is not None
    assert (row.school.value, row.left) == ("8202001", localdate())
    there = pupil_rows(officer, [ada.pk], Leaving(localdate(), place.school.pk))[0][0]
    assert there.left == date(2020, 7, 20), "they do not leave the school they go to"


def test_only_whoever_made_the_file_gets_it(officer: Viewer, ada: Child, place: Place) -> None:
    move = sent(officer, ada)
    found, content = file_of(Sight(officer, [ada.pk]), ada.pk, move.pk)
    assert b"".join(content) == whole(found.file)
    assert Event.objects.filter(kind="transfer file downloaded", looked=True).exists()
    with pytest.raises(Refused):
        file_of(Sight(viewer_for(place.colleague), [ada.pk]), ada.pk, move.pk)


def test_a_school_office_moves_nobody(place: Place, ada: Child) -> None:
    with pytest.raises(Refused):
        begin_move(by=viewer_for(place.office), child_id=ada.pk, going=away())


def test_a_move_of_another_child_is_not_found(officer: Viewer, ada: Child) -> None:
    move = sent(officer, ada)
    other = Child.objects.get(forename="Bryn")
    theirs = sent(officer, other)
    with pytest.raises(Refused):
        record_answer(by=officer, child_id=other.pk, move_id=move.pk, outcome="silent", on=localdate())
    assert set(Move.objects.filter(pk__in=[move.pk, theirs.pk]).values_list("state", flat=True)) == {"sent"}


def test_who_waits_too_long_is_counted_and_raised_once(officer: Viewer, ada: Child) -> None:
    move = sent(officer, ada)
    no_receipt(Unheard())  # type: ignore[arg-type]
    assert not Alert.objects.exists()
    assert (waiting(officer).all, waiting(officer).late) == (1, 0)
    with change("days passed", by=TEST):
        Move.objects.filter(pk=move.pk).update(due=localdate() - timedelta(days=2))
    for _twice in range(2):
        no_receipt(Unheard())  # type: ignore[arg-type]
    assert Alert.objects.get().child_id == ada.pk
    found = waiting(officer)
    assert (found.all, found.late, found.first_due) == (1, 1, localdate() - timedelta(days=2))
    received(officer, move)
    assert (waiting(officer).all, waiting(officer).late) == (0, 0)
    assert Alert.objects.get().state == "closed", "nobody need look any more"


def test_an_alert_that_a_colleague_has_in_hand_stays_with_them(officer: Viewer, ada: Child) -> None:
    move = sent(officer, ada)
    with change("days passed", by=TEST):
        Move.objects.filter(pk=move.pk).update(due=localdate() - timedelta(days=2))
    no_receipt(Unheard())  # type: ignore[arg-type]
    with change("taken", by=TEST):
        Alert.objects.update(state="taken", taken_by="Cai Colleague")
    received(officer, move)
    assert Alert.objects.get().state == "taken"


def test_the_authority_sets_how_long_a_receipt_may_take(officer: Viewer, ada: Child) -> None:
    with change("figure set", by=TEST):
        LocalFigure.objects.create(
            code="exchange.receipt", number=1, figure=5, since=localdate(), reason="test", set_by="test"
        )
    assert sent(officer, ada).due == localdate() + timedelta(days=5)


def test_a_list_costs_the_same_however_long_it_is(officer: Viewer) -> None:
    counts = []
    for child in Child.objects.order_by("forename"):
        sent(officer, child)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            shown = show_moves(officer, moves(officer, ["sent"])[:20])
        counts.append(len(seen.captured_queries))
        assert all(str(line.name).endswith("Rees") for line in shown)
    assert len(set(counts[1:])) == 1, counts


def test_two_records_that_both_move_are_not_merged_yet(officer: Viewer, ada: Child) -> None:
    bryn = Child.objects.get(forename="Bryn")
    sent(officer, ada)
    assert two_open_moves(ada.pk, bryn.pk) == []
    begin_move(by=officer, child_id=bryn.pk, going=away())
    assert len(two_open_moves(ada.pk, bryn.pk)) == 1


def test_the_file_of_a_move_goes_when_the_record_goes(officer: Viewer, ada: Child) -> None:
    sent(officer, ada)
    counts = reach_of(ada.pk).counts()
    assert (counts["exchange.Move"], counts["exchange.SentFile"], counts["documents.KeptFile"]) == (1, 1, 1)
