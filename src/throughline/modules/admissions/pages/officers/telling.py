"""Words that several of an officer's pages share: criteria, claims, where from, how it came."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from throughline.web.components.parts import Cell
from throughline.web.components.wording import is_withheld

from ...queries.casefile import Wish
from ...wording.criteria import criterion_at, fact_words


def areas_words(wish: Wish) -> Any:
    """Inside or outside each area that counts at the school."""
    if is_withheld(wish.areas):
        return wish.areas
    answers = {"inside": _("yes"), "boundary": _("yes, on the boundary"), "outside": _("no")}
    details = wish.in_force.arrangement.details if wish.in_force else {}
    parts = [
        _("Children who %(fact)s: %(answer)s")
        % {"fact": fact_words(fact, details), "answer": answers[standing]}
        for fact, standing in sorted(wish.areas.items())
    ]
    return "; ".join(parts) or _("No area counts at this school")


def criterion_cell(number: Any, arrangement: Any) -> Any:
    """A criterion by its number and in words."""
    if is_withheld(number):
        return number
    if not number or arrangement is None:
        return _("None of the criteria")
    return Cell(
        _("Criterion %(number)s") % {"number": number},
        note=_capital(criterion_at(arrangement, number)),
        sort=number,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def claim_words(claim: Any) -> str:
    """A claim as what is said of the child."""
    details = claim.in_force.arrangement.details if claim.in_force else {}
    return _("Children who %(fact)s") % {"fact": fact_words(claim.fact, details)}


def reason_words(reason: str) -> str:
    """A reason as it was given; the record's own in words."""
    return _("It is no longer on the record") if reason == "no_longer_on_the_record" else reason


def source_words(source: Any) -> Any:
    """Who says so."""
    if is_withheld(source):
        return source
    known = {"family": _("The family"), "record": _("The record"), "officer": _("An officer decided")}
    return known.get(source, source)


def via_words(via: Any) -> Any:
    """How an application came."""
    known = {
        "online": _("Online"),
        "paper": _("On paper"),
        "telephone": _("By telephone"),
        "file": _("In a file"),
    }
    return via if is_withheld(via) else known.get(via, via)


def measured_words(wish: Wish) -> str:
    if is_withheld(wish.distance) or not wish.measured:
        return ""
    return _("Straight line, from %(source)s") % {
        "source": wish.measured.get("addresses") or _("the address given")
    }
