"""Which looks a family is told of: worked examples in plain data, and what must hold of every look."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.sharing.looks import Reader, Seen, all_withheld, categories_told, withheld_because

EXAMPLES = tomllib.loads(Path(__file__).with_name("looks.toml").read_text())["example"]
ROLES = ("caseworker", "safeguarding_lead", "police_officer", "social_worker", "school_office", "parent")
READERS = ("carer_at_home", "responsible_parent", "limited_parent", "the_child")

looks = st.builds(
    Seen,
    st.frozensets(st.sampled_from(ROLES)),
    st.sampled_from(("staff", "school", "professional", "family", "young_person", "")),
    st.sampled_from(("none", "unreviewed", "justified", "not_justified")),
)
readers = st.builds(
    Reader,
    st.frozensets(st.sampled_from(READERS)),
    st.frozensets(st.sampled_from(sorted(categories_told()))),
    st.booleans(),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["says"])
def test_worked_example(example: dict[str, Any]) -> None:
    look = Seen(frozenset(example["roles"]), example["portal"], example.get("emergency", "none"))
    reader = Reader(
        frozenset(example["reader"]),
        frozenset(example.get("may_know", ())),
        example.get("restricted_home", False),
    )
    because = withheld_because(look, reader)
    assert (not because) == example["told"]
    assert because == example.get("because", "")


@given(looks, readers)
def test_whoever_may_not_know_the_whereabouts_is_never_told_of_a_look(look: Seen, reader: Reader) -> None:
    limited = Reader(reader.readers | {"limited_parent"}, reader.may_know, reader.restricted_home)
    assert withheld_because(look, limited)
    assert all_withheld(limited)


@given(looks, readers)
def test_an_emergency_under_review_is_never_told(look: Seen, reader: Reader) -> None:
    assert withheld_because(Seen(look.roles, look.portal, "unreviewed"), reader)


@given(looks, readers)
def test_being_in_one_more_role_never_makes_a_look_told(look: Seen, reader: Reader) -> None:
    if withheld_because(look, reader):
        more = Seen(look.roles | {"social_worker"}, look.portal, look.emergency)
        assert withheld_because(more, reader)


@given(looks, readers)
def test_where_nothing_at_all_is_told_no_look_is(look: Seen, reader: Reader) -> None:
    if all_withheld(reader):
        assert withheld_because(look, reader)
