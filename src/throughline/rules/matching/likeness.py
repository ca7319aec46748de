"""Whether two records are of one child: a score of 100, a band, and every reason with its points.

Source of the rules: the project's data standards, section 0.2 (unique pupil number first, if valid and not temporary; then
a former one; then name, birth and postcode with a score and a person's decision). The points are data: ``weights.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from throughline.rules.identifiers import Problem, Upn, parse_nhs_number, parse_postcode, parse_upn
from throughline.rules.matching.data import data
from throughline.rules.matching.dates import alike_births
from throughline.rules.matching.identity import Identity
from throughline.rules.matching.likeness_names import name_codes


class Band(StrEnum):
    """What a score amounts to. Even ``same`` is a proposal: a person decides."""

    SAME = "same"
    LIKELY = "likely"
    POSSIBLE = "possible"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: its code, whose words belong to the pages, and its points for or against."""

    code: str
    points: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two records are. The points of the reasons add up to the score, which is held between 0 and 100."""

    score: int
    band: Band
    reasons: tuple[Reason, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all reasons, for and against."""
        return frozenset(reason.code for reason in self.reasons)


def compare(one: Identity, other: Identity, *, nhs_number_is_lawful: bool = False) -> Likeness:
    """Compare two records; it does not matter which is first.

    Args:
        one: what one record says.
        other: what the other says.
        nhs_number_is_lawful: whether a lawful basis for matching by NHS number is recorded. Without it, NHS numbers
            are passed over.
    """
    codes = _numbers(one, other) + name_codes(one, other) + _birth(one, other) + _place(one, other)
    if nhs_number_is_lawful:
        codes += _nhs_numbers(one, other)
    if one.sex in ("F", "M") and other.sex in ("F", "M") and one.sex != other.sex:
        codes.append("sex_differs")
    if {"forename_differs", "born_same"} <= set(codes) and "surname_differs" not in codes:
        codes.append("twins")
    return _scored(codes)


def _scored(codes: list[str]) -> Likeness:
    weights = data("weights")
    reasons = [Reason(code, weights["points"][code]) for code in codes]
    score = sum(reason.points for reason in reasons)
    ceiling = min((weights["ceilings"][code] for code in codes if code in weights["ceilings"]), default=score)
    if score > ceiling:
        reasons.append(Reason("ceiling", ceiling - score))
        score = ceiling
    score = max(0, min(100, score))
    reached = [Band(name) for name, least in weights["bands"].items() if score >= least]
    return Likeness(score, reached[0] if reached else Band.DIFFERENT, tuple(reasons))


def _numbers(one: Identity, other: Identity) -> list[str]:
    now = _permanent(one.upn), _permanent(other.upn)
    if now[0] and now[0] == now[1]:
        return ["upn_same"]
    ever = [{number for number in map(_permanent, (i.upn, *i.former_upns)) if number} for i in (one, other)]
    if ever[0] & ever[1]:
        return ["upn_former"]
    return ["upn_differs"] if all(now) else []


def _permanent(text: str) -> str:
    """A unique pupil number that may be matched on: rightly formed and not temporary; otherwise nothing."""
    number = parse_upn(text) if text else None
    return number.value if isinstance(number, Upn) and not number.temporary else ""


def _nhs_numbers(one: Identity, other: Identity) -> list[str]:
    numbers = [parse_nhs_number(i.nhs_number) for i in (one, other)]
    if any(isinstance(number, Problem) for number in numbers):
        return []
    return ["nhs_same" if numbers[0] == numbers[1] else "nhs_differs"]


def _birth(one: Identity, other: Identity) -> list[str]:
    if one.born is None or other.born is None:
        return []
    return [f"born_{alike_births(one.born, other.born)}"]


def _place(one: Identity, other: Identity) -> list[str]:
    here, there = parse_postcode(one.postcode), parse_postcode(other.postcode)
    if isinstance(here, Problem) or isinstance(there, Problem):
        return []
    if here == there:
        return ["postcode_same"]
    return ["postcode_near"] if here.outward == there.outward else []
