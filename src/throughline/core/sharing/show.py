"""Turning rows into what a reader may see: each field is its value, or ``Withheld`` with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.module_loading import import_string

from throughline.rules.sharing.dated import Set, first_days_end, lay_out
from throughline.rules.sharing.decide import (
    Decision,
    Detail,
    Override,
    Reason,
    Rule,
    decide,
    through_lent_eyes,
)

from ..access.viewer import Viewer
from ..audit.look import look
from ..registry.assembly import installed
from .defaults import default_rules
from .models import BrokenGlass
from .models import Override as OverrideRow
from .models import Rule as RuleRow
from .wording import reason_words

Find = Callable[[Viewer, Sequence[UUID]], Mapping[UUID, bool]]
Lent = Callable[[Viewer, Sequence[UUID]], Mapping[UUID, Iterable[str]]]
# Family hold the role of their door whoever the child is: what they are to this child, only a relationship says.
KIN = ("family", "young_person")
EMERGENCY = "sharing.emergency"


@dataclass(frozen=True)
class Withheld:
    """A value that is kept from this reader. It is always shown as words, never as a blank."""

    reason: Reason
    category: str

    @property
    def withheld_reason(self) -> str:
        return reason_words(self.reason)

    def __str__(self) -> str:
        return self.withheld_reason


class Sight:
    """What one viewer may see about some children: decided once per child and category, then only looked up.

    A list of any length costs one query for the rules, one each for overrides and emergencies, and one for each
    relationship and each lending.

    Args:
        viewer: who looks.
        children: whose records.
        rules: other rules than those in force, to see what a change of rules would do.
        readers: what the viewer is taken to be to every one of the children, instead of what the record says: for
            showing what somebody in a role would see.
        lent_to: who looks through this viewer's eyes, before sharing: the look is theirs, and they are shown nothing
            that they may not see themselves.
    """

    def __init__(
        self,
        viewer: Viewer,
        children: Iterable[UUID],
        *,
        rules: Sequence[Rule] | None = None,
        readers: frozenset[str] | None = None,
        lent_to: Viewer | None = None,
    ) -> None:
        self.viewer = viewer
        self.lent_to = lent_to
        self.children = list(dict.fromkeys(children))
        self._registry = installed()
        self._rules = _by_category(rules_in_force() if rules is None else rules)
        self._overrides = overrides_for(viewer, self.children) if readers is None else {}
        self._emergencies = _emergencies(viewer, self.children) if readers is None else frozenset()
        self._readers = (
            readers_for(viewer, self.children) if readers is None else dict.fromkeys(self.children, readers)
        )
        self._lent = lent_to_viewer(viewer, self.children) if readers is None else {}
        self._own = Sight(lent_to, self.children, rules=rules) if lent_to else None
        self._decided: dict[tuple[UUID, str], Decision] = {}
        self._alike: dict[tuple[str, frozenset[str], bool, bool], Decision] = {}
        self.shown: dict[str, set[UUID]] = {}

    def under(self, rules: Sequence[Rule]) -> Sight:
        """The same eyes under other rules. Costs no query: what the viewer is to each child does not depend on rules."""
        other = copy(self)
        other._rules = _by_category(rules)
        other._decided, other._alike, other.shown = {}, {}, {}
        return other

    def decision(self, child: UUID, category: str) -> Decision:
        key = (child, category)
        if key not in self._decided:
            theirs = self._decide(child, category)
            own = self._own.decision(child, category) if self._own else None
            self._decided[key] = theirs if own is None else through_lent_eyes(theirs, own)
        return self._decided[key]

    def _decide(self, child: UUID, category: str) -> Decision:
        """Decided once for all children to whom the viewer is the same and about whom nothing was decided specially."""
        readers, overrides = self._readers.get(child, frozenset()), self._overrides.get(child, ())
        if not self._is_anything_to(readers):
            # What ties somebody to a child is over, and so is what was decided for it.
            overrides = [each for each in overrides if not each.grants]
        emergency = child in self._emergencies and self._sensitivity(category) != "sealed"
        lent = category in self._lent.get(child, ()) and not self._kept_safe(category)
        alike = (category, readers, emergency, lent)
        if not overrides and alike in self._alike:
            return self._alike[alike]
        decided = decide(
            category,
            readers,
            self._rules.get(category, ()),
            overrides,
            on=self.viewer.on,
            emergency=emergency,
            lent=lent,
        )
        if not overrides:
            self._alike[alike] = decided
        return decided

    def _is_anything_to(self, readers: frozenset[str]) -> bool:
        if self.viewer.portal in KIN:
            return not readers.isdisjoint(self._registry.relationships)
        return bool(readers)

    def may_see(self, child: UUID, category: str) -> bool:
        return self.decision(child, category).shows_value

    def value(self, child: UUID, category: str, value: Any) -> Any:
        """The value, or ``Withheld``. An absent value stays absent only for those who may see it."""
        decision = self.decision(child, category)
        if decision.shows_value:
            self.shown.setdefault(category, set()).add(child)
            return value
        return Withheld(self._said(category, decision.reason), category)

    def _said(self, category: str, reason: Reason) -> Reason:
        """The reason given: what keeps somebody safe says so, rather than that the reader's role is too small."""
        return Reason.RESTRICTED if self._kept_safe(category) and reason != Reason.NOT_YOURS else reason

    def _kept_safe(self, category: str) -> bool:
        return self._sensitivity(category) in ("restricted", "sealed")

    def _sensitivity(self, category: str) -> str:
        return self._registry.categories[category].sensitivity

    def readers(self, child: UUID) -> frozenset[str]:
        """What the viewer is to this child: relationships that hold, and ``role:`` for each role that reaches it."""
        return self._readers.get(child, frozenset())

    def may_know(self, child: UUID, category: str) -> bool:
        """Whether the viewer may know that something of this kind is recorded, if not what."""
        return self.decision(child, category).detail >= Detail.EXISTS

    def may_contribute(self, child: UUID, category: str) -> bool:
        """Whether the viewer may add to this kind of information."""
        return self.decision(child, category).detail >= Detail.CONTRIBUTE

    def row(self, child: UUID, row: Model) -> dict[str, Any]:
        """Every declared field of a row, as this viewer may see it."""
        categories = self._registry.fields[row._meta.label].categories
        return {
            name: self.value(child, category, getattr(row, name)) for name, category in categories.items()
        }

    def record_look(self, what: str, reason: str = "") -> None:
        """Leave the look in the trail: call once, when everything to be shown has been asked for."""
        seen = sorted({child for children in self.shown.values() for child in children})
        if self.lent_to is None:
            look(self.viewer, what, seen, self.shown, reason)
        else:
            look(self.lent_to, f"{what}, as another would see it", seen, self.shown, reason)


def rules_in_force() -> list[Rule]:
    """Every rule with the days on which it holds: the authority's own, and those of the first day until one replaces them."""
    return rules_of(RuleRow.objects.filter(withdrawn=False))


def rules_of(rows: Iterable[RuleRow]) -> list[Rule]:
    """The rules that these local ones make together with those of the first day."""
    pairs: dict[tuple[str, str], list[RuleRow]] = {}
    for row in rows:
        pairs.setdefault((row.reader, row.category), []).append(row)
    local, ends = [], {}
    for (reader, category), those in pairs.items():
        by_edition = {row.edition: row for row in those}
        those_set = [Set(row.edition, row.since, row.until) for row in those]
        ends[reader, category] = first_days_end(those_set)
        local += [
            Rule(reader, category, Detail[by_edition[span.key].detail.upper()], span.since, span.until)
            for span in lay_out(those_set)
            if span.ever_held
        ]
    return [*local, *(_until(rule, ends.get((rule.reader, rule.category))) for rule in default_rules())]


def _until(rule: Rule, day: date | None) -> Rule:
    return rule if day is None else replace(rule, until=day)


def _by_category(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.category, []).append(rule)
    return found


def overrides_for(viewer: Viewer, children: list[UUID]) -> dict[UUID, list[Override]]:
    """What has been decided for this viewer and these children, and is in force on the viewer's day."""
    found: dict[UUID, list[Override]] = {}
    rows = OverrideRow.objects.filter(
        user_id=viewer.user_id,
        state=OverrideRow.State.APPROVED,
        since__lte=viewer.on,
        until__gte=viewer.on,
        child_id__in=children,
    )
    for row in rows:
        found.setdefault(row.child_id, []).append(Override(row.category, row.grants, row.since, row.until))
    return found


def _emergencies(viewer: Viewer, children: list[UUID]) -> frozenset[UUID]:
    """The children whose records this viewer has opened in an emergency that is not over, while they still may."""
    if not viewer.may(EMERGENCY):
        return frozenset()
    now = timezone.now()
    rows = BrokenGlass.objects.filter(
        user_id=viewer.user_id, opened_at__lte=now, ends_at__gt=now, child_id__in=children
    )
    return frozenset(rows.values_list("child_id", flat=True))


def lent_to_viewer(viewer: Viewer, children: list[UUID]) -> dict[UUID, set[str]]:
    """The categories that are lent to this viewer about each child, for as long as what they are lent for lasts."""
    found: dict[UUID, set[str]] = {}
    for lending in installed().lendings.values():
        lent: Lent = import_string(lending.find)
        for child, categories in lent(viewer, children).items():
            found.setdefault(child, set()).update(categories)
    return found


def readers_for(viewer: Viewer, children: list[UUID]) -> dict[UUID, frozenset[str]]:
    """What the viewer is to each child. A role with a reach counts only where that relationship holds by its posts."""
    registry = installed()
    reach = {role.code: role.reach for role in registry.roles.values()} | {
        post.role: post.reach for post in viewer.posts
    }
    held: dict[UUID, set[str]] = {
        child: {f"role:{role}" for role in viewer.roles if not reach.get(role)} for child in children
    }
    found = {
        relationship.code: _find(relationship.find)(viewer, children)
        for relationship in registry.relationships.values()
    }
    for code, holds in found.items():
        _add(held, code, holds)
    for role in sorted(viewer.roles):
        if reach.get(role):
            # Whoever holds one role only is asked about once.
            as_held = viewer.as_held(role)
            find = _find(registry.relationships[reach[role]].find)
            _add(held, f"role:{role}", found[reach[role]] if as_held == viewer else find(as_held, children))
    return {child: frozenset(readers) for child, readers in held.items()}


def _find(path: str) -> Find:
    find: Find = import_string(path)
    return find


def _add(held: dict[UUID, set[str]], reader: str, holds: Mapping[UUID, bool]) -> None:
    for child, so in holds.items():
        if so:
            held[child].add(reader)
