"""Children who are likely brothers or sisters, of which kind, and why. A person confirms; nothing here decides.

Source: the project's rule book, section 1.4 (the sibling criterion names full, half, step, adopted and foster siblings, and
children of a parent's partner at the same address). Which kinds count for what is each authority's own choice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import combinations

PARENTS = frozenset({"mother", "father", "parent"})
STEP = frozenset({"step_parent"})
FOSTER = frozenset({"foster_carer"})

# From the closest kind to the loosest: where several hold of one pair, the first is proposed.
ORDER = ("adopted", "full", "half", "foster", "step", "same_address")


@dataclass(frozen=True, slots=True)
class TieTo:
    """How an adult stands to a child. ``adoptive``: a parent by adoption rather than by birth."""

    child: Hashable
    adult: Hashable
    kind: str
    adoptive: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """Where a child lives now, as something that is the same for two children in one home."""

    child: Hashable
    place: Hashable


@dataclass(frozen=True, slots=True)
class Likely:
    """Two children, the kind of siblings they seem to be, and the code of the reason.

    ``because``: ``same_parents``, ``one_parent``, ``adopted_by_parent``, ``step_parent``, ``foster_carer`` or
    ``parent_and_home``.
    """

    one: Hashable
    other: Hashable
    kind: str
    because: str


def likely_siblings(ties: Iterable[TieTo], homes: Iterable[Home] = ()) -> list[Likely]:
    """Every likely pair, each once, in an order that does not depend on the order of what was given.

    Args:
        ties: how adults stand to children, those that hold today.
        homes: where children live today; an address alone makes nobody siblings, an adult with a tie there must say so.

    Returns:
        pairs with the closest kind that fits. Two children with one parent in common are taken for half-siblings only
        where another parent of one is known not to be the other's; where no second parent is known, for full ones.
    """
    by_adult: dict[Hashable, list[TieTo]] = defaultdict(list)
    parents: dict[Hashable, set[Hashable]] = defaultdict(set)
    for tie in set(ties):
        by_adult[tie.adult].append(tie)
        if tie.kind in PARENTS:
            parents[tie.child].add(tie.adult)
    place = {home.child: home.place for home in homes}
    found: dict[tuple[Hashable, Hashable], tuple[int, str, str]] = {}
    for held in by_adult.values():
        for one, other in combinations(sorted(held, key=lambda t: str(t.child)), 2):
            if one.child == other.child:
                continue
            kind, because = _kind(one, other, parents, place)
            if kind:
                pair = (one.child, other.child)
                found[pair] = min(found.get(pair, (len(ORDER), "", "")), (ORDER.index(kind), kind, because))
    pairs = sorted(found.items(), key=lambda item: (str(item[0][0]), str(item[0][1])))
    return [Likely(one, other, kind, because) for (one, other), (_rank, kind, because) in pairs]


def _kind(
    one: TieTo, other: TieTo, parents: dict[Hashable, set[Hashable]], place: dict[Hashable, Hashable]
) -> tuple[str, str]:
    kinds = {one.kind, other.kind}
    if kinds <= PARENTS:
        if one.adoptive or other.adoptive:
            return "adopted", "adopted_by_parent"
        mine, theirs = parents[one.child], parents[other.child]
        # A second parent known for both, and not the same one, makes them half-siblings.
        if len(mine & theirs) == 1 and mine - theirs and theirs - mine:
            return "half", "one_parent"
        return "full", "same_parents"
    if kinds & STEP and kinds <= PARENTS | STEP:
        return "step", "step_parent"
    if kinds & FOSTER:
        return "foster", "foster_carer"
    if place.get(one.child) is not None and place.get(one.child) == place.get(other.child):
        return "same_address", "parent_and_home"
    return "", ""
