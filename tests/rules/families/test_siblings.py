"""Brothers and sisters that the record suggests: worked examples, and what must hold of any family."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.families import Home, TieTo, likely_siblings

EXAMPLES = tomllib.loads((Path(__file__).parent / "examples/siblings.toml").read_text())["example"]
TIES = st.builds(
    TieTo,
    child=st.sampled_from("ABCD"),
    adult=st.sampled_from("wxyz"),
    kind=st.sampled_from(["mother", "father", "step_parent", "foster_carer", "grandparent"]),
    adoptive=st.booleans(),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_worked_example(example: dict[str, Any]) -> None:
    ties = [TieTo(t[0], t[1], t[2], len(t) > 3) for t in example["ties"]]
    homes = [Home(child, place) for child, place in example.get("homes", {}).items()]
    found = [[f.one, f.other, f.kind, f.because] for f in likely_siblings(ties, homes)]
    assert found == example["expect"]


@given(st.lists(TIES, max_size=12), st.randoms())
def test_the_order_of_what_is_given_never_matters(ties: list[TieTo], rng: Any) -> None:
    shuffled = list(ties)
    rng.shuffle(shuffled)
    assert likely_siblings(shuffled) == likely_siblings(ties)


@given(st.lists(TIES, max_size=12))
def test_each_pair_comes_once_and_nobody_is_their_own_sibling(ties: list[TieTo]) -> None:
    pairs = [frozenset((f.one, f.other)) for f in likely_siblings(ties)]
    assert len(pairs) == len(set(pairs))
    assert all(len(pair) == 2 for pair in pairs)


@given(st.lists(TIES, max_size=12))
def test_no_pair_without_an_adult_in_common(ties: list[TieTo]) -> None:
    adults = {c: {t.adult for t in ties if t.child == c} for c in "ABCD"}
    assert all(adults[f.one] & adults[f.other] for f in likely_siblings(ties))
