"""What a change of rules would do, in numbers, before it is made: how many people gain or lose sight of how many children.

Exact for small authorities. Beyond ``PEOPLE`` accounts or ``CHILDREN`` children per account it is worked out on an even
sample and says so, so that looking at the effect never takes longer than a page may.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from throughline.rules.sharing.decide import Detail, Rule

from ...access.models import Membership, User
from ...access.viewer import ROLE_OF_DOOR, Viewer, viewer_for
from ...registry.assembly import installed
from ..models import Rule as RuleRow
from ..show import Sight, rules_of
from .rules import local_rules

PEOPLE, CHILDREN, EXAMPLES = 150, 400, 6


@dataclass(frozen=True)
class Change:
    """A rule that somebody thinks of setting, or (``detail`` none and ``ends``) of ending."""

    category: str
    reader: str
    detail: str
    since: date


@dataclass(frozen=True)
class Pool:
    """Children that an account could be near: those looked at, and how many they stand for."""

    children: Sequence[UUID]
    of: int


@dataclass(frozen=True)
class Example:
    """One person by role and place, never by name: how many children they would see more or less of."""

    role: str
    children: int
    before: Detail
    after: Detail


@dataclass
class Effect:
    """People and children concerned. ``looked_at`` of ``people_in_all`` accounts were worked out one by one."""

    gain: int = 0
    lose: int = 0
    children_gained: int = 0
    children_lost: int = 0
    looked_at: int = 0
    people_in_all: int = 0
    children_sampled: bool = False
    examples: tuple[Example, ...] = ()

    @property
    def sampled(self) -> bool:
        return self.children_sampled or self.looked_at < self.people_in_all


Near = Callable[[Viewer, int], Pool]
"""The children an account could be near to, at most so many: a superset, since sight itself decides."""


def effect_of(change: Change, near: Near) -> Effect:
    """What it would do on its first day, for everybody whom it could concern."""
    rows = local_rules(change.category)
    return _compare(change, rules_of(rows), rules_of([*rows, _as_row(change)]), near)


def effect_of_ending(rule_id: UUID, until: date, near: Near) -> Effect:
    """What ending a rule on a day would do on the day after. A rule to come is taken back: what it would have done is undone."""
    rule = RuleRow.objects.get(pk=rule_id)
    rows = local_rules(rule.category)
    coming = rule.since > until
    others = [row for row in rows if row.pk != rule_id]
    if not coming:
        ended = RuleRow(**{f: getattr(rule, f) for f in ("category", "reader", "edition", "detail", "since")})
        ended.until = until
        others.append(ended)
    day = rule.since if coming else date.fromordinal(until.toordinal() + 1)
    about = Change(rule.category, rule.reader, rule.detail, day)
    return _compare(about, rules_of(rows), rules_of(others), near)


def _as_row(change: Change) -> RuleRow:
    # The last edition there could be: of two that begin on one day, the one set last holds.
    return RuleRow(
        category=change.category,
        reader=change.reader,
        detail=change.detail,
        since=change.since,
        edition=2**31 - 1,
    )


def _compare(change: Change, before: list[Rule], after: list[Rule], near: Near) -> Effect:
    users = _concerned(change.reader, change.since)
    looked_at = _evenly(users, PEOPLE)
    effect = Effect(looked_at=len(looked_at), people_in_all=len(users))
    gained: dict[UUID, float] = {}
    lost: dict[UUID, float] = {}
    found: Counter[Example] = Counter()
    for user in looked_at:
        viewer = viewer_for(user, on=change.since)
        pool = near(viewer, CHILDREN)
        effect.children_sampled |= pool.of > len(pool.children)
        weight = pool.of / len(pool.children) if pool.children else 1.0
        moves = _moves(viewer, pool, change.category, before, after)
        _note(moves, weight, gained, lost, effect)
        found.update(_examples(viewer, moves, weight))
    scale = len(users) / len(looked_at) if looked_at else 1.0
    effect.gain, effect.lose = round(effect.gain * scale), round(effect.lose * scale)
    effect.children_gained, effect.children_lost = round(sum(gained.values())), round(sum(lost.values()))
    effect.examples = tuple(example for example, _times in found.most_common(EXAMPLES))
    return effect


def _moves(
    viewer: Viewer, pool: Pool, category: str, before: list[Rule], after: list[Rule]
) -> dict[UUID, tuple[Detail, Detail]]:
    was = Sight(viewer, pool.children, rules=before)
    will = was.under(after)
    pairs = {
        child: (was.decision(child, category).detail, will.decision(child, category).detail)
        for child in was.children
    }
    return {child: pair for child, pair in pairs.items() if pair[0] != pair[1]}


def _note(
    moves: dict[UUID, tuple[Detail, Detail]],
    weight: float,
    gained: dict[UUID, float],
    lost: dict[UUID, float],
    effect: Effect,
) -> None:
    more = {child for child, (was, will) in moves.items() if will > was}
    effect.gain += bool(more)
    effect.lose += len(more) < len(moves)
    # A child counts once, however many people see more of them.
    for child in moves:
        tally = gained if child in more else lost
        tally[child] = max(weight, tally.get(child, 0.0))


def _examples(viewer: Viewer, moves: dict[UUID, tuple[Detail, Detail]], weight: float) -> list[Example]:
    if not moves:
        return []
    (was, will), times = Counter(moves.values()).most_common(1)[0]
    labels = installed().roles
    role = min((str(labels[code].label) for code in viewer.roles if code in labels), default="")
    return [Example(role, round(times * weight), was, will)]


def _concerned(reader: str, on: date) -> list[User]:
    """The accounts that the reader could be: holders of a role; for a relationship, those of its portal."""
    kind, _colon, code = reader.rpartition(":")
    users = User.objects.filter(is_active=True)
    if kind == "role":
        doors = [portal for portal, role in ROLE_OF_DOOR.items() if role == code]
        held = Membership.objects.filter(
            Q(until__isnull=True) | Q(until__gt=on), since__lte=on, role__code=code
        )
        users = users.filter(Q(pk__in=held.values("user_id")) | Q(portal__in=doors))
    elif portal := installed().relationships[reader].portal:
        users = users.filter(portal=portal)
    return list(users.order_by("pk"))


def _evenly(users: list[User], most: int) -> list[User]:
    """At most so many, spread evenly over the whole list."""
    if len(users) <= most:
        return users
    return [users[at * len(users) // most] for at in range(most)]
