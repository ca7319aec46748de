"""What a search shows: only children whom the searcher may find, and of them only what the searcher may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from throughline.rules.sharing.decide import Detail

from ...access.viewer import Viewer
from ...sharing.show import Sight
from ..models import Child
from ..queries import address_category, addresses_of, schools_of
from .candidates import Found, candidates
from .own import children_near, sees_everybody

IDENTITY = "people.identity"
# What a find would betray: whoever may not see this about a child must not learn that a guess at it was right.
RESTS_ON = {
    "place": "people.address",
    "number": "people.identifiers",
    "former_name": "people.former_names",
}
MOST = 50


@dataclass(frozen=True)
class ShownFind:
    """A child who was found, as the searcher may see them: each field a value or ``Withheld``.

    ``by`` says what the find rests on besides a name borne now; whoever may not see one of these did not find by it.
    """

    id: UUID
    score: int
    by: frozenset[str]
    name: Any
    reference: Any
    born: Any
    address: Any
    schools: Any


def find_children(
    viewer: Viewer, text: str, *, within: frozenset[UUID] | None = None, most: int = MOST
) -> list[ShownFind]:
    """The children who fit what was typed and whom this viewer may find, the likeliest first. The look is recorded.

    Args:
        viewer: who searches.
        text: what they typed; it is not kept anywhere.
        within: look only among these children, where a page is about some; none means all.
        most: how many to give at most.

    Whom the viewer may not find is not there at all, not even in a number. Somebody who may know only that a record
    exists finds it only by giving both names and the date of birth as they are.
    """
    found = _found(viewer, text, within)
    sight = Sight(viewer, [each.child_id for each in found])
    allowed = [each for each in found if _may_find(sight, each)][:most]
    children = Child.objects.in_bulk([each.child_id for each in allowed])
    homes, schools = addresses_of(children, viewer.on), schools_of(children, viewer.on)
    shown = [
        _show(sight, each, children[each.child_id], homes, schools)
        for each in allowed
        if each.child_id in children
    ]
    sight.record_look("search for a child")
    return shown


def _found(viewer: Viewer, text: str, within: frozenset[UUID] | None) -> list[Found]:
    """Those who fit. Somebody whose roles reach some children only is not to lose them among a town's namesakes."""

    def may_tell(some: list[Found]) -> list[Found]:
        sight = Sight(viewer, [each.child_id for each in some])
        return [each for each in some if _may_find(sight, each)]

    anybody = candidates(text, within=within, may_tell=may_tell)
    if within is not None or sees_everybody(viewer):
        return anybody
    near = candidates(text, within=children_near(viewer), may_tell=may_tell)
    found = {each.child_id: each for each in [*near, *anybody]}
    return sorted(found.values(), key=lambda each: -each.score)


def _may_find(sight: Sight, found: Found) -> bool:
    detail = sight.decision(found.child_id, IDENTITY).detail
    if detail >= Detail.FULL:
        return all(sight.may_see(found.child_id, RESTS_ON[by]) for by in found.by if by in RESTS_ON)
    return detail >= Detail.EXISTS and found.whole and not found.by & set(RESTS_ON)


def _show(
    sight: Sight, found: Found, child: Child, homes: dict[UUID, Any], schools: dict[UUID, list[str]]
) -> ShownFind:
    home = homes.get(child.pk)

    def value(category: str, what: Any) -> Any:
        return sight.value(child.pk, category, what)

    return ShownFind(
        id=child.pk,
        score=found.score,
        by=found.by,
        name=value(IDENTITY, str(child)),
        reference=value(IDENTITY, child.reference),
        born=value(IDENTITY, child.born),
        address=value(address_category(home), str(home.address) if home else ""),
        schools=value("people.education", ", ".join(schools.get(child.pk, ()))),
    )
