"""Instances with known answers that others made: stable and best for children in every one, by exhaustive search."""

import os
import re
from itertools import product
from pathlib import Path

import pytest
from tests.rules.allocation.markets import OTHERS, ask, child, snapshot

from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.checker import check

ROOT = Path(__file__).parents[3]
DATA = Path(os.environ.get("THROUGHLINE_DATA", ROOT.parent / "shared" / "data")) / "matching"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the public matching instances are not at {DATA}"),
]


def instances(kind):
    folder = DATA / kind / "instances"
    return sorted(folder.glob("*.txt"), key=lambda p: int(p.stem)) if folder.is_dir() else []


def in_order(text):
    """Names in order; those in brackets are tied and take a lot: here, the order written."""
    return [int(number) for number in re.findall(r"\d+", text)]


def read(path, kind):
    """Preferences of each child, and each school's number and list."""
    lines = path.read_text().splitlines()
    sizes = [int(n) for n in lines[0].split()]
    wishes = {}
    for line in lines[1 : sizes[0] + 1]:
        name, _, rest = line.partition(":")
        wishes[int(name)] = in_order(rest)
    schools = {}
    for line in lines[sizes[0] + 1 : sizes[0] + 1 + sizes[1]]:
        name, _, upper, rest = (part.strip() for part in line.split(":", 3))
        schools[int(name)] = (int(upper), in_order(rest))
    if kind == "spa_no_lq":
        schools = _through_lecturers(lines, sizes, schools)
    return wishes, schools


def _through_lecturers(lines, sizes, projects):
    """A project is a school that ranks children as its lecturer does; lecturers' own limits are left out."""
    first = sizes[0] + sizes[1] + 1
    lists = {}
    for line in lines[first : first + sizes[2]]:
        name, _, _, _, rest = (part.strip() for part in line.split(":", 4))
        lists[int(name)] = in_order(rest)
    return {project: (upper, lists[lecturer[0]]) for project, (upper, lecturer) in projects.items()}


def as_market(wishes, schools):
    arrangements = {str(name): Arrangement(places, (OTHERS,)) for name, (places, _) in schools.items()}
    position = {(name, c): i for name, (_, ranked) in schools.items() for i, c in enumerate(ranked)}
    names = sorted(wishes)
    children = [child(*(ask(str(s), position[s, c]) for s in wishes[c] if (s, c) in position)) for c in names]
    return names, snapshot(arrangements, children), position


def stable_matchings(names, market, schools, position):
    """Every stable matching, found by trying all."""
    wishes = [
        [
            market.schools[int(market.school[r])].key
            for r in range(int(market.start[i]), int(market.start[i + 1]))
        ]
        for i in range(len(names))
    ]
    for choice in product(*([None, *wish] for wish in wishes)):
        held = {key: [] for key in {k for wish in wishes for k in wish}}
        for name, key in zip(names, choice, strict=True):
            if key is not None:
                held[key].append(position[int(key), name])
        if all(len(h) <= schools[int(k)][0] for k, h in held.items()) and not any(
            _blocks(wish, key, held, schools, position, name)
            for name, wish, key in zip(names, wishes, choice, strict=True)
        ):
            yield choice


def _blocks(wish, key, held, schools, position, name):
    better = wish if key is None else wish[: wish.index(key)]
    return any(
        len(held[k]) < schools[int(k)][0] or (held[k] and position[int(k), name] < max(held[k]))
        for k in better
    )


@pytest.mark.parametrize("kind", ["hr", "spa_no_lq"])
def test_there_are_instances_to_try(kind):
    assert len(instances(kind)) >= 20


@pytest.mark.parametrize(
    ("kind", "path"),
    [(k, p) for k in ("hr", "spa_no_lq") for p in instances(k)],
    ids=lambda v: getattr(v, "stem", v),
)
def test_the_offers_are_stable_and_no_child_could_do_better_in_any_stable_matching(kind, path):
    wishes, schools = read(path, kind)
    names, market, position = as_market(wishes, schools)
    outcome = allocate_round(market)
    assert check(market, outcome) == []
    keys = [school.key for school in market.schools]
    ours = tuple(keys[s] if s >= 0 else None for s in outcome.offered.tolist())
    every = list(stable_matchings(names, market, schools, position))
    assert ours in every
    order = [
        [keys[int(market.school[r])] for r in range(int(a), int(b))]
        for a, b in zip(market.start, market.start[1:], strict=False)
    ]
    for other in every:
        for wish, mine, theirs in zip(order, ours, other, strict=True):
            assert theirs is None or (mine is not None and wish.index(mine) <= wish.index(theirs))


def with_an_optimum():
    """Lower quotas, which school places do not have, can leave an instance without any matching: those tell no size."""
    said = {path: (DATA / "hr" / "bruteforce" / path.name).read_text() for path in instances("hr")}
    return [path for path, text in said.items() if "optimal_size:" in text]


@pytest.mark.parametrize("path", with_an_optimum(), ids=lambda p: p.stem)
def test_no_more_children_are_placed_than_the_best_of_all_matchings_places(path):
    names, market, _ = as_market(*read(path, "hr"))
    said = (DATA / "hr" / "bruteforce" / path.name).read_text()
    found = re.search(r"optimal_size: (\d+)", said)
    assert found is not None
    optimum = max(int(found.group(1)), len(names) if "infeasible" in said else 0)
    assert int((allocate_round(market).offered >= 0).sum()) <= optimum
