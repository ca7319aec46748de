"""What an outcome says, in the names and words of an example; one function per thing an example may expect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.rules.allocation.example_market import Market, code_in_words

from throughline.rules.allocation.explain import explain
from throughline.rules.allocation.outcome import OVER_NUMBER, Outcome, Result
from throughline.rules.allocation.snapshot import Snapshot
from throughline.rules.allocation.waiting import waiting_lists


@dataclass(frozen=True)
class Reading:
    """An outcome beside the market it came from."""

    market: Market
    snapshot: Snapshot
    outcome: Outcome

    def rows(self, school: str) -> list[tuple[str, int]]:
        """Each child who prefers the school, with the row of that preference."""
        at = self.market.index(school)
        of = self.snapshot.child_of().tolist()
        rows = [row for row in range(self.snapshot.preferences) if self.snapshot.school[row] == at]
        return [(self.market.children[of[row]].name, row) for row in rows]

    def holders(self) -> dict[str, str]:
        names = list(self.market.schools)
        found = zip(self.market.children, self.outcome.offered.tolist(), strict=True)
        return {child.name: names[school] for child, school in found if school >= 0}

    def offers(self, school: str) -> set[str]:
        return {name for name, at in self.holders().items() if at == school}

    def in_order(self, school: str, column: Any) -> list[str]:
        placed = [(int(column[row]), name) for name, row in self.rows(school) if column[row] > 0]
        return [name for _, name in sorted(placed)]

    def waiting(self, school: str) -> list[str]:
        listed = waiting_lists(self.snapshot, self.outcome)[self.market.index(school)]
        assert [self.market.children[child].name for child in listed] == self.in_order(
            school, self.outcome.waiting
        )
        return [self.market.children[child].name for child in listed]

    def why(self, school: str, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """What first set each refused child apart from the last one admitted, with both numbers."""
        found = {}
        for name, row in self.rows(school):
            if name in wanted:
                child = [each.name for each in self.market.children].index(name)
                said = next(
                    one for one in explain(self.snapshot, self.outcome, child) if one.preference == row
                )
                found[name] = {"by": said.separated_by, "mine": said.mine, "last": said.theirs}
        return found

    def over_number(self, school: str) -> set[str]:
        return {name for name, row in self.rows(school) if self.outcome.pool[row] == OVER_NUMBER}

    def not_qualified(self, school: str) -> set[str]:
        refused = int(Result.REFUSED_NOT_QUALIFIED)
        return {name for name, row in self.rows(school) if self.outcome.result[row] == refused}

    def pools(self, school: str) -> list[str]:
        arrangement = self.market.schools[school]
        bands = len(arrangement.bands.shares) if arrangement.bands else 0
        own = [f"band {i + 1}" for i in range(bands)] or ["open"]
        return [quota.code for quota in arrangement.quotas] + own

    def pool(self, school: str, wanted: Mapping[str, str]) -> dict[str, str]:
        pools = self.pools(school)
        return {name: pools[self.outcome.pool[row]] for name, row in self.rows(school) if name in wanted}

    def by_criterion(self, school: str, wanted: Mapping[str, int]) -> dict[str, int]:
        codes = [each.code for each in self.market.schools[school].criteria]
        counts = self.outcome.by_criterion[self.market.index(school)].tolist()
        return {words: counts[codes.index(code_in_words(words))] for words in wanted}

    def share_places(self, school: str, wanted: Mapping[str, int]) -> dict[str, int]:
        places = self.outcome.quota_places[self.market.index(school)].tolist()
        return {code: places[self.pools(school).index(code)] for code in wanted}

    def last(self, school: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
        at = self.market.index(school)
        criterion = self.market.schools[school].criteria[int(self.outcome.last_criterion[at])].code
        words = wanted["criterion"] if code_in_words(wanted["criterion"]) == criterion else criterion
        return {"criterion": words, "km": int(self.outcome.last_distance[at]) / 1000}


Ask = Callable[[Reading, str, Any], tuple[Any, Any]]

ASK: dict[str, Ask] = {
    "offers": lambda r, school, wanted: (r.offers(school), set(wanted)),
    "order": lambda r, school, wanted: (r.in_order(school, r.outcome.rank), wanted),
    "waiting": lambda r, school, wanted: (r.waiting(school), wanted),
    "roll": lambda r, school, wanted: (int(r.outcome.offers[r.market.index(school)]), wanted),
    "plans": lambda r, school, wanted: (int(r.outcome.named[r.market.index(school)]), wanted),
    "over_number": lambda r, school, wanted: (r.over_number(school), set(wanted)),
    "not_qualified": lambda r, school, wanted: (r.not_qualified(school), set(wanted)),
    "by_criterion": lambda r, school, wanted: (r.by_criterion(school, wanted), wanted),
    "share_places": lambda r, school, wanted: (r.share_places(school, wanted), wanted),
    "why": lambda r, school, wanted: (r.why(school, wanted), wanted),
    "last": lambda r, school, wanted: (r.last(school, wanted), wanted),
    "pool": lambda r, school, wanted: (r.pool(school, wanted), wanted),
}
"""For each thing expected of a school: what the outcome says, and what the example says, ready to compare."""


def assert_as_expected(reading: Reading, expected: Mapping[str, Any]) -> None:
    """Everything the example expects of this outcome holds. A misspelt expectation is an error, not a pass."""
    for name, wanted in expected.items():
        if name == "unplaced":
            children = {child.name for child in reading.market.children}
            assert children - reading.holders().keys() == set(wanted)
            continue
        for school, value in wanted.items():
            said, right = ASK[name](reading, school, value)
            assert said == right, f"{name} at {school}"
