"""Whom a school must choose among those who want it: worked out a second time, for the checker alone.

Quotas are filled in order, what they leave falls to the next, then to the open list. In bands, each is filled from
its own children, and the children left over move to the nearest band, where those from nearest bands come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from throughline.rules.allocation.arrangement import Quota
from throughline.rules.allocation.checked_law import Applicant, Key, Law


def quota_sizes(law: Law, named: int, looked_after: int) -> list[int]:
    """Places of each quota; the last give way when the named children leave too few."""
    number = law.of.admission_number
    left = max(0, number - named - looked_after)
    sizes: list[int] = []
    for quota in law.of.quotas:
        if quota.places is not None:
            sizes.append(max(0, quota.places))
            continue
        base = left if quota.of == "remaining" else number
        sizes.append(_share(law, quota, base))
    for i, size in enumerate(sizes):
        sizes[i] = min(size, left)
        left -= sizes[i]
    return sizes


def _share(law: Law, quota: Quota, base: int) -> int:
    exact = _exact(quota, base)
    if quota.rounding == "down":
        return int(exact)
    if quota.rounding == "nearest":
        return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    # The largest remainder: shares that round so, and last what nobody claims or others round for themselves.
    alike = [q for q in law.of.quotas if q.places is None and q.of == quota.of]
    together = [q for q in alike if q.rounding == "largest_remainder"]
    claims = [_exact(q, base) for q in together]
    elsewhere = sum((_exact(q, base) for q in alike if q.rounding != "largest_remainder"), Decimal(0))
    rest = max(Decimal(0), Decimal(base) - sum(claims, Decimal(0)) - elsewhere)
    return _largest_remainder(base, [*claims, rest + elsewhere])[together.index(quota)]


def _exact(quota: Quota, base: int) -> Decimal:
    return Decimal(str(quota.percent or 0)) * base / 100


def _largest_remainder(total: int, claims: Sequence[Decimal]) -> list[int]:
    whole = sum(claims, Decimal(0))
    if not whole:
        return [total] + [0] * (len(claims) - 1)
    scaled = [claim * total / whole for claim in claims]
    given = [int(part) for part in scaled]
    while sum(given) < total:
        most = max(range(len(given)), key=lambda i: (scaled[i] - given[i], -i))
        given[most] += 1
    return given


def band_sizes(law: Law, total: int, named_bands: Sequence[int]) -> list[int]:
    """Places left in each band after the children whose plans name the school."""
    shares = [Decimal(share) for share in law.of.bands.shares] if law.of.bands else []
    left = _largest_remainder(total, shares)
    known = [band for band in named_bands if 1 <= band <= len(left)]
    unknown = len(named_bands) - len(known)
    for band in sorted(known, reverse=True):
        if left[band - 1]:
            left[band - 1] -= 1
        else:
            left[_fullest(left)] -= bool(max(left))
    for _ in range(unknown):
        left[_fullest(left)] -= bool(max(left))
    return left


def _fullest(left: list[int]) -> int:
    return left.index(max(left))


@dataclass
class Demand:
    """What one school decides from.

    Attributes:
        wanting: who holds an ordinary place here or would rather be here.
        everybody: all whom the school ranks.
        named_bands: band of each child whose plan names the school, 0 unknown.
        looked_after: looked-after children placed before shares of what remains.
    """

    wanting: list[Applicant]
    everybody: list[Applicant]
    named_bands: list[int]
    looked_after: int


def sizes_of(law: Law, demand: Demand) -> tuple[int, list[int], list[int]]:
    """Places kept for looked-after children first, of each quota, and of the open list or of each band."""
    named = len(demand.named_bands)
    shares_rest = any(quota.of == "remaining" and quota.places is None for quota in law.of.quotas)
    first = min(demand.looked_after, max(0, law.of.admission_number - named)) if shares_rest else 0
    quotas = quota_sizes(law, named, first)
    if law.of.bands is None:
        return first, quotas, [max(0, law.of.admission_number - named - first - sum(quotas))]
    return (
        first,
        quotas,
        band_sizes(law, max(0, law.of.admission_number - first - sum(quotas)), demand.named_bands),
    )


def choose(law: Law, demand: Demand) -> set[int]:
    """Rows of the children the school must take among those who want it."""
    first, quotas, rest = sizes_of(law, demand)
    left = list(demand.wanting)
    chosen: set[int] = set()
    early = [who for who in left if who.looked_after and not law.is_late(who)]
    _take(left, chosen, sorted(early, key=law.offer_key)[:first])
    for number, size in enumerate(quotas):
        ordered = sorted((key, who.row) for who in left if (key := _quota_key(law, who, number)) is not None)
        rows = {row for _, row in ordered[:size]}
        _take(left, chosen, [who for who in left if who.row in rows])
    left = [who for who in left if who.holds or law.criterion(who) is not None]
    if law.of.bands is not None:
        return chosen | _in_bands(law, left, demand.everybody, rest)
    return chosen | {who.row for who in sorted(left, key=law.offer_key)[: rest[0]]}


def _take(left: list[Applicant], chosen: set[int], taken: list[Applicant]) -> None:
    chosen.update(who.row for who in taken)
    left[:] = [who for who in left if who.row not in chosen]


def _quota_key(law: Law, who: Applicant, number: int) -> Key | None:
    """Order within a quota: those it is for, then those the next quota is for, and last by the open criteria."""
    begin = (not who.holds, law.is_late(who))
    for away, quota in enumerate(law.of.quotas[number:]):
        if law.may_use(who, quota):
            return (*begin, away, law.merit(who, quota))
    if law.criterion(who) is None and not who.holds:
        return None
    return (*begin, len(law.of.quotas) - number, law.merit(who))


def given_bands(law: Law, everybody: list[Applicant]) -> dict[int, int]:
    """Each child's band; where the untested are given one by lot, they take bands in turn in lot order."""
    band = {who.row: who.band for who in everybody}
    if law.of.bands is not None and law.of.bands.untested == "lot":
        untested = sorted((who for who in everybody if who.band == 0 and who.listed), key=lambda w: w.lot)
        for turn, who in enumerate(untested):
            band[who.row] = turn % len(law.of.bands.shares) + 1
    return band


def _in_bands(law: Law, left: list[Applicant], everybody: list[Applicant], sizes: list[int]) -> set[int]:
    band = given_bands(law, everybody)
    place: dict[int, int] = {}
    for own in set(band.values()):
        same = [who for who in everybody if band[who.row] == own]
        for number, who in enumerate(sorted(same, key=law.list_key)):
            place[who.row] = number

    def standing(there: int, who: Applicant) -> Key:
        own = band[who.row]
        begin = (not who.holds, law.is_late(who))
        if own == there:
            return (*begin, 0, law.merit(who))
        if own == 0:
            return (*begin, 0 if who.looked_after else len(sizes), law.merit(who))
        return (*begin, abs(own - there), (place[who.row], own > there))

    held: list[list[Applicant]] = [[] for _ in sizes]
    rest = {who.row: _bands_to_try(band[who.row], len(sizes)) for who in left}
    waiting = left
    while waiting:
        refused: list[Applicant] = []
        for who in waiting:
            if rest[who.row]:
                held[rest[who.row].pop(0) - 1].append(who)
        for number, size in enumerate(sizes):
            held[number].sort(key=partial(standing, number + 1))
            refused += held[number][size:]
            del held[number][size:]
        waiting = refused
    return {who.row for there in held for who in there}


def _bands_to_try(own: int, many: int) -> list[int]:
    if own == 0:
        return list(range(1, many + 1))
    order = [own]
    for away in range(1, many):
        order += [band for band in (own - away, own + away) if 1 <= band <= many]
    return order
