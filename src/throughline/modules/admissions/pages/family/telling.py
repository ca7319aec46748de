"""How an application stands, in words a parent can act on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from throughline.web.components.parts import Status
from throughline.web.components.wording import distance, long_date

from ...queries.families import UNKNOWN, Choice
from ...queries.outcomes import CutOff
from ...wording.criteria import criterion_at


def standing(application: Any, changed: bool) -> Status:
    """One status in words."""
    if application.state == "draft":
        return Status(_("Not submitted yet"), "yellow")
    if application.state == "disputed":
        return Status(_("We need to speak to you"), "yellow")
    if changed:
        return Status(_("Changes not submitted"), "yellow")
    return Status(_("Submitted"), "green")


def how_far(choice: Choice) -> str:
    """The distance, or why there is none."""
    if choice.withheld:
        return _("We cannot show you this")
    if choice.distance is None:
        return _("Not known yet")
    return distance(choice.distance)


def in_catchment(choice: Choice) -> str:
    """Where the home stands to the catchment area; empty when the school has none."""
    words = {
        "inside": _("You live in its catchment area"),
        "boundary": _("You live on the edge of its catchment area, which counts as inside"),
        "outside": _("You live outside its catchment area"),
    }
    has_one = any(fact.partition(":")[0] == "catchment" for fact in choice.in_force.facts)
    return words.get(choice.catchment, "") if has_one and choice.distance is not None else ""


def would_count(choice: Choice) -> str:
    """Under which criterion the child would be considered, as far as is known today."""
    if choice.criterion == UNKNOWN:
        return _("We cannot show you this")
    number = choice.criterion + 1
    words = criterion_at(choice.in_force.arrangement, number)
    if not words:
        return _("None of this school’s criteria")
    return _("Criterion %(number)s: %(words)s") % {"number": number, "words": words}


def last_time(cut_off: CutOff, choice: Choice) -> str:
    """Who was given the last place a year ago."""
    if not cut_off.oversubscribed:
        return _("Everyone who asked for a place was offered one")
    words = _criterion_of_last_time(cut_off, choice)
    if not words:
        return _("More children asked than there were places")
    if cut_off.distance is None:
        return _("The last place went to criterion %(number)s: %(words)s") % {
            "number": cut_off.criterion + 1,
            "words": words,
        }
    return _("The last place went to criterion %(number)s: %(words)s, at %(far)s") % {
        "number": cut_off.criterion + 1,
        "words": words,
        "far": distance(cut_off.distance),
    }


def _criterion_of_last_time(cut_off: CutOff, choice: Choice) -> str:
    """Last year's criterion in this year's words, where both years call it alike."""
    for number, each in enumerate(choice.in_force.arrangement.criteria, start=1):
        if each.code == cut_off.criterion_code:
            return criterion_at(choice.in_force.arrangement, number)
    return ""


def stands_until(application: Any) -> str:
    """The sentence of the banner over changes that have not been submitted."""
    return _(
        "You have changes you have not submitted. Your application of %(day)s stands until you submit again."
    ) % {"day": long_date(application.submitted_at)}
