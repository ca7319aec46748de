"""Who works where: for administrators of an organisation, and for those who look after every account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from ..audit.actor import Actor, Refused
from ..organisations.models import Agency, School
from .models import Membership
from .places import MANAGE, Place, current, place_of, require_place

FOUND = 50


@dataclass(frozen=True)
class PostShown:
    """A post as a list of staff shows it."""

    id: UUID
    user_id: UUID
    name: str
    email: str
    role: str
    since: date
    until: date | None
    has_password: bool
    is_me: bool


def staff_of(by: Actor, place: Place, on: date) -> list[PostShown]:
    """Everybody with a post at an organisation that has not ended, by name.

    Raises:
        Refused: it is not theirs to see.
    """
    require_place(by, place, on)
    posts = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on),
        user__portal=place.portal,
        user__is_active=True,
        **place.where,
    )
    return _shown(by, posts.select_related("user", "role").order_by("user__name", "user__email", "since"))


def organisations_found(by: Actor, words: str) -> list[tuple[Place, int]]:
    """Schools and agencies by name, each with how many people hold a post there; those who look after accounts only."""
    _require(by)
    wanted = words.strip()
    if len(wanted) < 2:
        return []
    rows: list[Any] = list(School.objects.filter(name__icontains=wanted).order_by("name")[:FOUND])
    rows += list(Agency.objects.filter(name__icontains=wanted).order_by("name")[:FOUND])
    keys = [row.pk for row in rows]
    held = current(timezone.localdate()).filter(Q(school_id__in=keys) | Q(agency_id__in=keys))
    counts: dict[UUID, int] = {}
    for school, agency in held.values_list("school_id", "agency_id"):
        counts[school or agency] = counts.get(school or agency, 0) + 1
    return [(place_of(row), counts.get(row.pk, 0)) for row in rows]


def _require(by: Actor) -> None:
    if not by.may(MANAGE):
        raise Refused("Not shown to this person.")


def _shown(by: Actor, posts: Iterable[Membership]) -> list[PostShown]:
    return [
        PostShown(
            post.pk,
            post.user_id,
            str(post.user),
            post.user.email,
            post.role.label,
            post.since,
            post.until,
            post.user.has_usable_password(),
            post.user_id == by.actor_id,
        )
        for post in posts
    ]
