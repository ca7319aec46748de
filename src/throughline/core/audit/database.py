"""The one place that knows how each database keeps the trail: how it goes in fast, how changes are refused, how it is read.

To be sealed, a row is one text that is the same on both databases: its columns in order. Nothing can be moved from one
column into the next unseen: what people typed is preceded by its length, and the columns of a line, which hold names
and JSON, are parted by a character that neither can hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from .columns import as_written

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


EVENT = ("id", "at", "kind", "looked", "actor_id", "actor_label", "reason", "session", "address")
LINE = ("id", "event_id", '"table"', "object_id", "child_id", "fields", "before", "after")
AT_ONCE = 500


def _places(columns: Sequence[str]) -> str:
    return "(" + ", ".join(["%s"] * len(columns)) + ")"


INSERT_EVENT = f"INSERT INTO audit_event ({', '.join(EVENT)}) VALUES {_places(EVENT)}"  # nosec B608
INSERT_LINES = f"INSERT INTO audit_line ({', '.join(LINE)}) VALUES "
ONE_LINE = _places(LINE)


def write_event(connection: Any, event: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> UUID:
    """Add an event and its lines, as plain statements of many rows; the event's key.

    A bulk change leaves a line for every row: building a Django object for each cost as much as the change itself.
    PostgreSQL is sent the event and its first lines in one message, because every message is a wait.
    """
    made = uuid7()
    key = _keys(connection)
    moment = connection.ops.adapt_datetimefield_value(event["at"])
    values = {**event, "id": key(made), "at": moment, "actor_id": key(event["actor_id"])}
    statements: list[tuple[str, list[Any]]] = [(INSERT_EVENT, [values[name] for name in EVENT])]
    for at in range(0, len(lines), AT_ONCE):
        rows = [_row(key, made, line) for line in lines[at : at + AT_ONCE]]
        insert = INSERT_LINES + ", ".join([ONE_LINE] * len(rows))
        statements.append((insert, [value for row in rows for value in row]))
    if connection.vendor == "postgresql" and len(statements) > 1:
        (one, its), (other, others) = statements[:2]
        statements[:2] = [(f"{one}; {other}", its + others)]
    with connection.cursor() as cursor:
        for statement, given in statements:
            cursor.execute(statement, given)
    return made


def _row(key: Any, event: UUID, line: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        key(uuid7()),
        key(event),
        line["table"],
        line["object_id"],
        key(line["child_id"]),
        as_written(line["fields"]),
        *(None if line[when] is None else as_written(line[when]) for when in ("before", "after")),
    )


def _keys(connection: Any) -> Any:
    native: bool = connection.features.has_native_uuid_field
    return lambda value: value if native or value is None else value.hex


# ---- Reading the trail to seal it

KEY_LENGTH = 32
MOMENT = slice(KEY_LENGTH, KEY_LENGTH + 26)
"""Where an event's line says when it happened: `2026-02-03 09:00:00.000000`, in UTC."""

TYPED = ("kind", "actor_label", "reason", "session", "address")
PARTED = ('"table"', "object_id", "fields", "coalesce(before, '-')", "coalesce(after, '-')")


def event_texts(connection: Any, within: str, bounds: Sequence[UUID]) -> Iterator[str]:
    """The text of each event in the order of keys, its key first. ``within`` is one of the ranges below."""
    moment, flag = (
        ("to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')", "looked::int::text")
        if connection.vendor == "postgresql"
        else ("substr(at || '.000000', 1, 26)", "looked")
    )
    row = [_hex(connection, "id"), moment, flag, _hex(connection, "actor_id")]
    row += [f"length({column}) || ':' || {column}" for column in TYPED]
    wanted = _where(within, "id", len(bounds))
    return _texts(
        connection, f"SELECT {' || '.join(row)} FROM audit_event WHERE {wanted} ORDER BY id", bounds
    )  # nosec B608


def line_texts(connection: Any, within: str, bounds: Sequence[UUID]) -> Iterator[str]:
    """The text of each line of those events in the order of both keys, that of its event first."""
    parting = " || chr(31) || " if connection.vendor == "postgresql" else " || char(31) || "
    row = [_hex(connection, name) for name in ("event_id", "id", "child_id")] + [parting.join(PARTED)]
    wanted = _where(within, "event_id", len(bounds))
    statement = f"SELECT {' || '.join(row)} FROM audit_line WHERE {wanted} ORDER BY event_id, id"  # nosec B608
    return _texts(connection, statement, bounds)


BETWEEN = "between"
AMONG = "among"


def _where(within: str, column: str, count: int) -> str:
    if within == BETWEEN:
        return f"{column} > %s AND {column} <= %s"
    return f"{column} IN ({', '.join(['%s'] * count)})"


def _texts(connection: Any, statement: str, bounds: Sequence[UUID]) -> Iterator[str]:
    key = _keys(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, [key(bound) for bound in bounds])
        for (text,) in cursor.fetchall():
            yield text


def _hex(connection: Any, column: str) -> str:
    """A key as 32 letters; `-` when there is none."""
    said = f"encode(uuid_send({column}), 'hex')" if connection.vendor == "postgresql" else column
    return said if column in ("id", "event_id") else f"coalesce({said}, '-')"
