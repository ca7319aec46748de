"""Shapes of arrangements that the Code allows and that a hasty check would refuse."""

from __future__ import annotations

from dataclasses import replace

from tests.rules.allocation.unlawful import (
    APTITUDE,
    BANDED,
    FAITH,
    FIRST,
    OTHER,
    PASS_MARK,
    PRIMARY,
    criteria,
    detail,
    for_fact,
    share,
)

from throughline.rules.allocation.arrangement import Arrangement, Bands, Criterion, Quota, Who
from throughline.rules.allocation.facts import LOOKED_AFTER

FAITH_FIRST = Criterion("faith_first", Who(all_of=("faith",), any_of=LOOKED_AFTER))
_NOT_OF_THE_FAITH = Criterion("not_of_the_faith", Who(any_of=LOOKED_AFTER, none_of=("faith",)))
_BY_SCORE = (Criterion("score", tie_break=("score",)),)
_AREAS = detail("names", {"area:north": "North", "area:south": "South"})
_HALVES = tuple(Quota(c, Who(all_of=(f"area:{c}",)), percent=50, of="remaining") for c in ("north", "south"))
_HISTORIC = detail("partial_selection", {"since": 1990})
_PLACES_FOR_ALL = (Quota("near", Who(all_of=("catchment",)), places=30), Quota("all", Who(), places=30))
_HALF_BY_FAITH = (Quota("faith", Who(all_of=("faith",)), percent=50, rounding="down"),)

LAWFUL: dict[str, Arrangement] = {
    "faith, choice B": replace(FAITH, criteria=(FAITH_FIRST, for_fact("faith"), FIRST, OTHER)),
    "faith, two criteria before all others": replace(
        FAITH, criteria=(FAITH_FIRST, _NOT_OF_THE_FAITH, for_fact("faith"), OTHER)
    ),
    "faith, practice implies faith": replace(
        FAITH, criteria=(FAITH_FIRST, for_fact("faith_practice"), FIRST, OTHER)
    ),
    "all of what remains in two shares": replace(_AREAS, quotas=_HALVES),
    "a share that leaves open places": share("catchment", 59),
    "shares of every place, one of them for everyone": replace(PRIMARY, quotas=_PLACES_FOR_ALL),
    "a selective school's last criterion for some": replace(PASS_MARK, criteria=PASS_MARK.criteria[:-1]),
    "nursery with a premium": criteria(
        for_fact("nursery", "pupil_premium"), to=detail("nursery", {"name": "Acorn"})
    ),
    "historic partial selection": share("ability", 9, criteria=_BY_SCORE, to=_HISTORIC),
    "aptitude at exactly a tenth, rounded down": replace(APTITUDE, admission_number=29),
    "technology before 2008": detail(
        "aptitude", {"subjects": ["design_technology"], "since": 2003}, to=APTITUDE
    ),
    "bands beside an aptitude share": replace(
        APTITUDE, bands=Bands((81, 81)), details={**APTITUDE.details, **BANDED.details}
    ),
    "an audition for aptitude": detail("asks_for", ["interview"], to=APTITUDE),
    "a photograph for a test": detail("asks_for", ["photograph"], to=PASS_MARK),
    "score breaks ties in a grammar school": replace(PASS_MARK, tie_break=("score", "distance", "lot")),
    "a criterion with its own lot": criteria(Criterion("sibling", Who(all_of=("sibling",)), ("lot",))),
    "an admission number of none": replace(PRIMARY, admission_number=0),
    "a lot among twins": replace(PRIMARY, multiple_births="lot", late="looked_after_on_time"),
    "a free school with half by faith": replace(
        detail("free_school", True, to=FAITH), criteria=(FIRST, OTHER), quotas=_HALF_BY_FAITH
    ),
}
