"""Whose records stand near a viewer: whom somebody means first who may not see everybody."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from ...access.viewer import Viewer
from ...registry.assembly import installed
from ...sharing.models import BrokenGlass, Override
from ..limits import free_ties, half_told_ties
from ..models import Enrolment, Involvement


def sees_everybody(viewer: Viewer) -> bool:
    """Whether some role of theirs counts for every child, so that there is no circle to look in first."""
    if viewer.portal != "staff":
        return False
    reach = {role.code: role.reach for role in installed().roles.values()} | {
        post.role: post.reach for post in viewer.posts
    }
    return any(not reach.get(role) for role in viewer.roles)


def children_near(viewer: Viewer) -> frozenset[UUID]:
    """The children of the viewer's schools, circles and family, and those opened to them one by one.

    Only where to look first. What they may see of whom is decided by ``Sight``, here as everywhere.
    """
    lasting = Q(until__isnull=True) | Q(until__gt=viewer.on)
    user = {"user_id": viewer.user_id}
    near = [
        Enrolment.objects.filter(lasting, school_id__in=viewer.schools).values_list("child_id", flat=True),
        Involvement.objects.filter(lasting, **user).values_list("child_id", flat=True),
        free_ties(viewer.on, adult__user_id=viewer.user_id).values_list("child_id", flat=True),
        half_told_ties(viewer.on, adult__user_id=viewer.user_id).values_list("child_id", flat=True),
        Override.objects.filter(**user, until__gte=viewer.on).values_list("child_id", flat=True),
        BrokenGlass.objects.filter(**user).values_list("child_id", flat=True),
    ]
    return frozenset(child for rows in near for child in rows)
