"""Seeded markets like real ones: towns, near and famous schools, six kinds of arrangements, bounded admission numbers."""

from __future__ import annotations

import numpy as np

from throughline.rules.allocation.arrangement import Arrangement, Bands, Criterion, Quota, TieBreak, Who
from throughline.rules.allocation.lot import draw_lots
from throughline.rules.allocation.snapshot import School, Snapshot

SIZES = {"2k": (2_000, 14), "15k": (15_000, 80), "100k": (100_000, 500), "1.2m": (1_200_000, 20_100)}
FACTS = (
    "looked_after",
    "social_medical",
    "sibling",
    "catchment",
    "feeder",
    "faith",
    "staff",
    "pupil_premium",
)
_ODDS = (0.02, 0.02, 0.0, 0.0, 0.12, 0.25, 0.01, 0.2)


def _criteria(*names: str) -> tuple[Criterion, ...]:
    return (*(Criterion(name, Who(any_of=(name,))) for name in names), Criterion("distance"))


TEMPLATES: tuple[tuple[tuple[Criterion, ...], tuple[TieBreak, ...]], ...] = (
    (_criteria("looked_after", "sibling"), ("distance", "lot")),
    (_criteria("looked_after", "social_medical", "sibling", "catchment"), ("distance", "lot")),
    (_criteria("looked_after", "catchment", "sibling", "feeder", "staff"), ("distance", "lot")),
    (_criteria("looked_after", "faith", "sibling"), ("distance", "lot")),
    (_criteria("looked_after", "social_medical", "staff", "feeder", "catchment"), ("distance", "lot")),
    (_criteria("looked_after", "sibling", "pupil_premium"), ("lot",)),
)
_SHARES = (0.3, 0.25, 0.15, 0.15, 0.08, 0.07)


def market(size: str, *, seed: int = 7, pools: float = 0.0, twins: bool = False) -> Snapshot:
    """One market.

    Args:
        size: "2k", "15k", "100k" or "1.2m".
        seed: which one.
        pools: share of schools with quotas or bands.
        twins: with multiple births (0.8 % of children have one).
    """
    children, schools = SIZES[size]
    rng = np.random.default_rng(seed)
    start, school, distance = _preferences(rng, *_places(rng, schools, children))
    child = np.repeat(np.arange(children), np.diff(start))
    facts = _facts(rng, child, children, distance)
    first = school[start[:-1]]
    popular = np.bincount(school, minlength=schools) / len(school) * schools
    number = np.maximum(15, children / schools * 1.03 * np.clip(popular, 0.7, 1.3)).astype(int)
    birth_set = np.full(children, -1, dtype=np.int32)
    if twins:
        start, school, facts, distance, birth_set = _twinned(rng, start, school, facts, distance)
        child = np.repeat(np.arange(children), np.diff(start))
    named = np.where(rng.random(children) < 0.03, first, -1)
    return Snapshot(
        facts=FACTS,
        schools=_schools(rng, number, pools),
        named=named,
        birth_set=birth_set,
        late=np.zeros(children, dtype=np.uint8),
        secured=np.full(children, -1),
        start=start,
        school=school,
        held_facts=facts,
        distance=distance,
        score=np.full(len(school), -1),
        band=_bands(rng, child, children),
        lot=_lots(rng, child, school, size),
    )


def _facts(rng: np.random.Generator, child: np.ndarray, children: int, distance: np.ndarray) -> np.ndarray:
    """Facts true of a child everywhere, siblings at some schools, and the near schools' catchments."""
    facts = np.zeros(len(child), dtype=np.uint32)
    for bit, odds in enumerate(_ODDS):
        facts |= (rng.random(children) < odds)[child].astype(np.uint32) << np.uint32(bit)
    facts |= (rng.random(len(child)) < 0.18).astype(np.uint32) << np.uint32(2)
    return facts | ((distance < 2_000).astype(np.uint32) << np.uint32(3))


def _places(rng: np.random.Generator, schools: int, children: int) -> tuple[np.ndarray, np.ndarray]:
    """Where schools and children are, in metres: towns of some twenty schools."""
    towns = max(1, schools // 20)
    centre = rng.random((towns, 2)) * 20_000 * np.sqrt(towns)
    of_school, of_child = rng.integers(0, towns, schools), rng.integers(0, towns, children)
    return (
        centre[of_school] + rng.normal(0, 3_500, (schools, 2)),
        centre[of_child] + rng.normal(0, 3_500, (children, 2)),
    )


def _preferences(
    rng: np.random.Generator, at_school: np.ndarray, at_child: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One to six preferences each: popular schools that are not far, with some noise."""
    children, schools = len(at_child), len(at_school)
    fame = rng.gumbel(0, 0.45, schools)
    near = min(12, schools)
    chosen = np.empty((children, 6), dtype=np.int32)
    metres = np.empty((children, 6), dtype=np.uint32)
    for first, apart, index in _near(at_school, at_child, near):
        utility = fame[index] - apart / 2_500 + rng.gumbel(0, 0.8, index.shape)
        order = np.argsort(-utility, axis=1)[:, :6]
        chosen[first : first + len(index)] = np.take_along_axis(index, order, axis=1)
        metres[first : first + len(index)] = np.take_along_axis(apart, order, axis=1)
    count = rng.choice([1, 2, 3, 4, 5, 6], size=children, p=[0.12, 0.12, 0.2, 0.2, 0.16, 0.2])
    kept = np.arange(6) < count[:, None]
    return np.concatenate([[0], np.cumsum(count)]), chosen[kept], metres[kept]


def _near(at_school: np.ndarray, at_child: np.ndarray, near: int):
    """The nearest schools of blocks of children: every school for small markets, the same town's for large ones."""
    if len(at_school) <= 500:
        for first in range(0, len(at_child), 5_000):
            block = at_child[first : first + 5_000]
            apart = np.sqrt(((block[:, None, :] - at_school[None]) ** 2).sum(axis=2))
            index = np.argpartition(apart, near - 1, axis=1)[:, :near]
            yield first, np.take_along_axis(apart, index, axis=1), index
        return
    # A nation: schools in strips by position, each child looking at those around its own place in the order.
    order = np.lexsort((at_school[:, 1], at_school[:, 0] // 30_000))
    strip = at_school[order, 0] // 30_000 * 1e8 + at_school[order, 1]
    for first in range(0, len(at_child), 50_000):
        block = at_child[first : first + 50_000]
        middle = np.searchsorted(strip, block[:, 0] // 30_000 * 1e8 + block[:, 1])
        index = order[np.clip(middle - 30, 0, len(order) - 60)[:, None] + np.arange(60)]
        apart = np.sqrt(((block[:, None, :] - at_school[index]) ** 2).sum(axis=2))
        pick = np.argpartition(apart, near - 1, axis=1)[:, :near]
        yield (
            first,
            np.minimum(np.take_along_axis(apart, pick, axis=1), 200_000),
            np.take_along_axis(index, pick, axis=1),
        )


def _twinned(rng: np.random.Generator, start: np.ndarray, *columns: np.ndarray):
    """Every so often the next child is a twin of this one: the same schools, facts and distances."""
    children = len(start) - 1
    first = rng.choice(np.arange(0, children - 1, 2), size=children // 125, replace=False)
    source = np.arange(children)
    source[first + 1] = first
    count = np.diff(start)[source]
    made = np.concatenate([[0], np.cumsum(count)])
    rows = np.arange(made[-1]) + np.repeat(start[source] - made[:-1], count)
    birth_set = np.full(children, -1, dtype=np.int32)
    birth_set[first] = birth_set[first + 1] = np.arange(len(first))
    return (made, *(column[rows] for column in columns), birth_set)


def _schools(rng: np.random.Generator, number: np.ndarray, pools: float) -> tuple[School, ...]:
    kinds = rng.choice(len(TEMPLATES), size=len(number), p=_SHARES)
    structured = rng.random(len(number)) < pools
    made = []
    for i, (kind, places) in enumerate(zip(kinds.tolist(), number.tolist(), strict=True)):
        criteria, tie = TEMPLATES[kind]
        quotas: tuple[Quota, ...] = ()
        bands = None
        if structured[i] and i % 3 == 0:
            quotas = (Quota("faith", Who(any_of=("faith",)), percent=50, rounding="down"),)
        elif structured[i] and i % 3 == 1:
            near, far = Who(any_of=("catchment",)), Who(none_of=("catchment",))
            quotas = (Quota("near", near, percent=70), Quota("far", far, percent=30))
        elif structured[i]:
            bands = Bands(tuple(len(part) for part in np.array_split(np.arange(places), 4)))
        made.append(School(f"{100000 + i}", Arrangement(places, criteria, tie, quotas=quotas, bands=bands)))
    return tuple(made)


def _bands(rng: np.random.Generator, child: np.ndarray, children: int) -> np.ndarray:
    """One band per child, so that a child is in the same band everywhere; schools without bands do not look."""
    return rng.integers(1, 5, size=children)[child]


def _lots(rng: np.random.Generator, child: np.ndarray, school: np.ndarray, size: str) -> np.ndarray:
    """The recorded draw; for the largest markets a random order, which is quicker to make."""
    if size in ("2k", "15k"):
        keys = [f"c{i}" for i in range(int(child.max()) + 1)]
        return draw_lots("bench", keys, child, [f"s{i}" for i in range(int(school.max()) + 1)], school)
    drawn = rng.permutation(len(school))
    order = np.lexsort((drawn, school))
    lot = np.empty(len(school), dtype=np.uint32)
    first = np.searchsorted(school[order], school[order])
    lot[order] = np.arange(len(school)) - first + 1
    return lot
