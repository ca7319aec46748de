"""What the independent checker found, kept as data with the run and put in words when it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_WORDS = {
    "wrong_shape": gettext_lazy("The stored result is not complete: a column has the wrong length."),
    "offer_out_of_range": gettext_lazy("An offer is at a school, or for a preference, that does not exist."),
    "offer_not_a_preference": gettext_lazy("A child is offered a school that was not asked for."),
    "plan_not_honoured": gettext_lazy("A child whose plan names a school is not offered that school."),
    "held_place_lost": gettext_lazy("A child has lost a place that was already held."),
    "not_qualified_admitted": gettext_lazy("A child is offered a place without meeting the standard."),
    "blocking_pair": gettext_lazy(
        "A child is refused although the child comes before somebody who is offered a place."
    ),
    "displaces_another": gettext_lazy(
        "A child is offered a place that belongs to somebody who comes before."
    ),
    "place_left_empty": gettext_lazy("A child is refused although there is a place."),
    "over_number": gettext_lazy("More places are given than there are."),
    "over_without_need": gettext_lazy("A place is given over the number although there was one within it."),
    "over_without_reason": gettext_lazy("A place is given over the number without a reason that allows it."),
    "multiple_birth_separated": gettext_lazy(
        "Children of one birth are separated where the arrangements admit them all."
    ),
    "wrong_pool": gettext_lazy("A place is counted under the wrong share of the places."),
    "wrong_result": gettext_lazy("What is said of a preference is not what happened."),
    "wrong_criterion": gettext_lazy("A child is counted under the wrong criterion."),
    "wrong_rank": gettext_lazy("A child has the wrong place in the school’s order."),
    "wrong_waiting": gettext_lazy("A child has the wrong place on the waiting list."),
    "wrong_count": gettext_lazy("A count is not what the offers add up to."),
    "wrong_last": gettext_lazy("The last place given is not the one that is said to be the last."),
}


def finding_row(finding: Any) -> dict[str, Any]:
    """A finding as the run keeps it: its code, the child, the school and the numbers."""
    row = (
        asdict(finding) if is_dataclass(finding) and not isinstance(finding, type) else {"said": str(finding)}
    )
    return {name: value for name, value in row.items() if value not in (None, "", -1)}


def finding_words(row: Mapping[str, Any], schools: Sequence[str]) -> str:
    """One finding as a sentence, with the school and the child's number in the run.

    Args:
        row: as the run keeps it.
        schools: the names of the run's schools, in the run's order.
    """
    code = str(row.get("code", ""))
    what = (
        str(_WORDS[code])
        if code in _WORDS
        else str(row.get("said") or _("The result is not as it should be."))
    )
    school, child = row.get("school"), row.get("child")
    named = schools[school] if isinstance(school, int) and 0 <= school < len(schools) else ""
    if named and child is not None:
        return _("%(school)s, child %(child)s of this run: %(what)s") % {
            "school": named,
            "child": int(child) + 1,
            "what": what,
        }
    if named:
        return _("%(school)s: %(what)s") % {"school": named, "what": what}
    if child is not None:
        return _("Child %(child)s of this run: %(what)s") % {"child": int(child) + 1, "what": what}
    return what
