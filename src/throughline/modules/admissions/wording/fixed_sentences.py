"""Sentences of a school's arrangements that never vary: the law's own, and choices between two or three."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

FIXED: dict[str, str | Promise] = {
    "plan_first": gettext_lazy(
        "Children whose education, health and care plan names the school are given a place first, before any of "
        "the rules below."
    ),
    "bands_unfilled": gettext_lazy(
        "A place that stays empty in one band goes to a child in the nearest band."
    ),
    "untested_by_lot": gettext_lazy(
        "Children who have not sat the test are placed in a band by drawing lots."
    ),
    "untested_after": gettext_lazy("Children who have not sat the test are considered after those who have."),
    "looked_after_before_shares": gettext_lazy(
        "Looked-after children and previously looked-after children are given places before any are set aside."
    ),
    "shares_unfilled": gettext_lazy(
        "Places set aside that are not needed are offered to all other children."
    ),
    "multiple_births_admit_all": gettext_lazy(
        "If the last place goes to a twin, triplet or other child of a multiple birth, their brothers and sisters "
        "of the same birth are admitted too, even above the number of places."
    ),
    "multiple_births_excepted": gettext_lazy(
        "They do not count against the limit of 30 children in an infant class."
    ),
    "multiple_births_lot": gettext_lazy(
        "If the last place goes to a twin, triplet or other child of a multiple birth, the others are not "
        "admitted with them: lots decide which child has the place."
    ),
    "late_after": gettext_lazy(
        "Late applications are considered after all that came in time, by the same rules."
    ),
    "late_looked_after_on_time": gettext_lazy(
        "Late applications are considered after all that came in time, by the same rules. Late applications for "
        "looked-after children and previously looked-after children count as in time."
    ),
    "waiting_list": gettext_lazy(
        "Children who are not offered a place can wait for one. The waiting list is kept in the order of the rules "
        "above, never by how long a child has waited, so a child can move down it."
    ),
}
