"""The vocabulary of facts that arrangements may use, as data.

A fact is true or not of one child at one school (``per="preference"``) or of the child everywhere (``per="child"``).
This list says what each means, who may establish it and on what evidence, and which definition the arrangements must
publish before they use it. The module asks a parent only for facts that the schools she names need.

A fact may carry a qualifier after a colon where ``qualified`` is true: ``area:north``, ``feeder:hill_lane``. The
arrangement's ``details["names"]`` then gives each its name in words.

Source: the project's rule book sections 1.3 to 1.6 (ADM-14 to ADM-29) and the catalogue in 1.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from throughline.rules.allocation.arrangement import Arrangement, Who

Establisher = Literal["parent_claims", "record_says", "authority_decides", "school_confirms"]
"""In the order they act: a parent claims, the record says, the authority decides, the school confirms."""

Group = Literal[
    "looked_after", "family", "place", "school", "need", "premium", "faith", "other_faith", "ability", "staff"
]


@dataclass(frozen=True)
class Fact:
    """One fact.

    Attributes:
        name: what arrangements and snapshots call it.
        meaning: what it means, for people who write arrangements (the words for parents are elsewhere).
        group: facts that one rule of the Code treats alike.
        established_by: everyone who has a part in establishing it, in the order they act.
        evidence: codes of what may be asked for; empty when nothing is.
        per: "child" when it is the same at every school, "preference" when it depends on the school.
        define: the key of ``details`` that must say what this arrangement means by it, if any.
        qualified: whether it may carry a qualifier (``area:north``).
        implies: facts that are true whenever this one is.
        reference: the rule that allows it.
    """

    name: str
    meaning: str
    group: Group
    established_by: tuple[Establisher, ...]
    evidence: tuple[str, ...] = ()
    per: Literal["child", "preference"] = "preference"
    define: str = ""
    qualified: bool = False
    implies: tuple[str, ...] = ()
    reference: str = "1.4"


_CLAIM_DECIDE: tuple[Establisher, ...] = ("parent_claims", "authority_decides")
_CLAIM_RECORD: tuple[Establisher, ...] = ("parent_claims", "record_says")
_CLAIM_SCHOOL: tuple[Establisher, ...] = ("parent_claims", "school_confirms")

FACTS: tuple[Fact, ...] = (
    Fact("looked_after", "In the care of a local authority when the application is made.", "looked_after",
         ("parent_claims", "record_says"), ("care_record", "social_worker_letter"), "child", reference="ADM-14"),
    Fact("previously_looked_after",
         "Left care by adoption, a child arrangements order or a special guardianship order.", "looked_after",
         ("parent_claims", "record_says", "authority_decides"), ("care_record", "court_order"), "child",
         reference="ADM-14"),
    Fact("adopted_from_state_care_abroad", "Was in state care outside England and left it by adoption.",
         "looked_after", _CLAIM_DECIDE, ("adoption_order", "care_abroad_evidence"), "child", reference="ADM-15"),
    Fact("sibling", "Has a brother or sister, as the arrangements define it, who will still attend.", "family",
         ("parent_claims", "record_says", "school_confirms"), ("school_roll",), define="sibling"),
    Fact("catchment", "Lives in the school's catchment area.", "place", ("record_says",), ("proof_of_address",),
         define="catchment", qualified=True),
    Fact("area", "Lives in a named area that has its own share of the places.", "place", ("record_says",),
         ("proof_of_address",), define="names", qualified=True),
    Fact("parish", "Lives in a named parish.", "place", ("record_says",), ("proof_of_address",), define="names",
         qualified=True),
    Fact("nearest_school", "This is the nearest school of its kind to the child's home.", "place", ("record_says",),
         ("proof_of_address",)),
    Fact("feeder", "Attends a feeder or linked school that the arrangements name.", "school", _CLAIM_RECORD,
         ("school_roll",), define="feeders", qualified=True),
    Fact("nursery", "Attends the named nursery on the school's site.", "school", _CLAIM_RECORD, ("school_roll",),
         define="nursery"),
    Fact("social_medical", "Has a social or medical need that only this school can meet.", "need", _CLAIM_DECIDE,
         ("professional_letter",), define="social_medical"),
    Fact("pupil_premium", "Is eligible for the pupil premium.", "premium", _CLAIM_RECORD, ("premium_check",),
         "child"),
    Fact("early_years_premium", "Is eligible for the early years pupil premium.", "premium", _CLAIM_RECORD,
         ("premium_check",), "child"),
    Fact("service_premium", "Is eligible for the service premium.", "premium", _CLAIM_RECORD, ("premium_check",),
         "child"),
    Fact("service_family", "A parent serves in the UK armed forces.", "family", _CLAIM_DECIDE, ("posting_letter",),
         "child"),
    Fact("staff", "A parent has worked at the school for two years, or was recruited to a shortage post.", "staff",
         _CLAIM_SCHOOL, ("employer_confirmation",), define="staff"),
    Fact("faith", "Is of the school's faith, as its religious authority's guidance defines it.", "faith",
         _CLAIM_SCHOOL, ("supplementary_form", "religious_leader_form"), define="faith", reference="ADM-24"),
    Fact("faith_practice", "Practises the school's faith as often as the arrangements say.", "faith", _CLAIM_SCHOOL,
         ("supplementary_form", "religious_leader_form"), define="faith", implies=("faith",), reference="ADM-24"),
    Fact("other_faith", "Is of another faith that the arrangements name.", "other_faith", _CLAIM_SCHOOL,
         ("supplementary_form", "religious_leader_form"), define="faith", reference="ADM-24"),
    Fact("aptitude", "Was assessed for aptitude in the school's subject.", "ability", _CLAIM_SCHOOL,
         ("aptitude_result",), define="aptitude", reference="ADM-29"),
    Fact("ability", "Was tested for the school's historic selective places.", "ability", _CLAIM_SCHOOL,
         ("test_result",), define="partial_selection", reference="1.4"),
    Fact("boarding", "Applies for a boarding place and is suitable to board.", "need", _CLAIM_SCHOOL,
         ("boarding_interview",), define="boarding"),
)  # fmt: skip

LOOKED_AFTER: tuple[str, ...] = tuple(fact.name for fact in FACTS if fact.group == "looked_after")
"""The three that rank equally and first (ADM-14). The kernel reads this to know who counts as looked after."""

_BY_NAME = {fact.name: fact for fact in FACTS}


def base_name(name: str) -> str:
    """The fact without its qualifier: ``area`` for ``area:north``."""
    return name.partition(":")[0]


def fact_named(name: str) -> Fact | None:
    """The fact called ``name``, with or without a qualifier where that is allowed; None when there is none."""
    fact = _BY_NAME.get(base_name(name))
    if fact is None or (":" in name and not fact.qualified):
        return None
    return fact


def nearest_fact(name: str) -> str:
    """The known fact spelt most like ``name``, or an empty text when none is near."""
    near = get_close_matches(base_name(name), _BY_NAME, n=1, cutoff=0.6)
    return near[0] if near else ""


def in_group(name: str, group: Group) -> bool:
    """Whether ``name`` is a known fact of that group."""
    fact = fact_named(name)
    return fact is not None and fact.group == group


def asked_of_parent(names: Iterable[str]) -> tuple[Fact, ...]:
    """Of the facts named, those a parent may claim, once each and in the vocabulary's order.

    Facts that the record alone establishes (an address inside a catchment) are never asked.
    """
    wanted = {base_name(name) for name in names}
    return tuple(fact for fact in FACTS if fact.name in wanted and "parent_claims" in fact.established_by)


def fact_uses(arrangement: Arrangement) -> Iterator[tuple[str, str]]:
    """Every use of a fact in the arrangements, in order: where (``criteria[2].who.all_of[0]``) and the fact's name."""
    for index, criterion in enumerate(arrangement.criteria):
        yield from _uses(f"criteria[{index}].who", criterion.who)
    for index, quota in enumerate(arrangement.quotas):
        yield from _uses(f"quotas[{index}].who", quota.who)
        for inner, criterion in enumerate(quota.criteria):
            yield from _uses(f"quotas[{index}].criteria[{inner}].who", criterion.who)


def _uses(where: str, who: Who) -> Iterator[tuple[str, str]]:
    for part in ("all_of", "any_of", "none_of"):
        for index, name in enumerate(getattr(who, part)):
            yield f"{where}.{part}[{index}]", name
