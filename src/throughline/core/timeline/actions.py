"""Adding lines to a child's story. Called by the action whose doing it tells, inside that action's change."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ..audit.actor import Actor
from ..audit.change import BATCH
from ..audit.tables import new_key
from ..registry.assembly import installed
from .models import Entry


class UnknownEntry(LookupError):
    """No module declares a line of that kind."""


@dataclass(frozen=True)
class Told:
    """A line to be added. ``facts`` fill the places in the kind's sentence: words and dates, as text."""

    child_id: UUID
    kind: str
    on: date
    facts: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    about: str = ""
    about_id: UUID | None = None
    corrects: UUID | None = None
    key: str = ""


def tell(*, by: Actor, lines: Iterable[Told]) -> int:
    """Add lines in the caller's transaction; those whose key exists are left as they are. Returns how many were new.

    Raises:
        UnknownEntry: with the nearest kind that is declared.
    """
    wanted = {line.key or f"{line.kind}:{new_key()}": line for line in lines}
    for line in wanted.values():
        _require_declared(line.kind)
    keys = list(wanted)
    for at in range(0, len(keys), BATCH):
        known = Entry.objects.filter(key__in=keys[at : at + BATCH]).values_list("key", flat=True)
        for key in known:
            del wanted[key]
    Entry.append_all([_row(by, key, line) for key, line in wanted.items()])
    return len(wanted)


def _row(by: Actor, key: str, line: Told) -> Entry:
    return Entry(
        child_id=line.child_id,
        on=line.on,
        kind=line.kind,
        facts={name: _plain(value) for name, value in line.facts.items()},
        source=line.source or by.actor_label[:120],
        about=line.about,
        about_id=line.about_id,
        corrects=line.corrects,
        written_by=by.actor_label[:200],
        written_by_id=by.actor_id,
        key=key,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value if isinstance(value, int) else str(value)


def _require_declared(kind: str) -> None:
    kinds = installed().entries
    if kind not in kinds:
        near = difflib.get_close_matches(kind, list(kinds), n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise UnknownEntry(f"No module declares the line {kind!r}.{hint} Nothing was added.")
