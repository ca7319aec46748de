"""A plain reference for whole rounds: cumulative offers with a choice function per school, straight from the rules.

Quotas are written the way the rule book says them (fill in order, what is left falls on), not the way the engine sees
them (every child an edge into every pool). Without late applications or held places, which other tests cover.
"""

from __future__ import annotations

from throughline.rules.allocation.arrangement import Arrangement, Criterion, Who
from throughline.rules.allocation.rounding import quota_places
from throughline.rules.allocation.snapshot import Snapshot

Row = int


class Reference:
    """One round by cumulative offers."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.s = snapshot
        self.child = snapshot.child_of().tolist()
        self.offers: list[set[Row]] = [set() for _ in snapshot.schools]

    def met(self, row: Row, who: Who) -> bool:
        """Whether a criterion or quota is for the child of this row."""
        has = {name for bit, name in enumerate(self.s.facts) if int(self.s.held_facts[row]) >> bit & 1}
        return (
            set(who.all_of) <= has
            and (not who.any_of or bool(has & set(who.any_of)))
            and not has & set(who.none_of)
        )

    def key(self, row: Row, criteria: tuple[Criterion, ...], *ties: tuple[str, ...]) -> tuple[int, ...]:
        """The order of a list."""
        number = next(i for i, each in enumerate(criteria) if self.met(row, each.who))
        value = {
            "distance": int(self.s.distance[row]),
            "score": -int(self.s.score[row]),
            "lot": int(self.s.lot[row]),
        }
        return (number, *(value[tie] for part in (criteria[number].tie_break, *ties) for tie in part))

    def choose(self, school: int, among: set[Row]) -> set[Row]:
        """Whom the school takes among those who ever asked it."""
        of = self.s.schools[school].arrangement
        named = int((self.s.named == school).sum())
        left = set(among)
        taken: set[Row] = set()
        spare = 0
        sizes = quota_places(of, named=named)
        for quota, size in zip(of.quotas, sizes, strict=True):
            criteria = quota.criteria or of.criteria
            meant = [r for r in left if self.met(r, quota.who)]
            room = size + spare
            best = sorted(meant, key=lambda r: self.key(r, criteria, quota.tie_break, of.tie_break))[:room]
            taken |= set(best)
            left -= set(best)
            spare = room - len(best)
        rest = max(0, of.admission_number - named - sum(sizes)) + spare
        return taken | set(sorted(left, key=lambda r: self.key(r, of.criteria, of.tie_break))[:rest])

    def run(self) -> dict[int, Row]:
        """Row offered to each child who has one."""
        at = self.s.start[:-1].tolist()
        free = [c for c in range(self.s.children) if self.s.named[c] < 0]
        held: dict[int, Row] = {}
        while free:
            child = free.pop()
            if at[child] >= self.s.start[child + 1]:
                continue
            row = at[child]
            at[child] += 1
            school = int(self.s.school[row])
            before = {r for r in self.offers[school] if held.get(self.child[r]) == r}
            self.offers[school].add(row)
            after = self.choose(school, self.offers[school])
            for gone in before - after:
                del held[self.child[gone]]
                free.append(self.child[gone])
            if row in after:
                held[child] = row
            else:
                free.append(child)
        return held


def simple(arrangement: Arrangement) -> bool:
    """Whether the reference covers the arrangement."""
    lists_own = all(quota.of == "admission_number" for quota in arrangement.quotas)
    return arrangement.bands is None and arrangement.selection is None and lists_own
