"""What a family may read about sharing: whose children are theirs, who sees what, and what was decided for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from throughline.rules.sharing.decide import Detail, decide
from throughline.rules.sharing.looks import Reader, Seen, all_withheld, categories_told, withheld_because

from ...access.models import User
from ...access.queries import role_codes_held
from ...access.viewer import Refused, Viewer
from ...registry.assembly import installed
from ...registry.sockets import Text
from ...sharing.models import Override
from ...sharing.queries.looks import Looks, who_looked
from ...sharing.show import Sight, rules_in_force
from ...sharing.wording import category_words, reader_words
from ..circle_shown import Circle, Member, circle_of
from ..limits import ties_on
from ..models import Child, Involvement
from ..queries import addresses_of

IDENTITY, CIRCLE = "people.identity", "people.circle"
FAMILY_DOORS = ("family", "young_person")


@dataclass(frozen=True)
class Own:
    """A child of the family, or the young person themselves."""

    id: UUID
    name: Any


@dataclass(frozen=True)
class Decision:
    """Something that was decided for one person, as the family may be told.

    ``what`` is empty where the reader may not know of that kind of information: naming it would tell of it.
    """

    who: str
    role: str
    what: str
    grants: bool
    since: date
    until: date
    ended: bool


@dataclass(frozen=True)
class Sees:
    """A kind of person and what they may see of every child they work with."""

    who: str
    all_of: tuple[Text, ...]
    exists: tuple[Text, ...]


@dataclass(frozen=True)
class Open:
    """What a family is told about sharing. ``limited``: this reader is told of nobody, since that could tell where."""

    circle: Circle | None
    decisions: tuple[Decision, ...]
    limited: bool


def own_children(viewer: Viewer) -> list[Own]:
    """The children whose record this parent, carer or young person may open, youngest first. The look is recorded."""
    if viewer.portal == "young_person":
        rows = Child.objects.filter(user_id=viewer.user_id, merged_into__isnull=True)
    else:
        ties = ties_on(viewer.on, adult__user_id=viewer.user_id).values("child_id")
        rows = Child.objects.filter(pk__in=ties, merged_into__isnull=True)
    found = list(rows.order_by("-born", "forename"))
    sight = Sight(viewer, [child.pk for child in found])
    shown = [
        Own(child.pk, sight.value(child.pk, IDENTITY, str(child)))
        for child in found
        if sight.may_see(child.pk, IDENTITY)
    ]
    sight.record_look("our records")
    return shown


def open_to_family(sight: Sight, child_id: UUID) -> Open:
    """The circle, and what was decided specially, as far as telling it puts nobody at risk."""
    reader = _reader(sight, child_id)
    if all_withheld(reader):
        return Open(None, (), limited=True)
    circle = None
    if sight.may_know(child_id, CIRCLE):
        circle = _tellable(circle_of(sight.viewer, child_id, sight), reader)
    return Open(circle, tuple(_decisions(sight, child_id, reader)), limited=False)


def circle_told(sight: Sight, child_id: UUID) -> Circle:
    """A child's circle for whoever looks: to family and young people without those whose being in it puts somebody at risk.

    Raises:
        Refused: the viewer may not know of this child, that anybody is involved, or is told of nobody.
    """
    if sight.viewer.portal not in FAMILY_DOORS:
        return circle_of(sight.viewer, child_id, sight)
    circle = open_to_family(sight, child_id).circle
    if circle is None:
        raise Refused("No such child for this person.")
    return circle


def looks_told(sight: Sight, child_id: UUID) -> Looks:
    """Who has looked, as far as this reader may be told."""
    return who_looked(sight, child_id, restricted_home=_restricted(child_id, sight.viewer.on))


def what_each_sees(on: date, portals: Iterable[str]) -> list[Sees]:
    """The rules in force in plain words, for each role of some portals that sees anything about a child."""
    rules, registry = rules_in_force(), installed()
    kinds = [each for code, each in registry.categories.items() if code.startswith("people.")]
    found = []
    for role in registry.roles.values():
        if role.portal not in portals:
            continue
        seen = {
            kind.code: decide(kind.code, [f"role:{role.code}"], rules, on=on).detail
            for kind in kinds
            if kind.sensitivity != "sealed"
        }
        whole = tuple(kind.label for kind in kinds if seen.get(kind.code, 0) >= Detail.FULL)
        some = tuple(kind.label for kind in kinds if seen.get(kind.code) in (Detail.EXISTS, Detail.SUMMARY))
        if whole or some:
            found.append(Sees(reader_words(f"role:{role.code}"), whole, some))
    return found


def _reader(sight: Sight, child_id: UUID) -> Reader:
    known = frozenset(code for code in categories_told() if sight.may_know(child_id, code))
    return Reader(sight.readers(child_id), known, _restricted(child_id, sight.viewer.on))


def _restricted(child_id: UUID, on: date) -> bool:
    """Whether the child's home is kept from others: asked of the record, not of what the reader may see."""
    home = addresses_of([child_id], on).get(child_id)
    return home is not None and home.address.restricted


def _tellable(circle: Circle, reader: Reader) -> Circle:
    """The circle without those whose being in it would tell what the reader may not know, as a look of theirs would."""
    members = [*circle.now, *circle.before]
    roles = dict(Involvement.objects.filter(pk__in=[m.id for m in members if m.id]).values_list("pk", "role"))
    return Circle(
        tuple(_told(circle.now, roles, reader)),
        tuple(_told(circle.before, roles, reader)),
        circle.family,
        circle.school,
        circle.hidden,
    )


def _told(members: Iterable[Member], roles: dict[UUID, str], reader: Reader) -> Iterable[Member]:
    for member in members:
        role = roles.get(member.id, "") if member.id else ""
        if member.is_me or not withheld_because(Seen(frozenset({role}), ""), reader):
            yield member


def _decisions(sight: Sight, child_id: UUID, reader: Reader) -> Iterable[Decision]:
    if not sight.may_see(child_id, CIRCLE):
        return
    states = (Override.State.APPROVED, Override.State.ENDED)
    rows = list(
        Override.objects.filter(child_id=child_id, state__in=states, tell_family=True).order_by("-since")
    )
    users = {user.pk: user for user in User.objects.filter(pk__in=[row.user_id for row in rows])}
    roles = role_codes_held(users, sight.viewer.on)
    for row in rows:
        user = users.get(row.user_id)
        held = roles.get(row.user_id, frozenset())
        family = user is not None and user.portal in ("family", "young_person")
        mine = row.user_id == sight.viewer.user_id
        if user is None or (family and not mine) or withheld_because(Seen(held, user.portal), reader):
            continue
        words = ", ".join(sorted(reader_words(f"role:{role}") for role in held))
        ended = row.state == Override.State.ENDED
        what = category_words(row.category) if sight.may_know(child_id, row.category) else ""
        yield Decision(str(user), words, what, row.grants, row.since, row.until, ended)
