"""What the writers do. Imported once Django has started."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models, transaction

from bench.processors import taken_by
from throughline.core.access.models import Team
from throughline.core.audit import change as change_room
from throughline.core.audit.actor import Trusted
from throughline.core.audit.change import change, leave, line_about
from throughline.core.audit.database import allow_changes
from throughline.core.audit.models import Event, Line
from throughline.core.audit.sealing import FIRST_OF_ALL, seal_trail
from throughline.core.audit.texts import BETWEEN, event_texts, line_texts
from throughline.core.audit.verifying import verify_trail

BY = Trusted("Bronwen Test, of the benchmark", uuid4())
CHAIN = "bench_chain"


def prepare(writers: int) -> list[UUID]:
    """A row for each writer, and the head of the chain that is made inside the write."""
    with change("teams made", by=BY):
        made = [Team.objects.create(name=f"Team {number}", description="") for number in range(writers)]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {CHAIN} (id integer PRIMARY KEY, head text)")
        cursor.execute(f"INSERT INTO {CHAIN} VALUES (1, '')")
    connection.close()
    return [team.pk for team in made]


def write_rounds(
    key: UUID, plan: Sequence[str], count: int, barrier: Any, ended: Any, spent: Any, place: int
) -> None:
    """One writer: every round of the plan, starting and ending with the others; what it spent, in its place."""
    team = Team.objects.get(pk=key)
    for way in plan:
        write = WAYS[way]
        barrier.wait()
        change_room.leave = nothing if way == "without" else leave  # type: ignore[assignment]
        before = processor()
        for number in range(count):
            team.description = f"{way} {number}, as it is described in a sentence of usual length"
            write(team)
        spent[place] = processor() - before
        ended.wait()
    connection.close()


def processor() -> float:
    """Processor seconds of this process, and of the server's process that serves it."""
    if connection.vendor != "postgresql":
        return time.process_time()
    connection.ensure_connection()
    return time.process_time() + taken_by(connection.connection.info.backend_pid)


def audited(team: Team) -> None:
    with change("team described", by=BY):
        team.save()


def plain(team: Team) -> None:
    """As Django saves a row when nothing is kept of it."""
    with transaction.atomic():
        models.Model.save(team)


def nothing(kind: str, **values: Any) -> None:
    """What `leave` is when nothing is to be left: the row was compared and described all the same."""


def bare(team: Team) -> None:
    """An update and what it leaves in the trail, in SQL: so that the database is what is measured."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE access_team SET description = %s WHERE id = %s", [team.description, team.pk])
        leave("team described", by=BY, lines=[LINE], last=True)


def locked(team: Team) -> None:
    """The same, and the head of a chain moved on under its lock, which is held until the transaction ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE access_team SET description = %s WHERE id = %s", [team.description, team.pk])
        cursor.execute(f"SELECT head FROM {CHAIN} WHERE id = 1 FOR UPDATE")
        head = hashlib.sha256(f"{cursor.fetchone()[0]}|{LINE}".encode()).hexdigest()
        cursor.execute(f"UPDATE {CHAIN} SET head = %s WHERE id = 1", [head])
        leave("team described", by=BY, lines=[LINE], last=True)


LINE = line_about("access.team", uuid4(), None, ["description"]) | {
    "before": {"description": "As it was described in a sentence of usual length"},
    "after": {"description": "As it is described in a sentence of usual length"},
}
WAYS: dict[str, Callable[[Team], None]] = {"without": audited, "audited": audited, "plain": plain}
if connection.vendor == "postgresql":
    WAYS |= {"bare": bare, "locked": locked}
LEAVES = ("audited", "bare", "locked")


def events_kept() -> int:
    return Event.objects.filter(kind="team described").count()


def fill(events: int, listed: int, every: int) -> None:
    """A trail: looks at one child, every so often at a list, and acts with what was before and after."""
    children = [uuid4() for _ in range(997)]
    with transaction.atomic():
        for number in range(events):
            child = children[number % 997]
            if number % every == 0:
                seen = children[number % 900 : number % 900 + listed]
                leave(
                    "a list",
                    by=BY,
                    lines=[line_about("people.child", c, c, ["people.identity"]) for c in seen],
                    looked=True,
                )
            elif number % every < 7:
                leave(
                    "a child's page",
                    by=BY,
                    lines=[line_about("people.child", child, child, ["people.identity", "people.address"])],
                    looked=True,
                )
            else:
                line = line_about("people.residence", uuid4(), child, ["evidence", "until"])
                values = {
                    "before": {"evidence": "A letter", "until": None},
                    "after": {"evidence": "A council tax bill", "until": "2026-09-01"},
                }
                leave("moved home", by=BY, lines=[line | values], reason="They told us")


def seal() -> None:
    seal_trail()


def sound() -> bool:
    return verify_trail().sound


def records() -> list[bytes]:
    """Every row of the trail as it is sealed."""
    everything = [FIRST_OF_ALL, UUID(int=2**128 - 1)]
    read = (texts(connection, BETWEEN, everything) for texts in (event_texts, line_texts))
    return [text.encode() for rows in read for text in rows]


def finds_one_changed_row() -> bool:
    line = Line.objects.order_by("pk")[Line.objects.count() // 2]
    allow_changes(connection)
    Line._base_manager.filter(pk=line.pk).update(object_id="another")
    return [(found.kind, found.event) for found in verify_trail().breaks] == [("changed", line.event_id)]
