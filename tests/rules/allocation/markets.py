"""Small invented markets for the allocation tests: one written by hand, others generated from a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from throughline.rules.allocation.arrangement import (
    EVERYONE,
    Arrangement,
    Bands,
    Criterion,
    Quota,
    Selection,
    Who,
)
from throughline.rules.allocation.snapshot import PER_CHILD, PER_PREFERENCE, School, Snapshot

FACTS = ("looked_after", "sibling", "catchment", "faith", "music", "area:north", "area:south")
LOOKED_AFTER = Criterion("looked_after", Who(any_of=("looked_after",)))
OTHERS = Criterion("distance")
PLAIN = (LOOKED_AFTER, OTHERS)


@dataclass(frozen=True)
class Ask:
    """One preference. Without a lot the row number is the lot."""

    school: str
    distance: int = 0
    facts: tuple[str, ...] = ()
    score: int = -1
    band: int = 0
    lot: int | None = None


@dataclass(frozen=True)
class Child:
    """One child and the preferences in order."""

    asks: tuple[Ask, ...] = ()
    named: str = ""
    holds: str = ""
    late: bool = False
    birth_set: int = -1


def ask(school: str, distance: int = 0, *facts: str, **more: int) -> Ask:
    """Short for an ``Ask``."""
    return Ask(school, distance, facts, **more)


def child(*asks: Ask, **more: object) -> Child:
    """Short for a ``Child``."""
    return Child(asks, **more)  # type: ignore[arg-type]


def snapshot(
    schools: Mapping[str, Arrangement], children: Sequence[Child], facts: tuple[str, ...] = FACTS
) -> Snapshot:
    """The snapshot of a market written by hand."""
    number = {key: i for i, key in enumerate(schools)} | {"": -1}
    asks = [each for one in children for each in one.asks]
    return Snapshot(
        facts=facts,
        schools=tuple(School(key, arrangement) for key, arrangement in schools.items()),
        named=[number[one.named] for one in children],
        birth_set=[one.birth_set for one in children],
        late=[int(one.late) for one in children],
        secured=[number[one.holds] for one in children],
        start=np.concatenate([[0], np.cumsum([len(one.asks) for one in children], dtype=np.int64)]),
        school=[number[each.school] for each in asks],
        held_facts=[sum(1 << facts.index(f) for f in each.facts) for each in asks],
        distance=[each.distance for each in asks],
        score=[each.score for each in asks],
        band=[each.band for each in asks],
        lot=[row if each.lot is None else each.lot for row, each in enumerate(asks)],
        child_keys=None,
    )


def arrangement(rng: Random, *, structure: bool = True, twins: bool = True) -> Arrangement:
    """Some lawful-shaped arrangement: criteria in some order, some tie-break, perhaps quotas, bands or selection."""
    middle = [Criterion(f, Who(any_of=(f,))) for f in ("sibling", "catchment", "faith")]
    rng.shuffle(middle)
    own_tie = Criterion("drawn", Who(all_of=("catchment",), none_of=("sibling",)), ("lot",))
    criteria = (LOOKED_AFTER, *middle[: rng.randrange(3)], *([own_tie] if rng.random() < 0.2 else []), OTHERS)
    tie = rng.choice([("distance", "lot"), ("distance", "lot"), ("lot",), ("score", "distance", "lot")])
    number = rng.randrange(0, 6)
    made = Arrangement(
        number, criteria, tie, multiple_births=rng.choice(["admit_all", "lot"]) if twins else "lot"
    )  # type: ignore[arg-type]
    if rng.random() < 0.2:
        made = replace(made, late="looked_after_on_time")
    return structured(rng, made) if structure and rng.random() < 0.7 else made


def structured(rng: Random, made: Arrangement) -> Arrangement:
    """The arrangement with quotas, bands or selection."""
    kind = rng.choice(["quota", "areas", "bands", "both", "pass_mark", "top_score"])
    music = Quota("music", Who(all_of=("music",)), places=rng.randrange(3))
    own = replace(music, criteria=(Criterion("aptitude", EVERYONE),), tie_break=("score", "lot"))
    bands = Bands(tuple(rng.randrange(3) for _ in range(rng.randrange(1, 5))), rng.choice(["lot", "after"]))  # type: ignore[arg-type]
    if kind == "quota":
        faith = Quota("faith", Who(any_of=("faith",)), percent=50, rounding=rng.choice(["down", "nearest"]))  # type: ignore[arg-type]
        return replace(made, quotas=tuple(rng.sample([own, faith, music], rng.randrange(1, 3))))
    if kind == "areas":
        base = rng.choice(["remaining", "admission_number"])
        areas = [("area:north", 70.0), ("area:south", 30.0)]
        return replace(
            made,
            quotas=tuple(Quota(a.replace(":", "-"), Who(any_of=(a,)), percent=p, of=base) for a, p in areas),
        )  # type: ignore[arg-type]
    if kind in ("bands", "both"):
        return replace(made, bands=bands, quotas=(own,) if kind == "both" else ())
    return replace(made, selection=Selection(kind, 40), grammar=True)  # type: ignore[arg-type]


def market(seed: int, *, structure: bool = True, extras: bool = True, twins: bool = True) -> Snapshot:
    """A generated market of up to 24 children and 6 schools.

    Args:
        seed: which one.
        structure: with quotas, bands and selection.
        extras: with plans, late applications and places held.
        twins: with multiple births.
    """
    rng = Random(seed)
    schools = {
        f"S{i}": arrangement(rng, structure=structure, twins=twins) for i in range(rng.randrange(1, 7))
    }
    keys = list(schools)
    children: list[Child] = []
    for number in range(rng.randrange(0, 25)):
        chosen = rng.sample(keys, rng.randrange(0, min(len(keys), 5) + 1))
        asks = tuple(_ask(rng, key, schools[key], number) for key in chosen)
        odd = rng.random() if extras else 1.0
        children.append(
            Child(
                asks,
                named=rng.choice(keys) if odd < 0.1 else "",
                holds=rng.choice(keys) if rng.random() < 0.1 and extras else "",
                late=extras and rng.random() < 0.15,
                birth_set=rng.randrange(3) if twins and rng.random() < 0.25 else -1,
            )
        )
    return snapshot(schools, children)


def _ask(rng: Random, key: str, of: Arrangement, number: int) -> Ask:
    facts = tuple(f for f in FACTS if rng.random() < (0.12 if f == "looked_after" else 0.3))
    band = rng.randrange(len(of.bands.shares) + 1) if of.bands else 0
    lot = rng.randrange(1000) * 100 + number
    return Ask(key, rng.randrange(6), facts, rng.choice([-1, *range(30, 60, 5)]), band, lot)


def shuffled(before: Snapshot, seed: int) -> Snapshot:
    """The same market with children and schools in another order."""
    rng = np.random.default_rng(seed)
    schools, children = rng.permutation(len(before.schools)), rng.permutation(before.children)
    number = np.append(np.argsort(schools), -1).astype(np.int32)
    counts = np.diff(before.start)[children]
    rows = [r for c in children for r in range(int(before.start[c]), int(before.start[c + 1]))]
    columns = {name: getattr(before, name)[children] for name in PER_CHILD}
    columns |= {name: getattr(before, name)[np.array(rows, dtype=np.int64)] for name in PER_PREFERENCE}
    for name in ("named", "secured", "school"):
        columns[name] = number[columns[name]]
    keys = before.child_keys
    return Snapshot(
        facts=before.facts,
        schools=tuple(before.schools[i] for i in schools),
        start=np.concatenate([[0], np.cumsum(counts)]),
        child_keys=None if keys is None else tuple(keys[c] for c in children),
        **columns,
    )
