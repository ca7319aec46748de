"""What to ask a family: only the facts that the schools they named can use and the record does not already hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from throughline.core.organisations.models import School
from throughline.rules.allocation.facts import LOOKED_AFTER, Fact, base_name, fact_named

from .families import Choice

CHILD = "child"
CARE = "care"


@dataclass(frozen=True)
class FactAsked:
    """One fact to be asked about at one school, or of the child for every school."""

    slug: str
    name: str
    fact: Fact
    choice: Choice

    @property
    def school(self) -> School | None:
        """The school it is about; none when it is of the child."""
        return None if self.fact.per == CHILD else self.choice.school

    @property
    def key(self) -> str:
        """How the answers name it: the school's key, or ``child``."""
        return str(self.school.pk) if self.school else CHILD


@dataclass(frozen=True)
class Question:
    """One question: a fact of the child, or a fact at every school that uses it. ``asked`` is never empty."""

    slug: str
    name: str
    asked: tuple[FactAsked, ...]

    @property
    def of_child(self) -> bool:
        """Whether it is the same at every school."""
        return self.asked[0].key == CHILD


def facts_to_ask(choices: Iterable[Choice]) -> list[FactAsked]:
    """Every fact to ask about, once each: those of the child first, then school by school in the order given."""
    found: dict[str, FactAsked] = {}
    for choice in choices:
        for name in sorted(choice.in_force.facts - set(choice.facts)):
            fact = fact_named(name)
            if fact is None or "parent_claims" not in fact.established_by:
                continue
            asked = FactAsked(_slug(name, fact, choice), name, fact, choice)
            found.setdefault(asked.slug, asked)
    return sorted(found.values(), key=lambda asked: asked.key != CHILD)


def asks_about_care(asked: Iterable[FactAsked], choices: Iterable[Choice]) -> bool:
    """Whether to ask about care: some school uses it, and the record does not answer it already."""
    known = {fact for choice in choices for fact in choice.facts}
    return not known & set(LOOKED_AFTER) and any(each.name in LOOKED_AFTER for each in asked)


def without_care(asked: Iterable[FactAsked]) -> list[FactAsked]:
    """The facts that have a question each: the three about care share one."""
    return [each for each in asked if each.name not in LOOKED_AFTER]


def questions_to_ask(asked: Iterable[FactAsked]) -> list[Question]:
    """Each fact once, for all the schools that use it. Care is not among them: it has a question of its own."""
    found: dict[str, list[FactAsked]] = {}
    for each in without_care(asked):
        found.setdefault(base_name(each.name), []).append(each)
    return [Question(_plain(name), name, tuple(group)) for name, group in found.items()]


def known_facts(choices: Iterable[Choice]) -> list[tuple[str, str]]:
    """What the record already holds and counts: (fact, school's name), facts of the child once."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for choice in choices:
        for name in choice.facts:
            fact = fact_named(name)
            of_child = fact is not None and fact.per == CHILD
            found.setdefault((name, "" if of_child else str(choice.school.pk)), (name, choice.school.name))
    return list(found.values())


def _slug(name: str, fact: Fact, choice: Choice) -> str:
    plain = _plain(name)
    return plain if fact.per == CHILD else f"{plain}-{choice.school.urn or choice.school.pk}"


def _plain(name: str) -> str:
    return name.replace(":", "-").replace("_", "-")
