"""The one place that knows how each database keeps the trail: how it goes in fast, and how changes are refused.

How it is read to be sealed is in ``texts.py``.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from .adding import MANY, add_rows
from .columns import as_written

TRAIL = ("audit_event", "audit_line", "audit_seal")


def forbid_changes(connection: Any, tables: Sequence[str] = TRAIL, *, erasable: bool = True) -> None:
    """Make the database itself refuse to change or delete lines of the trail.

    Args:
        erasable: let a disposal empty values. No only for the steps at which that was not thought of yet.
    """
    allow_changes(connection, tables)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, tables, erasable):
            cursor.execute(statement)


def allow_changes(connection: Any, tables: Sequence[str] = TRAIL) -> None:
    """Lift the refusal: for tearing down a test database, never for a living one."""
    with connection.cursor() as cursor:
        for table in tables:
            for act in ("update", "delete", "truncate"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")


def _statements(vendor: str, tables: Sequence[str], erasable: bool) -> list[str]:
    only = {f"audit_{name}" for name in ERASABLE} if erasable else set()
    if vendor == "postgresql":
        made = [
            "CREATE OR REPLACE FUNCTION audit_never_changed() RETURNS trigger AS "
            "$$ BEGIN RAISE EXCEPTION 'the trail is never changed'; END $$ LANGUAGE plpgsql"
        ]
        for table in tables:
            for act, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
                unless = (
                    _unless_erased(table, "IS DISTINCT FROM") if act == "update" and table in only else ""
                )
                made.append(
                    f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
                    f"FOR EACH {each} {unless}EXECUTE FUNCTION audit_never_changed()"
                )
        return made
    return [
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        f"{_unless_erased(table, 'IS NOT') if act == 'update' and table in only else ''}"
        "BEGIN SELECT RAISE(ABORT, 'the trail is never changed'); END"
        for table in tables
        for act in ("update", "delete")
    ]


ERASABLE: dict[str, tuple[tuple[str, str], ...]] = {
    "event": (("actor_label", "''"), ("reason", "''")),
    "line": (("before", "NULL"), ("after", "NULL")),
}
"""What a disposal may empty, and what it is then: everything else of a row stays as it was written."""
KEPT = {
    "event": ("id", "at", "kind", "looked", "actor_id", "session", "address"),
    "line": ("id", "event_id", '"table"', "object_id", "child_id", "fields"),
}


def _unless_erased(table: str, differs: str) -> str:
    """The one change that is let through: values become empty and the row says under which certificate."""
    name = table.removeprefix("audit_")
    same = "IS NOT DISTINCT FROM" if differs == "IS DISTINCT FROM" else "IS"
    wrong = [f"OLD.{column} {differs} NEW.{column}" for column in KEPT[name]]
    wrong += [
        f"(NEW.{column} {differs} {empty} AND NEW.{column} {differs} OLD.{column})"
        for column, empty in ERASABLE[name]
    ]
    wrong += ["NEW.gone IS NULL", f"NEW.gone {same} OLD.gone"]
    return f"WHEN ({' OR '.join(wrong)}) "


EVENT = ("id", "at", "kind", "looked", "actor_id", "actor_label", "reason", "session", "address", "salt")
LINE = ("id", "event_id", '"table"', "object_id", "child_id", "fields", "before", "after", "salt")


def _places(columns: Sequence[str]) -> str:
    return "(" + ", ".join(["%s"] * len(columns)) + ")"


INSERT_EVENT = f"INSERT INTO audit_event ({', '.join(EVENT)}) VALUES {_places(EVENT)}"  # nosec B608
INSERT_LINES = f"INSERT INTO audit_line ({', '.join(LINE)}) VALUES "  # nosec B608
ONE_LINE = _places(LINE)


def write_event(
    connection: Any, event: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], *, last: bool = False
) -> UUID:
    """Add an event and its lines, as plain statements of many rows; the event's key.

    A bulk change leaves a line for every row: building a Django object for each cost as much as the change itself.
    PostgreSQL is sent the event and its first lines in one message, because every message is a wait.

    Args:
        last: nothing follows in the innermost transaction block. Where that is the whole transaction, the end of it goes
            with the same message, so that a trail costs no message at all.
    """
    made, key = uuid7(), keys_for(connection)
    given = [key(made), _moment(connection, event["at"]), event["kind"], event["looked"]]
    given += [key(event["actor_id"]), *(event[name] for name in EVENT[5:-1]), new_salt()]
    statements: list[tuple[str, list[Any]]] = [(INSERT_EVENT, given)]
    rows = [_row(key, made, line) for line in lines]
    few, many = rows[:MANY], rows[MANY:]
    if few:
        insert = INSERT_LINES + ", ".join([ONE_LINE] * len(few))
        statements.append((insert, [value for row in few for value in row]))
    if connection.vendor == "postgresql":
        end = last and not many and _ends_here(connection)
        statements = [_one_message([*statements, ("COMMIT", [])] if end else statements)]
    with connection.cursor() as cursor:
        for statement, values in statements:
            cursor.execute(statement, values)
    if many:
        add_rows(connection, "audit_line", LINE, many)
    return made


def _one_message(statements: list[tuple[str, list[Any]]]) -> tuple[str, list[Any]]:
    """If one of them fails, PostgreSQL runs none behind it."""
    return "; ".join(sql for sql, _ in statements), [value for _, values in statements for value in values]


def _ends_here(connection: Any) -> bool:
    """Whether the innermost transaction block is the whole transaction.

    Django's own commit, which follows, then finds nothing left to do, and runs what waits for it as ever.
    """
    return bool(connection.in_atomic_block and connection.commit_on_exit and not connection.savepoint_ids)


def _moment(connection: Any, at: datetime) -> Any:
    """A moment as Django's fields write it; by the shortest way, because SQLite lets nobody else write meanwhile."""
    return at if connection.vendor == "postgresql" else at.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def new_salt() -> str:
    """What makes the digest of a value say nothing about the value: it is erased with it."""
    return secrets.token_hex(16)


@lru_cache(maxsize=1_024)
def _names_written(names: tuple[str, ...]) -> str:
    """The same few fields are touched again and again."""
    return as_written(names)


def _row(key: Any, event: UUID, line: Mapping[str, Any]) -> tuple[Any, ...]:
    before, after = line["before"], line["after"]
    return (
        key(uuid7()),
        key(event),
        line["table"],
        line["object_id"],
        key(line["child_id"]),
        _names_written(tuple(line["fields"])),
        None if before is None else as_written(before),
        None if after is None else as_written(after),
        "" if before is None and after is None else new_salt(),
    )


def keys_for(connection: Any) -> Any:
    """How a key is given to the database."""
    native: bool = connection.features.has_native_uuid_field
    return lambda value: value if native or value is None else value.hex
