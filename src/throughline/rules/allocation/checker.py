"""Checks a round against the arrangements with code of its own. It shares nothing with the solver but the columns.

Written to be read, not to be fast: plain Python, one school at a time, everything worked out again from the
arrangement. A round of 15,000 children takes a few seconds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from throughline.rules.allocation.checked_law import Applicant, Law
from throughline.rules.allocation.checked_lists import check_counts, check_lists
from throughline.rules.allocation.checked_places import Demand, choose
from throughline.rules.allocation.finding import Code, Finding
from throughline.rules.allocation.outcome import OUTCOME_TYPES, OVER_NUMBER, Outcome, Result
from throughline.rules.allocation.snapshot import Snapshot

_PER_PREFERENCE = ("result", "criterion", "rank", "pool", "waiting")


@dataclass
class _Case:
    """The round as plain lists."""

    snapshot: Snapshot
    outcome: Outcome
    laws: list[Law]
    named: list[int]
    holds: list[int]
    offered: list[int]
    row: list[int]
    born: list[int]
    start: list[int]
    at: list[dict[int, Applicant]]
    plans: list[list[int]]

    def would_rather(self, child: int, row: int) -> bool:
        """Whether the child ranked this school above the offer. A place held unlisted comes after every preference."""
        return self.offered[child] < 0 or self.row[child] < 0 or row < self.row[child]


def check(snapshot: Snapshot, outcome: Outcome) -> list[Finding]:
    """Everything that is wrong with an outcome; an empty list when nothing is.

    Checks that every child has one offer at most, for a preference, a plan or a place held; that plans and held
    places are honoured; that each school takes exactly those it must among the children who want it (no blocking
    pair, no empty place wanted, nobody unqualified, quotas and bands as arranged); that places over the number have
    a reason and multiple births are kept together; and that ranks, waiting lists, results and counts are true.

    Args:
        snapshot: what was decided.
        outcome: what is to be checked.
    """
    wrong = _shapes(snapshot, outcome)
    if wrong:
        return wrong
    case = _case(snapshot, outcome)
    findings = _offers(case)
    if findings:
        return findings
    by_school = _ordinary(case)
    for school, law in enumerate(case.laws):
        everybody = list(case.at[school].values())
        demand = _demand(case, school, by_school[school])
        findings += _school(case, school, demand, by_school[school])
        findings += check_lists(outcome, school, law, case.named, everybody)
        findings += check_counts(outcome, school, law, demand, _holders(case, school))
    return findings + _births(case) + _results(case)


def _shapes(snapshot: Snapshot, outcome: Outcome) -> list[Finding]:
    sizes = {"offered": snapshot.children, "preference": snapshot.children}
    sizes |= dict.fromkeys(_PER_PREFERENCE, snapshot.preferences)
    wrong = []
    for name in OUTCOME_TYPES:
        expected = sizes.get(name, len(snapshot.schools))
        if len(getattr(outcome, name)) != expected:
            wrong.append(Finding("wrong_shape", None, None, (name, len(getattr(outcome, name)), expected)))
    return wrong


def _case(snapshot: Snapshot, outcome: Outcome) -> _Case:
    named = snapshot.named.tolist()
    held = snapshot.secured.tolist()
    holds = [-1 if plan >= 0 else place for plan, place in zip(named, held, strict=True)]
    case = _Case(
        snapshot=snapshot,
        outcome=outcome,
        laws=[Law(school.arrangement) for school in snapshot.schools],
        named=named,
        holds=holds,
        offered=outcome.offered.tolist(),
        row=outcome.preference.tolist(),
        born=snapshot.birth_set.tolist(),
        start=snapshot.start.tolist(),
        at=[{} for _ in snapshot.schools],
        plans=[[] for _ in snapshot.schools],
    )
    _applicants(case)
    return case


def _applicants(case: _Case) -> None:
    """Fill in who applies where, with children who only hold a place there after all others."""
    s = case.snapshot
    columns = [c.tolist() for c in (s.school, s.held_facts, s.distance, s.score, s.band, s.lot)]
    late = s.late.tolist()
    names: dict[int, frozenset[str]] = {}
    for child in range(s.children):
        if case.named[child] >= 0:
            case.plans[case.named[child]].append(child)
        listed = False
        for row in range(case.start[child], case.start[child + 1]):
            school, bits, distance, score, band, lot = (column[row] for column in columns)
            if bits not in names:
                names[bits] = frozenset(name for i, name in enumerate(s.facts) if bits >> i & 1)
            holds = case.holds[child] == school
            listed = listed or holds
            who = Applicant(row, child, names[bits], distance, score, band, lot, bool(late[child]), holds)
            case.at[school][row] = who
        if case.holds[child] >= 0 and not listed:
            row = -1 - child
            who = Applicant(
                row, child, frozenset(), 1 << 33, -1, 0, (1 << 40) + child, False, True, listed=False
            )
            case.at[case.holds[child]][row] = who


def _offers(case: _Case) -> list[Finding]:
    """Each offer is for a preference, a plan or a place held, and plans and held places are honoured."""
    schools = case.snapshot.school.tolist()
    findings = []
    for child, (school, row) in enumerate(zip(case.offered, case.row, strict=True)):
        own = case.start[child] <= row < case.start[child + 1]
        if not -1 <= school < len(case.laws) or (row != -1 and not own) or row < -1:
            findings.append(Finding("offer_out_of_range", None, child, (school, row)))
        elif case.named[child] >= 0:
            if school != case.named[child]:
                findings.append(Finding("plan_not_honoured", case.named[child], child, (school,)))
        elif schools[row] != school if row >= 0 else school not in (-1, case.holds[child]):
            findings.append(Finding("offer_not_a_preference", school, child, (row,)))
        elif case.holds[child] >= 0 and not _kept(case, child, schools):
            findings.append(Finding("held_place_lost", case.holds[child], child, (school,)))
        elif row >= 0 and not case.laws[school].ranked(case.at[school][row]):
            findings.append(Finding("not_qualified_admitted", school, child, (row,)))
    return findings


def _kept(case: _Case, child: int, schools: list[int]) -> bool:
    """A child who holds a place has that place, or one ranked higher."""
    if case.offered[child] < 0:
        return False
    held = [r for r in range(case.start[child], case.start[child + 1]) if schools[r] == case.holds[child]]
    return case.offered[child] == case.holds[child] or not held or case.row[child] < held[0]


def _ordinary(case: _Case) -> list[set[int]]:
    """Rows of the children with an ordinary place at each school; unlisted held places are left to the school."""
    pool = case.outcome.pool.tolist()
    holders: list[set[int]] = [set() for _ in case.laws]
    for child, (school, row) in enumerate(zip(case.offered, case.row, strict=True)):
        if school >= 0 and row >= 0 and case.named[child] < 0 and pool[row] != OVER_NUMBER:
            holders[school].add(row)
    return holders


def _holders(case: _Case, school: int) -> list[Applicant]:
    """Everybody offered the school other than through a plan."""
    return [
        who
        for who in case.at[school].values()
        if case.offered[who.child] == school
        and case.named[who.child] < 0
        and (case.row[who.child] == who.row or (not who.listed and case.row[who.child] < 0))
    ]


def _demand(case: _Case, school: int, holders: set[int]) -> Demand:
    """Who wants the school: those who hold a place there and those who would rather be there."""
    law = case.laws[school]
    ranked = [w for w in case.at[school].values() if case.named[w.child] < 0 and law.ranked(w)]
    there = {who.row for who in _holders(case, school)}
    wanting = [
        who for who in ranked if who.row in there or (who.listed and case.would_rather(who.child, who.row))
    ]
    early = [w for w in ranked if w.row in holders and w.looked_after and not law.is_late(w)]
    bands = dict.fromkeys(case.plans[school], 0)
    for who in case.at[school].values():
        if who.child in bands:
            bands[who.child] = who.band
    return Demand(wanting, ranked, list(bands.values()), len(early))


def _school(case: _Case, school: int, demand: Demand, holders: set[int]) -> list[Finding]:
    """The school takes exactly those it must."""
    must = {row for row in choose(case.laws[school], demand) if row >= 0}
    child = {who.row: who.child for who in demand.everybody}
    findings = []
    for row in sorted(must - holders):
        if case.row[child[row]] == row:
            code: Code = "over_without_need"
        else:
            code = "place_left_empty" if len(holders) < len(must) else "blocking_pair"
        findings.append(Finding(code, school, child[row], (row,)))
    for row in sorted(holders - must):
        code = "over_number" if len(holders) > len(must) else "displaces_another"
        findings.append(Finding(code, school, child[row], (row,)))
    return findings


def _births(case: _Case) -> list[Finding]:
    """Places over the number have a reason, and multiple births are kept together where Option A says so."""
    pool = case.outcome.pool.tolist()
    ordinary: dict[tuple[int, int], set[int]] = defaultdict(set)
    for child, (school, row) in enumerate(zip(case.offered, case.row, strict=True)):
        together = case.born[child] >= 0 and school >= 0 and case.named[child] < 0
        if together and (row < 0 or pool[row] != OVER_NUMBER or case.holds[child] == school):
            ordinary[case.born[child], school].add(child)
    findings = []
    for school, applicants in enumerate(case.at):
        admit_all = case.laws[school].of.multiple_births == "admit_all"
        for row, who in applicants.items():
            if row < 0 or who.holds or case.named[who.child] >= 0:
                continue
            others = ordinary[case.born[who.child], school] - {who.child}
            over = pool[row] == OVER_NUMBER
            if over and (not admit_all or (not others and not _gone_higher(case, who.child, school))):
                findings.append(Finding("over_without_reason", school, who.child, (row,)))
            refused = case.would_rather(who.child, row) and case.laws[school].ranked(who)
            if admit_all and others and refused:
                findings.append(Finding("multiple_birth_separated", school, who.child, (row,)))
    return findings


def _gone_higher(case: _Case, child: int, school: int) -> bool:
    """Another of the set asked for this school and was offered one ranked higher: closing the place would recall them."""
    for row, who in case.at[school].items():
        other = case.born[who.child] == case.born[child] >= 0 and who.child != child
        if other and case.row[who.child] >= 0 and (row < 0 or case.row[who.child] < row):
            return True
    return False


def _results(case: _Case) -> list[Finding]:
    """The result of each preference says what became of it."""
    result = case.outcome.result.tolist()
    findings = []
    for school, applicants in enumerate(case.at):
        for row, who in applicants.items():
            if row < 0:
                continue
            expected = _expected(case, school, row, who)
            if result[row] != expected:
                findings.append(Finding("wrong_result", school, who.child, (row, result[row], int(expected))))
    return findings


def _expected(case: _Case, school: int, row: int, who: Applicant) -> Result:
    if case.row[who.child] == row:
        return Result.OFFERED
    if case.named[who.child] >= 0:
        return Result.NAMED_ELSEWHERE
    if not case.would_rather(who.child, row):
        return Result.HIGHER_OFFERED
    return Result.REFUSED_FULL if case.laws[school].ranked(who) else Result.REFUSED_NOT_QUALIFIED
