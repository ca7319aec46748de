"""What is read from the record of children and families."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..access.viewer import Refused, Viewer
from ..sharing.show import Sight
from .limits import free_ties
from .models import Adult, Child, Enrolment, Residence


@dataclass(frozen=True)
class ShownChild:
    """A child as one viewer may see them: each field a value or ``Withheld``."""

    id: UUID
    name: Any
    reference: Any
    born: Any
    sex: Any
    upn: Any
    address: Any
    restricted: bool


def my_children(viewer: Viewer) -> list[ShownChild]:
    """The signed-in parent's or carer's own children, youngest first."""
    children = list(Child.objects.filter(_mine(viewer)).distinct().order_by("-born", "forename"))
    return show_children(viewer, children, "my children")


def my_child(viewer: Viewer, child_id: UUID) -> Child:
    """One of the signed-in parent's own children.

    Raises:
        Refused: when the child is not theirs, or does not exist: the two are answered alike.
    """
    child = Child.objects.filter(_mine(viewer), pk=child_id).first()
    if child is None:
        raise Refused("No such child for this person.")
    return child


def show_children(viewer: Viewer, children: Iterable[Child], what: str) -> list[ShownChild]:
    """Children as the viewer may see them; the look is recorded once for all of them."""
    rows = list(children)
    sight = Sight(viewer, [child.pk for child in rows])
    homes = addresses_of([child.pk for child in rows], viewer.on)
    shown = [_show(sight, child, homes.get(child.pk)) for child in rows]
    sight.record_look(what)
    return shown


def addresses_of(children: Iterable[UUID], on: date) -> dict[UUID, Residence]:
    """Where each child lives on a day: the residence that began last."""
    held = (
        Residence.objects.filter(
            Q(until__isnull=True) | Q(until__gt=on), since__lte=on, child_id__in=list(children)
        )
        .select_related("address")
        .order_by("since", "id")
    )
    return {residence.child_id: residence for residence in held}


def schools_of(children: Iterable[UUID], on: date) -> dict[UUID, list[str]]:
    """The names of the schools on whose roll each child is on a day, in one query."""
    held = (
        Enrolment.objects.filter(
            Q(until__isnull=True) | Q(until__gt=on), since__lte=on, child_id__in=list(children)
        )
        .order_by("since", "id")
        .values_list("child_id", "school__name")
    )
    found: dict[UUID, list[str]] = {}
    for child, name in held:
        found.setdefault(child, []).append(name)
    return found


def child_by_reference(viewer: Viewer, reference: str) -> UUID | None:
    """The living record with this reference, for whoever may see who it is; none as if there were none."""
    found = Child.objects.filter(
        reference__iexact=reference.strip(), merged_into__isnull=True, sealed_later__isnull=True
    ).first()
    if found is None or not Sight(viewer, [found.pk]).may_see(found.pk, "people.identity"):
        return None
    return found.pk


def address_category(residence: Residence | None) -> str:
    """The category an address falls under: a restricted one is seen by far fewer."""
    restricted = residence is not None and residence.address.restricted
    return "people.restricted_address" if restricted else "people.address"


def adult_of(viewer: Viewer) -> Adult | None:
    """The signed-in person as an adult on the record."""
    return Adult.objects.filter(user_id=viewer.user_id).first()


def _mine(viewer: Viewer) -> Q:
    ties = free_ties(viewer.on, adult__user_id=viewer.user_id)
    return Q(pk__in=ties.values("child_id"), merged_into__isnull=True)


def _show(sight: Sight, child: Child, residence: Residence | None) -> ShownChild:
    def value(category: str, what: Any) -> Any:
        return sight.value(child.pk, category, what)

    return ShownChild(
        id=child.pk,
        name=value("people.identity", str(child)),
        reference=value("people.identity", child.reference),
        born=value("people.identity", child.born),
        sex=value("people.identity", child.get_sex_display()),
        upn=value("people.identifiers", child.upn),
        address=value(address_category(residence), str(residence.address) if residence else ""),
        restricted=residence is not None and residence.address.restricted,
    )
