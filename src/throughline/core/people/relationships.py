"""How a viewer can stand to a child, worked out from the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from ..access.viewer import Post, Viewer
from .limits import free_ties, half_told_ties, ties_on
from .models import Child, Enrolment, Involvement, Tie


def responsible_parent(viewer: Viewer, children: Sequence[UUID]) -> Mapping[UUID, bool]:
    """Children for whom the viewer holds parental responsibility today, with nothing kept back from them."""
    if viewer.portal != "family":
        return {}
    return _children(free_ties(viewer.on, **_mine(viewer, children), parental_responsibility=True))


def carer_at_home(viewer: Viewer, children: Sequence[UUID]) -> Mapping[UUID, bool]:
    """Children who live with the viewer."""
    if viewer.portal != "family":
        return {}
    return _children(free_ties(viewer.on, **_mine(viewer, children), lives_with_child=True))


def limited_parent(viewer: Viewer, children: Sequence[UUID]) -> Mapping[UUID, bool]:
    """Children for whom the viewer holds responsibility, and must not be told where they live or learn."""
    if viewer.portal != "family":
        return {}
    return _children(half_told_ties(viewer.on, **_mine(viewer, children), parental_responsibility=True))


def the_child(viewer: Viewer, children: Sequence[UUID]) -> Mapping[UUID, bool]:
    """The young person themselves."""
    if viewer.portal != "young_person":
        return {}
    found = Child.objects.filter(
        user_id=viewer.user_id, pk__in=children, merged_into__isnull=True, sealed_later__isnull=True
    )
    return dict.fromkeys(found.values_list("pk", flat=True), True)


def at_own_school(viewer: Viewer, children: Sequence[UUID]) -> Mapping[UUID, bool]:
    """Children on the roll today of a school where the viewer holds a post. It ends with the enrolment, to the day."""
    if not viewer.schools:
        return {}
    on_roll = Enrolment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=viewer.on),
        since__lte=viewer.on,
        child__sealed_later__isnull=True,
        school_id__in=viewer.schools,
        child_id__in=children,
    )
    return dict.fromkeys(on_roll.values_list("child_id", flat=True), True)


def in_circle(viewer: Viewer, children: Sequence[UUID]) -> Mapping[UUID, bool]:
    """Children in whose circle the viewer is today, by a post that they hold today."""
    involved = Involvement.objects.filter(
        by_their_posts(viewer),
        Q(until__isnull=True) | Q(until__gt=viewer.on),
        since__lte=viewer.on,
        child__sealed_later__isnull=True,
        user_id=viewer.user_id,
        child_id__in=children,
    )
    return dict.fromkeys(involved.values_list("child_id", flat=True), True)


def tied(viewer: Viewer, children: Sequence[UUID]) -> Mapping[UUID, bool]:
    """Children to whom the viewer is tied today, whatever is kept back from them."""
    if viewer.portal != "family":
        return {}
    return _children(ties_on(viewer.on, **_mine(viewer, children)))


def by_their_posts(viewer: Viewer) -> Q:
    """Involvements that a post of the viewer's still carries: the same role, at the school or agency that was meant.

    Whoever leaves one agency and holds the same role at another has left the circles in which they were for the first.
    """
    held = [*viewer.posts, *(Post(role) for role in viewer.roles - {post.role for post in viewer.posts})]
    found = Q(pk__in=())
    for post in held:
        at_school = Q(school__isnull=True) | Q(school_id=post.school_id)
        at_agency = Q(agency__isnull=True) | Q(agency_id=post.agency_id)
        found |= Q(role=post.role) & at_school & at_agency
    return found


def _mine(viewer: Viewer, children: Sequence[UUID]) -> dict[str, object]:
    return {"adult__user_id": viewer.user_id, "child_id__in": children}


def _children(ties: QuerySet[Tie]) -> Mapping[UUID, bool]:
    return dict.fromkeys(ties.values_list("child_id", flat=True), True)
