"""The one place that knows how each database keeps the trail: how lines go in fast, and how changes are refused."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

TRAIL = ("audit_event", "audit_line")


def forbid_changes(connection: Any) -> None:
    """Make the database itself refuse to change or delete lines of the trail."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def allow_changes(connection: Any) -> None:
    """Lift the refusal: for tearing down a test database, never for a living one."""
    with connection.cursor() as cursor:
        for table in TRAIL:
            for act in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        made = [
            "CREATE OR REPLACE FUNCTION audit_never_changed() RETURNS trigger AS "
            "$$ BEGIN RAISE EXCEPTION 'the trail is never changed'; END $$ LANGUAGE plpgsql"
        ]
        return made + [
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION audit_never_changed()"
            for table in TRAIL
            for act in ("update", "delete")
        ]
    return [
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'the trail is never changed'); END"
        for table in TRAIL
        for act in ("update", "delete")
    ]


LINE = ("id", "event_id", '"table"', "object_id", "child_id", "fields", "before", "after")
AT_ONCE = 500


def write_lines(connection: Any, event_id: UUID, lines: Iterable[Mapping[str, Any]]) -> None:
    """Add the lines of one event.

    A bulk change leaves a line for every row, so lines go in as plain statements of many rows: building a Django object
    for each cost as much as the change itself.
    """
    native: bool = connection.features.has_native_uuid_field

    def key(value: UUID | None) -> Any:
        return value if native or value is None else value.hex

    def data(value: Any) -> str | None:
        return None if value is None else json.dumps(value)

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
