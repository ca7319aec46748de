"""The trail is added to and never changed; looks are in it; a save happens once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.support.people import TEST, make_user, viewer

from throughline.core.access.models import Team
from throughline.core.audit.change import change
from throughline.core.audit.happened import happened
from throughline.core.audit.look import look
from throughline.core.audit.models import Event, Line, SavedOnce
from throughline.core.audit.once import once, saved_before
from throughline.core.audit.tables import NeverChanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    with change("team made", by=TEST):
        Team.objects.create(name="North", description="")
    found: Event = Event.objects.get(kind="team made")
    return found


CHANGES: dict[str, Callable[[Event], Any]] = {
    "save": lambda event: event.save(),
    "delete": lambda event: event.delete(),
    "update": lambda event: Event.objects.update(kind="nothing"),
    "delete many": lambda event: Event.objects.all().delete(),
    "bulk_update": lambda event: Event.objects.bulk_update([event], ["kind"]),
    "update_or_create": lambda event: Event.objects.update_or_create(
        pk=event.pk, defaults={"kind": "nothing"}
    ),
    "lines through their event": lambda event: event.lines.update(table="nothing"),
    "deleting lines": lambda event: Line.objects.filter(event=event).delete(),
}


@pytest.mark.parametrize("way", CHANGES)
def test_no_code_changes_the_trail(event: Event, way: str) -> None:
    with pytest.raises(NeverChanged):
        CHANGES[way](event)


@pytest.mark.parametrize("table", ["audit_event", "audit_line"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_the_database_itself_refuses_whoever_asks(event: Event, table: str, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
    assert Event.objects.filter(pk=event.pk).exists()
    assert Line.objects.filter(event=event).count() == 1


def test_the_guard_below_the_managers_holds_too(event: Event) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Event._base_manager.filter(pk=event.pk).update(kind="nothing")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Event._base_manager.filter(pk=event.pk)._raw_delete("default")


def test_looking_at_a_list_is_one_event_with_a_line_for_each_child() -> None:
    one, other = uuid4(), uuid4()
    look(viewer(), "a list", [one, other, one], ["people.identity", "people.address", "people.identity"])
    (event,) = Event.objects.filter(kind="a list")
    assert event.looked
    found = {line.child_id: line.fields for line in event.lines.all()}
    assert found == {key: ["people.address", "people.identity"] for key in (one, other)}


def test_looking_at_nobody_leaves_nothing() -> None:
    look(viewer(), "an empty list", [])
    assert not Event.objects.filter(kind="an empty list").exists()


def test_what_happened_keeps_its_reason_and_whom_it_concerns() -> None:
    user = make_user()
    happened("second step removed", by=TEST, about=user, reason="Recognised by passport")
    event = Event.objects.get(kind="second step removed")
    assert event.reason == "Recognised by passport"
    assert [line.object_id for line in event.lines.all()] == [str(user.pk)]


def test_a_second_submit_is_given_the_first_answer() -> None:
    by, done = viewer(), []
    answers = [once("key", by=by, act=lambda: done.append(1) or "/done/") for _ in range(3)]  # type: ignore[func-returns-value]
    assert (answers, done) == (["/done/"] * 3, [1])
    assert saved_before("key", by=by)


def test_a_key_belongs_to_one_person() -> None:
    assert once("key", by=viewer(), act=lambda: "/mine/") == "/mine/"
    assert once("key", by=viewer(), act=lambda: "/theirs/") == "/theirs/"


def test_a_save_that_failed_can_be_tried_again() -> None:
    by = viewer()

    def fail() -> str:
        with change("team made", by=TEST):
            Team.objects.create(name="North", description="")
        raise ValueError("after the row")

    with pytest.raises(ValueError, match="after the row"):
        once("key", by=by, act=fail)
    assert not Team.objects.exists()
    assert not saved_before("key", by=by)
    assert once("key", by=by, act=lambda: "/done/") == "/done/"


@pytest.mark.django_db(transaction=True)
def test_two_submits_in_one_moment_are_one_save() -> None:
    by, ready = viewer(), threading.Barrier(2)
    answers: list[str] = []

    def act() -> str:
        with change("team made at once", by=TEST):
            Team.objects.create(name=f"Team {uuid4()}", description="")
        return f"/done/{uuid4()}/"

    def submit() -> None:
        try:
            ready.wait(timeout=10)
            answers.append(once("key", by=by, act=act))
        finally:
            connection.close()

    threads = [threading.Thread(target=submit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(answers) == 2
    assert len(set(answers)) == 1
    assert Team.objects.count() == 1
    assert SavedOnce.objects.count() == 1
