"""Why a preference ended as it did, in whole sentences with the numbers that decided it.

Made from the kernel's ``Explanation`` and the arrangements that were in force, and from nothing else: what a family,
an officer and an appeal panel read is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.explain import Explanation
from throughline.rules.allocation.outcome import OVER_NUMBER, Result
from throughline.web.components.wording import distance

from .criteria import criterion_at, who_words

UNMEASURED = 2**32 - 1
"""The kernel's distance of a home or school without a point."""


@dataclass(frozen=True)
class Told:
    """What a sentence is made from. ``numbers`` is false for a reader who may not learn where the child lives."""

    explanation: Explanation
    arrangement: Arrangement
    school: str
    numbers: bool = True

    @property
    def mine(self) -> str:
        return criterion_at(self.arrangement, self.explanation.criterion_number)

    @property
    def theirs(self) -> str:
        return criterion_at(self.arrangement, self.explanation.last_criterion_number)


def why_sentences(
    explanation: Explanation, arrangement: Arrangement, school: str, *, numbers: bool = True
) -> list[str]:
    """Why this preference was or was not offered, in reading order.

    Args:
        explanation: from the run that decided.
        arrangement: the school's arrangements in that run.
        school: its name.
        numbers: whether the child's own distance and criterion may be said; they tell where a child lives and why
            a child has priority.
    """
    told = Told(explanation, arrangement, school, numbers)
    return _BY_RESULT[explanation.result](told)


def _offered(told: Told) -> list[str]:
    said = [_("Your child was offered a place here.")]
    if told.explanation.pool == OVER_NUMBER:
        return [*said, _over_number()]
    if not told.numbers:
        return said
    if not told.explanation.oversubscribed:
        return [*said, _("There was a place for every child who could be considered.")]
    return [*said, *_considered(told)]


def _over_number() -> str:
    return _(
        "This place is above the school’s usual number. That happens when a child keeps a place, or when twins or "
        "other children born together are kept together."
    )


def _higher(told: Told) -> list[str]:  # noqa: ARG001
    return [_("Your child was offered a place at a school you put higher, so a place here was not needed.")]


def _named(told: Told) -> list[str]:  # noqa: ARG001
    return [
        _(
            "Your child’s education, health and care plan names a school. The law gives your child a place at that "
            "school, so this preference was not used."
        )
    ]


def _not_qualified(told: Told) -> list[str]:
    mark, score = told.explanation.theirs, told.explanation.mine
    if score < 0:
        return [
            _(
                "%(school)s offers places to children who pass its test. We have no test result for your child, so your child "
                "could not be considered."
            )
            % {"school": told.school}
        ]
    return [
        _(
            "%(school)s offers places to children who score %(mark)s or more in its test. Your child scored %(score)s, so your "
            "child could not be considered."
        )
        % {"school": told.school, "mark": mark, "score": score}
    ]


def _full(told: Told) -> list[str]:
    separated = told.explanation.separated_by
    return [_had_places(told), *_BY_SEPARATOR[separated](told)]


def _had_places(told: Told) -> str:
    return ngettext(
        "%(school)s had %(places)s place, and more children asked for one than it could take.",
        "%(school)s had %(places)s places, and more children asked for one than it could take.",
        told.explanation.places,
    ) % {"school": told.school, "places": told.explanation.places}


def _nobody_by_criteria(told: Told) -> list[str]:  # noqa: ARG001
    return [
        _(
            "Every place went to children whose education, health and care plan names the school, or who already had a "
            "place, so no place was left to offer under the criteria."
        )
    ]


def _held(told: Told) -> list[str]:  # noqa: ARG001
    return [_("The places that were left went to children who already had a place at the school.")]


def _quota(told: Told) -> list[str]:
    pool, arrangement = told.explanation.pool, told.arrangement
    if arrangement.bands is not None:
        return [
            _(
                "The school shares its places between children in different ability bands. The places that your child could be "
                "given went to children who came first in the order for their band."
            )
        ]
    if 0 <= pool < len(arrangement.quotas):
        whom = who_words(arrangement.quotas[pool].who, arrangement.details)
        return [
            _(
                "The school sets aside some places for %(whom)s. Those places, and the others that your child could be given, "
                "went to children who came before yours in the order of the criteria."
            )
            % {"whom": whom}
        ]
    return [
        _(
            "The school sets aside some of its places for certain children. Your child could not be given one of those, and "
            "the other places went to children who came before yours."
        )
    ]


def _late(told: Told) -> list[str]:
    return [
        _(
            "Your application came after the closing date. Places were offered first to all the children whose applications "
            "came on time, and none was left."
        ),
        *_considered(told),
    ]


def _criterion(told: Told) -> list[str]:
    if told.numbers and not told.mine:
        return [_reached(told), _("None of the school’s criteria applied to your child.")]
    return [_reached(told), *_considered(told)]


def _reached(told: Told) -> str:
    return _share(told) + _("Children were offered places up to criterion %(number)s (%(criterion)s).") % {
        "number": told.explanation.last_criterion_number,
        "criterion": told.theirs,
    }


def _share(told: Told) -> str:
    """For a school that sets places aside: which of its places the numbers are about."""
    pool, quotas = told.explanation.pool, told.arrangement.quotas
    if not 0 <= pool < len(quotas):
        return ""
    whom = who_words(quotas[pool].who, told.arrangement.details)
    return _("These numbers are for the places set aside for %(whom)s.") % {"whom": whom} + " "


def _considered(told: Told) -> list[str]:
    if not told.numbers:
        # The criterion itself says where the child lives, or why the child comes first.
        return [
            _("Your child came after the children who were offered places, in the order of the criteria.")
        ]
    if not told.mine:
        return []
    return [
        _("Your child was considered under criterion %(number)s (%(criterion)s).")
        % {"number": told.explanation.criterion_number, "criterion": told.mine}
    ]


def _tied(told: Told) -> dict[str, object]:
    return {
        "number": told.explanation.last_criterion_number,
        "criterion": told.theirs,
    }


def _distance(told: Told) -> list[str]:
    mine, theirs = told.explanation.mine, told.explanation.theirs
    if not told.numbers:
        return [_reached(told), *_considered(told)]
    if mine >= UNMEASURED:
        return [
            _share(told)
            + _(
                "Children were offered places up to criterion %(number)s (%(criterion)s), and within it up to %(last)s. We "
                "could not measure the distance from your home, because we do not know where it is on the map. Contact the "
                "admissions team."
            )
            % {**_tied(told), "last": distance(theirs)}
        ]
    return [
        _share(told)
        + _(
            "Children were offered places up to criterion %(number)s (%(criterion)s), and within it up to %(last)s. Your "
            "child was considered under criterion %(number)s at %(mine)s."
        )
        % {**_tied(told), "last": distance(theirs), "mine": distance(mine)}
    ]


def _score(told: Told) -> list[str]:
    mine, theirs = told.explanation.mine, told.explanation.theirs
    if mine < 0:
        return [
            _(
                "Places were offered to the children with the highest test scores, down to %(last)s. We have no test score for "
                "your child."
            )
            % {"last": theirs}
        ]
    return [
        _(
            "Places were offered to the children with the highest test scores, down to %(last)s. Your child scored %(mine)s."
        )
        % {"last": theirs, "mine": mine}
    ]


def _lot(told: Told) -> list[str]:
    if not told.numbers:
        return [_reached(told), *_considered(told)]
    return [
        _share(told)
        + _(
            "Children were offered places up to criterion %(number)s (%(criterion)s). Your child and the last child offered a "
            "place were equal, so a recorded draw decided: children were drawn up to number %(last)s, and your child "
            "was drawn as number %(mine)s."
        )
        % {**_tied(told), "last": told.explanation.theirs + 1, "mine": told.explanation.mine + 1}
    ]


_BY_RESULT: dict[Result, Callable[[Told], list[str]]] = {
    Result.OFFERED: _offered,
    Result.HIGHER_OFFERED: _higher,
    Result.NAMED_ELSEWHERE: _named,
    Result.REFUSED_FULL: _full,
    Result.REFUSED_NOT_QUALIFIED: _not_qualified,
}
_BY_SEPARATOR: dict[str, Callable[[Told], list[str]]] = {
    "no_places": _nobody_by_criteria,
    "held": _held,
    "quota": _quota,
    "late": _late,
    "criterion": _criterion,
    "distance": _distance,
    "score": _score,
    "lot": _lot,
}
