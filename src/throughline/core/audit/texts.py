"""The trail as it is sealed: each row as one text, the same on both databases. The one place that knows how each says it.

A row is its columns in order. Nothing can be moved from one column into the next unseen, nor from one row into the next:
what people typed is preceded by its length; the columns of a line, which hold names and JSON, are parted by a character
that none of them holds, and an event with more of these than its lines account for fits no seal. What may hold a person's
affairs stands in the text as its digest (``digests.py``), so that it can be disposed of and the seal still holds.

A trail of a million rows is read every night, and each step taken for a row is taken a million times: what each database
does faster than Python is left to it, and the rest is done here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from .database import keys_for
from .digests import NO_DIGEST, NO_VALUES, PARTING, event_digests, line_digest

KEY_LENGTH = 32
MOMENT = slice(KEY_LENGTH, KEY_LENGTH + 26)
"""Where an event's text says when it happened: `2026-02-03 09:00:00.000000`, in UTC."""
PARTINGS = 3
"""In each line: between its columns and before its digest."""

ROWS_AT_ONCE = 200

BETWEEN = "between"
AMONG = "among"


def event_texts(connection: Any, within: str, bounds: Sequence[UUID]) -> list[str]:
    """The text of each event in the order of keys, its key first. ``within`` is one of the ranges above."""
    moment, flag = (
        ("to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')", "looked::int::text")
        if connection.vendor == "postgresql"
        else ("substr(at || '.000000', 1, 26)", "CASE looked WHEN 0 THEN '0' WHEN 1 THEN '1' ELSE '?' END")
    )
    row = [_hex(connection, "id"), moment, flag, _hex_or_none(connection, "actor_id"), _counted("kind")]
    statement = (
        f"SELECT {' || '.join(row)}, {_counted('session')} || {_counted('address')}, "  # nosec B608
        f"actor_label, reason, salt, gone FROM audit_event WHERE {_where(within, 'id', len(bounds))}"
    )
    return sorted(
        [
            f"{fixed}{event_digests(label, reason, salt, gone)}{rest}"
            for fixed, rest, label, reason, salt, gone in _rows(connection, statement, bounds)
        ]
    )


def line_texts(connection: Any, within: str, bounds: Sequence[UUID]) -> list[str]:
    """The text of each line of those events in the order of both keys, that of its event first."""
    parting = _parting(connection)
    row = [_hex(connection, "event_id"), _hex(connection, "id"), _hex_or_none(connection, "child_id")]
    row.append(f" || {parting} || ".join(('"table"', "object_id", "fields", "''")))
    statement = (
        f"SELECT {' || '.join(row)}, before, after, salt, gone "  # nosec B608
        f"FROM audit_line WHERE {_where(within, 'event_id', len(bounds))}"
    )
    # Sorted here: they come nearly so, which costs Python next to nothing, and a database a good deal.
    return sorted(
        [
            fixed + NO_VALUES
            if before is None and after is None and gone is None
            else fixed + line_digest(before, after, salt, gone)
            for fixed, before, after, salt, gone in _rows(connection, statement, bounds)
        ]
    )


def whole_texts(connection: Any, within: str, bounds: Sequence[UUID]) -> list[str]:
    """The text of each event with those of its lines."""
    events, lines = event_texts(connection, within, bounds), line_texts(connection, within, bounds)
    together = _together if _kept_apart(lines) else _marked
    whole, at, end = [], 0, len(lines)
    for text in events:
        key = text[:KEY_LENGTH]
        # Lines whose event is gone are nobody's.
        while at < end and lines[at] < key:
            at += 1
        first = at
        while at < end and lines[at].startswith(key):
            at += 1
        whole.append(text if first == at else together(text, lines[first:at]))
    return whole


def _together(event: str, lines: list[str]) -> str:
    return "\n".join((event, *lines))


def _marked(event: str, lines: list[str]) -> str:
    """Two lines made into one, with what parts them written into a column, are not what they were."""
    said = _together(event, lines)
    return said if _kept_apart(lines) else said + NO_DIGEST


def _kept_apart(lines: list[str]) -> bool:
    """Whether nothing stands between and in these lines but what belongs there."""
    said = "\n".join(lines)
    return said.count(PARTING) == PARTINGS * len(lines) and said.count("\n") == max(len(lines) - 1, 0)


def _counted(column: str) -> str:
    return f"length({column}) || ':' || {column}"


def _parting(connection: Any) -> str:
    return f"chr({ord(PARTING)})" if connection.vendor == "postgresql" else f"char({ord(PARTING)})"


def _where(within: str, column: str, count: int) -> str:
    if within == BETWEEN:
        return f"{column} > %s AND {column} <= %s"
    return f"{column} IN ({', '.join(['%s'] * count)})"


def _rows(connection: Any, statement: str, bounds: Sequence[UUID]) -> Iterator[tuple[Any, ...]]:
    """A few at a time: rows that pile up are looked through for what could be thrown away, again and again."""
    key = keys_for(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, [key(bound) for bound in bounds])
        while some := cursor.fetchmany(ROWS_AT_ONCE):
            yield from some


def _hex(connection: Any, column: str) -> str:
    """A key as 32 letters."""
    return f"encode(uuid_send({column}), 'hex')" if connection.vendor == "postgresql" else column


def _hex_or_none(connection: Any, column: str) -> str:
    """A key as 32 letters, or `-`. SQLite would keep anything in such a column: what is no key is said to be none."""
    if connection.vendor == "postgresql":
        return f"coalesce({_hex(connection, column)}, '-')"
    is_key = f"length({column}) = {KEY_LENGTH} AND {column} BETWEEN '0' AND 'g'"
    return f"CASE WHEN {column} IS NULL THEN '-' WHEN {is_key} THEN {column} ELSE '?' END"
