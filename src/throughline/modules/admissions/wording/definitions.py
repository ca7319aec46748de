"""What arrangements mean by their words: definitions in ``details``, which officers write, as sentences.

An officer's own words are shown as written. What has a name of its own in the vocabulary below is worded here, and
anything else is shown with its underscores as spaces.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.rules.allocation.arrangement import Arrangement
from throughline.web.components.wording import long_date

from .criteria import fact_words, joined_and, joined_or

Values = Mapping[str, Any]

SIBLINGS = {
    "full": gettext_lazy("brother or sister with both the same parents"),
    "half": gettext_lazy("half-brother or half-sister"),
    "step": gettext_lazy("stepbrother or stepsister"),
    "adopted": gettext_lazy("adopted brother or sister"),
    "foster": gettext_lazy("foster brother or sister"),
    "same_address_partners_child": gettext_lazy("child of a parent’s partner who lives at the same address"),
}
EVIDENCE = {
    "doctor": gettext_lazy("a doctor"),
    "social_worker": gettext_lazy("a social worker"),
    "other_professional": gettext_lazy("another professional who works with the child"),
    "baptism_certificate": gettext_lazy("a baptism certificate"),
    "religious_leader_form": gettext_lazy("a form signed by a religious leader"),
    "supplementary_form": gettext_lazy("the school’s supplementary form"),
}
STAFF = {
    "teacher": gettext_lazy("teachers"),
    "support": gettext_lazy("support staff"),
}
SUBJECTS = {
    "music": gettext_lazy("music"),
    "drama": gettext_lazy("drama"),
    "dance": gettext_lazy("dance"),
    "art": gettext_lazy("art"),
    "sport": gettext_lazy("sport"),
    "languages": gettext_lazy("languages"),
    "performing_arts": gettext_lazy("performing arts"),
    "visual_arts": gettext_lazy("visual arts"),
    "modern_languages": gettext_lazy("modern languages"),
    "design_technology": gettext_lazy("design and technology"),
    "information_technology": gettext_lazy("computing"),
}
MEASURES = {
    "straight_line": gettext_lazy("in a straight line"),
    "walking_route": gettext_lazy("along the shortest walking route"),
}
UNITS = {"metre": gettext_lazy("metres"), "mile": gettext_lazy("miles")}
ENDS = {
    "home_address_point": gettext_lazy("the address point of the child’s home"),
    "school_address_point": gettext_lazy("the address point of the school"),
    "school_main_gate": gettext_lazy("the school’s main gate"),
}
ADDRESS_ON = {
    "closing_date": gettext_lazy("the day applications close"),
    "application": gettext_lazy("the day of the application"),
    "offer_day": gettext_lazy("the day offers are made"),
}


def plain(value: Any, words: Mapping[str, Any] | None = None) -> str:
    """A value of a definition as people read it."""
    text = str(value).strip()
    known = (words or {}).get(text)
    if known is not None:
        return str(known)
    day = parse_date(text) if len(text) == 10 and text[4] == "-" else None
    return long_date(day) if day else text.replace("_", " ")


def _listed(value: Any, words: Mapping[str, Any] | None = None) -> list[str]:
    items = value if isinstance(value, list | tuple) else [value] if value else []
    return [plain(item, words) for item in items]


def _together(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _sibling(values: Values, _a: Arrangement) -> str:
    kinds = joined_or(_listed(values.get("counts"), SIBLINGS))
    linked = joined_and(_listed(values.get("linked_schools")))
    return _together(
        _("A brother or sister means: %(kinds)s.") % {"kinds": kinds} if kinds else "",
        _("They must still be at the school when the child starts.")
        if values.get("must_attend_at_admission")
        else "",
        _("Former pupils count.") if values.get("former_pupils") else _("Former pupils do not count."),
        _("Pupils in the sixth form count.")
        if values.get("sixth_form")
        else _("Pupils in the sixth form do not count."),
        _("Pupils of these linked schools count too: %(schools)s.") % {"schools": linked} if linked else "",
    )


def _catchment(values: Values, _a: Arrangement) -> str:
    name = plain(values.get("name", ""))
    return _("The catchment area is called %(name)s.") % {"name": name} if name else ""


def _feeders(values: Values, _a: Arrangement) -> str:
    names = []
    for each in values.get("feeders") or ():
        name = each.get("name", "") if isinstance(each, Mapping) else each
        names += [plain(name)] if name else []
    return (
        _("The feeder or linked schools are: %(schools)s.") % {"schools": joined_and(names)} if names else ""
    )


def _social_medical(values: Values, _a: Arrangement) -> str:
    who = joined_or(_listed(values.get("evidence"), EVIDENCE))
    return _together(
        _("For a social or medical need, send a letter from %(who)s.") % {"who": who} if who else "",
        _("The letter must say why only this school can meet the need.")
        if values.get("only_this_school")
        else "",
    )


def _staff(values: Values, _a: Arrangement) -> str:
    who = joined_and(_listed(values.get("who"), STAFF))
    years = values.get("years")
    return _together(
        _("Staff means %(who)s.") % {"who": who} if who else "",
        _("The parent must have worked at the school for at least %(years)s years.") % {"years": years}
        if years is not None
        else "",
        _("A parent recruited to a post that is hard to fill also counts.")
        if values.get("shortage_posts")
        else "",
    )


def _faith(values: Values, _a: Arrangement) -> str:
    evidence = joined_or(_listed(values.get("evidence"), EVIDENCE))
    said = {"name": plain(values.get("name", "")), "guidance": plain(values.get("guidance", ""))}
    return _together(
        _("The school’s faith is %(name)s. Who is of the faith is decided by: %(guidance)s.") % said
        if said["name"] and said["guidance"]
        else "",
        _("To show it, send %(evidence)s.") % {"evidence": evidence} if evidence else "",
        _("Without it, your child is considered as not of the faith.")
        if values.get("without_form") == "not_of_the_faith"
        else "",
    )


def _aptitude(values: Values, _a: Arrangement) -> str:
    subjects = joined_and(_listed(values.get("subjects"), SUBJECTS))
    return (
        _("Aptitude in %(subjects)s is assessed by the school. It is not a test of ability.")
        % {"subjects": subjects}
        if subjects
        else ""
    )


def _partial_selection(values: Values, _a: Arrangement) -> str:
    since = plain(values.get("since", ""))
    return (
        _("The school has chosen some pupils by ability since %(since)s.") % {"since": since} if since else ""
    )


def _distance(values: Values, _a: Arrangement) -> str:
    said = {
        "measure": plain(values.get("measure", ""), MEASURES),
        "unit": plain(values.get("unit", ""), UNITS),
        "from": plain(values.get("from", ""), ENDS),
        "to": plain(values.get("to", ""), ENDS),
    }
    if not all(said.values()):
        return ""
    return _("Distance is measured %(measure)s in %(unit)s, from %(from)s to %(to)s.") % said


def _banding(values: Values, _a: Arrangement) -> str:
    test = plain(values.get("test", ""))
    return _together(
        _("The test for the bands is: %(test)s.") % {"test": test} if test else "",
        _("Children who apply late can still sit the test.") if values.get("late_test") else "",
    )


def _named(code: str, words: Any) -> Callable[[Values, Arrangement], str]:
    def said(values: Values, _a: Arrangement) -> str:
        value = plain(values.get(code, ""))
        return str(words) % {"value": value} if value else ""

    return said


def _name(values: Values, arrangement: Arrangement) -> str:
    fact = str(values["fact"])
    general = fact_words(fact)
    if fact_words(fact, arrangement.details) != general:
        return ""  # The criteria have said the name already.
    return _("“%(words)s” here means %(name)s.") % {"words": general, "name": plain(values["name"])}


def _address_on(values: Values, _a: Arrangement) -> str:
    day = plain(values.get("on", ""), ADDRESS_ON)
    return _("The address that counts is where the child lives on %(day)s.") % {"day": day} if day else ""


DEFINITIONS: dict[str, Callable[[Values, Arrangement], str]] = {
    "address_on": _address_on,
    "define_sibling": _sibling,
    "define_catchment": _catchment,
    "define_feeders": _feeders,
    "define_social_medical": _social_medical,
    "define_staff": _staff,
    "define_faith": _faith,
    "define_aptitude": _aptitude,
    "define_nursery": _named("name", gettext_lazy("The nursery is %(value)s.")),
    "define_boarding": _named(
        "suitability", gettext_lazy("Whether a child is suitable to board is judged like this: %(value)s.")
    ),
    "define_partial_selection": _partial_selection,
    "define_distance": _distance,
    "define_test": _named("name", gettext_lazy("The test is: %(value)s.")),
    "define_banding": _banding,
    "define_name": _name,
}
