"""For every rule of the Code check, lawful arrangements changed in one way that breaks it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from throughline.rules.allocation.arrangement import Arrangement, Bands, Criterion, Quota, Selection, Who
from throughline.rules.allocation.facts import LOOKED_AFTER
from throughline.rules.allocation.presets import arrangement_from_preset

PRIMARY = arrangement_from_preset("community_primary")
SECONDARY = arrangement_from_preset("community_secondary")
INFANT = arrangement_from_preset("infant")
FAITH = arrangement_from_preset("faith_secondary")
APTITUDE = arrangement_from_preset("aptitude")
BANDED = arrangement_from_preset("fair_banded")
PASS_MARK = arrangement_from_preset("grammar_pass_mark")
TOP_SCORE = arrangement_from_preset("grammar_top_score")

FIRST = Criterion("looked_after", Who(any_of=LOOKED_AFTER))
OTHER = Criterion("other")


def for_fact(*names: str) -> Criterion:
    return Criterion("_".join(names).replace(":", "_"), Who(all_of=names))


def criteria(*middle: Criterion, to: Arrangement = PRIMARY) -> Arrangement:
    """Looked-after children first, everyone last, and these between."""
    return replace(to, criteria=(FIRST, *middle, OTHER))


def share(who: str, places: int = 5, *, to: Arrangement = PRIMARY, **more: Any) -> Arrangement:
    return replace(to, quotas=(Quota("share", Who(all_of=(who,)), places=places, **more),))


def detail(key: str, value: object, *, to: Arrangement = PRIMARY) -> Arrangement:
    return replace(to, details={**to.details, key: value})


def without(key: str, *, to: Arrangement = PRIMARY) -> Arrangement:
    return replace(to, details={name: value for name, value in to.details.items() if name != key})


UNLAWFUL: dict[str, Arrangement] = {
    "looked_after_first": replace(PRIMARY, criteria=(for_fact("sibling"), FIRST, OTHER)),
    "looked_after_kinds": replace(PRIMARY, criteria=(Criterion("lac", Who(any_of=LOOKED_AFTER[:2])), OTHER)),
    "looked_after_faith_choice": replace(FAITH, criteria=(for_fact("faith"), FIRST, OTHER)),
    "looked_after_shut_out": share("catchment", 60),
    "looked_after_in_share": share("catchment", criteria=(for_fact("sibling"), OTHER)),
    "plan_as_criterion": criteria(for_fact("ehcp")),
    "last_criterion_everyone": replace(PRIMARY, criteria=(FIRST, for_fact("sibling"))),
    "final_lot": replace(PRIMARY, tie_break=("distance",)),
    "lot_supervised": without("lot"),
    "lot_as_main": replace(PRIMARY, tie_break=("lot",)),
    "preference_order": criteria(for_fact("first_preference")),
    "date_of_application": criteria(for_fact("earliest_application")),
    "previous_school": criteria(for_fact("previous_school")),
    "parents_circumstances": criteria(for_fact("household_income")),
    "help_given": criteria(for_fact("church_volunteer")),
    "money": criteria(for_fact("school_fund_donor")),
    "reports": criteria(for_fact("good_behaviour")),
    "disability": replace(PRIMARY, criteria=(FIRST, Criterion("x", Who(none_of=("disability",))), OTHER)),
    "hobbies": criteria(for_fact("scouts")),
    "interview": detail("asks_for", ["interview"]),
    "photograph": detail("asks_for", ["photograph"]),
    "form_asks_too_much": detail("asks_for", ["proof_of_address", "marital_status"]),
    "unknown_fact": criteria(for_fact("sibbling")),
    "new_selection": replace(PRIMARY, selection=Selection("pass_mark", 200)),
    "grammar_without_selection": replace(PRIMARY, grammar=True),
    "pass_mark_missing": replace(PASS_MARK, selection=Selection("pass_mark")),
    "top_score_first": replace(TOP_SCORE, tie_break=("distance", "lot")),
    "sibling_top_score": replace(TOP_SCORE, criteria=(for_fact("sibling"), OTHER)),
    "test_described": without("test", to=PASS_MARK),
    "ability_historic": criteria(for_fact("ability"), to=detail("partial_selection", {"since": 1990})),
    "score_without_selection": replace(PRIMARY, tie_break=("distance", "score", "lot")),
    "aptitude_over_tenth": replace(
        APTITUDE, admission_number=25, quotas=(replace(APTITUDE.quotas[0], places=3, percent=None),)
    ),
    "aptitude_outside_share": criteria(for_fact("aptitude"), to=APTITUDE),
    "aptitude_subject": detail("aptitude", {"subjects": ["mathematics"]}, to=APTITUDE),
    "aptitude_undefined": without("aptitude", to=APTITUDE),
    "bands_add_up": replace(BANDED, bands=Bands((45, 45, 45, 44))),
    "bands_count": replace(BANDED, bands=Bands((180,))),
    "bands_with_selection": replace(BANDED, tie_break=("score", "lot")),
    "banding_described": without("banding", to=BANDED),
    "faith_not_designated": replace(FAITH, designated_faith=False),
    "faith_free_school_half": detail("free_school", True, to=FAITH),
    "faith_undefined": without("faith", to=FAITH),
    "sibling_undefined": detail("sibling", {"counts": ["full"]}),
    "catchment_undefined": detail("catchment", {"name": " "}),
    "feeder_unnamed": without("feeders", to=SECONDARY),
    "feeder_fee_paying": detail("feeders", [{"name": "Abbey House", "fee_paying": True}], to=SECONDARY),
    "name_missing": without("names", to=FAITH),
    "distance_undefined": detail("distance", {"measure": "straight_line", "unit": "metre"}),
    "social_medical_undefined": without("social_medical"),
    "staff_undefined": without("staff", to=INFANT),
    "staff_two_years": detail("staff", {"who": ["teacher"], "years": 1, "shortage_posts": True}, to=INFANT),
    "nursery_unnamed": criteria(for_fact("nursery", "early_years_premium")),
    "nursery_without_premium": criteria(for_fact("nursery"), to=detail("nursery", {"name": "Acorn"})),
    "boarding_undefined": criteria(for_fact("boarding")),
    "address_date_missing": without("address_on"),
    "admission_number_negative": replace(PRIMARY, admission_number=-1),
    "no_criteria": replace(PRIMARY, criteria=()),
    "duplicate_code": criteria(for_fact("sibling"), for_fact("sibling")),
    "criterion_impossible": criteria(Criterion("never", Who(all_of=("sibling",), none_of=("sibling",)))),
    "criterion_unreachable": criteria(Criterion("everyone"), for_fact("sibling")),
    "tie_break_useless": replace(PRIMARY, tie_break=("distance", "lot", "distance", "lot")),
    "quota_size": share("catchment", 0),
    "quotas_over_number": share("catchment", 61),
}
"""``code_not_held`` is not here: no arrangement breaks it, only a nation and a date do."""
