"""No row of the trail can be made to look like another, or two like one, with the letters that were sealed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from tests.core.audit.tampering import unguarded
from tests.support.people import TEST, viewer

from throughline.core.access.models import Team
from throughline.core.audit.change import change
from throughline.core.audit.look import look
from throughline.core.audit.models import Event, Line
from throughline.core.audit.sealing import seal_trail
from throughline.core.audit.texts import AMONG, BETWEEN, line_texts, whole_texts
from throughline.core.audit.verifying import verify_trail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False) as traveller:
        yield traveller


def write(statement: str, *values: Any) -> None:
    """As an administrator of the database writes: past every field and every trigger."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def as_stored(key: Any) -> Any:
    return key if connection.vendor == "postgresql" else key.hex


def changed() -> list[Any]:
    return [found.event for found in verify_trail().breaks if found.kind == "changed"]


def test_a_line_hidden_in_the_text_of_the_line_before_it_is_found() -> None:
    """The look at the second child is gone for whoever asks who saw it, and every letter that was sealed still stands."""
    look(viewer(), "a list", [uuid4(), uuid4(), uuid4()], ["people.identity"])
    seal_trail()
    first, hidden, _ = Line.objects.order_by("pk")
    _, text, _ = line_texts(connection, AMONG, [first.event_id])
    (sealed,) = whole_texts(connection, AMONG, [first.event_id])
    _, _, fields, values = line_texts(connection, AMONG, [first.event_id])[0].split("\x1f")
    without_its_values = text.removesuffix("\x1f-")
    with unguarded():
        Line._base_manager.filter(pk=hidden.pk)._raw_delete("default")
    write(
        "UPDATE audit_line SET fields = %s WHERE id = %s",
        f"{fields}\x1f{values}\n{without_its_values}",
        as_stored(first.pk),
    )
    assert "\n".join(line_texts(connection, AMONG, [first.event_id])) in sealed
    assert changed() == [first.event_id]


def test_a_line_that_lost_its_event_is_not_counted_to_the_next() -> None:
    for name in ("North", "South", "West"):
        with change("team made", by=TEST):
            Team.objects.create(name=name, description="")
    seal_trail()
    first, second, third = Event.objects.order_by("pk")
    with unguarded():
        Event._base_manager.filter(pk=second.pk)._raw_delete("default")
    found = [(each.kind, each.event) for each in verify_trail().breaks]
    assert found == [("deleted", second.pk)]
    whole = whole_texts(connection, AMONG, [first.pk, second.pk, third.pk])
    assert [(text[:32], text.count("\n")) for text in whole] == [(first.pk.hex, 1), (third.pk.hex, 1)]


def test_lines_belong_to_their_event_in_whatever_order_they_are_stored(clock: Any) -> None:
    """As after a move to another database: the rows lie in any order, and the seals hold."""
    for _ in range(3):
        look(viewer(), "a list", [uuid4() for _ in range(5)], ["people.identity"])
        clock.shift(timedelta(seconds=1))
    seal_trail()
    events, lines = list(Event.objects.order_by("-pk")), list(Line.objects.order_by("child_id"))
    with unguarded():
        Line._base_manager.all()._raw_delete("default")
        Event._base_manager.all()._raw_delete("default")
        Event._base_manager.bulk_create(events)
        Line._base_manager.bulk_create(lines)
    assert verify_trail().sound


def test_a_value_that_says_nothing_is_not_the_same_as_no_value() -> None:
    with change("team made", by=TEST):
        team = Team.objects.create(name="North", description="")
    with change("team renamed", by=TEST):
        team.name = "South"
        team.save()
    with change("team deleted", by=TEST):
        team.delete()
    seal_trail()
    gone = Line.objects.get(event__kind="team deleted")
    assert gone.after is None
    write("UPDATE audit_line SET after = '-' WHERE id = %s", as_stored(gone.pk))
    assert changed() == [gone.event_id]


# SQLite keeps whatever it is given in any column: the same letters, cut at another place, or as bytes.
CUT: dict[str, str] = {
    "a child's key cut short": "UPDATE audit_line SET child_id = substr(child_id, 1, 31), "
    '"table" = substr(child_id, 32) || "table"',
    "a child's key that runs on": 'UPDATE audit_line SET child_id = child_id || substr("table", 1, 7), '
    '"table" = substr("table", 8)',
    "a child's key as bytes": "UPDATE audit_line SET child_id = CAST(child_id AS BLOB)",
    "an actor's key as bytes": "UPDATE audit_event SET actor_id = CAST(actor_id AS BLOB)",
    "an actor in the column before": "UPDATE audit_event SET looked = looked || actor_id, actor_id = ''",
}


@pytest.mark.sqlite
@pytest.mark.parametrize("way", CUT)
def test_on_sqlite_the_same_letters_in_other_columns_are_found(way: str) -> None:
    look(viewer(), "a page", [uuid4()], ["people.identity"])
    seal_trail()
    event = Event.objects.get()
    assert verify_trail().sound
    write(CUT[way])
    assert changed() == [event.pk]


def test_reading_a_range_and_reading_its_keys_is_the_same(clock: Any) -> None:
    for _ in range(3):
        look(viewer(), "a list", [uuid4(), uuid4()], ["people.identity"])
        clock.shift(timedelta(seconds=1))
    keys = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    assert whole_texts(connection, AMONG, keys[1:]) == whole_texts(connection, BETWEEN, [keys[0], keys[-1]])
