"""The organisations at which people hold posts, and who may say who works there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from ..audit.actor import Actor, Refused
from ..organisations.models import Agency, School
from ..organisations.queries import our_authority
from .models import Membership, Role, User

MANAGE, MANAGE_OWN = "access.manage", "access.manage_own"
OURS = "authority:ours"


@dataclass(frozen=True)
class Place:
    """A school or an agency, as the place of a post. ``code`` is ``school:`` or ``agency:`` and its key."""

    code: str
    name: str
    portal: str

    @property
    def where(self) -> dict[str, Any]:
        """The conditions by which posts at this place are found."""
        if self.code == OURS:
            return {"school_id": None, "agency_id": None}
        kind, _mark, key = self.code.partition(":")
        other = {"school": "agency", "agency": "school"}[kind]
        return {f"{kind}_id": UUID(key), f"{other}_id": None}


def place_of(row: School | Agency) -> Place:
    """A school or agency as a place."""
    if isinstance(row, School):
        return Place(f"school:{row.pk}", row.name, User.Portal.SCHOOL)
    provides = row.kind == Agency.Kind.PROVIDER
    portal = User.Portal.PROVIDER if provides else User.Portal.PROFESSIONAL
    return Place(f"agency:{row.pk}", row.name, portal)


def the_authority() -> Place:
    """The authority itself, as the place of its own staff's posts."""
    ours = our_authority()
    return Place(OURS, ours.name if ours else _("The authority"), User.Portal.STAFF)


def place_by_code(code: str) -> Place:
    """The place of a code.

    Raises:
        Refused: there is none.
    """
    if code == OURS:
        return the_authority()
    kind, _mark, key = code.partition(":")
    table: Any = {"school": School, "agency": Agency}.get(kind)
    try:
        found = table.objects.filter(pk=UUID(key)).first() if table else None
    except ValueError:
        found = None
    if found is None:
        raise Refused("No such organisation.")
    return place_of(found)


def places_managed(by: Actor, on: date) -> list[Place]:
    """The organisations whose staff this person may say: those where they hold an administrator's post today."""
    if by.actor_id is None or not by.may(MANAGE_OWN):
        return []
    posts = current(on).filter(user_id=by.actor_id).select_related("role", "school", "agency")
    found = {}
    for post in posts.order_by("school__name", "agency__name", "id"):
        if MANAGE_OWN in post.role.permissions and (post.school or post.agency):
            place = place_of(post.school or post.agency)
            # An administrator's own portal: one of a provider says nothing at a health trust.
            if place.portal == post.role.portal:
                found[place.code] = place
    return list(found.values())


def require_place(by: Actor, place: Place, on: date) -> None:
    """Whoever manages all accounts may; an administrator may at their own organisation.

    Raises:
        Refused: neither is so.
    """
    if not by.may(MANAGE) and place not in places_managed(by, on):
        raise Refused("Not an organisation of this person.")


def roles_at(place: Place) -> list[Role]:
    """The roles that can be held at a place: those of its portal."""
    return list(Role.objects.filter(portal=place.portal).order_by("label"))


def current(on: date) -> Any:
    """Posts that hold on a day."""
    return Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
