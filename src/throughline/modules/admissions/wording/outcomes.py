"""Published outcomes in words: under which line a place was given, and where the last one went."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.rules.allocation.arrangement import EVERYONE, Arrangement, Who
from throughline.rules.allocation.facts import base_name, fact_named
from throughline.web.components.wording import distance

from .criteria import criterion_by_code, who_words

# Lines that are no criterion. A criterion's own code never has a colon, so none can be taken for one of these.
PLAN, NEAREST, BEYOND = "given:plan", "given:nearest", "given:beyond"
_LINES = {
    PLAN: gettext_lazy("Children whose education, health and care plan names the school"),
    NEAREST: gettext_lazy("Children offered this school because none of their preferences could be met"),
    BEYOND: gettext_lazy("Other places, such as twins admitted together"),
}
_GROUPS = {
    "looked_after": gettext_lazy("Priority"),
    "need": gettext_lazy("Priority"),
    "premium": gettext_lazy("Priority"),
    "family": gettext_lazy("Family"),
    "staff": gettext_lazy("Family"),
    "place": gettext_lazy("Where the child lives"),
    "school": gettext_lazy("School or nursery"),
    "faith": gettext_lazy("Faith"),
    "other_faith": gettext_lazy("Faith"),
    "ability": gettext_lazy("Test"),
}


_SHORT = {
    PLAN: gettext_lazy("EHC plan"),
    NEAREST: gettext_lazy("Centrally offered"),
    BEYOND: gettext_lazy("Beyond the number"),
}


def short_words(code: str) -> str:
    """A line as the column of a published file names it: the school's own short name where it is a criterion."""
    return str(_SHORT.get(code, code))


def line_words(code: str, arrangement: Arrangement) -> str:
    """Whom one line of a school's outcome counts."""
    if code in _LINES:
        return str(_LINES[code])
    quota = next((each for each in arrangement.quotas if f"quota:{each.code}" == code), None)
    if quota is not None:
        return _("Places set aside for %(whom)s") % {"whom": who_words(quota.who, arrangement.details)}
    words = criterion_by_code(arrangement, code)
    return words[:1].upper() + words[1:]


def category_words(code: str, arrangement: Arrangement) -> str:
    """The kind of line it is, so that lines of many schools can be added up: the first fact decides."""
    if code == PLAN:
        return _("Priority")
    if code in (NEAREST, BEYOND):
        return _("Places given by the authority")
    named = {each.code: each.who for each in arrangement.criteria}
    named |= {f"quota:{each.code}": each.who for each in arrangement.quotas}
    who = named.get(code, EVERYONE)
    return _("Distance or score") if who == EVERYONE else _group(who)


def _group(who: Who) -> str:
    fact = fact_named(base_name((*who.any_of, *who.all_of, "")[0]))
    return str(_GROUPS[fact.group]) if fact else ""


def places_words(places: int | None, small: int) -> str:
    """A published number, or that it is too small to publish."""
    return str(places) if places is not None else _("fewer than %(small)d, or held back") % {"small": small}


def cut_off_words(
    full: bool, criterion_code: str, metres: int | None, held_back: bool, arrangement: Arrangement
) -> str:
    """Where the last place went, as one sentence."""
    if not full:
        return _("Every child who asked for a place, and met any standard of its test, was offered one.")
    if held_back:
        return _("The last place went to a child in a group too small to say more about.")
    if not criterion_code:
        return _("Every place was given before the order of these rules was needed.")
    words = criterion_by_code(arrangement, criterion_code)
    if metres is None:
        return _("The last place went to a child in this group: %(criterion)s.") % {"criterion": words}
    return _("The last place went to a child who lives %(distance)s away, in this group: %(criterion)s.") % {
        "criterion": words,
        "distance": distance(metres),
    }
