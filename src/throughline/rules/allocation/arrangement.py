"""A school's admission arrangements, as data.

The same data decides (``program``), is tested against the Admissions Code (``admissions_code``), is published in
plain words, and explains a refusal. A fact is a name such as ``sibling`` or ``catchment`` that is either true or not
of one child at one school; who establishes it, and on what evidence, is not the kernel's business.

Source: School Admissions Code 2021, as set out in the project's rule book sections 1.3 to 1.8.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

TieBreak = Literal["distance", "score", "lot"]
"""``distance``: nearest first. ``score``: highest first. ``lot``: the recorded draw."""

Rounding = Literal["down", "nearest", "largest_remainder"]


@dataclass(frozen=True)
class Who:
    """Whom a criterion or quota is for: every fact in ``all_of`` and, if given, one in ``any_of``, none in ``none_of``.

    Nothing given means everyone.
    """

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


EVERYONE = Who()


@dataclass(frozen=True)
class Criterion:
    """One oversubscription criterion. ``tie_break`` empty means the arrangement's own."""

    code: str
    who: Who = EVERYONE
    tie_break: tuple[TieBreak, ...] = ()


@dataclass(frozen=True)
class Quota:
    """Places set aside for some applicants, filled in the order given and before the open places.

    ``places`` is a whole number, or ``percent`` is of ``of``: the admission number, or what remains of it after
    children whose plan names the school and looked-after children are placed ("remaining"). Unfilled places fall to the next quota, then
    to the open places. ``criteria`` empty means the arrangement's own.
    """

    code: str
    who: Who
    places: int | None = None
    percent: float | None = None
    of: Literal["admission_number", "remaining"] = "admission_number"
    rounding: Rounding = "largest_remainder"
    criteria: tuple[Criterion, ...] = ()
    tie_break: tuple[TieBreak, ...] = ()


@dataclass(frozen=True)
class Bands:
    """Fair banding: ``shares`` are places per band; unfilled places go to the nearest band, alternating above and below.

    A child's band (1 is the first) arrives with the preference; 0 is "not tested".
    """

    shares: tuple[int, ...]
    untested: Literal["lot", "after"] = "after"
    shape: Literal["applicants", "local", "national"] = "applicants"


@dataclass(frozen=True)
class Selection:
    """Selection by ability (grammar schools only): a pass mark, or the highest scores."""

    kind: Literal["pass_mark", "top_score"]
    mark: int = 0


@dataclass(frozen=True)
class Arrangement:
    """Everything that decides who is admitted to one school in one year.

    Attributes:
        admission_number: the published admission number, a promise (ADM-12).
        criteria: in order; the first whose ``who`` is met decides. The last must be for everyone unless ``selection``.
        tie_break: the school's final order among equals; must end in ``lot`` so that no two can be left equal (ADM-20).
        quotas, bands, selection: optional structure.
        multiple_births: Option A admits all of a sibling set across the last place, Option B leaves it to the lot.
        late: "after" ranks late applicants after all on-time ones; "looked_after_on_time" counts late looked-after
            children as on time (ADM-49).
        designated_faith, grammar, infant: what kind of school it is, which the Code's rules need.
    """

    admission_number: int
    criteria: tuple[Criterion, ...]
    tie_break: tuple[TieBreak, ...] = ("distance", "lot")
    quotas: tuple[Quota, ...] = ()
    bands: Bands | None = None
    selection: Selection | None = None
    multiple_births: Literal["admit_all", "lot"] = "admit_all"
    late: Literal["after", "looked_after_on_time"] = "after"
    designated_faith: bool = False
    grammar: bool = False
    infant: bool = False
    details: dict[str, object] = field(default_factory=dict, hash=False)
    """What the words need and the kernel does not: sibling definition, feeder names, catchment, distance points."""
