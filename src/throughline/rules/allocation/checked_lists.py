"""Ranks, waiting lists and a school's numbers, worked out a second time, for the checker alone."""

from __future__ import annotations

from throughline.rules.allocation.checked_law import Applicant, Law
from throughline.rules.allocation.checked_places import Demand, sizes_of
from throughline.rules.allocation.finding import Finding
from throughline.rules.allocation.outcome import NOT_RANKED, OVER_NUMBER, Outcome, Result


def check_lists(
    outcome: Outcome, school: int, law: Law, named: list[int], applicants: list[Applicant]
) -> list[Finding]:
    """Criterion, rank and place on the waiting list of each applicant of one school.

    Args:
        outcome: what is checked.
        school: index; law: its arrangements.
        named: school named in each child's plan, -1 none.
        applicants: everybody who asked for the school or holds a place there.
    """
    findings: list[Finding] = []
    ranked = sorted((w for w in applicants if named[w.child] < 0 and law.ranked(w)), key=law.list_key)
    rank = {who.row: number for number, who in enumerate(ranked, start=1)}
    refused = [who for who in ranked if who.row >= 0 and outcome.result[who.row] == Result.REFUSED_FULL]
    waiting = {who.row: number for number, who in enumerate(sorted(refused, key=law.waiting_key), start=1)}
    for who in applicants:
        if who.row < 0:
            continue
        number = law.criterion(who)
        for code, found, expected in (
            ("criterion", outcome.criterion, NOT_RANKED if number is None else number),
            ("rank", outcome.rank, rank.get(who.row, 0)),
            ("waiting", outcome.waiting, waiting.get(who.row, 0)),
        ):
            if int(found[who.row]) != expected:
                values = (who.row, int(found[who.row]), expected)
                findings.append(Finding(f"wrong_{code}", school, who.child, values))  # type: ignore[arg-type]
    return findings


def check_counts(
    outcome: Outcome, school: int, law: Law, demand: Demand, offers: list[Applicant]
) -> list[Finding]:
    """The numbers published about one school.

    Args:
        outcome: what is checked.
        school: index; law: its arrangements; demand: what the school decided from.
        offers: applicants who were offered the school other than through a plan.
    """
    ordinary = [w for w in offers if w.row >= 0 and outcome.pool[w.row] != OVER_NUMBER]
    named = len(demand.named_bands)
    unlisted = sum(1 for w in offers if w.row < 0)
    over = sum(1 for w in offers if w.row >= 0) - len(ordinary)
    refused = any(outcome.result[w.row] == Result.REFUSED_FULL for w in demand.everybody if w.row >= 0)
    findings = [
        Finding("wrong_count", school, None, (name, int(found), expected))
        for name, found, expected in (
            ("places", outcome.places[school], law.of.admission_number),
            ("offers", outcome.offers[school], named + len(offers)),
            ("named", outcome.named[school], named),
            ("oversubscribed", outcome.oversubscribed[school], int(refused)),
        )
        if int(found) != expected
    ]
    if not over <= int(outcome.over_number[school]) <= over + unlisted:
        findings.append(
            Finding("wrong_count", school, None, ("over_number", int(outcome.over_number[school]), over))
        )
    findings += _pools(outcome, school, law, demand, ordinary)
    findings += _criteria(outcome, school, law, ordinary)
    return findings + _last(outcome, school, law, ordinary)


def _pools(
    outcome: Outcome, school: int, law: Law, demand: Demand, ordinary: list[Applicant]
) -> list[Finding]:
    """Each quota and band has its places, and gives no more than fell to it."""
    first, quotas, rest = sizes_of(law, demand)
    sizes = [*quotas, *rest]
    shown = [int(n) for n in outcome.quota_places[school]]
    expected = list(sizes)
    expected[len(quotas)] += first
    expected += [0] * (len(shown) - len(expected))
    findings = []
    if shown != expected:
        findings.append(Finding("wrong_count", school, None, ("quota_places", *shown, *expected)))
    for who in ordinary:
        pool = int(outcome.pool[who.row])
        in_quota = 0 <= pool < len(quotas) and not who.holds
        if not 0 <= pool < len(sizes) or (in_quota and not law.may_use(who, law.of.quotas[pool])):
            findings.append(Finding("wrong_pool", school, who.child, (who.row, pool)))
    listed = [sum(1 for w in ordinary if outcome.pool[w.row] == pool) for pool in range(len(shown))]
    held_unlisted = sum(1 for w in demand.everybody if w.row < 0)
    given = [int(n) for n in outcome.by_quota[school]]
    if any(not n <= g <= n + held_unlisted for n, g in zip(listed, given, strict=True)):
        findings.append(Finding("wrong_count", school, None, ("by_quota", *given, *listed)))
    if sum(given) > first + sum(sizes):
        findings.append(Finding("over_number", school, None, (sum(given), first + sum(sizes))))
    return findings


def _criteria(outcome: Outcome, school: int, law: Law, ordinary: list[Applicant]) -> list[Finding]:
    shown = [int(n) for n in outcome.by_criterion[school]]
    counted = [0] * len(shown)
    for who in ordinary:
        pool, number = int(outcome.pool[who.row]), law.criterion(who)
        in_own = 0 <= pool < len(law.of.quotas) and bool(law.of.quotas[pool].criteria)
        if number is not None and not in_own:
            counted[number] += 1
    if shown != counted:
        return [Finding("wrong_count", school, None, ("by_criterion", *shown, *counted))]
    return []


def _last(outcome: Outcome, school: int, law: Law, ordinary: list[Applicant]) -> list[Finding]:
    """The last admitted: of the open places or bands, or where they gave none, of any quota."""
    new = [who for who in ordinary if not who.holds]
    in_open = [who for who in new if outcome.pool[who.row] >= len(law.of.quotas)]
    last = max(in_open or new, key=law.list_key, default=None)
    expected = -1 if last is None else last.row
    if int(outcome.last_preference[school]) != expected:
        return [Finding("wrong_last", school, None, (int(outcome.last_preference[school]), expected))]
    if last is None:
        return []
    said = [outcome.last_rank, outcome.last_criterion, outcome.last_distance, outcome.last_score]
    number = law.criterion(last)
    true = [int(outcome.rank[expected]), -1 if number is None else number, last.distance, last.score]
    if [int(column[school]) for column in said] != true:
        return [Finding("wrong_last", school, last.child, tuple(true))]
    return []
