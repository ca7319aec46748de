"""Facts and criteria in words: one vocabulary for parents, officers, arrangements and public pages.

A fact is worded as what is true of children (``live in the catchment area``), so that a criterion is one whole
sentence however many facts it joins. Nothing here shows a code: a fact without words of its own is an error that the
tests find.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.rules.allocation.arrangement import EVERYONE, Arrangement, Criterion, Who
from throughline.rules.allocation.facts import LOOKED_AFTER, base_name

Details = Mapping[str, Any]

_PLAIN = {
    "looked_after": gettext_lazy("are looked after by a local authority"),
    "previously_looked_after": gettext_lazy(
        "were looked after and left care by adoption or a court order about who they live with"
    ),
    "adopted_from_state_care_abroad": gettext_lazy(
        "were in state care outside England and were then adopted"
    ),
    "sibling": gettext_lazy("have a brother or sister at the school"),
    "catchment": gettext_lazy("live in the catchment area"),
    "area": gettext_lazy("live in the named area"),
    "parish": gettext_lazy("live in the parish"),
    "nearest_school": gettext_lazy("live nearer to this school than to any other of its kind"),
    "feeder": gettext_lazy("go to a feeder or linked school"),
    "nursery": gettext_lazy("go to the nursery on the school’s site"),
    "social_medical": gettext_lazy("have a social or medical need that only this school can meet"),
    "pupil_premium": gettext_lazy("can get the pupil premium"),
    "early_years_premium": gettext_lazy("can get the early years pupil premium"),
    "service_premium": gettext_lazy("can get the service premium"),
    "service_family": gettext_lazy("have a parent serving in the UK armed forces"),
    "staff": gettext_lazy("have a parent who works at the school"),
    "faith": gettext_lazy("are of the school’s faith"),
    "faith_practice": gettext_lazy("practise the school’s faith"),
    "other_faith": gettext_lazy("are of another faith named in the arrangements"),
    "aptitude": gettext_lazy("were assessed as having an aptitude for the school’s subject"),
    "ability": gettext_lazy("were tested for the places given by ability"),
    "boarding": gettext_lazy("want a boarding place and are suitable to board"),
}

_NAMED = {
    "catchment": gettext_lazy("live in the catchment area (%(name)s)"),
    "area": gettext_lazy("live in the %(name)s area"),
    "parish": gettext_lazy("live in the parish of %(name)s"),
    "feeder": gettext_lazy("go to %(name)s"),
    "nursery": gettext_lazy("go to %(name)s"),
    "faith": gettext_lazy("are of this faith: %(name)s"),
    "faith_practice": gettext_lazy("practise this faith: %(name)s"),
    "aptitude": gettext_lazy("were assessed as having an aptitude for %(name)s"),
}

_SUBJECTS = {
    "music": gettext_lazy("music"),
    "drama": gettext_lazy("drama"),
    "dance": gettext_lazy("dance"),
    "art": gettext_lazy("art"),
    "sport": gettext_lazy("sport"),
    "languages": gettext_lazy("languages"),
}


def fact_words(name: str, details: Details | None = None) -> str:
    """What a fact says of children: ``live in the parish of Holy Well``.

    Args:
        name: the fact, with or without a qualifier.
        details: the arrangements' definitions, which hold the names; none gives the general words.

    Raises:
        KeyError: the vocabulary has no such fact.
    """
    base = base_name(name)
    plain = str(_PLAIN[base])
    called = _called(name, details or {})
    return str(_NAMED[base]) % {"name": called} if called and base in _NAMED else plain


def who_words(who: Who, details: Details | None = None) -> str:
    """Whom a criterion or a share of places is for, as one phrase: ``children who live in the catchment area``."""
    if who == EVERYONE:
        return _("all other children")
    if set(who.any_of) == set(LOOKED_AFTER) and not (who.all_of or who.none_of):
        return _("looked-after children and previously looked-after children")
    needed = [fact_words(name, details) for name in who.all_of]
    if who.any_of:
        one_of = _looked_after_or(who.any_of, details)
        needed = [one_of, *needed]
    if not needed:
        return _("children, except those who %(except)s") % {"except": _joined_or(who.none_of, details)}
    words = {"facts": joined_and(needed)}
    if who.none_of:
        return _("children who %(facts)s, but not those who %(except)s") % {
            **words,
            "except": _joined_or(who.none_of, details),
        }
    return _("children who %(facts)s") % words


def criterion_words(criterion: Criterion, arrangement: Arrangement) -> str:
    """Whom one criterion is for. Where there is only one criterion, everyone is all children and not all others."""
    if criterion.who == EVERYONE:
        # A grammar school that ranks by score alone has one criterion, and nobody is "other".
        return _("all other children") if len(arrangement.criteria) > 1 else _("all children")
    return who_words(criterion.who, arrangement.details)


def criterion_at(arrangement: Arrangement, number: int) -> str:
    """The same by its place in the list, 1 is the first; empty when there is none."""
    if not 1 <= number <= len(arrangement.criteria):
        return ""
    return criterion_words(arrangement.criteria[number - 1], arrangement)


def criterion_by_code(arrangement: Arrangement, code: str) -> str:
    """The same by its code; empty when there is none of that code."""
    for each in arrangement.criteria:
        if each.code == code:
            return criterion_words(each, arrangement)
    return ""


def joined_and(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return _joined(list(parts), _("%(first)s and %(last)s"))


def joined_or(parts: Sequence[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    return _joined(list(parts), _("%(first)s or %(last)s"))


def _joined(parts: list[str], pattern: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return pattern % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def _joined_or(names: Iterable[str], details: Details | None) -> str:
    return joined_or([fact_words(name, details) for name in names])


def _looked_after_or(names: Sequence[str], details: Details | None) -> str:
    """One of several facts; the three that the Code always treats alike are said as one."""
    if not set(LOOKED_AFTER) <= set(names):
        return _joined_or(names, details)
    rest = [fact_words(name, details) for name in names if name not in LOOKED_AFTER]
    return joined_or([_("are or were looked after"), *rest])


def _called(name: str, details: Details) -> str:
    """The name that these arrangements give to what the fact is about; empty when they give none."""
    names = details.get("names")
    if isinstance(names, Mapping) and name in names:
        return str(names[name])
    base = base_name(name)
    if base == "feeder":
        return _feeders(details.get("feeders"))
    if base == "aptitude":
        return _subjects(details.get("aptitude"))
    table = details.get("faith" if base == "faith_practice" else base)
    return str(table.get("name", "")) if isinstance(table, Mapping) else ""


def _feeders(feeders: Any) -> str:
    if not isinstance(feeders, list | tuple):
        return ""
    return joined_or([str(f["name"]) for f in feeders if isinstance(f, Mapping) and f.get("name")])


def _subjects(aptitude: Any) -> str:
    subjects = aptitude.get("subjects", ()) if isinstance(aptitude, Mapping) else ()
    return joined_or([str(_SUBJECTS.get(str(each), each)) for each in subjects])
