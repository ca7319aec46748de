"""Standing facts: each guarded by the category of its own kind, not by the table it lies in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from throughline.rules.sharing.decide import Detail

from ...registry.assembly import installed
from ...registry.sockets import Text
from ...sharing.show import Sight
from ..models import Fact
from ..ordering import latest_first

# Facts that are plans for a child: they have a page of their own.
PLANS = ("ehc_plan", "idp", "sen_support", "plan_names_school", "protection_plan", "child_in_need")


@dataclass(frozen=True)
class FactShown:
    """A fact of which the reader may know at least that there is one of this kind.

    ``told`` is how much: where it is not full, there is a label and nothing else.
    """

    id: UUID
    kind: str
    label: Text
    told: Detail
    in_force: bool
    since: Any = None
    until: Any = None
    source: Any = ""
    evidence: Any = ""
    school: Any = ""


@dataclass(frozen=True)
class FactsShown:
    """Facts, those in force first; ``somewhere`` names kinds of information of which something is recorded."""

    facts: tuple[FactShown, ...]
    somewhere: tuple[Text, ...]

    @property
    def in_force(self) -> tuple[FactShown, ...]:
        return tuple(fact for fact in self.facts if fact.in_force)

    @property
    def before(self) -> tuple[FactShown, ...]:
        return tuple(fact for fact in self.facts if not fact.in_force)


def facts(sight: Sight, child_id: UUID) -> FactsShown:
    """Every standing fact, in one query."""
    return shown_facts(sight, child_id, _rows(child_id))


def plans(sight: Sight, child_id: UUID) -> FactsShown:
    """The facts that are plans."""
    return shown_facts(sight, child_id, _rows(child_id).filter(kind__in=PLANS))


def shown_facts(sight: Sight, child_id: UUID, rows: Iterable[Fact]) -> FactsShown:
    """Facts as the reader may see them."""
    on = sight.viewer.on
    kinds, categories = installed().facts, installed().categories
    found: list[FactShown] = []
    somewhere: dict[str, Text] = {}
    for row in rows:
        kind = kinds.get(row.kind)
        category = kind.category if kind else "people.circumstances"
        detail = sight.decision(child_id, category).detail
        if detail == Detail.EXISTS:
            somewhere[category] = categories[category].label
        elif detail == Detail.SUMMARY:
            found.append(FactShown(row.pk, row.kind, _label(row), detail, holds(row, on)))
        elif detail >= Detail.FULL:
            found.append(_shown(sight, child_id, row, category, detail))
    found.sort(key=lambda fact: not fact.in_force)
    return FactsShown(tuple(found), tuple(somewhere.values()))


def holds(fact: Fact, on: date) -> bool:
    """Whether a fact holds on a day."""
    return (fact.since is None or fact.since <= on) and (fact.until is None or fact.until > on)


def fact_label(code: str) -> Text:
    """What a kind of fact is called; its code where the module that declared it is no longer installed."""
    kind = installed().facts.get(code)
    return kind.label if kind else code


def _shown(sight: Sight, child_id: UUID, row: Fact, category: str, detail: Detail) -> FactShown:
    def value(what: Any) -> Any:
        return sight.value(child_id, category, what)

    return FactShown(
        id=row.pk,
        kind=row.kind,
        label=_label(row),
        told=detail,
        in_force=holds(row, sight.viewer.on),
        since=value(row.since),
        until=value(row.until),
        source=value(row.source),
        evidence=value(row.evidence),
        school=value(row.school.name if row.school else ""),
    )


def _label(row: Fact) -> Text:
    return fact_label(row.kind)


def _rows(child_id: UUID) -> QuerySet[Fact]:
    rows: QuerySet[Fact] = Fact.objects.filter(child_id=child_id).select_related("school")
    return rows.order_by(latest_first("since"), "kind", "pk")
