"""The worked examples as markets: from words an officer wrote to a snapshot, and from an outcome back to names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.arrangement_data import arrangement_from_data
from throughline.rules.allocation.established import staff
from throughline.rules.allocation.facts import LOOKED_AFTER
from throughline.rules.allocation.snapshot import School, Snapshot
from throughline.rules.allocation.statement import needed_facts

CHILD_KEYS = {
    "name", "prefers", "km", "facts", "plan", "score", "band", "late", "twins", "lot", "staff", "home",
}  # fmt: skip
SERIES_KEYS = {"names", "count", "from_km", "step_km", "facts"}


@dataclass(frozen=True)
class Child:
    """One child of an example, as written."""

    name: str
    prefers: tuple[str, ...]
    km: float | Mapping[str, float] = 0.0
    facts: tuple[str, ...] | Mapping[str, Iterable[str]] = ()
    plan: str = ""
    score: int = -1
    band: int = 0
    late: bool = False
    twins: str = ""
    lot: int = 0
    home: str = ""

    def metres(self, school: str) -> int:
        km = self.km.get(school, 0.0) if isinstance(self.km, Mapping) else self.km
        return round(km * 1000)

    def held(self, school: str) -> frozenset[str]:
        return frozenset(self.facts.get(school, ()) if isinstance(self.facts, Mapping) else self.facts)


@dataclass(frozen=True)
class Market:
    """Schools and children, and who already holds a place where."""

    schools: Mapping[str, Arrangement]
    children: tuple[Child, ...]
    holds: Mapping[str, str] = field(default_factory=dict)

    def child(self, name: str) -> Child:
        return next(child for child in self.children if child.name == name)

    def index(self, school: str) -> int:
        return list(self.schools).index(school)

    def without(self, names: Iterable[str]) -> Market:
        gone = set(names)
        assert gone <= {child.name for child in self.children}, f"nobody is called {gone}"
        children = tuple(child for child in self.children if child.name not in gone)
        return replace(self, children=children, holds={n: s for n, s in self.holds.items() if n not in gone})

    def snapshot(self) -> Snapshot:
        facts = needed_facts(*self.schools.values())
        rows = [(child, school) for child in self.children for school in child.prefers]
        start = [0]
        for child in self.children:
            start.append(start[-1] + len(child.prefers))
        order = sorted(range(len(rows)), key=lambda i: rows[i][0].lot or 10_000 + i)
        drawn = {row: number for number, row in enumerate(order)}
        sets = sorted({child.twins for child in self.children if child.twins})
        return Snapshot(
            facts=facts,
            schools=tuple(School(name, arrangement) for name, arrangement in self.schools.items()),
            named=[self.index(child.plan) if child.plan else -1 for child in self.children],
            birth_set=[sets.index(child.twins) if child.twins else -1 for child in self.children],
            late=[int(child.late) for child in self.children],
            secured=[self.index(self.holds[c.name]) if c.name in self.holds else -1 for c in self.children],
            start=start,
            school=[self.index(school) for _, school in rows],
            held_facts=[
                sum(1 << i for i, f in enumerate(facts) if f in child.held(at)) for child, at in rows
            ],
            distance=[child.metres(school) for child, school in rows],
            score=[child.score for child, _ in rows],
            band=[child.band for child, _ in rows],
            lot=[drawn[i] for i in range(len(rows))],
            child_keys=tuple(child.name for child in self.children),
        )


def who_in_words(words: str) -> dict[str, list[str]]:
    """``"looked after + faith"`` as a ``Who``; ``"other"`` is everyone."""
    who: dict[str, list[str]] = {}
    for part in [] if words == "other" else words.split(" + "):
        if part == "looked after":
            who.setdefault("any_of", []).extend(LOOKED_AFTER)
        elif part.startswith("not "):
            who.setdefault("none_of", []).append(part.removeprefix("not ").replace(" ", "_"))
        else:
            who.setdefault("all_of", []).append(part.replace(" ", "_"))
    return who


def code_in_words(words: str) -> str:
    return words.replace(" + ", "_and_").replace(" ", "_")


def arrangement_in_words(data: Mapping[str, Any]) -> Arrangement:
    """The arrangements of one school as an example writes them."""
    criteria = [{"code": code_in_words(words), "who": who_in_words(words)} for words in data["criteria"]]
    quotas = []
    for each in data.get("quotas", ()):
        rest = {key: value for key, value in each.items() if key != "for"}
        quotas.append({**rest, "who": who_in_words(each["for"])})
    rest = {key: value for key, value in data.items() if key not in ("criteria", "quotas", "authority")}
    return arrangement_from_data({**rest, "criteria": criteria, "quotas": quotas})


def child_in_words(data: Mapping[str, Any], schools: Iterable[str], applied_on: date | None) -> Child:
    """One child as an example writes it."""
    assert set(data) <= CHILD_KEYS, f"{data['name']}: not known: {set(data) - CHILD_KEYS}"
    rest = {key: value for key, value in data.items() if key not in ("prefers", "facts", "staff")}
    facts = data.get("facts", ())
    if "staff" in data:
        assert applied_on is not None
        found = staff(applied_on=applied_on, **data["staff"])
        facts = (*facts, *(["staff"] if found.holds else []))
    prefers = data.get("prefers", () if data.get("plan") else schools)
    return Child(**rest, prefers=tuple(prefers), facts=facts if isinstance(facts, Mapping) else tuple(facts))


def market_in_words(example: Mapping[str, Any]) -> Market:
    """The whole market of an example. A child whose plan names a school needs no preference."""
    given, names = example["given"], list(example["schools"])
    applied_on = given.get("applied_on")
    children = [child_in_words(each, names, applied_on) for each in given.get("children", ())]
    for series in given.get("series", ()):
        assert set(series) <= SERIES_KEYS
        for i in range(series["count"]):
            km = round(series["from_km"] + i * series["step_km"], 6)
            facts = tuple(series.get("facts", ()))
            children.append(Child(f"{series['names']}{i + 1}", tuple(names), km, facts))
    schools = {name: arrangement_in_words(data) for name, data in example["schools"].items()}
    return Market(schools, tuple(children))
