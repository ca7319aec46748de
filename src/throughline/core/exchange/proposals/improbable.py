"""Whether a file is what it seems: one that would empty a school, or is about another one, waits for a second person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

THIRD = 1 / 3
FEWEST = 6
"""Below so many, a third is soon reached by a file that is right."""


def improbable(
    *,
    leaving: Iterable[UUID],
    on_roll: Mapping[UUID, int],
    rows_by_school: Mapping[UUID | None, int],
    sender: UUID | None,
    renamed: int,
    matched: int,
) -> list[dict[str, Any]]:
    """What makes the file improbable, each with its figures: codes whose words are in ``wording``.

    Args:
        leaving: the school of each roll that would end, also where a child only moves to another school.
        on_roll: how many are on each school's roll now.
        rows_by_school: how many rows are about each school.
        sender: the school that sent it, if a school did.
        renamed: children whose surname or date of birth would change.
        matched: children that were matched.
    """
    found: list[dict[str, Any]] = []
    for school, count in Counter(leaving).items():
        if count >= FEWEST and count > on_roll.get(school, 0) * THIRD:
            found.append(
                {"code": "many_leave", "school": str(school), "count": count, "of": on_roll.get(school, 0)}
            )
    others = sum(count for school, count in rows_by_school.items() if school and school != sender)
    if sender and others:
        found.append({"code": "other_school", "count": others, "of": sum(rows_by_school.values())})
    if renamed >= FEWEST and renamed > matched * THIRD:
        found.append({"code": "many_renamed", "count": renamed, "of": matched})
    return found
