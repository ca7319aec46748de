"""Does every looked-after child stand where the Code puts them? Decided by trying every kind of child there can be.

Source: ADM-14 (first and equal), ADM-23 (the two lawful choices of a faith school), ADM-26 and ADM-27 (grammar
schools), ADM-32 (bands).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import inf

from throughline.rules.allocation.arrangement import Arrangement, Criterion, Who
from throughline.rules.allocation.code_rules import Breach
from throughline.rules.allocation.facts import LOOKED_AFTER, fact_named, in_group
from throughline.rules.allocation.rounding import quota_places, shares_remainder

Held = frozenset[str]

_TRY_ALL_UP_TO = 11
_THEN_MORE = 2


def met_by(who: Who, held: Held) -> bool:
    """Whether a child who holds exactly these facts is one of ``who``."""
    some = not who.any_of or not held.isdisjoint(who.any_of)
    return some and held.issuperset(who.all_of) and held.isdisjoint(who.none_of)


def _class(criteria: Sequence[Criterion], held: Held) -> float:
    """Position of the first criterion met; infinity when none is."""
    return next((i for i, criterion in enumerate(criteria) if met_by(criterion.who, held)), inf)


def _kinds_of_child(criteria: Sequence[Criterion]) -> list[Held]:
    """Every consistent set of the facts used, looked-after apart.

    Beyond eleven facts: whatever one criterion asks for, with every two facts more.
    """
    names = {name for each in criteria for part in _parts(each.who) for name in part} - set(LOOKED_AFTER)
    if len(names) <= _TRY_ALL_UP_TO:
        return list({_with_implied(held, names) for held in _up_to(len(names), names)})
    asked = {frozenset(each.who.all_of) - set(LOOKED_AFTER) for each in criteria}
    more = list(_up_to(_THEN_MORE, names))
    return list({_with_implied(held | extra, names) for held in {frozenset[str](), *asked} for extra in more})


def _up_to(most: int, names: set[str]) -> Iterator[Held]:
    for size in range(most + 1):
        yield from map(frozenset, combinations(sorted(names), size))


def _parts(who: Who) -> tuple[tuple[str, ...], ...]:
    return who.all_of, who.any_of, who.none_of


def _with_implied(held: Held, used: set[str]) -> Held:
    """The facts with everything they imply, as far as the criteria speak of it."""
    facts = [fact for fact in map(fact_named, held) if fact is not None]
    return held | {implied for fact in facts for implied in fact.implies if implied in used}


def _of_the_faith(held: Held) -> bool:
    return any(in_group(name, "faith") for name in held)


def _first(criteria: Sequence[Criterion], children: Sequence[Held]) -> float:
    return min((_class(criteria, held) for held in children), default=inf)


def _behind(criteria: Sequence[Criterion], children: Sequence[Held], limit: float) -> tuple[str, ...]:
    """The kinds of looked-after child of whom some, otherwise like ``children``, are not ahead of ``limit``."""
    return tuple(
        kind
        for kind in LOOKED_AFTER
        if any(_class(criteria, held | {kind}) >= limit for held in children)
    )  # fmt: skip


def _kinds_behind(criteria: Sequence[Criterion], *, faith: bool) -> tuple[str, ...]:
    """The kinds of looked-after child who do not stand where a lawful list puts them."""
    children = _kinds_of_child(criteria)
    behind = _behind(criteria, children, _first(criteria, children))
    if not behind or not faith:
        return behind
    inside = [held for held in children if _of_the_faith(held)]
    outside = [held for held in children if not _of_the_faith(held)]
    late_inside = _behind(criteria, inside, _first(criteria, children))
    late_outside = _behind(criteria, outside, _first(criteria, outside))
    return tuple(kind for kind in LOOKED_AFTER if kind in {*late_inside, *late_outside})


def _unequal(criteria: Sequence[Criterion]) -> bool:
    return any(
        len({_class(criteria, held | {kind}) for kind in LOOKED_AFTER}) > 1
        for held in _kinds_of_child(criteria)
    )


def _mentions(criteria: Sequence[Criterion]) -> bool:
    return any(name in LOOKED_AFTER for each in criteria for name in (*each.who.all_of, *each.who.any_of))


def looked_after_breaches(arrangement: Arrangement) -> Iterator[Breach]:
    """Breaches of the rules that put looked-after children first. Values: ``kinds``, those who are not."""
    if arrangement.selection is not None and arrangement.selection.kind == "top_score":
        return
    if arrangement.criteria:
        yield from _in_main_list(arrangement)
    yield from _in_shares(arrangement)
    yield from _shut_out(arrangement)


def _in_main_list(arrangement: Arrangement) -> Iterator[Breach]:
    criteria = arrangement.criteria
    behind = _kinds_behind(criteria, faith=arrangement.designated_faith)
    if behind:
        rule = "looked_after_first"
        if len(behind) < len(LOOKED_AFTER):
            rule = "looked_after_kinds"
        elif arrangement.designated_faith and _mentions(criteria):
            rule = "looked_after_faith_choice"
        yield Breach(rule, "criteria", {"kinds": behind})
    elif _unequal(criteria):
        yield Breach("looked_after_kinds", "criteria", {"kinds": LOOKED_AFTER})


def _in_shares(arrangement: Arrangement) -> Iterator[Breach]:
    """A share with its own criteria; one for ability or aptitude goes by score and is left alone."""
    for index, quota in enumerate(arrangement.quotas):
        by_ability = any(in_group(name, "ability") for name in (*quota.who.all_of, *quota.who.any_of))
        if quota.criteria and not by_ability:
            behind = _kinds_behind(quota.criteria, faith=arrangement.designated_faith)
            if behind:
                yield Breach("looked_after_in_share", f"quotas[{index}].criteria", {"kinds": behind})


def _shut_out(arrangement: Arrangement) -> Iterator[Breach]:
    """Shares that take every place, none of them open to every looked-after child. Shares of what remains never do."""
    if arrangement.admission_number <= 0 or not arrangement.quotas or shares_remainder(arrangement):
        return
    places = quota_places(arrangement)
    open_to_all = any(
        given > 0 and all(met_by(quota.who, frozenset({kind})) for kind in LOOKED_AFTER)
        for quota, given in zip(arrangement.quotas, places, strict=True)
    )
    if sum(places) >= arrangement.admission_number and not open_to_all:
        yield Breach("looked_after_shut_out", "quotas", {"places": sum(places)})
