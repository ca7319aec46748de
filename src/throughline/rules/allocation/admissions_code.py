"""Are these arrangements lawful? Every finding names the rule, where it is broken, and what the words need.

The check computes; a named officer decides. A rule that the project knows only from knowledge says so
(``verified`` is false), so that nobody is told that a paragraph was read when it was not.

Source: School Admissions Code 2021, as set out in the project's rule book sections 1.3 to 1.8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Literal

from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.code_definitions import definition_breaches
from throughline.rules.allocation.code_facts import fact_breaches
from throughline.rules.allocation.code_looked_after import looked_after_breaches
from throughline.rules.allocation.code_rules import Breach, Severity, Value, code_rules
from throughline.rules.allocation.code_structure import structure_breaches

Nation = Literal["ENG", "WAL"]


@dataclass(frozen=True)
class CodeFinding:
    """One rule broken.

    Attributes:
        rule: id of the rule; the words are chosen by it.
        reference: the paragraph that says so.
        severity: "refuse" stops the arrangements from being determined; "warn" asks an officer to look.
        verified: whether the project has checked the rule against a source.
        where: the path in the arrangements' data.
        values: what the words need: names of facts, numbers, lists of names.
    """

    rule: str
    reference: str
    severity: Severity
    verified: bool
    where: str
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)


def check_arrangement(arrangement: Arrangement, *, nation: Nation = "ENG", on: date) -> list[CodeFinding]:
    """Check one school's arrangements against the rules in force in its nation on a day.

    Args:
        arrangement: of a sound shape (see ``arrangement_data``); its numbers and names may be anything.
        nation: whose code applies.
        on: the day whose rules apply: the day of determination, or today for a draft.

    Returns:
        What is wrong, refusals first, otherwise in the order found. An empty list: nothing was found.
    """
    rules = {rule.id: rule for rule in code_rules().values() if rule.in_force(nation, on)}
    breaches = list(_breaches(arrangement))
    if not any(rule.is_law for rule in rules.values()):
        breaches.append(Breach("code_not_held", "", {"nation": nation}))
    found = []
    for breach in breaches:
        rule = rules.get(breach.rule)
        if rule is not None:
            found.append(
                CodeFinding(
                    rule.id, rule.reference, rule.severity, rule.verified, breach.where, breach.values
                )
            )
    return sorted(found, key=lambda finding: finding.severity != "refuse")


def _breaches(arrangement: Arrangement) -> Iterator[Breach]:
    return chain(
        structure_breaches(arrangement),
        looked_after_breaches(arrangement),
        fact_breaches(arrangement),
        definition_breaches(arrangement),
    )
