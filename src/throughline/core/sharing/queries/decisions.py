"""What was decided, proposed and asked for about one child and one reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from ...access.models import User
from ...access.queries import role_names
from ...access.viewer import Refused, Viewer, require
from ..models import Asked, Override
from ..show import Sight
from ..wording import category_words

CATEGORY = "sharing.override"
IDENTITY = "people.identity"
# A first page looks no further than so many decisions for those it may show.
LOOKED_THROUGH = 50


@dataclass(frozen=True)
class Decided:
    """A decision for one child and one reader, in words that a page can print."""

    id: UUID
    child_id: UUID
    who: str
    who_roles: str
    what: str
    category: str
    grants: bool
    reason: Any
    since: date
    until: date
    state: str
    state_words: str
    tell_family: bool
    proposed_by: str
    proposed_at: Any
    proposed_by_id: UUID | None
    decided_by: str
    decision_reason: str
    ended_by: str
    end_reason: str
    user_id: UUID

    def in_force(self, day: date) -> bool:
        return self.state == Override.State.APPROVED and self.since <= day <= self.until

    def to_come(self, day: date) -> bool:
        return self.state == Override.State.APPROVED and self.since > day


@dataclass(frozen=True)
class AskedFor:
    """Somebody's asking to see more, with who they are."""

    id: UUID
    child_id: UUID
    who: str
    who_roles: str
    what: str
    category: str
    user_id: UUID
    reason: str
    asked_at: Any
    state: str
    state_words: str
    answer: str


def decided_for_child(viewer: Viewer, child_id: UUID, sight: Sight | None = None) -> list[Decided]:
    """Everything decided for one child, latest first; what was decided about whoever reads is for others to read.

    Raises:
        Refused: this viewer may not see such decisions about this child.
    """
    eyes = sight or Sight(viewer, [child_id])
    if not eyes.may_see(child_id, IDENTITY) or not eyes.may_see(child_id, CATEGORY):
        raise Refused("No decisions about this child for this person.")
    eyes.value(child_id, CATEGORY, True)
    return _words(Override.objects.filter(_of_others(eyes), child_id=child_id).order_by("-proposed_at"))


def how_many_in_force(sight: Sight, child_id: UUID) -> int:
    """How many decisions hold for this child on the viewer's day, for those who may see them; no query for others."""
    if not sight.may_see(child_id, CATEGORY):
        return 0
    day = sight.viewer.on
    held = Override.objects.filter(
        _of_others(sight), child_id=child_id, state=Override.State.APPROVED, since__lte=day, until__gte=day
    )
    count: int = held.count()
    return count


def waiting_for_approval(viewer: Viewer) -> list[Decided]:
    """Proposals that this viewer may answer: not those they made or would gain by. Oldest first."""
    require(viewer, "sharing.approve")
    rows = Override.objects.filter(state=Override.State.PROPOSED).exclude(
        Q(proposed_by_id=viewer.user_id) | Q(user_id=viewer.user_id)
    )
    return _words(_for(viewer, rows.order_by("proposed_at")))


def ends_soon(viewer: Viewer, within: timedelta, most: int = 3) -> list[Decided]:
    """What is in force, ends within this time and may be proposed again by this viewer; the first to end first."""
    require(viewer, "sharing.propose")
    rows = Override.objects.filter(
        state=Override.State.APPROVED,
        since__lte=viewer.on,
        until__gte=viewer.on,
        until__lte=viewer.on + within,
    ).exclude(user_id=viewer.user_id)
    return _words(_for(viewer, rows.order_by("until", "pk")[:LOOKED_THROUGH])[:most])


def one_decision(viewer: Viewer, override_id: UUID) -> Decided:
    """One decision.

    Raises:
        Refused: there is none, or not for this viewer.
    """
    row = Override.objects.filter(pk=override_id).first()
    if row is None or row.user_id == viewer.user_id:
        raise Refused("There is no such decision.")
    sight = Sight(viewer, [row.child_id])
    if not sight.may_see(row.child_id, IDENTITY) or not sight.may_see(row.child_id, CATEGORY):
        raise Refused("There is no such decision for this person.")
    return _words([row])[0]


def asked_for(viewer: Viewer) -> list[AskedFor]:
    """What people have asked to see and nobody has answered, oldest first; the viewer's own are others' to answer."""
    require(viewer, "sharing.propose")
    rows = Asked.objects.filter(state=Asked.State.OPEN).exclude(user_id=viewer.user_id)
    return _asked(_for(viewer, rows.order_by("asked_at")))


def one_asked(viewer: Viewer, asked_id: UUID) -> AskedFor:
    """One asking that waits for an answer.

    Raises:
        Refused: there is none that this viewer may answer.
    """
    found = next((each for each in asked_for(viewer) if each.id == asked_id), None)
    if found is None:
        raise Refused("There is nothing of that kind to answer.")
    return found


def my_asking(viewer: Viewer, child_id: UUID) -> list[AskedFor]:
    """What this viewer has asked to see of a child, and what became of it."""
    return _asked(Asked.objects.filter(child_id=child_id, user_id=viewer.user_id).order_by("-asked_at"))


def withheld_from(viewer: Viewer, category: str) -> list[UUID]:
    """The children of whom it was decided to keep a category from this viewer: no search may find them by it."""
    kept = Override.objects.filter(
        user_id=viewer.user_id,
        category=category,
        grants=False,
        state=Override.State.APPROVED,
        since__lte=viewer.on,
        until__gte=viewer.on,
    )
    return list(kept.values_list("child_id", flat=True))


def may_end(viewer: Viewer, decided: Decided) -> bool:
    """Whether this person may end it early: to end what withholds is to show again, and takes whoever may approve."""
    return viewer.may("sharing.propose") and (decided.grants or viewer.may("sharing.approve"))


def _of_others(sight: Sight) -> Q:
    """What is not about whoever looks, nor about whoever looks through their eyes."""
    return ~Q(user_id__in=[eyes.user_id for eyes in (sight.viewer, sight.lent_to) if eyes])


def _for(viewer: Viewer, rows: Iterable[Any]) -> list[Any]:
    """Those about children of whom the viewer may read such things: a reason says more than a name."""
    found = list(rows)
    sight = Sight(viewer, [row.child_id for row in found])
    return [
        row
        for row in found
        if sight.may_see(row.child_id, IDENTITY) and sight.may_see(row.child_id, CATEGORY)
    ]


def _asked(rows: Iterable[Asked]) -> list[AskedFor]:
    found = list(rows)
    people = _people(row.user_id for row in found)
    return [
        AskedFor(
            id=row.pk,
            child_id=row.child_id,
            who=people[row.user_id][0],
            who_roles=people[row.user_id][1],
            what=category_words(row.category),
            category=row.category,
            user_id=row.user_id,
            reason=row.reason,
            asked_at=row.asked_at,
            state=row.state,
            state_words=row.get_state_display(),
            answer=row.answer,
        )
        for row in found
    ]


def _words(rows: Iterable[Override]) -> list[Decided]:
    found = list(rows)
    people = _people(row.user_id for row in found)
    copied = (
        *("child_id", "category", "grants", "reason", "since", "until", "state", "tell_family", "user_id"),
        *("proposed_by", "proposed_at", "proposed_by_id", "decided_by", "decision_reason"),
        *("ended_by", "end_reason"),
    )
    return [
        Decided(
            id=row.pk,
            who=people[row.user_id][0],
            who_roles=people[row.user_id][1],
            what=category_words(row.category),
            state_words=row.get_state_display(),
            **{name: getattr(row, name) for name in copied},
        )
        for row in found
    ]


def _people(keys: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Names and roles, in two queries; an account that is gone is still said to be somebody."""
    wanted = set(keys)
    users = {user.pk: user for user in User.objects.filter(pk__in=wanted)}
    roles = role_names(users.values())
    gone = (_("An account that no longer exists"), "")
    return {key: (str(users[key]), ", ".join(roles.get(key, ()))) if key in users else gone for key in wanted}
