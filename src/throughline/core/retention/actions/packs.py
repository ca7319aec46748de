"""A subject access request: opened in one act, read by a person, given once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.rules.subject_access.clock import due_on

from ...access.viewer import Viewer
from ...audit.actor import Actor, Refused, require
from ...audit.change import change
from ...documents.forgetting import forget_files
from ...documents.kept import take_in
from ...documents.models import KeptFile
from ...people.models import Child
from ...sharing.queries.looks import Looks, who_looked
from ...sharing.show import Sight
from ...work.actions import ask
from ..models import Gathered, Hold, Pack
from ..packs.answering import data, instead, printed
from ..packs.deciding import given, may_ask, readers_of
from ..packs.gathering import gather
from ..packs.others import others_on_record

DISCLOSE = "retention.disclose"
FETCHED_WITHIN = timedelta(days=30)
OPEN = (Pack.State.GATHERING, Pack.State.REVIEW)


class CannotOpen(ValueError):
    """No pack can be made so; ``problem`` says why, as a code."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class ChangedMeanwhile(Exception):
    """Somebody else decided something in this pack in between. Nothing was changed."""


def open_pack(*, by: Actor, child_id: UUID, adult_id: UUID | None, received_on: date, identity: str) -> Pack:
    """Open a request: the record is held, and the worker gathers what there is.

    Args:
        adult_id: the parent who asks in the child's place; none when the child asks.
        identity: how it was made certain who asks.

    Raises:
        Refused: there is no such child, or this person may not.
        CannotOpen: the adult may not ask in the child's place, or a request is open.
    """
    require(by, DISCLOSE)
    if not Child.objects.filter(pk=child_id, merged_into__isnull=True).exists():
        raise Refused("There is no such child.")
    if adult_id and not may_ask(child_id, adult_id, received_on):
        raise CannotOpen("adult")
    try:
        with change("subject access request opened", by=by):
            hold = Hold.objects.create(
                child_id=child_id,
                reason=_("A subject access request is being answered."),
                placed_by=by.actor_label,
            )
            pack = Pack.objects.create(
                child_id=child_id,
                adult_id=adult_id,
                hold=hold,
                received_on=received_on,
                due_on=due_on(received_on),
                identity_checked=identity,
                opened_by=by.actor_label,
            )
            ask(by=by, job="retention.gather", arguments={"pack": pack.pk}, key=f"gather:{pack.pk}")
    except IntegrityError as twice:
        raise CannotOpen("open already") from twice
    return pack


def gather_into(*, by: Actor, pack_id: UUID) -> None:
    """Gather for a pack that waits for it. Again gathers anew; decisions already made stand."""
    pack = Pack.objects.filter(pk=pack_id, state__in=OPEN).first()
    if pack is None:
        return
    others = others_on_record(pack.child_id, pack.adult_id)
    with change("record gathered for a subject access request", by=by):
        Gathered.objects.update_or_create(
            pack=pack,
            defaults={
                "items": gather(pack.child_id),
                "names": sorted(others.words),
                "exact": list(others.exact),
            },
        )
        Pack.objects.filter(pk=pack_id, state=Pack.State.GATHERING).update(state=Pack.State.REVIEW)


def decide_by_hand(*, by: Actor, pack_id: UUID, edition: int, key: str, withheld: bool, because: str) -> None:
    """Withhold an item or a word, or give it after all, with a reason.

    Raises:
        Refused: there is no such pack to be read, or this person may not.
        ChangedMeanwhile: somebody else decided something since this page was opened.
    """
    require(by, DISCLOSE)
    pack = _to_read(pack_id)
    decisions = {**pack.decisions, key: {"withheld": withheld, "because": because, "by": by.actor_label}}
    with change("subject access pack read", by=by):
        done = Pack.objects.filter(pk=pack_id, edition=edition, state=Pack.State.REVIEW).update(
            decisions=decisions, edition=F("edition") + 1
        )
    if not done:
        raise ChangedMeanwhile


def release_pack(*, by: Viewer, pack_id: UUID, edition: int, author: str) -> Pack:
    """Give the pack: both files are made from what is not withheld, and the hold is lifted.

    Raises:
        Refused: there is no such pack to be given, or this person may not.
        ChangedMeanwhile: somebody decided something since this person read it.
        ValidationError: whoever asked may not ask any more, as after an order.
    """
    require(by, DISCLOSE)
    pack = _to_read(pack_id)
    if pack.adult_id and not may_ask(pack.child_id, pack.adult_id, timezone.localdate()):
        raise ValidationError(
            _("Whoever asked may no longer be told about this child. Nothing was given. Close the request.")
        )
    if pack.edition != edition:
        raise ChangedMeanwhile
    gathered = Gathered.objects.get(pack=pack)
    items, looks = given(pack, gathered, instead()), _looks(by, pack).told
    pdf, archive = printed(pack, pack.child, items, looks, author), data(items, looks)
    with change("subject access pack given", by=by):
        files = [
            take_in(name=name, content=[content], kept_for="subject_access")
            for name, content in (("what-we-hold.pdf", pdf), ("what-we-hold.zip", archive))
        ]
        for file in files:
            file.save()
        now = timezone.now()
        done = Pack.objects.filter(pk=pack_id, edition=edition, state=Pack.State.REVIEW).update(
            state=Pack.State.RELEASED,
            released_by=by.actor_label,
            released_at=now,
            given_as=sorted(readers_of(pack)),
            expires_on=timezone.localdate() + FETCHED_WITHIN,
            printed=files[0],
            data=files[1],
        )
        if not done:
            raise ChangedMeanwhile
        _lift(by, pack, _("The request was answered."))
        Gathered.objects.filter(pack=pack).delete()
    pack.refresh_from_db()
    return pack


def close_pack(*, by: Actor, pack_id: UUID, because: str) -> bool:
    """End a request without giving anything; no when it has ended already.

    Raises:
        Refused: there is no such pack, or this person may not.
    """
    require(by, DISCLOSE)
    pack = Pack.objects.filter(pk=pack_id).first()
    if pack is None:
        raise Refused("There is no such request.")
    with change("subject access request closed", by=by):
        closed = Pack.objects.filter(pk=pack_id, state__in=OPEN).update(
            state=Pack.State.CLOSED, closed_because=because
        )
        if closed:
            _lift(by, pack, because)
            Gathered.objects.filter(pack=pack).delete()
    return bool(closed)


def expire_packs(*, by: Actor) -> int:
    """Take back files whose time is over; how many packs that were. Again finds none."""
    over = list(Pack.objects.filter(state=Pack.State.RELEASED, expires_on__lt=timezone.localdate()))
    for pack in over:
        rows = KeptFile.objects.filter(pk__in=[key for key in (pack.printed_id, pack.data_id) if key])
        names = list(rows.values_list("sha256", flat=True))
        with change("subject access pack expired", by=by):
            Pack.objects.filter(pk=pack.pk).update(state=Pack.State.EXPIRED, printed=None, data=None)
            rows.delete()
            transaction.on_commit(lambda names=names: forget_files(names))  # type: ignore[misc]
    return len(over)


def _to_read(pack_id: UUID) -> Pack:
    pack = Pack.objects.select_related("child", "hold").filter(pk=pack_id, state=Pack.State.REVIEW).first()
    if pack is None:
        raise Refused("There is no such pack to be read.")
    return pack


def _lift(by: Actor, pack: Pack, because: str) -> None:
    Hold.objects.filter(pk=pack.hold_id, lifted_at__isnull=True).update(
        lifted_by=by.actor_label, lifted_at=timezone.now(), lifted_because=because
    )


def _looks(by: Viewer, pack: Pack) -> Looks:
    """Who looked, as far as whoever asked is told of it."""
    sight = Sight(by, [pack.child_id], readers=readers_of(pack))
    restricted = pack.child.residences.filter(address__restricted=True).exists()
    return who_looked(sight, pack.child_id, restricted_home=restricted)
