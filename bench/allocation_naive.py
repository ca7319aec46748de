"""The round as one would write it first: a loop over criteria, a sort per school, a heap per school. P5's other side."""

from __future__ import annotations

from heapq import heappush, heappushpop

from throughline.rules.allocation.snapshot import Snapshot


def naive_round(snapshot: Snapshot) -> list[int]:
    """Offers of one round for schools with one list each; school index per child, -1 none.

    It also works out what the engine's pipeline works out: a rank, a result and a waiting list per preference.
    """
    s = snapshot
    bit = {name: 1 << i for i, name in enumerate(s.facts)}
    columns = [c.tolist() for c in (s.school, s.held_facts, s.distance, s.score, s.lot)]
    start, named = s.start.tolist(), s.named.tolist()
    child_of = [c for c in range(s.children) for _ in range(start[c], start[c + 1])]
    lists: list[list[tuple]] = [[] for _ in s.schools]
    for row, (school, facts, distance, score, lot) in enumerate(zip(*columns, strict=True)):
        if named[child_of[row]] >= 0:
            continue
        of = s.schools[school].arrangement
        values = {"distance": distance, "score": -score, "lot": lot}
        for number, criterion in enumerate(of.criteria):
            who = criterion.who
            if all(facts & bit[f] for f in who.all_of) and (
                not who.any_of or any(facts & bit[f] for f in who.any_of)
            ):
                key = (number, *(values[tie] for tie in criterion.tie_break + of.tie_break))
                lists[school].append((key, row))
                break
    rank = [0] * s.preferences
    for ranked in lists:
        ranked.sort()
        for place, (_, row) in enumerate(ranked, start=1):
            rank[row] = place
    offered = _match(s, columns[0], start, named, rank)
    _explain(s, columns[0], start, offered, lists)
    return offered


def _match(
    s: Snapshot, school_of: list[int], start: list[int], named: list[int], rank: list[int]
) -> list[int]:
    places = [school.arrangement.admission_number for school in s.schools]
    for school in named:
        if school >= 0:
            places[school] -= 1
    held: list[list[tuple[int, int]]] = [[] for _ in places]
    at = start[:-1]
    offered = list(named)
    free = [c for c in range(s.children) if named[c] < 0]
    while free:
        child = free.pop()
        if at[child] == start[child + 1]:
            continue
        row = at[child]
        at[child] += 1
        school = school_of[row]
        offer = (-rank[row], child)
        if len(held[school]) < places[school]:
            heappush(held[school], offer)
            offered[child] = school
            continue
        out = heappushpop(held[school], offer)[1] if held[school] else child
        offered[child] = school
        offered[out] = -1
        free.append(out)
    return offered


def _explain(
    s: Snapshot,
    school_of: list[int],
    start: list[int],
    offered: list[int],
    lists: list[list[tuple]],
) -> tuple[list[str], list[list[int]]]:
    result = [""] * s.preferences
    for child in range(s.children):
        word = "refused"
        for row in range(start[child], start[child + 1]):
            if school_of[row] == offered[child]:
                result[row], word = "offered", "higher offered"
            else:
                result[row] = word
    waiting = [[row for _, row in ranked if result[row] == "refused"] for ranked in lists]
    return result, waiting
