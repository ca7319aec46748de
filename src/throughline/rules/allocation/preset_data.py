"""What each preset is made of: functions from its parameters to the data of an ``Arrangement``.

Source: School Admissions Code 2021 as set out in the project's rule book, sections 1.4 to 1.7.
"""

from __future__ import annotations

from collections.abc import Mapping

from throughline.rules.allocation.facts import LOOKED_AFTER

Data = dict[str, object]

LOOKED_AFTER_FIRST: Data = {"code": "looked_after", "who": {"any_of": list(LOOKED_AFTER)}}
OTHERS: Data = {"code": "other"}
SIBLING: Data = {"code": "sibling", "who": {"all_of": ["sibling"]}}
SOCIAL_MEDICAL: Data = {"code": "social_medical", "who": {"all_of": ["social_medical"]}}

_DETAILS: Data = {
    "sibling": {
        "counts": ["full", "half", "step", "adopted", "foster", "same_address_partners_child"],
        "must_attend_at_admission": True,
        "former_pupils": False,
        "linked_schools": [],
        "sixth_form": False,
    },
    "distance": {
        "measure": "straight_line",
        "unit": "metre",
        "from": "home_address_point",
        "to": "school_address_point",
    },
    "lot": {"supervised_by": "independent", "fresh_for_waiting_list": True},
    "address_on": "closing_date",
    "social_medical": {
        "evidence": ["doctor", "social_worker", "other_professional"],
        "only_this_school": True,
    },
}


def _arrangement(given: Mapping[str, object], criteria: list[Data], details: Data, **rest: object) -> Data:
    return {
        "admission_number": given["admission_number"],
        "criteria": [LOOKED_AFTER_FIRST, *criteria],
        "tie_break": ["distance", "lot"],
        "details": {**_DETAILS, **details},
        **rest,
    }


def _named(names: object) -> list[Data]:
    return [{"name": name, "fee_paying": False} for name in names] if isinstance(names, tuple) else []


def community_primary(given: Mapping[str, object]) -> Data:
    inside: Data = {"code": "catchment", "who": {"all_of": ["catchment"]}}
    both: Data = {"code": "catchment_sibling", "who": {"all_of": ["catchment", "sibling"]}}
    criteria = [SOCIAL_MEDICAL, both, inside, SIBLING, OTHERS]
    return _arrangement(given, criteria, {"catchment": {"name": given["catchment"]}}, infant=True)


def community_secondary(given: Mapping[str, object]) -> Data:
    inside: Data = {"code": "catchment", "who": {"all_of": ["catchment"]}}
    feeder: Data = {"code": "feeder", "who": {"all_of": ["feeder"]}}
    details: Data = {"catchment": {"name": given["catchment"]}, "feeders": _named(given["feeders"])}
    return _arrangement(given, [SOCIAL_MEDICAL, SIBLING, inside, feeder, OTHERS], details)


def infant(given: Mapping[str, object]) -> Data:
    staff: Data = {"code": "staff", "who": {"all_of": ["staff"]}}
    details: Data = {"staff": {"who": ["teacher", "support"], "years": 2, "shortage_posts": True}}
    return _arrangement(given, [SOCIAL_MEDICAL, SIBLING, staff, OTHERS], details, infant=True)


def junior(given: Mapping[str, object]) -> Data:
    linked: Data = {"code": "linked_infant", "who": {"all_of": ["feeder"]}}
    return _arrangement(given, [linked, SIBLING, OTHERS], {"feeders": _named((given["linked_infant"],))})


_FAITH_EVIDENCE: Data = {
    "evidence": ["baptism_certificate", "religious_leader_form"],
    "without_form": "not_of_the_faith",
}


def catholic(given: Mapping[str, object], **rest: object) -> Data:
    inside: Data = {"code": "faith_parish", "who": {"all_of": ["faith", "parish:own"]}}
    faith: Data = {"code": "faith", "who": {"all_of": ["faith"]}}
    other_faith: Data = {"code": "other_faith", "who": {"all_of": ["other_faith"]}}
    details: Data = {
        "faith": {"name": given["faith"], "guidance": given["guidance"], **_FAITH_EVIDENCE},
        "names": {"parish:own": given["parish"]},
    }
    data = _arrangement(
        given, [inside, faith, SIBLING, other_faith, OTHERS], details, designated_faith=True, **rest
    )
    if given["looked_after"] == "of_the_faith_first":
        of_the_faith: Data = {
            "code": "looked_after_faith",
            "who": {"all_of": ["faith"], "any_of": list(LOOKED_AFTER)},
        }
        others: Data = {"code": "looked_after_other", "who": {"any_of": list(LOOKED_AFTER)}}
        data["criteria"] = [of_the_faith, inside, faith, others, SIBLING, other_faith, OTHERS]
    return data


def girls_faith(given: Mapping[str, object]) -> Data:
    data = catholic(given)
    details = data["details"]
    return {**data, "details": {**details, "admits": "girls"}} if isinstance(details, dict) else data


def church_of_england(given: Mapping[str, object]) -> Data:
    practising: Data = {"code": "faith_practice", "who": {"all_of": ["faith_practice"]}}
    details: Data = {
        "faith": {"name": "Church of England", "guidance": given["guidance"], **_FAITH_EVIDENCE},
        "names": {"parish:own": given["parish"], "parish:neighbouring": given["neighbouring_parish"]},
    }
    share = given["parish_percent"]
    rest_of_it = 100 - share if isinstance(share, int) else 0
    quotas = [
        {"code": "parish", "who": {"all_of": ["parish:own"]}, "percent": share, "of": "remaining"},
        {
            "code": "neighbouring",
            "who": {"all_of": ["parish:neighbouring"]},
            "percent": rest_of_it,
            "of": "remaining",
        },
    ]
    return _arrangement(
        given, [SIBLING, practising, OTHERS], details, designated_faith=True, quotas=quotas, infant=True
    )


def grammar_pass(given: Mapping[str, object]) -> Data:
    premium: Data = {"code": "pupil_premium", "who": {"all_of": ["pupil_premium"]}}
    selection = {"kind": "pass_mark", "mark": given["pass_mark"]}
    details: Data = {"test": {"name": given["test"]}}
    return _arrangement(given, [premium, SIBLING, OTHERS], details, grammar=True, selection=selection)


def grammar_top(given: Mapping[str, object]) -> Data:
    data = _arrangement(
        given, [], {"test": {"name": given["test"]}}, grammar=True, selection={"kind": "top_score"}
    )
    return {**data, "criteria": [{"code": "score"}], "tie_break": ["score", "distance", "lot"]}


def fair_banded(given: Mapping[str, object]) -> Data:
    number, count = int(str(given["admission_number"])), int(str(given["bands"]))
    shares = [number // count + (1 if band < number % count else 0) for band in range(count)]
    details: Data = {"banding": {"test": given["test"], "late_test": True}}
    return _arrangement(given, [SIBLING, OTHERS], details, bands={"shares": shares, "shape": "applicants"})


def aptitude(given: Mapping[str, object]) -> Data:
    quota: Data = {
        "code": "aptitude",
        "who": {"all_of": ["aptitude"]},
        "percent": 10,
        "rounding": "down",
        "criteria": [{"code": "aptitude", "tie_break": ["score"]}],
    }
    details: Data = {"aptitude": {"subjects": [given["subject"]], "assessment": "aptitude_not_ability"}}
    return _arrangement(given, [SIBLING, OTHERS], details, quotas=[quota])
