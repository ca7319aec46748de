"""Is the arithmetic sound, is nobody left out, can no two applicants be left equal?

Source: ADM-12, ADM-13, ADM-20 to ADM-22, ADM-30, ADM-31, ADM-45 of the project's rule book.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from throughline.rules.allocation.arrangement import EVERYONE, Arrangement, Criterion, Quota, TieBreak, Who
from throughline.rules.allocation.code_rules import Breach, Value
from throughline.rules.allocation.rounding import quota_places


def structure_breaches(arrangement: Arrangement) -> Iterator[Breach]:
    """Breaches that can be seen from the shape and the numbers alone."""
    if arrangement.admission_number < 0:
        yield Breach(
            "admission_number_negative", "admission_number", {"number": arrangement.admission_number}
        )
    yield from _criteria(arrangement)
    yield from _codes(arrangement)
    yield from _possible(arrangement)
    yield from _tie_breaks(arrangement)
    sizes = list(_quota_sizes(arrangement.quotas))
    yield from sizes
    if not sizes and arrangement.admission_number >= 0:
        yield from _quota_sums(arrangement)
        yield from _bands(arrangement)


def _criteria(arrangement: Arrangement) -> Iterator[Breach]:
    if not arrangement.criteria:
        yield Breach("no_criteria", "criteria")
    elif arrangement.criteria[-1].who != EVERYONE and arrangement.selection is None:
        last = len(arrangement.criteria) - 1
        yield Breach(
            "last_criterion_everyone", f"criteria[{last}].who", {"code": arrangement.criteria[last].code}
        )
    for where, criteria in _lists(arrangement):
        open_to_all = [i for i, each in enumerate(criteria) if each.who == EVERYONE]
        for index in range(open_to_all[0] + 1, len(criteria)) if open_to_all else ():
            after = criteria[open_to_all[0]].code
            yield Breach(
                "criterion_unreachable", f"{where}[{index}]", {"code": criteria[index].code, "after": after}
            )


def _lists(arrangement: Arrangement) -> Iterator[tuple[str, Sequence[Criterion]]]:
    yield "criteria", arrangement.criteria
    for index, quota in enumerate(arrangement.quotas):
        yield f"quotas[{index}].criteria", quota.criteria


def _codes(arrangement: Arrangement) -> Iterator[Breach]:
    named = [(where, [each.code for each in criteria]) for where, criteria in _lists(arrangement)]
    for where, codes in [*named, ("quotas", [quota.code for quota in arrangement.quotas])]:
        for code, times in Counter(codes).items():
            if times > 1:
                yield Breach("duplicate_code", where, {"code": code, "times": times})


def _possible(arrangement: Arrangement) -> Iterator[Breach]:
    for where, criteria in _lists(arrangement):
        for index, each in enumerate(criteria):
            if _nobody(each.who):
                yield Breach("criterion_impossible", f"{where}[{index}].who", {"code": each.code})
    for index, quota in enumerate(arrangement.quotas):
        if _nobody(quota.who):
            yield Breach("criterion_impossible", f"quotas[{index}].who", {"code": quota.code})


def _nobody(who: Who) -> bool:
    refused = set(who.none_of)
    return bool(refused & set(who.all_of)) or (bool(who.any_of) and set(who.any_of) <= refused)


def _tie_breaks(arrangement: Arrangement) -> Iterator[Breach]:
    if not arrangement.tie_break or arrangement.tie_break[-1] != "lot":
        yield Breach("final_lot", "tie_break", {"tie_break": arrangement.tie_break})
    for index, quota in enumerate(arrangement.quotas):
        yield from _useless(f"quotas[{index}].tie_break", quota.tie_break)
    yield from _useless("tie_break", arrangement.tie_break)
    for where, criteria in _lists(arrangement):
        for index, each in enumerate(criteria):
            yield from _useless(f"{where}[{index}].tie_break", each.tie_break)
    if arrangement.tie_break[:1] == ("lot",):
        yield Breach("lot_as_main", "tie_break")


def _useless(where: str, tie_break: Sequence[TieBreak]) -> Iterator[Breach]:
    early_lot = "lot" in tie_break[:-1]
    twice = len(set(tie_break)) < len(tie_break)
    if early_lot or twice:
        yield Breach("tie_break_useless", where, {"tie_break": tuple(tie_break)})


def _quota_sizes(quotas: Sequence[Quota]) -> Iterator[Breach]:
    for index, quota in enumerate(quotas):
        where = f"quotas[{index}]"
        if (quota.places is None) == (quota.percent is None):
            yield Breach("quota_size", where, {"code": quota.code, "problem": "both_or_neither"})
        elif quota.places is not None and quota.places <= 0:
            yield Breach("quota_size", f"{where}.places", {"code": quota.code, "problem": "not_above_zero"})
        elif quota.percent is not None and not 0 < quota.percent <= 100:
            yield Breach("quota_size", f"{where}.percent", {"code": quota.code, "problem": "percent"})


def _quota_sums(arrangement: Arrangement) -> Iterator[Breach]:
    for of in ("admission_number", "remaining"):
        percents = [
            Fraction(str(q.percent)) for q in arrangement.quotas if q.of == of and q.percent is not None
        ]
        if sum(percents) > 100:
            yield Breach("quotas_over_number", "quotas", {"percent": str(float(sum(percents))), "of": of})
            return
    fixed = sum(quota.places or 0 for quota in arrangement.quotas)
    share = [Fraction(str(q.percent)) for q in arrangement.quotas if q.of == "admission_number" and q.percent]
    whole = fixed + sum(share) * arrangement.admission_number / 100
    if whole > arrangement.admission_number:
        said: dict[str, Value] = {
            "places": str(float(whole)),
            "admission_number": arrangement.admission_number,
        }
        yield Breach("quotas_over_number", "quotas", said)


def _bands(arrangement: Arrangement) -> Iterator[Breach]:
    if arrangement.bands is None:
        return
    shares = arrangement.bands.shares
    if len(shares) < 2 or min(shares) < 1:
        yield Breach("bands_count", "bands.shares", {"bands": len(shares)})
        return
    shared = arrangement.admission_number - sum(quota_places(arrangement))
    if sum(shares) != shared:
        yield Breach("bands_add_up", "bands.shares", {"shares": sum(shares), "places": shared})
