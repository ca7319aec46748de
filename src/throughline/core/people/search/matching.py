"""Finding whom a record or a row of a file may be: for merging two records of one child, and for imports.

Children are compared only with those they share something with: a number, or two of birth, sound of forename, sound of
surname and postcode. Nobody is matched by an address that is kept from others, and nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from throughline.rules.matching import Band, Identity, Likeness, compare

from .blocks import block
from .identities import identities_of
from .index import in_batches

BEST = 3
# Many rows ask for the same days and sounds: the more at once, the less is asked twice.
AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Match:
    """A child on the record whom a row may be, and how alike the two are."""

    child_id: UUID
    likeness: Likeness


def match_many(
    identities: Sequence[Identity],
    *,
    within: frozenset[UUID] | None = None,
    nhs_number_is_lawful: bool = False,
    best: int = BEST,
) -> list[tuple[Match, ...]]:
    """For each row, in the order given, the children on the record whom it may be, the likeliest first.

    Args:
        identities: who the rows say they are about.
        within: look only among these children; none means all.
        nhs_number_is_lawful: whether a lawful basis for matching by NHS number is recorded.
        best: how many to give for each row at most.

    Nothing that is less than ``possible`` is given. Ten thousand rows against three hundred thousand children take seconds:
    call it once with all the rows, not once for each.
    """
    answers: list[tuple[Match, ...]] = []
    for part in in_batches(identities, AT_ONCE):
        blocked = block(part)
        known = identities_of({key for keys in blocked for key in keys if within is None or key in within})
        answers += [
            _best(row, keys, known, nhs_number_is_lawful, best)
            for row, keys in zip(part, blocked, strict=True)
        ]
    return answers


def look_alikes(child_id: UUID, *, nhs_number_is_lawful: bool = False) -> list[tuple[UUID, Likeness]]:
    """Other records that may be of the same child, the likeliest first; nothing less than ``possible``.

    For reading by actions and queries that then ask who may see whom: nothing here has been shown to anybody.
    """
    own = identities_of([child_id]).get(child_id)
    if own is None:
        return []
    keys = block([own])[0] - {child_id}
    known = identities_of(keys)
    found = _best(own, keys, known, nhs_number_is_lawful, len(known))
    return [(match.child_id, match.likeness) for match in found]


def _best(
    row: Identity,
    keys: Iterable[UUID],
    known: Mapping[UUID, Identity],
    nhs_number_is_lawful: bool,
    most: int,
) -> tuple[Match, ...]:
    compared = [
        Match(key, compare(row, known[key], nhs_number_is_lawful=nhs_number_is_lawful))
        for key in keys
        if key in known
    ]
    alike = [match for match in compared if match.likeness.band is not Band.DIFFERENT]
    return tuple(sorted(alike, key=lambda match: (-match.likeness.score, match.child_id))[:most])
