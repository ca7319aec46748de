"""What an officer should know before relying on a run: each warning in a sentence, and what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

CODES = (
    "disputed",
    "evidence_waiting",
    "late_undecided",
    "no_distance",
    "perhaps_one_child",
    "plan_names_school_outside",
    "school_without_arrangements",
)


def warning_words(code: str, count: int) -> str:
    """The warning as one sentence with its number.

    Raises:
        KeyError: no run gives such a warning.
    """
    return {
        "disputed": ngettext(
            "%(n)s application is on hold because two people have applied for one child. That child is not in this run.",
            "%(n)s applications are on hold because two people have applied for one child. Those children are not in this run.",
            count,
        ),
        "evidence_waiting": ngettext(
            "%(n)s claim is waiting for a decision. It counted as not confirmed.",
            "%(n)s claims are waiting for a decision. They counted as not confirmed.",
            count,
        ),
        "late_undecided": ngettext(
            "%(n)s late application gives a reason that nobody has decided on. It counted as late.",
            "%(n)s late applications give a reason that nobody has decided on. They counted as late.",
            count,
        ),
        "no_distance": ngettext(
            "%(n)s preference has no distance, because the home has no point on the map. It was ranked last on distance.",
            "%(n)s preferences have no distance, because the homes have no point on the map. They were ranked last on distance.",
            count,
        ),
        "perhaps_one_child": ngettext(
            "%(n)s pair of children have the same name and date of birth. They may be one child on the record twice.",
            "%(n)s pairs of children have the same name and date of birth. Each pair may be one child on the record twice.",
            count,
        ),
        "plan_names_school_outside": ngettext(
            "%(n)s child applied and has a plan that names a school outside this round. That child is not in this run.",
            "%(n)s children applied and have plans that name schools outside this round. They are not in this run.",
            count,
        ),
        "school_without_arrangements": ngettext(
            "%(n)s preference is for a school that has no arrangements in this round. It was passed over.",
            "%(n)s preferences are for schools that have no arrangements in this round. They were passed over.",
            count,
        ),
    }[code] % {"n": f"{count:,}"}


def warning_action(code: str) -> str:
    """What to do about a warning.

    Raises:
        KeyError: no run gives such a warning.
    """
    return {
        "disputed": _("Settle each dispute, then run again."),
        "evidence_waiting": _("Decide the evidence, then run again."),
        "late_undecided": _("Decide whether each reason is good, then run again."),
        "no_distance": _("Find the home’s point on the map, then run again."),
        "perhaps_one_child": _("Look at both records. If they are one child, set one application aside."),
        "plan_names_school_outside": _(
            "Nothing, if the plan is right. The school it names must admit the child."
        ),
        "school_without_arrangements": _(
            "Give the school its arrangements, or tell the family to choose another."
        ),
    }[code]
