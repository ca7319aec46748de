"""Whose eyes may be borrowed to see a child's record before sharing: a person around the child, or somebody in a role."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from ...access.models import Role
from ...access.viewer import Post, Refused, Viewer, require
from ...registry.assembly import installed
from ...sharing.show import Sight
from ...sharing.wording import reader_words
from .around import IDENTITY, eyes_of, people_around, person_around

SEE_AS = "sharing.see_as"
NOBODY = UUID(int=0)
# The door through which somebody comes who stands to the child in such a way.
DOOR_OF = {"family": "parent", "young_person": "young_person"}


@dataclass(frozen=True)
class Borrowed:
    """Eyes to look through. ``readers`` is none for a person, whom the record itself says what they are to the child."""

    viewer: Viewer
    words: str
    readers: frozenset[str] | None = None


@dataclass(frozen=True)
class Choice:
    """One way to see: the code for the address, the words, and the group of the list."""

    code: str
    words: str
    group: str


def eyes_to_choose(sight: Sight, child_id: UUID) -> list[Choice]:
    """Everybody whose eyes may be borrowed for this child: people around it first, then how one stands to it, then roles.

    Raises:
        Refused: this viewer may not, or may not know the child.
    """
    require(sight.viewer, SEE_AS)
    people = [
        Choice(f"person-{each.user_id}", each.words, each.group) for each in people_around(sight, child_id)
    ]
    registry = installed()
    ways = [
        Choice(f"relationship-{each.code}", str(each.label), _("Anybody who stands to the child like this"))
        for each in registry.relationships.values()
        if each.portal in DOOR_OF and each.is_reader
    ]
    roles = [
        Choice(f"role-{each.code}", str(each.label), _("Anybody in this role"))
        for each in registry.roles.values()
        if each.portal not in DOOR_OF
    ]
    return [*people, *ways, *sorted(roles, key=lambda each: each.words)]


def borrow(by: Viewer, child_id: UUID, code: str) -> Borrowed:
    """The eyes that a code names.

    Raises:
        Refused: this viewer may not, may not know the child, or nobody has such eyes.
    """
    require(by, SEE_AS)
    sight = Sight(by, [child_id])
    if not sight.may_see(child_id, IDENTITY):
        raise Refused("No such child for this person.")
    kind, _dash, rest = code.partition("-")
    registry = installed()
    if kind == "person":
        try:
            person = person_around(sight, child_id, UUID(rest))
        except ValueError as odd:
            raise Refused("Nobody has such eyes.") from odd
        return Borrowed(eyes_of(person), person.words)
    if kind == "role" and rest in registry.roles and registry.roles[rest].portal not in DOOR_OF:
        reach = registry.roles[rest].reach
        return Borrowed(
            _somebody(by, rest, registry.roles[rest].portal),
            reader_words(f"role:{rest}"),
            frozenset({f"role:{rest}", *([reach] if reach else [])}),
        )
    if kind == "relationship" and rest in registry.relationships:
        portal = registry.relationships[rest].portal
        if portal in DOOR_OF and registry.relationships[rest].is_reader:
            role = DOOR_OF[portal]
            readers = frozenset({rest, f"role:{role}"})
            return Borrowed(_somebody(by, role, portal), reader_words(rest), readers)
    raise Refused("Nobody has such eyes.")


def _somebody(by: Viewer, role: str, portal: str) -> Viewer:
    """Somebody in a role who is nobody in particular, with what the authority lets that role do."""
    held = Role.objects.filter(code=role).first()
    return Viewer(
        user_id=NOBODY,
        label=reader_words(f"role:{role}"),
        portal=portal,
        roles=frozenset({role}),
        permissions=frozenset(held.permissions if held else ()),
        on=by.on,
        posts=(Post(role, reach=held.reach if held else ""),),
    )
