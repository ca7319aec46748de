"""The identity bar of a child: read in five seconds, before anything else."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.people.record import Attendance, Opened
from throughline.rules.sharing.decide import Detail
from throughline.web.components.parts import Row, Status
from throughline.web.components.wording import is_withheld, long_date

# Facts that whoever opens the record must know at once, with the colour that is never the only sign of them.
AT_ONCE = {
    "protection_plan": "red",
    "child_in_need": "orange",
    "looked_after": "purple",
    "previously_looked_after": "purple",
    "missing_education": "red",
    "home_educated": "blue",
    "ehc_plan": "blue",
    "plan_names_school": "blue",
    "idp": "blue",
    "sen_support": "blue",
    "young_carer": "blue",
}
# More than these and the reason would outgrow the bar: the overview lists the rest.
FEW = 3


def facts(opened: Opened) -> list[Row]:
    """Names, age and school."""
    rows = []
    if opened.has_chosen_name or is_withheld(opened.legal_name):
        rows.append(Row(_("Legal name"), opened.legal_name))
    if opened.pronunciation and not is_withheld(opened.pronunciation):
        rows.append(Row(_("Say it"), opened.pronunciation))
    rows += [Row(_("Age"), age_words(opened.age)), Row(_("Born"), opened.born)]
    # The longest last, so that what is short stays on one line.
    rows += [Row(_("Record"), opened.reference), Row(_("School"), school_words(opened))]
    return rows


def age_words(age: Any) -> Any:
    """A number of years in words; whatever else it is, as it is."""
    if not isinstance(age, int):
        return age
    return (
        ngettext("%(years)d year", "%(years)d years", age) % {"years": age} if age >= 0 else _("Not yet born")
    )


def school_words(opened: Opened) -> Any:
    """The school or schools of today."""
    if is_withheld(opened.schools_withheld):
        return opened.schools_withheld
    if not opened.schools:
        return _("On no school’s roll")
    names = [str(each.school) for each in opened.schools]
    return _(" and ").join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def badges(opened: Opened) -> list[Status]:
    """What must be known first. A limit on contact and a restricted address come before all else."""
    found: list[Status] = []
    if opened.contact_limited:
        found.append(Status(_("Limit on contact"), "red"))
    if opened.address is not None and opened.address.restricted:
        found.append(Status(_("Address kept from others"), "red"))
    for code, colour in AT_ONCE.items():
        fact = next((f for f in opened.facts.in_force if f.kind == code and f.told >= Detail.SUMMARY), None)
        if fact is not None:
            found.append(Status(str(fact.label), colour))
    return found


def not_shown(opened: Opened) -> str:
    """What this reader does not see, and why, in a sentence; empty for whoever sees everything."""
    sentences = []
    if opened.decided_not_to_share:
        sentences.append(_("It has been decided not to share some of this record with you."))
    hidden = len(opened.not_shown)
    if 0 < hidden <= FEW:
        kinds = listed(opened.not_shown)
        sentences.append(_("Your role does not show you: %(kinds)s.") % {"kinds": kinds})
    elif hidden:
        sentences.append(
            ngettext(
                "Your role does not show you %(number)d kind of information. The overview lists it.",
                "Your role does not show you %(number)d kinds of information. The overview lists them.",
                hidden,
            )
            % {"number": hidden}
        )
    return " ".join(sentences)


def listed(labels: tuple[str | Promise, ...]) -> str:
    """Kinds of information in a row, as part of a sentence."""
    words = [str(label) for label in labels]
    return "; ".join(word[:1].lower() + word[1:] for word in words)


def since_words(attended: Attendance) -> str:
    """``since 1 September 2024``."""
    return _("since %(day)s") % {"day": long_date(attended.since)} if attended.since else ""
