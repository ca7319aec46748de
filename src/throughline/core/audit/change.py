"""The door through which everything is written.

``with change("offer accepted", by=viewer):`` opens a transaction; every guarded row touched inside is recorded, with
what it was before and what it became, in the same transaction. Outside, a guarded row cannot be written at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from .actor import Actor, origin
from .columns import as_written
from .database import write_event

HIDDEN_FROM_TRAIL = frozenset({"password"})
BATCH = 2_000


class WrittenOutsideChange(RuntimeError):
    """Something tried to write a guarded row without saying who is doing it and what it is."""


class Row(NamedTuple):
    """A row by its table's name, its key, and the child it is about."""

    table: str
    key: Any
    child: UUID | None


@dataclass
class Change:
    """One act in progress: the lines it will leave in the trail."""

    kind: str
    by: Actor
    reason: str = ""
    lines: list[dict[str, Any]] = field(default_factory=list)

    def record(
        self,
        row: models.Model,
        fields: Iterable[str],
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
    ) -> None:
        about = Row(row._meta.label_lower, row.pk, child_of(row))
        self.record_of(about, fields, before, after)

    def record_of(
        self,
        row: Row,
        fields: Iterable[str],
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
    ) -> None:
        """The same of a row of which only the key is at hand."""
        line = line_about(row.table, row.key, row.child, sorted(fields))
        line["before"], line["after"] = before, after
        self.lines.append(line)


_open: ContextVar[tuple[Change, ...]] = ContextVar("open_changes", default=())


def current() -> Change:
    """The innermost change that is open.

    Raises:
        WrittenOutsideChange: when there is none.
    """
    changes = _open.get()
    if not changes:
        raise WrittenOutsideChange("Nothing may be written outside `with change(KIND, by=...)`.")
    return changes[-1]


@contextmanager
def change(kind: str, *, by: Actor, reason: str = "") -> Iterator[Change]:
    """Open a transaction in which guarded rows may be written, and leave its trail when it closes.

    Args:
        kind: what is done, as a short phrase: it names the act in the trail.
        by: who does it.
        reason: why, where a reason is asked for.
    """
    with transaction.atomic():
        opened = Change(kind, by, reason)
        token = _open.set((*_open.get(), opened))
        try:
            yield opened
        finally:
            _open.reset(token)
        if opened.lines:
            leave(kind, by=by, lines=opened.lines, reason=reason, last=True)


def child_of(row: models.Model) -> UUID | None:
    """The child a row is about, if its table says which field tells."""
    name = getattr(type(row), "child_field", "")
    value = getattr(row, name, None) if name else None
    return value if isinstance(value, UUID) else None


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as the trail keeps them: JSON, secrets left out."""
    return {k: ("(not kept)" if k in HIDDEN_FROM_TRAIL else _printable(v)) for k, v in values.items()}


def _printable(value: Any) -> Any:
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, bytes | memoryview):
        return f"({len(value)} bytes)"
    # Through its text, so that what is a list now cannot become another before it is stored.
    return json.loads(as_written(value.pk if isinstance(value, models.Model) else value))


def leave(
    kind: str,
    *,
    by: Actor,
    lines: list[dict[str, Any]],
    looked: bool = False,
    reason: str = "",
    last: bool = False,
) -> UUID:
    """Put an event and its lines into the trail, in the caller's transaction.

    Args:
        last: nothing follows in the innermost transaction block, so that its end can go with the event.
    """
    whence = origin()
    event = {
        "at": timezone.now(),
        "kind": kind,
        "looked": looked,
        "actor_id": by.actor_id,
        "actor_label": by.actor_label,
        "reason": reason,
        "session": whence.session,
        "address": whence.address,
    }
    return write_event(connection, event, lines, last=last)


def line_about(
    table: str, object_id: Any, child_id: UUID | None = None, fields: Iterable[str] = ()
) -> dict[str, Any]:
    """A line that names a row and holds no values."""
    return {
        "table": table,
        "object_id": str(object_id),
        "child_id": child_id,
        "fields": list(fields),
        "before": None,
        "after": None,
    }
