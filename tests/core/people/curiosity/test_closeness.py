"""What ties somebody privately to a child they looked at: worked examples, and what holds of any facts at all."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.core.people.curiosity.reasons import (
    ALERT_OF,
    REASONS,
    Looked,
    Looker,
    closeness,
    plain,
    words_of,
)
from throughline.core.registry.assembly import installed

ME, AUNT = UUID(int=1), UUID(int=2)
HOME, NEXT_DOOR = UUID(int=11), UUID(int=12)
ASH, OAK = UUID(int=21), UUID(int=22)


def ids(*keys: UUID) -> frozenset[UUID]:
    return frozenset(keys)


def words(*said: str) -> frozenset[str]:
    return frozenset(said)


# Each: who looked, at whom, whether they work with the child, and what is told.
EXAMPLES = {
    "a stranger": (Looker("Pike"), Looked(surnames=words("Hale")), False, ""),
    "nothing is known of either": (Looker(), Looked(), False, ""),
    "the mother, at work": (Looker("Hale", adults=ids(ME)), Looked(adults=ids(ME)), False, "tied"),
    "the mother, in the circle all the same": (Looker(adults=ids(ME)), Looked(adults=ids(ME)), True, "tied"),
    "another adult of the record": (Looker(adults=ids(AUNT)), Looked(adults=ids(ME)), False, ""),
    "a lodger at the child’s home": (
        Looker("Pike", homes=ids(HOME), streets=words("AB14LR")),
        Looked(homes=ids(HOME), streets=words("AB14LR"), surnames=words("Hale")),
        False,
        "same_home",
    ),
    "a neighbour": (
        Looker("Pike", homes=ids(NEXT_DOOR), streets=words("AB14LR")),
        Looked(homes=ids(HOME), streets=words("AB14LR"), surnames=words("Hale")),
        False,
        "same_street",
    ),
    "a neighbour whom somebody brought into the circle": (
        Looker("Pike", streets=words("AB14LR")),
        Looked(streets=words("AB14LR")),
        True,
        "",
    ),
    "an uncle two doors down, with another spelling": (
        Looker("Blythe-Hale", streets=words("AB14LR")),
        Looked(streets=words("AB14LR"), surnames=words("blythe hale", "Osei")),
        False,
        "name_and_street",
    ),
    "one name and another street": (
        Looker("Hale", streets=words("AB14LR")),
        Looked(streets=words("AB13EL"), surnames=words("Hale")),
        False,
        "",
    ),
    "no surname on either side": (
        Looker(streets=words("AB14LR")),
        Looked(streets=words("AB14LR"), surnames=words("")),
        False,
        "same_street",
    ),
    "a home kept from others tells of no street": (Looker(streets=words("AB14LR")), Looked(), False, ""),
    "the school office and a teacher’s child": (
        Looker(roles=words("school_office"), schools=ids(ASH)),
        Looked(parents_work_at=ids(ASH)),
        False,
        "colleague",
    ),
    "the head and a teacher’s child": (
        Looker(roles=words("head_teacher"), schools=ids(ASH)),
        Looked(parents_work_at=ids(ASH)),
        False,
        "",
    ),
    "a parent who teaches elsewhere": (
        Looker(roles=words("school_office"), schools=ids(ASH)),
        Looked(parents_work_at=ids(OAK)),
        False,
        "",
    ),
    "one’s own child at the school where one works": (
        Looker(roles=words("school_office"), schools=ids(ASH), adults=ids(ME)),
        Looked(adults=ids(ME), parents_work_at=ids(ASH)),
        False,
        "tied",
    ),
}


@pytest.mark.parametrize("case", EXAMPLES)
def test_what_ties_them_is_told(case: str) -> None:
    looker, child, at_work, told = EXAMPLES[case]
    assert closeness(looker, child, at_work=at_work) == frozenset(told.split())


KEYS = st.frozensets(st.sampled_from([ME, AUNT, HOME, NEXT_DOOR, ASH, OAK]), max_size=3)
STREETS = st.frozensets(st.sampled_from(["AB14LR", "AB13EL"]), max_size=2)
NAMES = st.sampled_from(["Hale", "hale", "Pike", ""])
ROLES = st.frozensets(st.sampled_from(["head_teacher", "school_office", "caseworker"]), max_size=2)
LOOKERS = st.builds(Looker, NAMES, ROLES, KEYS, KEYS, KEYS, STREETS)
CHILDREN = st.builds(Looked, KEYS, st.frozensets(NAMES, max_size=2), KEYS, STREETS, KEYS)


@given(LOOKERS, CHILDREN)
def test_work_excuses_the_street_and_the_staff_room_and_never_ones_family(
    looker: Looker, child: Looked
) -> None:
    private, at_work = (closeness(looker, child, at_work=so) for so in (False, True))
    assert private <= set(ALERT_OF)
    assert at_work == private - {"same_street", "colleague"}
    assert ("tied" in private) == bool(looker.adults & child.adults)


def test_every_reason_has_words_and_an_alert_that_two_roles_may_review() -> None:
    for reason in REASONS:
        assert installed().alerts[reason.alert].permission == "audit.review_looking"
    assert len(words_of(list(ALERT_OF))) == len(REASONS)
    assert words_of(["nothing", 7, None]) == words_of("tied") == words_of(None) == []


def test_surnames_are_compared_without_case_and_hyphens() -> None:
    assert plain("Blythe-NWOSU ") == "blythe nwosu"
