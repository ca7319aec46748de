"""How many places each quota, each band and the open list get.

Source: ADM-45 (largest remainder unless the arrangement says otherwise; legal maxima round down), ADM-29, and the
worked examples 5, 6 and 14 of the rule book.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from throughline.rules.allocation.arrangement import Arrangement, Quota


def largest_remainder(total: int, shares: Sequence[Fraction | int]) -> list[int]:
    """Split ``total`` whole places in proportion to ``shares``; equal remainders go to the earlier share.

    Args:
        total: places, not negative.
        shares: not negative; when all are zero everything goes to the first.

    Returns:
        Places per share, adding up to ``total`` (or nothing when there are no shares).
    """
    if not shares:
        return []
    whole = Fraction(sum(shares))
    if whole == 0:
        return [total] + [0] * (len(shares) - 1)
    exact = [Fraction(total) * Fraction(share) / whole for share in shares]
    given = [floor(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (given[i] - exact[i], i))
    for i in by_remainder[: total - sum(given)]:
        given[i] += 1
    return given


def _percent(quota: Quota) -> Fraction:
    return Fraction(str(quota.percent or 0))


def _rounded(quotas: Sequence[Quota], base: int) -> dict[int, int]:
    """Places of percentage quotas that share one base, by position; what no quota claims is the open share."""
    exact = {i: base * _percent(quota) / 100 for i, quota in enumerate(quotas)}
    places = {i: floor(part) for i, part in exact.items() if quotas[i].rounding == "down"}
    places |= {
        i: floor(part + Fraction(1, 2)) for i, part in exact.items() if quotas[i].rounding == "nearest"
    }
    together = [i for i in exact if i not in places]
    if together:
        shares = [exact[i] for i in together]
        unclaimed = max(Fraction(0), base - sum(exact.values(), Fraction(0)))
        others = sum((exact[i] for i in places), Fraction(0))
        total = min(base, floor(sum(shares, Fraction(0)) + unclaimed + others))
        places |= dict(zip(together, largest_remainder(total, [*shares, unclaimed + others]), strict=False))
    return places


def quota_places(arrangement: Arrangement, *, named: int = 0, looked_after: int = 0) -> list[int]:
    """Places of each quota, in the arrangement's order.

    Args:
        arrangement: the school's arrangements.
        named: children whose plan names the school; they take places before any quota.
        looked_after: looked-after children placed before quotas that share what "remaining" leaves.

    Returns:
        One number per quota. Together they never exceed what the named children leave: the last in order give way.
    """
    left = max(0, arrangement.admission_number - named - looked_after)
    wanted: dict[int, int] = {}
    for kind, base in (("admission_number", arrangement.admission_number), ("remaining", left)):
        where = [i for i, q in enumerate(arrangement.quotas) if q.of == kind and q.places is None]
        rounded = _rounded([arrangement.quotas[i] for i in where], base)
        wanted |= {i: rounded[k] for k, i in enumerate(where)}
    places = []
    for i, quota in enumerate(arrangement.quotas):
        given = min(left, max(0, wanted[i] if quota.places is None else quota.places))
        places.append(given)
        left -= given
    return places


def band_places(shares: Sequence[int], total: int, named_bands: Sequence[int]) -> list[int]:
    """Places left in each band after the named children took theirs.

    Args:
        shares: the arrangement's places (or proportions) per band.
        total: places that the bands have together before named children.
        named_bands: the band of each named child, 0 when not tested or not known. Such a child, and one whose band is
            already full, takes a place from the band with most places left, the first of equals (ADM-32).

    Returns:
        Places per band, none negative.
    """
    left = largest_remainder(total, list(shares))
    for band in sorted(named_bands, reverse=True):
        if 1 <= band <= len(left) and left[band - 1] > 0:
            left[band - 1] -= 1
        elif max(left) > 0:
            left[left.index(max(left))] -= 1
    return left


def pool_places(
    arrangement: Arrangement, *, named_bands: Sequence[int] = (), looked_after: int = 0
) -> tuple[list[int], int]:
    """Places of every pool of a school, and of the looked-after pool that goes before shares of what remains.

    Args:
        arrangement: the school's arrangements.
        named_bands: one entry per child whose plan names the school: the child's band, or 0.
        looked_after: as in ``quota_places``; only used where a quota is a share of what remains.

    Returns:
        Places of the quotas, then of the open list or of each band; and the places of the looked-after pool.
    """
    named = len(named_bands)
    before = looked_after if shares_remainder(arrangement) else 0
    before = min(before, max(0, arrangement.admission_number - named))
    quotas = quota_places(arrangement, named=named, looked_after=before)
    if arrangement.bands is None:
        rest = max(0, arrangement.admission_number - named - before - sum(quotas))
        return [*quotas, rest], before
    total = max(0, arrangement.admission_number - before - sum(quotas))
    return [*quotas, *band_places(arrangement.bands.shares, total, named_bands)], before


def shares_remainder(arrangement: Arrangement) -> bool:
    """Whether some quota is a share of what remains after named and looked-after children."""
    return any(quota.of == "remaining" and quota.places is None for quota in arrangement.quotas)
