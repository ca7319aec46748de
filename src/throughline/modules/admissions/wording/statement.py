"""A school's arrangements in words: every sentence of ``rules.allocation.statement`` as one a parent can read.

The public page, the officer's editor and a refusal read the same data, so the words cannot say something else than
what decided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.rules.allocation.arrangement import Arrangement, Who
from throughline.rules.allocation.statement import Sentence, statement

from .criteria import criterion_at, who_words
from .definitions import DEFINITIONS
from .fixed_sentences import FIXED

Values = Mapping[str, Any]


@dataclass
class Part:
    """One part of the statement: a heading, sentences, and the criteria when the part lists them."""

    code: str
    heading: str
    lines: list[str] = field(default_factory=list)
    numbered: list[str] = field(default_factory=list)


_ORDER = {
    "distance": gettext_lazy("to the children who live nearest"),
    "score": gettext_lazy("to the children with the highest score"),
    "lot": gettext_lazy("by drawing lots"),
}
_SHAPES = {
    "applicants": gettext_lazy("the children who applied"),
    "local": gettext_lazy("all children of the area"),
    "national": gettext_lazy("all children of the country"),
}
_ROUNDING = {
    "down": gettext_lazy("rounded down"),
    "nearest": gettext_lazy("rounded to the nearest whole place"),
    "largest_remainder": gettext_lazy("rounded so that the shares add up"),
}
_PARTS = {
    "number": gettext_lazy("Places"),
    "test": gettext_lazy("Tests"),
    "shares": gettext_lazy("Places set aside"),
    "criteria": gettext_lazy("Who is offered a place first"),
    "equal": gettext_lazy("When children are equal"),
    "after": gettext_lazy("Late applications and waiting lists"),
    "meaning": gettext_lazy("What the words mean"),
}
_SHARES = ("looked_after_before_shares", "share_of_places", "share_of_percent", "share_of_remaining",
           "share_criterion", "share_tie_break", "shares_unfilled")  # fmt: skip
_IN_PART = {
    **dict.fromkeys(("admission_number", "plan_first", "all_admitted_if_enough"), "number"),
    **dict.fromkeys(
        ("pass_mark", "top_score", "bands", "band", "bands_unfilled", "untested_by_lot", "untested_after"),
        "test",
    ),
    **dict.fromkeys(_SHARES, "shares"),
    **dict.fromkeys(
        ("criteria_in_order", "criterion", "criterion_everyone", "criterion_looked_after"), "criteria"
    ),
    **dict.fromkeys(("late_after", "late_looked_after_on_time", "waiting_list"), "after"),
    **dict.fromkeys(
        ("criterion_tie_break", "tie_break", "lot", "multiple_births_admit_all", "multiple_births_excepted",
         "multiple_births_lot"),
        "equal",
    ),
}  # fmt: skip


def statement_parts(arrangement: Arrangement) -> list[Part]:
    """The arrangements in words, in parts with headings, in reading order; a part with nothing to say is left out."""
    parts = {code: Part(code, str(heading)) for code, heading in _PARTS.items()}
    for sentence in statement(arrangement):
        part = parts[_IN_PART.get(sentence.code, "meaning")]
        words = sentence_words(sentence, arrangement)
        if sentence.code in ("criterion", "criterion_everyone", "criterion_looked_after"):
            part.numbered.append(words)
        elif words:
            part.lines.append(words)
    return [part for part in parts.values() if part.lines or part.numbered]


def statement_lines(arrangement: Arrangement) -> list[str]:
    """The same as plain lines, the criteria with their numbers: what two versions are compared by."""
    lines: list[str] = []
    for part in statement_parts(arrangement):
        numbered = [f"{number}. {words}" for number, words in enumerate(part.numbered, 1)]
        lines += [*part.lines, *numbered]
    return lines


def sentence_words(sentence: Sentence, arrangement: Arrangement) -> str:
    """One sentence in words.

    Raises:
        KeyError: there are no words for its code.
    """
    if sentence.code in DEFINITIONS:
        return DEFINITIONS[sentence.code](sentence.values, arrangement)
    if sentence.code in FIXED:
        return str(FIXED[sentence.code])
    return SENTENCES[sentence.code](sentence.values, arrangement)


def order_words(order: Sequence[str]) -> str:
    """A tie-break as one phrase: ``to the children who live nearest, then by drawing lots``."""
    said = ""
    for name in order:
        words = str(_ORDER.get(name, name))
        said = _("%(first)s, then %(next)s") % {"first": said, "next": words} if said else words
    return said


def _whom(values: Values, arrangement: Arrangement) -> str:
    who = Who(*(tuple(values.get(part, ())) for part in ("all_of", "any_of", "none_of")))
    return who_words(who, arrangement.details)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _percent(value: Any) -> str:
    return f"{float(value):g}%"


def _number(values: Values, _a: Arrangement) -> str:
    number = int(values["number"])
    return ngettext(
        "The school has %(number)d place for this year. This is its published admission number.",
        "The school has %(number)d places for this year. This is its published admission number.",
        number,
    ) % {"number": number}


def _enough(values: Values, _a: Arrangement) -> str:
    return _(
        "If no more than %(number)s children ask for a place, every one of them is offered a place. The rules below "
        "decide only when more children ask than there are places."
    ) % {"number": values["number"]}


def _pass_mark(values: Values, _a: Arrangement) -> str:
    return _(
        "This is a grammar school. Only children who score %(mark)s or more in its test can be offered a place, even "
        "if places stay empty."
    ) % {"mark": values["mark"]}


def _top_score(values: Values, _a: Arrangement) -> str:
    if values.get("mark"):
        return _(
            "This is a grammar school. Its %(number)s places go to the children with the highest scores, of %(mark)s "
            "or more."
        ) % {"number": values["number"], "mark": values["mark"]}
    return _(
        "This is a grammar school. Its %(number)s places go to the children with the highest scores in its test."
    ) % {"number": values["number"]}


def _bands(values: Values, _a: Arrangement) -> str:
    return _(
        "Children sit a test and are placed in %(count)s ability bands, made from the scores of %(shape)s. Each band "
        "has its own places, so that the school takes children of all abilities."
    ) % {"count": values["count"], "shape": _SHAPES[values["shape"]]}


def _band(values: Values, _a: Arrangement) -> str:
    places = int(values["places"])
    return ngettext("Band %(band)s has %(places)d place.", "Band %(band)s has %(places)d places.", places) % {
        "band": values["band"],
        "places": places,
    }


def _share_of_places(values: Values, arrangement: Arrangement) -> str:
    places = int(values["places"])
    return ngettext(
        "%(places)d place is set aside for %(whom)s.", "%(places)d places are set aside for %(whom)s.", places
    ) % {"places": places, "whom": _whom(values, arrangement)}


def _share_of_percent(values: Values, arrangement: Arrangement) -> str:
    return _(
        "%(percent)s of the places (%(places)s, %(rounding)s) are set aside for %(whom)s."
    ) % _share_values(values, arrangement)


def _share_of_remaining(values: Values, arrangement: Arrangement) -> str:
    return _(
        "%(percent)s of the places that remain (%(rounding)s) are set aside for %(whom)s."
    ) % _share_values(values, arrangement)


def _share_values(values: Values, arrangement: Arrangement) -> dict[str, Any]:
    return {
        "percent": _percent(values["percent"]),
        "places": values.get("places", ""),
        "rounding": _ROUNDING[values["rounding"]],
        "whom": _whom(values, arrangement),
    }


def _share_criterion(values: Values, arrangement: Arrangement) -> str:
    said = {"position": values["position"], "whom": _whom(values, arrangement)}
    if values.get("order"):
        return _(
            "Number %(position)s for these set-aside places: %(whom)s. If there are more of them than places, the "
            "places go %(order)s."
        ) % {**said, "order": order_words(values["order"])}
    return _("Number %(position)s for these set-aside places: %(whom)s.") % said


def _share_tie_break(values: Values, _a: Arrangement) -> str:
    return _("If there are more children than set-aside places, those places go %(order)s.") % {
        "order": order_words(values["order"])
    }


def _criteria_in_order(values: Values, _a: Arrangement) -> str:
    return ngettext(
        "If more children ask than there are places, places are offered by one rule.",
        "If more children ask than there are places, places are offered in this order. Each child counts under the "
        "first line that is true of them.",
        int(values["count"]),
    )


def _criterion(values: Values, arrangement: Arrangement) -> str:
    return _sentence(criterion_at(arrangement, int(values["position"])))


def _criterion_tie_break(values: Values, _a: Arrangement) -> str:
    return _("Among children under number %(position)s, places go %(order)s.") % {
        "position": values["position"],
        "order": order_words(values["order"]),
    }


def _tie_break(values: Values, _a: Arrangement) -> str:
    return _(
        "If there are more children in one group than places left, places in that group go %(order)s."
    ) % {"order": order_words(values["order"])}


def _lot(values: Values, _a: Arrangement) -> str:
    drawn = _("Lots are drawn by computer from a number recorded before anybody applied.")
    if values.get("supervised_by") == "independent":
        drawn = _(
            "Lots are drawn by computer from a number recorded before anybody applied, watched by somebody who does "
            "not work for the school."
        )
    again = _("Lots are drawn afresh each time a place comes free on the waiting list.")
    return f"{drawn} {again}" if values.get("fresh_for_waiting_list") else drawn


SENTENCES: dict[str, Callable[[Values, Arrangement], str]] = {
    "admission_number": _number,
    "all_admitted_if_enough": _enough,
    "pass_mark": _pass_mark,
    "top_score": _top_score,
    "bands": _bands,
    "band": _band,
    "share_of_places": _share_of_places,
    "share_of_percent": _share_of_percent,
    "share_of_remaining": _share_of_remaining,
    "share_criterion": _share_criterion,
    "share_tie_break": _share_tie_break,
    "criteria_in_order": _criteria_in_order,
    "criterion_looked_after": _criterion,
    "criterion_everyone": _criterion,
    "criterion": _criterion,
    "criterion_tie_break": _criterion_tie_break,
    "tie_break": _tie_break,
    "lot": _lot,
}
