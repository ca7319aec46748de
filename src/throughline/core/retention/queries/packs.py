"""Subject access requests, as whoever answers them and whoever asked may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from ...access.viewer import Refused, Viewer, require
from ...audit.look import look
from ...documents.kept import whole
from ...people.limits import free_ties, half_told_ties
from ...people.models import Adult, Tie
from ...sharing.models import Override
from ...sharing.show import Sight
from ..kept import Keeping, kept_until
from ..models import Gathered, Hold, Pack
from ..packs.deciding import Judged, Word, judge, may_ask, readers_of, words_in
from .telling import as_told

DISCLOSE, OWN = "retention.disclose", "retention.own_pack"
HOLD = "retention.hold"


@dataclass(frozen=True)
class KeepingShown:
    """How long one record is kept, what holds it and what was asked of it, as far as the viewer may know."""

    keeping: Keeping | None
    holds: tuple[Hold, ...]
    packs: tuple[Pack, ...]


@dataclass(frozen=True)
class PackToRead:
    """A pack in the hands of whoever answers it."""

    pack: Pack
    items: tuple[Judged, ...] = ()
    words: tuple[Word, ...] = ()


def keeping_of(sight: Sight, child_id: UUID) -> KeepingShown:
    """For the child's page; the caller records the look."""
    viewer = sight.viewer
    holds: Any = Hold.objects.none()
    if sight.may_see(child_id, HOLD):
        holds = Hold.objects.filter(child_id=child_id).order_by("-placed_at", "-pk")
    sight.value(child_id, HOLD, holds)
    packs: Any = Pack.objects.none()
    if viewer.may(DISCLOSE):
        packs = Pack.objects.filter(child_id=child_id).select_related("adult").order_by("-opened_at", "-pk")
    found = kept_until([child_id], viewer.on).get(child_id)
    told = as_told(sight, child_id, found) if found else None
    return KeepingShown(told, tuple(holds), tuple(packs))


def hold(viewer: Viewer, hold_id: UUID) -> Hold:
    """One hold that the viewer may lift.

    Raises:
        Refused: there is none, or it is not for this viewer.
    """
    require(viewer, HOLD)
    found = Hold.objects.select_related("child").filter(pk=hold_id, lifted_at__isnull=True).first()
    if found is None:
        raise Refused("There is no such hold.")
    sight = Sight(viewer, [found.child_id])
    if not sight.may_see(found.child_id, HOLD):
        raise Refused("There is no such hold.")
    sight.value(found.child_id, HOLD, found.reason)
    sight.record_look("legal hold")
    return found


def who_may_ask(viewer: Viewer, child_id: UUID) -> list[Adult]:
    """Adults who may ask in the child's place."""
    require(viewer, DISCLOSE)
    mine: dict[str, Any] = {"child_id": child_id, "parental_responsibility": True}
    ties: Any = free_ties(viewer.on, **mine) | half_told_ties(viewer.on, **mine)
    keys = Tie.objects.filter(pk__in=ties.values("pk")).values("adult_id")
    return list(Adult.objects.filter(pk__in=keys).order_by("surname", "forename", "pk"))


def pack_to_read(viewer: Viewer, pack_id: UUID) -> PackToRead:
    """A pack with everything in it and why what is withheld is; the look is recorded.

    Whoever answers a request must read what is given and what is not: the permission says so, and so does the trail.

    Raises:
        Refused: there is none, or it is not for this viewer.
    """
    require(viewer, DISCLOSE)
    pack = Pack.objects.select_related("child", "adult", "printed", "data").filter(pk=pack_id).first()
    if pack is None:
        raise Refused("There is no such request.")
    gathered = Gathered.objects.filter(pack=pack).first()
    if gathered is None:
        look(viewer, "subject access request", [pack.child_id], ["retention.request"])
        return PackToRead(pack)
    judged = judge(pack, gathered)
    shown = {each.item["category"] for each in judged} | {"retention.request"}
    look(viewer, "subject access pack read", [pack.child_id], shown)
    return PackToRead(pack, tuple(judged), tuple(words_in(pack, gathered, judged)))


def my_packs(viewer: Viewer) -> list[Pack]:
    """What was given to this person and can still be fetched; the look is recorded."""
    packs = _mine(viewer)
    look(viewer, "what was asked for", [pack.child_id for pack in packs], ["people.identity"])
    return packs


def _mine(viewer: Viewer) -> list[Pack]:
    """An order that came since it was given keeps it back."""
    require(viewer, OWN)
    theirs = Q(adult__user_id=viewer.user_id) | Q(adult__isnull=True, child__user_id=viewer.user_id)
    rows = Pack.objects.filter(theirs, state=Pack.State.RELEASED, expires_on__gte=viewer.on)
    rows = rows.select_related("child", "printed", "data").order_by("-released_at", "-pk")
    return [pack for pack in rows if _still_theirs(pack, viewer)]


def _still_theirs(pack: Pack, viewer: Viewer) -> bool:
    """Whether they are to the child what they were when it was given, and nothing was decided against it since."""
    if pack.adult_id is not None and not may_ask(pack.child_id, pack.adult_id, viewer.on):
        return False
    decided = Override.objects.filter(
        child_id=pack.child_id,
        user_id=viewer.user_id,
        grants=False,
        state=Override.State.APPROVED,
        until__gte=viewer.on,
        decided_at__gt=pack.released_at,
    )
    return readers_of(pack).issuperset(pack.given_as) and not decided.exists()


def file_of(viewer: Viewer, pack_id: UUID, which: str) -> bytes:
    """The PDF or the data, for whoever asked or whoever answers; the look is recorded as a disclosure.

    Raises:
        Refused: there is none, its time is over, or it is not for this viewer.
    """
    if viewer.may(DISCLOSE):
        pack = Pack.objects.filter(pk=pack_id, state=Pack.State.RELEASED).first()
    else:
        pack = next((each for each in _mine(viewer) if each.pk == pack_id), None)
    file = None if pack is None else (pack.printed if which == "pdf" else pack.data)
    if pack is None or file is None:
        raise Refused("There is nothing to fetch.")
    look(viewer, "subject access pack fetched", [pack.child_id], ["retention.request"])
    return whole(file)
