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
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from .actor import Actor, origin
from .database import write_lines

HIDDEN_FROM_TRAIL = frozenset({"password"})
BATCH = 2_000


class WrittenOutsideChange(RuntimeError):
    """Something tried to write a guarded row without saying who is doing it and what it is."""


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
        self.lines.append(
            {
                "table": row._meta.label_lower,
                "object_id": str(row.pk),
                "child_id": child_of(row),
                "fields": sorted(fields),
                "before": before,
                "after": after,
            }
        )


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
        _leave_trail(opened)


def child_of(row: models.Model) -> UUID | None:
    """The child a row is about, if its table says which field tells."""
    name = getattr(type(row), "child_field", "")
    value = getattr(row, name, None) if name else None
    return value if isinstance(value, UUID) else None


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as the trail keeps them: JSON, secrets left out."""
    kept = {k: ("(not kept)" if k in HIDDEN_FROM_TRAIL else _printable(v)) for k, v in values.items()}
    return json.loads(json.dumps(kept, cls=DjangoJSONEncoder))


def _printable(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return f"({len(value)} bytes)"
    return value.pk if isinstance(value, models.Model) else value


def _leave_trail(done: Change) -> None:
    # The trail's own tables are asked for by name because they are built on this module.
    if not done.lines:
        return
    event_table: Any = apps.get_model("audit", "Event")
    event = event_table.append(
        kind=done.kind,
        actor_id=done.by.actor_id,
        actor_label=done.by.actor_label,
        reason=done.reason,
        session=origin().session,
        address=origin().address,
    )
    write_lines(connection, event.pk, done.lines)
