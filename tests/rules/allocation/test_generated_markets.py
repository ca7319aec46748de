"""Every generated market, whatever its structure: engines agree, order does not matter, the checker finds nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching.games import HospitalResident
from tests.rules.allocation.choosing import Reference, simple
from tests.rules.allocation.markets import market, shuffled

from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.checker import check
from throughline.rules.allocation.digest import digest
from throughline.rules.allocation.outcome import Outcome
from throughline.rules.allocation.snapshot import Snapshot
from throughline.rules.allocation.solve_numba import AVAILABLE

SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
MODES = ("child", "iterative")


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=150)
@given(seed=SEEDS)
def test_the_checker_finds_nothing_wrong(mode, seed):
    snapshot = market(seed)
    assert check(snapshot, allocate_round(snapshot, mode=mode)) == []


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=100)
@given(seed=SEEDS)
def test_the_order_of_children_and_schools_does_not_matter(mode, seed):
    snapshot = market(seed)
    again = shuffled(snapshot, seed)
    expected = digest(snapshot, allocate_round(snapshot, mode=mode))
    assert digest(again, allocate_round(again, mode=mode)) == expected


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=100)
@given(seed=SEEDS)
def test_plain_python_gives_the_same_as_whole_arrays(mode, seed):
    _engines_agree(market(seed), mode, "python")


@pytest.mark.skipif(
    not AVAILABLE, reason="numba is not installed: the optional engine has nothing to be compared with"
)
@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=100)
@given(seed=SEEDS)
def test_numba_gives_the_same_as_whole_arrays(mode, seed):
    _engines_agree(market(seed), mode, "numba")


def _engines_agree(snapshot: Snapshot, mode: str, engine: str) -> None:
    first = allocate_round(snapshot, mode=mode)
    second = allocate_round(snapshot, mode=mode, engine=engine)
    assert digest(snapshot, first) == digest(snapshot, second)


@settings(max_examples=200)
@given(seed=SEEDS)
def test_quotas_give_what_filling_each_in_turn_gives(seed):
    snapshot = market(seed, extras=seed % 2 == 0, twins=False)
    if snapshot.late.any() or (snapshot.secured >= 0).any():
        snapshot = _without_late_or_held(snapshot)
    if not all(simple(school.arrangement) for school in snapshot.schools):
        return
    outcome = allocate_round(snapshot)
    ours = {c: int(r) for c, r in enumerate(outcome.preference) if r >= 0 and snapshot.named[c] < 0}
    assert ours == Reference(snapshot).run()


def _without_late_or_held(snapshot: Snapshot) -> Snapshot:
    from_scratch = {
        name: getattr(snapshot, name) for name in snapshot.__dataclass_fields__ if name != "known_good"
    }
    from_scratch["late"] = np.zeros(snapshot.children, dtype=np.uint8)
    from_scratch["secured"] = np.full(snapshot.children, -1)
    return Snapshot(**from_scratch)


@settings(max_examples=60)
@given(seed=SEEDS)
def test_simple_markets_equal_the_matching_package(seed):
    snapshot = market(seed, structure=False, extras=False, twins=False)
    outcome = allocate_round(snapshot)
    peer = peer_offers(snapshot, outcome)
    if peer is not None:
        ours = {c: int(s) for c, s in enumerate(outcome.offered) if s >= 0}
        assert ours == peer


def peer_offers(snapshot: Snapshot, outcome: Outcome) -> dict[int, int] | None:
    """The peer's child-optimal result from our ranks; None where it cannot take part (no places, nobody asks)."""
    places = {f"s{i}": s.arrangement.admission_number for i, s in enumerate(snapshot.schools)}
    lists: dict[str, list[str]] = {}
    wanted: dict[str, list[tuple[int, str]]] = {}
    for row, child in enumerate(snapshot.child_of().tolist()):
        school = f"s{snapshot.school[row]}"
        if places[school] > 0:
            lists.setdefault(f"c{child}", []).append(school)
            wanted.setdefault(school, []).append((int(outcome.rank[row]), f"c{child}"))
    if not lists:
        return None
    ranked = {school: [name for _, name in sorted(rows)] for school, rows in wanted.items()}
    game = HospitalResident.create_from_dictionaries(
        lists, ranked, {school: places[school] for school in ranked}
    )
    solved = game.solve(optimal="resident")
    return {int(c.name[1:]): int(school.name[1:]) for school, children in solved.items() for c in children}


@settings(max_examples=100)
@given(seed=SEEDS)
def test_nobody_does_better_when_schools_propose(seed):
    snapshot = market(seed, twins=False, structure=False)
    child, school = allocate_round(snapshot), allocate_round(snapshot, mode="iterative")
    none = snapshot.preferences
    best, other = (np.where(o.preference < 0, none, o.preference) for o in (child, school))
    unlisted = (child.offered >= 0) & (child.preference < 0)
    assert ((best <= other) | unlisted).all()
