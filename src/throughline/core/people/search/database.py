"""The one place that knows how each database looks things up fast: beginnings of words, and membership in a long list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

Condition = tuple[str, list[Any]]
"""A piece of SQL that is true or not of a row, with its values."""

# Sorts after every letter there is in a name.
_LAST = "\U0010ffff"


def begins(column: str, start: str) -> Condition:
    """Whether a column begins with a text, in the form for which the database uses an index."""
    if connection.vendor == "postgresql":
        escaped = start.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        return f"{column} LIKE %s", [escaped + "%"]
    return f"({column} >= %s AND {column} < %s)", [start, start + _LAST]


def among(column: str, keys: Iterable[Any]) -> Condition:
    """Whether a column of keys is one of these, however many they are: they travel as one value.

    Keys may be as Python has them or as the database gave them.
    """
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", [list(keys)]
    one_value = json.dumps([key.hex if isinstance(key, UUID) else key for key in keys])
    return f"{column} IN (SELECT value FROM json_each(%s))", [one_value]  # nosec B608


def one_of(column: str, values: Iterable[Any]) -> Condition:
    """Whether a column is one of a few values."""
    few = sorted(set(values))
    return f"{column} IN ({', '.join(['%s'] * len(few))})", [_stored(value) for value in few]


def both(*conditions: Condition) -> Condition:
    """Whether all of the conditions hold."""
    return (
        " AND ".join(sql for sql, _ in conditions),
        [value for _, values in conditions for value in values],
    )


def inside(column: str, question: str, condition: Condition) -> Condition:
    """Whether a column is among the answers to another question, which ends with a condition."""
    sql, values = condition
    return f"{column} IN ({question} {sql})", values


def rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a question."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def key_of(value: Any) -> UUID:
    """A key as Python has it."""
    return value if isinstance(value, UUID) else UUID(hex=value)


def day_of(value: Any) -> date:
    """A day as Python has it."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def _stored(value: Any) -> Any:
    """A value as the database keeps it: SQLite has no type for days."""
    if isinstance(value, date) and connection.vendor != "postgresql":
        return value.isoformat()
    return value


def add_slips(rows: Sequence[tuple[str, str]]) -> None:
    """Add words under each of their slips; those that somebody has added meanwhile are left as they are."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO people_nameslip (slip, word) SELECT * FROM unnest(%s::text[], %s::text[]) "
                "ON CONFLICT DO NOTHING",
                [[slip for slip, _ in rows], [word for _, word in rows]],
            )
        else:
            cursor.executemany(
                "INSERT INTO people_nameslip (slip, word) VALUES (%s, %s) ON CONFLICT DO NOTHING", rows
            )
