"""Why: for one child in one run, what became of each preference and what decided it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from throughline.core.organisations.queries import schools_by_urn
from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.explain import Explanation, explain

from ..models import Run
from .running import Frozen, arrays


@dataclass(frozen=True)
class Why:
    """One preference explained: the numbers, the school's name, and the arrangements that decided.

    ``score`` is -1 where the child sat no test.
    """

    explanation: Explanation
    school_id: UUID
    school_name: str
    arrangement: Arrangement
    distance: int
    score: int
    facts: tuple[str, ...]
    oversubscribed: bool


def why_child(run: Run, child_id: UUID) -> list[Why]:
    """Every preference of a child in a run, in order; empty when the child was not in it.

    The caller has settled that the reader may know: an officer at work, or the family once offers are released.
    """
    frozen = arrays(run)
    at = frozen.child_at.get(str(child_id))
    if at is None:
        return []
    found = schools_by_urn([school.key for school in frozen.snapshot.schools])
    return [_why(frozen, explanation, found) for explanation in explain(frozen.snapshot, frozen.outcome, at)]


def _why(frozen: Frozen, explanation: Explanation, found: dict) -> Why:  # type: ignore[type-arg]
    school = frozen.snapshot.schools[explanation.school]
    row = found.get(school.key)
    bits = int(frozen.snapshot.held_facts[explanation.preference])
    return Why(
        explanation=explanation,
        school_id=row.pk if row else UUID(school.key),
        school_name=row.name if row else school.key,
        arrangement=school.arrangement,
        distance=int(frozen.snapshot.distance[explanation.preference]),
        score=int(frozen.snapshot.score[explanation.preference]),
        facts=tuple(fact for at, fact in enumerate(frozen.snapshot.facts) if bits >> at & 1),
        oversubscribed=bool(frozen.outcome.oversubscribed[explanation.school]),
    )
