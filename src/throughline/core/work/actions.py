"""Asking for work to be done in the background."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import timezone

from ..audit.actor import Actor
from ..audit.tables import new_key
from ..registry.assembly import installed
from .models import Piece
from .tasks import run_piece

# Whoever asks is given the piece to follow, and may name its type.
__all__ = ["Piece", "UnknownJob", "ask"]

LIVE = (Piece.State.WAITING, Piece.State.RUNNING)
TRIES = 5


class UnknownJob(LookupError):
    """Nobody declares a job of that code."""


def ask(
    *,
    by: Actor,
    job: str,
    arguments: Mapping[str, Any],
    key: str = "",
    note: str = "",
    not_before: datetime | None = None,
) -> Piece:
    """Queue a piece of work in the caller's transaction: if that is rolled back, nothing was asked.

    The action that calls this has asked permission for what the job will do; the job acts in the name of ``by``.

    Args:
        by: who asks. They can follow the piece; the trail names them for what the job writes.
        job: the code of a declared job. **It must be idempotent**: it may be run more than once.
        arguments: what the job is called with. Identifiers and settings, nothing about a person. Keys and dates
            arrive as text, because they are kept as JSON.
        key: while a piece with this key waits or runs, it is returned and nothing new is queued. Keep such a
            transaction short: on PostgreSQL another asking for the same key waits for its end.
        note: what the progress page says until the job says something itself.
        not_before: the earliest time to start; at once unless told.

    Raises:
        UnknownJob: with the nearest code that is declared.
        TypeError: when an argument cannot be kept as JSON.
    """
    _require_declared(job)
    kept = json.loads(json.dumps(dict(arguments), cls=DjangoJSONEncoder))
    when = not_before or timezone.now()
    for _try in range(TRIES):
        live = _live(key)
        if live:
            return live
        try:
            with transaction.atomic():
                return _queue(by, job, kept, key, note, when)
        except IntegrityError:
            # Somebody asked with the same key in between: theirs is found on the next try.
            if not key:
                raise
    raise RuntimeError(f"The work {key!r} was asked for and finished {TRIES} times over. Nothing was queued.")


def _live(key: str) -> Piece | None:
    return Piece.objects.filter(key=key, state__in=LIVE).first() if key else None


def _queue(by: Actor, job: str, arguments: dict[str, Any], key: str, note: str, when: datetime) -> Piece:
    piece_id = new_key()
    row = run_piece.using(run_after=when).enqueue(piece_id=str(piece_id))
    return Piece.objects.create(
        id=piece_id,
        task_id=UUID(row.id),
        job=job,
        arguments=arguments,
        key=key,
        asked_by=by.actor_label[:200],
        asked_by_id=by.actor_id,
        note=note[:300],
        not_before=when,
    )


def _require_declared(job: str) -> None:
    jobs = installed().jobs
    if job not in jobs:
        near = difflib.get_close_matches(job, list(jobs), n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise UnknownJob(f"No module declares the job {job!r}.{hint} Nothing was queued.")
