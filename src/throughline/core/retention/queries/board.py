"""Records that need not be kept any longer, disposals under way, and certificates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ...access.viewer import Refused, Viewer, require
from ...people.models import Child
from ...registry.assembly import installed
from ...sharing.show import Sight
from ..kept import Keeping, kept_until
from ..models import Certificate, Disposal
from ..periods import Period, in_force
from .telling import as_told, hidden_classes

SEE, PROPOSE = "retention.see", "retention.propose"
IDENTITY = "people.identity"
ALIVE = (Disposal.State.PROPOSED, Disposal.State.APPROVED)


@dataclass(frozen=True)
class DueShown:
    """A record that is old enough to be looked at: whose, until when it is kept, and whether it is due."""

    child_id: UUID
    name: Any
    born: Any
    keeping: Keeping
    due: bool
    proposed: bool


@dataclass(frozen=True)
class DisposalShown:
    """A disposal with the name of whose record it is about, while there is one and the reader may see it.

    ``may_know`` says whether the reader may know which part of the record goes; ``classes`` are those of the disposal that
    they may know to apply.
    """

    row: Disposal
    name: Any
    may_know: bool = True
    classes: tuple[str, ...] = ()


def periods(viewer: Viewer) -> list[Period]:
    """How long each kind of record is kept today."""
    require(viewer, SEE)
    return list(in_force(viewer.on).values())


def old_records(viewer: Viewer) -> QuerySet[Child]:
    """Records older than the shortest period of a whole record, oldest first: candidates, to be cut into pages."""
    require(viewer, PROPOSE)
    years = in_force(viewer.on)["main"].years
    try:
        born_before = viewer.on.replace(year=viewer.on.year - years)
    except ValueError:
        born_before = date(viewer.on.year - years, 2, 28)
    # An earlier identity that was sealed stands in no list: beside the record of today it would tell who is who.
    rows: QuerySet[Child] = Child.objects.filter(
        merged_into__isnull=True, sealed_later__isnull=True, born__lt=born_before
    )
    return rows.order_by("born", "pk")


def show_old(viewer: Viewer, children: Iterable[Child]) -> list[DueShown]:
    """One page of them, in a fixed number of queries; the look is recorded."""
    rows = list(children)
    keys = [row.pk for row in rows]
    kept, sight = kept_until(keys, viewer.on), Sight(viewer, keys)
    waiting = set(
        Disposal.objects.filter(record_key__in=keys, part="", state__in=ALIVE).values_list(
            "record_key", flat=True
        )
    )
    shown = [
        DueShown(
            row.pk,
            sight.value(row.pk, IDENTITY, str(row)),
            sight.value(row.pk, IDENTITY, row.born),
            as_told(sight, row.pk, kept[row.pk]),
            kept[row.pk].is_due(viewer.on) and row.pk not in waiting,
            row.pk in waiting,
        )
        for row in rows
    ]
    sight.record_look("records that need not be kept")
    return shown


def disposals(viewer: Viewer) -> QuerySet[Disposal]:
    """Every disposal, the latest first."""
    require(viewer, SEE)
    return Disposal.objects.select_related("certificate").order_by("-proposed_at", "-pk")


def waiting_for(viewer: Viewer) -> int:
    """How many disposals wait for this person's decision: nobody decides on what they proposed."""
    if not (viewer.may(SEE) and viewer.may("retention.approve")):
        return 0
    proposed = Disposal.objects.filter(state=Disposal.State.PROPOSED)
    return proposed.count() - proposed.filter(proposed_by_id=viewer.user_id).count()


def show_disposals(viewer: Viewer, rows: Sequence[Disposal]) -> list[DisposalShown]:
    """With names, where the record is still there and the viewer may see whose it is; the look is recorded."""
    children = {row.pk: row for row in Child.objects.filter(pk__in=[row.record_key for row in rows])}
    sight = Sight(viewer, children)
    shown = [
        DisposalShown(
            row,
            sight.value(row.record_key, IDENTITY, str(children[row.record_key]))
            if row.record_key in children
            else None,
            row.record_key not in children or _may_know_part(sight, row),
            _classes(sight, row) if row.record_key in children else tuple(row.classes),
        )
        for row in rows
    ]
    sight.record_look("disposals")
    return shown


def _may_know_part(sight: Sight, row: Disposal) -> bool:
    part = installed().parts.get(row.part)
    return part is None or sight.may_know(row.record_key, part.category)


def _classes(sight: Sight, row: Disposal) -> tuple[str, ...]:
    hidden = hidden_classes(sight, row.record_key, row.classes)
    return tuple(code for code in row.classes if code not in hidden)


def disposal(viewer: Viewer, disposal_id: UUID) -> DisposalShown:
    """One disposal.

    Raises:
        Refused: there is none, or it is not for this viewer.
    """
    row = disposals(viewer).filter(pk=disposal_id).first()
    if row is None:
        raise Refused("There is no such disposal.")
    return show_disposals(viewer, [row])[0]


def certificates(viewer: Viewer) -> QuerySet[Certificate]:
    """Every certificate, the latest first. They name nobody."""
    require(viewer, SEE)
    return Certificate.objects.order_by("-at", "-pk")


def certificates_since(viewer: Viewer, day: date) -> int:
    """How many there are from after a day on."""
    found: int = certificates(viewer).filter(at__date__gt=day).count()
    return found


def certificate(viewer: Viewer, reference: str) -> Certificate:
    """One certificate.

    Raises:
        Refused: there is none, or it is not for this viewer.
    """
    found = certificates(viewer).filter(reference=reference).first()
    if found is None:
        raise Refused("There is no such certificate.")
    return found


def certificates_not_in(known: set[str]) -> int:
    """How many disposals are done whose certificate is not among these: what the log outside the database lacks."""
    rows = Disposal.objects.filter(certificate__isnull=False)
    return len(set(rows.values_list("certificate__reference", flat=True)) - known)
