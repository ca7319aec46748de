"""The one place that knows how each database keeps the trail: how it goes in fast, how changes are refused, how it is read.

To be sealed, a row is one line of text that is the same on both databases: its columns in order, those of free length
preceded by that length, so that nothing can be moved from one column into the next unseen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

TRAIL = ("audit_event", "audit_line", "audit_seal")


def forbid_changes(connection: Any, tables: Sequence[str] = TRAIL) -> None:
    """Make the database itself refuse to change or delete lines of the trail."""
    allow_changes(connection, tables)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, tables):
            cursor.execute(statement)


def allow_changes(connection: Any, tables: Sequence[str] = TRAIL) -> None:
    """Lift the refusal: for tearing down a test database, never for a living one."""
    with connection.cursor() as cursor:
        for table in tables:
            for act in ("update", "delete", "truncate"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")


def _statements(vendor: str, tables: Sequence[str]) -> list[str]:
    if vendor == "postgresql":
        made = [
            "CREATE OR REPLACE FUNCTION audit_never_changed() RETURNS trigger AS "
            "$$ BEGIN RAISE EXCEPTION 'the trail is never changed'; END $$ LANGUAGE plpgsql"
        ]
        for table in tables:
            for act, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
                made.append(
                    f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
                    f"FOR EACH {each} EXECUTE FUNCTION audit_never_changed()"
                )
        return made
    return [
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'the trail is never changed'); END"
        for table in tables
        for act in ("update", "delete")
    ]


LINE = ("id", "event_id", '"table"', "object_id", "child_id", "fields", "before", "after")
AT_ONCE = 500


def write_lines(connection: Any, event_id: UUID, lines: Iterable[Mapping[str, Any]]) -> None:
    """Add the lines of one event.

    A bulk change leaves a line for every row, so lines go in as plain statements of many rows: building a Django object
    for each cost as much as the change itself.
    """
    key = _keys(connection)

    def data(value: Any) -> str | None:
        return None if value is None else json.dumps(value, separators=(",", ":"))

    rows = [
        (
            key(uuid7()),
            key(event_id),
            line["table"],
            line["object_id"],
            key(line["child_id"]),
            data(line["fields"]),
            data(line["before"]),
            data(line["after"]),
        )
        for line in lines
    ]
    one = "(" + ", ".join(["%s"] * len(LINE)) + ")"
    with connection.cursor() as cursor:
        for at in range(0, len(rows), AT_ONCE):
            part = rows[at : at + AT_ONCE]
            cursor.execute(
                f"INSERT INTO audit_line ({', '.join(LINE)}) VALUES {', '.join([one] * len(part))}",  # nosec B608
                [value for row in part for value in row],
            )


def _keys(connection: Any) -> Any:
    native: bool = connection.features.has_native_uuid_field
    return lambda value: value if native or value is None else value.hex


# ---- Reading the trail to seal it

KEY_LENGTH = 32
MOMENT = slice(KEY_LENGTH, KEY_LENGTH + 26)
"""Where an event's line says when it happened: `2026-02-03 09:00:00.000000`, in UTC."""

FREE_OF_EVENT = ("kind", "actor_label", "reason", "session", "address")
FREE_OF_LINE = ('"table"', "object_id", "fields", "before", "after")


def event_texts(connection: Any, within: str, bounds: Sequence[UUID]) -> Iterator[tuple[str, str]]:
    """The key of each event and its text, in the order of keys. ``within`` is one of the ranges below."""
    moment, flag = (
        ("to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')", "looked::int::text")
        if connection.vendor == "postgresql"
        else ("substr(at || '.000000', 1, 26)", "looked")
    )
    row = [_hex(connection, "id"), moment, flag, _hex(connection, "actor_id"), *map(_free, FREE_OF_EVENT)]
    wanted = _where(within, "id", len(bounds))
    statement = f"SELECT {row[0]}, {' || '.join(row)} FROM audit_event WHERE {wanted} ORDER BY id"  # nosec B608
    return _rows(connection, statement, bounds)


def line_texts(connection: Any, within: str, bounds: Sequence[UUID]) -> Iterator[tuple[str, str]]:
    """For each line of those events the key of its event and its text, in the order of both keys."""
    row = [_hex(connection, "id"), _hex(connection, "child_id"), *map(_free, FREE_OF_LINE)]
    wanted = _where(within, "event_id", len(bounds))
    of = _hex(connection, "event_id")
    statement = f"SELECT {of}, {' || '.join(row)} FROM audit_line WHERE {wanted} ORDER BY event_id, id"  # nosec B608
    return _rows(connection, statement, bounds)


BETWEEN = "between"
AMONG = "among"


def _where(within: str, column: str, count: int) -> str:
    if within == BETWEEN:
        return f"{column} > %s AND {column} <= %s"
    return f"{column} IN ({', '.join(['%s'] * count)})"


def _rows(connection: Any, statement: str, bounds: Sequence[UUID]) -> Iterator[tuple[str, str]]:
    key = _keys(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, [key(bound) for bound in bounds])
        yield from cursor.fetchall()


def _hex(connection: Any, column: str) -> str:
    """A key as 32 letters; `-` when there is none."""
    said = f"encode(uuid_send({column}), 'hex')" if connection.vendor == "postgresql" else column
    return said if column in ("id", "event_id") else f"coalesce({said}, '-')"


def _free(column: str) -> str:
    return f"coalesce(length({column}) || ':' || {column}, '-')"
