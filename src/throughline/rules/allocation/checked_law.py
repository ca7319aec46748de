"""The arrangements read a second time, for the checker alone: plain Python, sharing nothing with the solver.

Everything here is worked out again from the arrangement and one child's facts, slowly and in so many words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from throughline.rules.allocation.arrangement import Arrangement, Criterion, Quota, TieBreak, Who

LOOKED_AFTER = ("looked_after", "previously_looked_after", "adopted_from_state_care_abroad")

Key = tuple[Any, ...]


@dataclass
class Applicant:
    """One child at one school; ``listed`` is False for a place held that is not among the preferences."""

    row: int
    child: int
    facts: frozenset[str]
    distance: int
    score: int
    band: int
    lot: int
    late: bool
    holds: bool
    listed: bool = True

    def is_for(self, who: Who) -> bool:
        """Whether a criterion or quota is for this child."""
        has = self.facts | {"everyone"}
        return (
            all(fact in has for fact in who.all_of)
            and (not who.any_of or any(fact in has for fact in who.any_of))
            and not any(fact in self.facts for fact in who.none_of)
        )

    @property
    def looked_after(self) -> bool:
        """Looked after, previously looked after, or adopted from state care abroad (ADM-14)."""
        return any(fact in self.facts for fact in LOOKED_AFTER)


class Law:
    """One school's arrangements as questions about an applicant."""

    def __init__(self, arrangement: Arrangement) -> None:
        self.of = arrangement

    def is_late(self, who: Applicant) -> bool:
        """Ranked after everyone on time (ADM-49)."""
        return who.late and not (self.of.late == "looked_after_on_time" and who.looked_after)

    def reaches_standard(self, who: Applicant) -> bool:
        """Whether a selective school may rank the child at all (ADM-26, ADM-27)."""
        return self.of.selection is None or (who.score >= 0 and who.score >= self.of.selection.mark)

    def criterion(self, who: Applicant, criteria: Sequence[Criterion] = ()) -> int | None:
        """The first criterion that is for the child."""
        if not who.listed:
            return None
        for number, criterion in enumerate(criteria or self.of.criteria):
            if who.is_for(criterion.who):
                return number
        return None

    def may_use(self, who: Applicant, quota: Quota) -> bool:
        """Whether a quota is for the child."""
        return who.is_for(quota.who) and self.criterion(who, quota.criteria) is not None

    def ranked(self, who: Applicant) -> bool:
        """Whether the school ranks the child."""
        if who.holds:
            return True
        some = self.criterion(who) is not None or any(self.may_use(who, quota) for quota in self.of.quotas)
        return some and self.reaches_standard(who)

    def merit(self, who: Applicant, quota: Quota | None = None) -> Key:
        """What orders children: smaller is better."""
        criteria = quota.criteria if quota is not None and quota.criteria else self.of.criteria
        number = self.criterion(who, criteria)
        best_scores_first = self.of.selection is not None and self.of.selection.kind == "top_score"
        first = (-who.score,) if best_scores_first else ()
        if number is None:
            return (*first, len(criteria), who.lot)
        own: tuple[TieBreak, ...] = criteria[number].tie_break
        rest = (quota.tie_break if quota is not None else ()) + self.of.tie_break
        values = {"distance": who.distance, "score": -who.score, "lot": who.lot}
        return (*first, number, *(values[tie] for tie in own + rest))

    def offer_key(self, who: Applicant, quota: Quota | None = None) -> Key:
        """Order for offers: a place held is kept, then those on time, then by merit."""
        return (not who.holds, self.is_late(who), self.merit(who, quota))

    def list_key(self, who: Applicant) -> Key:
        """The school's own list, as ranks are given: late after on time; a place merely held has no criterion."""
        return (self.is_late(who), who.holds and self.criterion(who) is None, self.merit(who))

    def waiting_key(self, who: Applicant) -> Key:
        """The waiting list: criteria alone (ADM-60)."""
        return self.merit(who)
