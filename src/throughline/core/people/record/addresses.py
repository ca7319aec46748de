"""Where a child lives and lived. An address that is kept from others is words here, and opened on a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ...access.viewer import Refused, Viewer
from ...alerts.actions import raise_alert
from ...sharing.show import Sight
from ..models import Residence

ADDRESS, RESTRICTED = "people.address", "people.restricted_address"


@dataclass(frozen=True)
class AddressShown:
    """A child's living at an address. Of one that is restricted, only that there is one: not even since when.

    ``may_open`` says whether this reader may open it, with a reason, on its own page.
    """

    id: UUID
    words: Any
    restricted: bool
    may_open: bool
    current: bool
    since: Any = None
    until: Any = None
    evidence: Any = ""
    precision: Any = ""
    because: Any = ""


def addresses(sight: Sight, child_id: UUID) -> list[AddressShown]:
    """Every address, the present one first. None at all for whoever may not know where the child lives."""
    if not sight.may_know(child_id, ADDRESS):
        return []
    rows = Residence.objects.filter(child_id=child_id).select_related("address").order_by("-since", "-id")
    return [_shown(sight, child_id, row) for row in rows]


def address_in_force(sight: Sight, child_id: UUID) -> AddressShown | None:
    """Where the child lives on the viewer's day; none when that is not known or not for this reader at all."""
    return next((each for each in addresses(sight, child_id) if each.current), None)


def restricted_address(sight: Sight, child_id: UUID, residence_id: UUID) -> Residence:
    """The residence at an address that is kept from others, for whoever may open it. Nothing of it is shown yet.

    Raises:
        Refused: there is none, it is not restricted, or it is not for this viewer: answered alike.
    """
    row = Residence.objects.filter(pk=residence_id, child_id=child_id, address__restricted=True)
    found = row.select_related("address").first()
    if found is None or not sight.may_see(child_id, RESTRICTED):
        raise Refused("There is no such address for this viewer.")
    return found


def open_restricted(sight: Sight, by: Viewer, child_id: UUID, residence_id: UUID, reason: str) -> str:
    """The words of an address that is kept from others: the look is recorded with its reason, and a team is told.

    Raises:
        Refused: it is not for this viewer.
    """
    row = restricted_address(sight, child_id, residence_id)
    words = str(sight.value(child_id, RESTRICTED, str(row.address)))
    sight.record_look("restricted address opened", reason)
    raise_alert(by=by, kind="people.restricted_opened", child_id=child_id, user_id=by.user_id)
    return words


def lives_there(row: Residence, on: date) -> bool:
    return bool(row.since <= on and (row.until is None or row.until > on))


def _shown(sight: Sight, child_id: UUID, row: Residence) -> AddressShown:
    here = lives_there(row, sight.viewer.on)
    if row.address.restricted:
        # Whoever may open it is told so; to them as to everybody else this page says nothing of where or since when.
        withheld = sight.value(child_id, RESTRICTED, "") if not sight.may_see(child_id, RESTRICTED) else ""
        because = row.address.get_restricted_because_display() if not withheld else ""
        return AddressShown(
            row.pk, withheld, True, sight.may_see(child_id, RESTRICTED), here, because=because
        )

    def value(what: Any) -> Any:
        return sight.value(child_id, ADDRESS, what)

    return AddressShown(
        id=row.pk,
        words=value(str(row.address)),
        restricted=False,
        may_open=False,
        current=here,
        since=value(row.since),
        until=value(row.until),
        evidence=value(row.evidence),
        precision=value(row.address.get_precision_display()),
    )
