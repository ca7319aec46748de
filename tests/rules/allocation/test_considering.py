"""Under which criterion a child would be considered, asked before anybody applies."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.arrangement import EVERYONE, Arrangement, Criterion, Who
from throughline.rules.allocation.considering import first_criterion, meets, quotas_open_to
from throughline.rules.allocation.presets import PRESETS, arrangement_from_preset
from throughline.rules.allocation.snapshot import School, Snapshot
from throughline.rules.allocation.statement import needed_facts


@pytest.mark.parametrize(
    ("who", "facts", "is_one"),
    [
        (EVERYONE, set(), True),
        (Who(all_of=("catchment", "sibling")), {"catchment", "sibling", "staff"}, True),
        (Who(all_of=("catchment", "sibling")), {"catchment"}, False),
        (Who(any_of=("looked_after", "previously_looked_after")), {"previously_looked_after"}, True),
        (Who(any_of=("looked_after", "previously_looked_after")), {"sibling"}, False),
        (Who(all_of=("sibling",), none_of=("catchment",)), {"sibling"}, True),
        (Who(all_of=("sibling",), none_of=("catchment",)), {"sibling", "catchment"}, False),
        (Who(all_of=("faith",), any_of=("looked_after",)), {"faith"}, False),
    ],
)
def test_a_child_is_one_of_those_who_have_every_fact_one_of_some_and_none_of_others(who, facts, is_one):
    assert meets(who, facts) is is_one


def test_the_first_criterion_met_counts_though_a_later_one_is_met_too():
    arrangement = arrangement_from_preset("community_primary")
    codes = [criterion.code for criterion in arrangement.criteria]
    assert codes[first_criterion(arrangement, {"catchment", "sibling"})] == "catchment_sibling"
    assert codes[first_criterion(arrangement, {"catchment", "sibling", "looked_after"})] == "looked_after"
    assert codes[first_criterion(arrangement, set())] == "other"


def test_where_nobody_else_is_admitted_there_is_no_criterion():
    arrangement = Arrangement(1, (Criterion("faith", Who(all_of=("faith",))),))
    assert first_criterion(arrangement, set()) == -1


def test_shares_of_the_places_are_open_to_those_they_are_for():
    arrangement = arrangement_from_preset("church_of_england_parish_split")
    assert quotas_open_to(arrangement, {"parish:own"}) == [0]
    assert quotas_open_to(arrangement, {"parish:own", "parish:neighbouring"}) == [0, 1]
    assert quotas_open_to(arrangement, set()) == []


def _alone(arrangement: Arrangement, names: tuple[str, ...], facts: frozenset[str]) -> Snapshot:
    """One child asking for one school."""
    none = np.array([-1], dtype=np.int32)
    return Snapshot(
        facts=names,
        schools=(School("100001", arrangement),),
        named=none,
        birth_set=none,
        late=np.zeros(1, dtype=np.uint8),
        secured=none,
        start=np.array([0, 1], dtype=np.int64),
        school=np.zeros(1, dtype=np.int32),
        held_facts=np.array(
            [sum(1 << at for at, name in enumerate(names) if name in facts)], dtype=np.uint32
        ),
        distance=np.zeros(1, dtype=np.uint32),
        score=none,
        band=np.zeros(1, dtype=np.uint8),
        lot=np.zeros(1, dtype=np.uint32),
        child_keys=("a",),
    )


PLAIN = [p.code for p in PRESETS if p.code not in ("grammar_pass_mark", "grammar_top_score")]


@given(st.sampled_from(PLAIN), st.data())
def test_what_a_parent_is_told_beforehand_is_what_the_kernel_then_does(code, data):
    arrangement = arrangement_from_preset(code)
    names = tuple(sorted(needed_facts(arrangement)))
    facts = data.draw(st.frozensets(st.sampled_from(names)))
    outcome = allocate_round(_alone(arrangement, names, facts))
    assert int(outcome.criterion[0]) == first_criterion(arrangement, facts)
