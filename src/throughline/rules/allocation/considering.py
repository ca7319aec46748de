"""Under which criterion would a child be considered? Asked before anybody applies, and of one child only."""

from __future__ import annotations

from collections.abc import Collection

from throughline.rules.allocation.arrangement import Arrangement, Who


def meets(who: Who, facts: Collection[str]) -> bool:
    """Whether a child of whom these facts are true is one of ``who``."""
    return (
        all(fact in facts for fact in who.all_of)
        and (not who.any_of or any(fact in facts for fact in who.any_of))
        and not any(fact in facts for fact in who.none_of)
    )


def first_criterion(arrangement: Arrangement, facts: Collection[str]) -> int:
    """Index of the first criterion met, -1 when none is (a grammar school's standard is not looked at here)."""
    for at, criterion in enumerate(arrangement.criteria):
        if meets(criterion.who, facts):
            return at
    return -1


def quotas_open_to(arrangement: Arrangement, facts: Collection[str]) -> list[int]:
    """Indexes of the quotas for which a child of whom these facts are true is considered."""
    return [at for at, quota in enumerate(arrangement.quotas) if meets(quota.who, facts)]
