"""Turning rows into what a reader may see: each field is its value, or ``Withheld`` with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from django.utils.module_loading import import_string

from throughline.rules.sharing.decide import Decision, Detail, Override, Reason, Rule, decide

from ..access.viewer import Viewer
from ..audit.look import look
from ..registry.assembly import Registry, installed
from .models import Override as OverrideRow
from .models import Rule as RuleRow
from .wording import reason_words

Find = Callable[[Viewer, Sequence[UUID]], Mapping[UUID, bool]]


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

    A list of any length costs one query for the rules, one for the overrides and one for each relationship.
    """

    def __init__(self, viewer: Viewer, children: Iterable[UUID]) -> None:
        self.viewer = viewer
        self.children = list(dict.fromkeys(children))
        self._registry = installed()
        self._rules = _rules_in_force(self._registry)
        self._overrides = _overrides_for(viewer, self.children)
        self._readers = _readers(viewer, self.children, self._registry)
        self._decided: dict[tuple[UUID, str], Decision] = {}
        self.shown: dict[str, set[UUID]] = {}

    def decision(self, child: UUID, category: str) -> Decision:
        key = (child, category)
        if key not in self._decided:
            self._decided[key] = decide(
                category,
                self._readers.get(child, frozenset()),
                self._rules,
                self._overrides.get(child, ()),
                on=self.viewer.on,
            )
        return self._decided[key]

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
        if self._registry.categories[category].sensitivity == "restricted":
            return Reason.RESTRICTED
        return reason

    def row(self, child: UUID, row: Model) -> dict[str, Any]:
        """Every declared field of a row, as this viewer may see it."""
        categories = self._registry.fields[row._meta.label].categories
        return {
            name: self.value(child, category, getattr(row, name)) for name, category in categories.items()
        }

    def record_look(self, what: str) -> None:
        """Leave the look in the trail: call once, when everything to be shown has been asked for."""
        seen = sorted({child for children in self.shown.values() for child in children})
        look(self.viewer, what, seen, self.shown)


def _rules_in_force(registry: Registry) -> list[Rule]:
    local = [
        Rule(
            row.reader,
            row.category,
            Detail[row.detail.upper()],
            row.since,
            *([row.until] if row.until else []),
        )
        for row in RuleRow.objects.all()
    ]
    # A local rule for a reader and a category replaces the default for that pair.
    replaced = {(rule.reader, rule.category) for rule in local}
    defaults = [
        Rule(grant.reader, grant.category, Detail[grant.detail.upper()])
        for grant in registry.grants
        if (grant.reader, grant.category) not in replaced
    ]
    return local + defaults


def _overrides_for(viewer: Viewer, children: list[UUID]) -> dict[UUID, list[Override]]:
    found: dict[UUID, list[Override]] = {}
    rows = OverrideRow.objects.filter(
        Q(user_id=viewer.user_id), since__lte=viewer.on, until__gte=viewer.on, child_id__in=children
    )
    for row in rows:
        found.setdefault(row.child_id, []).append(Override(row.category, row.grants, row.since, row.until))
    return found


def _readers(viewer: Viewer, children: list[UUID], registry: Registry) -> dict[UUID, frozenset[str]]:
    roles = {f"role:{role}" for role in viewer.roles}
    held = {child: set(roles) for child in children}
    for relationship in registry.relationships.values():
        find: Find = import_string(relationship.find)
        for child, holds in find(viewer, children).items():
            if holds:
                held[child].add(relationship.code)
    return {child: frozenset(readers) for child, readers in held.items()}
