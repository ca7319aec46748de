"""Whole sentences about rules, their effect and their days."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.sharing.queries.effects import Effect, Example
from throughline.core.sharing.queries.rules import Line
from throughline.core.sharing.wording import detail_words
from throughline.web.components.wording import long_date, number


def whose_rule(line: Line) -> str:
    """Whether a rule came with the product or was set here, and what for."""
    return _("Set here: %(purpose)s") % {"purpose": line.purpose} if line.local else _("First-day rule")


def days_of(line: Line) -> str:
    """From when to when a rule holds, as a sentence's part."""
    since, until = line.since and long_date(line.since), line.until and long_date(line.until)
    if since and until:
        return _("%(since)s to %(until)s") % {"since": since, "until": until}
    if since:
        return _("From %(since)s") % {"since": since}
    if until:
        return _("From the first day until %(until)s") % {"until": until}
    return _("From the first day")


def what_became(line: Line) -> str:
    """What became of a rule that does not hold any more."""
    if line.withdrawn:
        return _("Taken back before it began. %(why)s") % {"why": line.ended_because}
    if line.ended_because:
        return _("Ended. %(why)s") % {"why": line.ended_because}
    return _("Replaced by a later rule")


def effect_sentences(effect: Effect) -> list[str]:
    """The effect in numbers, a sentence each."""
    if not effect.people_in_all:
        return [_("Nobody who can sign in is concerned today.")]
    found = []
    if effect.gain:
        found.append(
            ngettext(
                "%(people)s person would see more of %(children)s.",
                "%(people)s people would see more of %(children)s.",
                effect.gain,
            )
            % {"people": number(effect.gain), "children": _children(effect.children_gained)}
        )
    if effect.lose:
        found.append(
            ngettext(
                "%(people)s person would see less of %(children)s.",
                "%(people)s people would see less of %(children)s.",
                effect.lose,
            )
            % {"people": number(effect.lose), "children": _children(effect.children_lost)}
        )
    return found or [_("Nobody would see more or less than they do.")]


def how_worked_out(effect: Effect) -> str:
    """Whether the numbers are exact, and if not, on how many they rest."""
    if not effect.sampled:
        return _("Worked out for every account and every child concerned.")
    return _(
        "These are estimates. They were worked out for %(looked)s of %(all)s accounts, spread evenly, and for a sample of "
        "each one’s children where there are many."
    ) % {"looked": number(effect.looked_at), "all": number(effect.people_in_all)}


def example_words(example: Example) -> str:
    """One example: a role and figures, and nobody’s name."""
    return ngettext(
        "Somebody (%(role)s): %(children)s child. Now %(before)s. Then %(after)s.",
        "Somebody (%(role)s): %(children)s children. Now %(before)s. Then %(after)s.",
        example.children,
    ) % {
        "role": example.role or _("no role"),
        "children": number(example.children),
        "before": detail_words(example.before),
        "after": detail_words(example.after),
    }


def _children(count: int) -> str:
    return ngettext("%(count)s child’s record", "%(count)s children’s records", count) % {
        "count": number(count)
    }
