"""Disposing again, after a restored backup, of what the log of disposals says is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction

from ..audit.actor import Actor
from ..audit.change import change
from ..documents.forgetting import hashes_of
from ..people.models import Child
from ..people.tables_about import rows_of
from .disposal_log import Logged, read_log, write_missing
from .executing import forget
from .models import Certificate, Disposal
from .reach import HangsTogether, Reach, reach_of, reach_of_part
from .removing import forget_in_trail, take_out

BATCH = 400


@dataclass
class Replayed:
    """What was disposed of again, which certificates alone were missing, and what could not be done and why."""

    again: list[str] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)


def undone() -> list[Logged]:
    """Disposals that the log knows, the database does not, and whose record or rows are here: it was restored.

    A few queries, however long the log: it is asked before anything is served.
    """
    missing = _missing()
    here = _here(missing)
    return [entry for entry in missing if here(entry)]


def replay(*, by: Actor, say: Callable[[int, int], None] = lambda _done, _all: None) -> Replayed:
    """Dispose again of everything the log knows and this database does not, each in a transaction of its own.

    A hold does not stop it: what comes back had gone already, after two people had said so, and the hold that the backup
    knows had been lifted before. Stopped half-way, the next run goes on. Certificates come back as they were.
    """
    missing, done = _missing(), Replayed()
    here = _here(missing)
    for number, entry in enumerate(missing):
        say(number, len(missing))
        was_here = here(entry)
        try:
            row = _again(by, entry)
        except HangsTogether as tangled:
            done.left[entry.certificate] = str(tangled)
            continue
        forget(by=by, row=row)
        (done.again if was_here else done.proofs).append(entry.certificate)
    write_missing()
    return done


def _missing() -> list[Logged]:
    entries = read_log().entries
    if not entries:
        return []
    known = set(Certificate.objects.values_list("reference", flat=True))
    return [entry for entry in entries if entry.certificate not in known]


def _again(by: Actor, entry: Logged) -> Disposal:
    with transaction.atomic():
        reach = _reach(entry)
        with change("disposal made again after a restore", by=by):
            row = _as_it_was(entry, hashes_of(reach.rows))
            taken = take_out(reach, row)
        forget_in_trail(by=by, taken=taken, certificate=entry.certificate)
    return row


def _reach(entry: Logged) -> Reach:
    if not entry.part:
        return reach_of(*entry.children)
    # Before a merge that the backup does not know, the rows may lie on another record than the one named.
    children = {UUID(entry.record)}
    for model, keys in _tables(entry.rows):
        column = getattr(model, "child_field", "")
        if column:
            children |= set(rows_of(model).filter(pk__in=keys).values_list(column, flat=True))
    return reach_of_part(children - {None}, entry.rows)


def _as_it_was(entry: Logged, files: list[str]) -> Disposal:
    """The certificate word for word, and the disposal as done; another one for the same record cannot go on."""
    certificate = Certificate.append(
        reference=entry.certificate,
        at=datetime.fromisoformat(entry.at),
        proposed_by=entry.proposed_by,
        approved_by=entry.approved_by,
        retention=entry.retention,
        part=entry.part,
        counts=entry.counts,
        digest=entry.digest,
    )
    live = (Disposal.State.PROPOSED, Disposal.State.APPROVED)
    same = Disposal.objects.filter(record_key=entry.record, part=entry.part, state__in=live)
    same.exclude(pk=entry.disposal).update(state=Disposal.State.STOPPED, decided_because="no record")
    row: Disposal
    row, _new = Disposal.objects.update_or_create(
        pk=UUID(entry.disposal),
        defaults={
            "record_key": UUID(entry.record),
            "part": entry.part,
            "rows": entry.rows,
            "state": Disposal.State.DONE,
            "due": date.fromisoformat(entry.due),
            "classes": entry.retention,
            "proposed_by": entry.proposed_by,
            "decided_by": entry.approved_by,
            "certificate": certificate,
            "files": files,
        },
    )
    return row


def _here(entries: Iterable[Logged]) -> Callable[[Logged], bool]:
    """Whether anything of a disposal is in the database."""
    wanted: dict[Any, set[UUID]] = {Child: set()}
    for entry in entries:
        if not entry.part:
            wanted[Child] |= set(entry.children)
        else:
            for model, keys in _tables(entry.rows):
                wanted.setdefault(model, set()).update(keys)
    there: set[UUID] = set()
    for model, named in wanted.items():
        rest = sorted(named)
        for at in range(0, len(rest), BATCH):
            there |= set(rows_of(model).filter(pk__in=rest[at : at + BATCH]).values_list("pk", flat=True))

    def here(entry: Logged) -> bool:
        if not entry.part:
            return not there.isdisjoint(entry.children)
        return any(not there.isdisjoint(keys) for _model, keys in _tables(entry.rows))

    return here


def _tables(rows: dict[str, list[str]]) -> Iterable[tuple[Any, list[UUID]]]:
    """The tables that are installed, with keys; a module that was taken out has no rows here."""
    for label, keys in rows.items():
        try:
            yield apps.get_model(label), [UUID(key) for key in keys]
        except LookupError:
            continue
