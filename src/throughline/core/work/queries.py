"""Reading the work: a person sees what they asked for; whoever may see all work sees all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from ..audit.actor import Actor
from ..registry.assembly import installed
from .models import Piece, WorkerSign
from .wording import SAYS, TRIED_AGAIN, UNKNOWN_JOB, Text

SEE_ALL = "work.see"
ASK_AGAIN_SECONDS = 2


@dataclass(frozen=True)
class ProgressShown:
    """Everything a page needs to show how far a piece is. ``percent`` is None while the total is not known."""

    piece_id: UUID
    label: Text
    state: str
    says: Text
    note: str
    done: int
    total: int
    percent: int | None
    ended: bool
    failed: bool
    asked_at: datetime
    ended_at: datetime | None
    refresh_after: int
    """Seconds after which to ask again; 0 when it has ended."""


def piece(viewer: Actor, piece_id: UUID) -> Piece | None:
    """A piece of work, or None when there is none or it is not for this viewer: the answers do not differ."""
    return _reachable(viewer).filter(pk=piece_id).first()


def pieces(viewer: Actor, *, job: str = "", limit: int = 50) -> list[Piece]:
    """The latest pieces first."""
    found = _reachable(viewer).order_by("-asked_at", "-pk")
    return list((found.filter(job=job) if job else found)[:limit])


def progress_of(piece: Piece) -> ProgressShown:
    """A piece, ready for a page."""
    job = installed().jobs.get(piece.job)
    ended = piece.state in (Piece.State.DONE, Piece.State.FAILED)
    return ProgressShown(
        piece_id=piece.pk,
        label=job.label if job else UNKNOWN_JOB,
        state=piece.state,
        says=_says(piece),
        note=piece.note,
        done=piece.done,
        total=piece.total,
        percent=min(100, piece.done * 100 // piece.total) if piece.total else None,
        ended=ended,
        failed=piece.state == Piece.State.FAILED,
        asked_at=piece.asked_at,
        ended_at=piece.ended_at,
        refresh_after=0 if ended else ASK_AGAIN_SECONDS,
    )


def last_heard() -> datetime | None:
    """When any worker that has not stopped was last heard from; None when none is running."""
    signs = WorkerSign.objects.filter(stopped_at__isnull=True).order_by("-heard_at")
    return signs.values_list("heard_at", flat=True).first()


def waiting_since() -> datetime | None:
    """The time at which the longest waiting piece was due to start; None when nothing waits."""
    waiting = Piece.objects.filter(state=Piece.State.WAITING).order_by("not_before")
    return waiting.values_list("not_before", flat=True).first()


def failed_since(moment: datetime) -> int:
    """How many pieces were given up on since then."""
    return Piece.objects.filter(state=Piece.State.FAILED, ended_at__gte=moment).count()


def _reachable(viewer: Actor) -> QuerySet[Piece]:
    if viewer.may(SEE_ALL):
        return Piece.objects.all()
    if viewer.actor_id is None:
        return Piece.objects.none()
    return Piece.objects.filter(Q(asked_by_id=viewer.actor_id))


def _says(piece: Piece) -> Text:
    if piece.refusal:
        return piece.refusal
    if piece.state == Piece.State.WAITING and piece.attempt:
        return TRIED_AGAIN
    return SAYS[piece.state]
