"""The one place that knows how each database is told to refuse changes to the trail."""

from __future__ import annotations

from typing import Any

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
