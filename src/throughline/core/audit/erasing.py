"""The one way in which values leave the trail: under a certificate, with their digests kept and the act recorded.

The seals cover digests, so they hold as before. What was erased under which certificate is an event of its own, with
the digest of the list: whoever erases without it is found by ``verify``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, Model, OuterRef, Q

from .actor import Actor
from .change import leave, line_about
from .digests import column_digest, line_digest, without_salt
from .models import Event, Line
from .raw import raw_text

ERASURE = "audit.erasure"
BATCH = 400


@dataclass(frozen=True)
class Erased:
    """How many lines lost their values, and how many events a reason or a name."""

    lines: int
    events: int


def erase_values(
    *,
    by: Actor,
    certificate: str,
    children: Iterable[UUID],
    rows: Iterable[str] = (),
    actors: Iterable[UUID] = (),
) -> Erased:
    """Erase what the trail says about children, rows and people who are disposed of, in the caller's transaction.

    That something was done, when, to which row and by which account stays; what was written does not.

    Args:
        certificate: its reference, which each emptied row names.
        children: everything said of rows about them, and reasons given for acts about them alone.
        rows: keys of other rows that go with them.
        actors: accounts that go with them: their names as those who acted.
    """
    about, named = list(children), list(rows)
    with transaction.atomic():
        lines = _erase_lines(certificate, _lines_of(about, named))
        events = _erase_events(certificate, "reason", _events_only_about(about, named))
        for actor in actors:
            events += _erase_events(
                certificate, "actor_label", Event.objects.filter(actor_id=actor).exclude(actor_label="")
            )
            events += _erase_events(
                certificate, "reason", Event.objects.filter(actor_id=actor).exclude(reason="")
            )
        said = {"lines": len(lines), "events": len(events), "digest": digest_of([*lines, *events])}
        line = line_about(ERASURE, certificate)
        leave("values disposed of", by=by, lines=[line | {"after": said}])
    return Erased(len(lines), len(events))


def digest_of(names: Iterable[str]) -> str:
    """The digest of a list of erased values, whatever their order."""
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()


def erased_without_certificate() -> list[UUID]:
    """Events that lost values under no certificate, or under one whose act says something else."""
    found: dict[str, list[str]] = {}
    events: dict[str, set[UUID]] = {}
    emptied = Line.objects.filter(gone__isnull=False).values_list("pk", "event_id", "gone").iterator()
    for pk, event, gone in emptied:
        _note(found, events, _reference(gone, "values"), f"{pk.hex}", event)
    for pk, gone in Event.objects.filter(gone__isnull=False).values_list("pk", "gone").iterator():
        for column in gone:
            _note(found, events, _reference(gone, column), f"{pk.hex} {column}", pk)
    told = {
        line.object_id: line.after or {}
        for line in Line.objects.filter(table=ERASURE, object_id__in=list(found))
    }
    wrong = [ref for ref, names in found.items() if told.get(ref, {}).get("digest") != digest_of(names)]
    return sorted({event for ref in wrong for event in events[ref]})


def _note(
    found: dict[str, list[str]], events: dict[str, set[UUID]], reference: str, name: str, event: UUID
) -> None:
    found.setdefault(reference, []).append(name)
    events.setdefault(reference, set()).add(event)


def _reference(gone: Any, column: str) -> str:
    held = gone.get(column) if isinstance(gone, dict) else None
    return str(held[0]) if isinstance(held, list) and held else ""


def _lines_of(children: Sequence[UUID], rows: Sequence[str]) -> list[UUID]:
    # Lines of acts that hold no values are marked too, so that a reason given for several children goes with the last.
    empty = Q(before__isnull=True, after__isnull=True, event__looked=True)
    holding = Line.objects.filter(gone__isnull=True).exclude(empty)
    keys = set(holding.filter(child_id__in=children).values_list("pk", flat=True))
    for at in range(0, len(rows), BATCH):
        keys |= set(holding.filter(object_id__in=rows[at : at + BATCH]).values_list("pk", flat=True))
    return sorted(keys)


def _events_only_about(children: Sequence[UUID], rows: Sequence[str]) -> Any:
    """Events that give a reason and touch no other child: a school that was touched beside does not keep the reason."""
    theirs = Q(child_id__in=children)
    for at in range(0, len(rows), BATCH):
        theirs |= Q(object_id__in=rows[at : at + BATCH])
    lines = Line.objects.filter(event=OuterRef("pk"))
    others = lines.filter(gone__isnull=True, child_id__isnull=False).exclude(child_id__in=children)
    return Event.objects.exclude(reason="").filter(Exists(lines.filter(theirs)), ~Exists(others))


def _erase_lines(certificate: str, keys: Sequence[UUID]) -> list[str]:
    for at in range(0, len(keys), BATCH):
        part = Line.objects.filter(pk__in=keys[at : at + BATCH])
        texts = part.values_list("pk", raw_text("before"), raw_text("after"), "salt")
        for pk, before, after, salt in list(texts):
            _empty(
                "audit_line",
                pk,
                {
                    "before": None,
                    "after": None,
                    "salt": "",
                    "gone": {"values": [certificate, line_digest(before, after, salt, None)]},
                },
            )
    return [key.hex for key in keys]


def _erase_events(certificate: str, column: str, events: Any) -> list[str]:
    rows = list(events.values_list("pk", column, "salt", "gone"))
    for pk, value, salt, gone in rows:
        kept = {**(gone or {}), column: [certificate, column_digest(column, value, salt, None)]}
        _empty("audit_event", pk, {column: "", "salt": without_salt(column, salt), "gone": kept})
    return [f"{pk.hex} {column}" for pk, *_ in rows]


def _empty(table: str, key: UUID, values: dict[str, Any]) -> None:
    """The database lets exactly this through: values emptied, and the row saying under which certificate."""
    given = [json.dumps(value) if isinstance(value, dict) else value for value in values.values()]
    pk = key if connection.features.has_native_uuid_field else key.hex
    places = ", ".join(f"{column} = %s" for column in values)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {places} WHERE id = %s", [*given, pk])  # nosec B608


def remove_rows(model: type[Model], keys: Sequence[Any]) -> int:
    """Take rows out of any table without a trace of what they held: the certificate says how many went.

    This is the only way in which rows that are never changed go. Only a disposal calls it, inside its transaction.
    """
    for at in range(0, len(keys), BATCH):
        model._base_manager.filter(pk__in=keys[at : at + BATCH])._raw_delete(connection.alias)
    return len(keys)
