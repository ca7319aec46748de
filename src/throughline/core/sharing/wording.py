"""Why something is withheld, and who sees how much of what, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from throughline.rules.sharing.decide import Detail, Reason

from ..registry.assembly import installed


def reason_words(reason: Reason) -> str:
    """A whole sentence for a reader who is not shown something."""
    words = {
        Reason.NO_RULE: _("Not shown: your role does not include this information."),
        Reason.RULE_WITHHOLDS: _("Not shown: your role does not include this information."),
        Reason.OVERRIDE_WITHHOLDS: _(
            "Not shown: it has been decided not to share this with you for this child."
        ),
        Reason.EMERGENCY: _("Shown because you opened this record in an emergency."),
        Reason.ASKED: _("Shown because you were asked about this child, until you have answered."),
        Reason.NOT_YOURS: _("They are shown this. You are not, since your own role does not include it."),
        Reason.RESTRICTED: _("Not shown: this is restricted to keep somebody safe."),
    }
    return words.get(reason, _("Not shown."))


def reader_words(reader: str) -> str:
    """A reader as a rule names it, in words: a role's name, or how somebody stands to the child."""
    registry = installed()
    kind, _colon, code = reader.rpartition(":")
    if kind == "role":
        role = registry.roles.get(code)
        return str(role.label) if role else code
    relationship = registry.relationships.get(reader)
    return str(relationship.label) if relationship else reader


def category_words(category: str) -> str:
    """A kind of information in words; the code of one whose module is no longer here."""
    known = installed().categories.get(category)
    return str(known.label) if known else category


def detail_words(detail: Detail) -> str:
    """How much is seen, as a phrase that follows a reader's name."""
    return {
        Detail.NONE: _("sees nothing"),
        Detail.EXISTS: _("knows that it exists"),
        Detail.SUMMARY: _("sees the headline"),
        Detail.FULL: _("sees all of it"),
        Detail.CONTRIBUTE: _("sees all of it and may add to it"),
    }[detail]


def sensitivity_words(sensitivity: str) -> str:
    """How carefully a kind of information is kept."""
    return {
        "open": _("Open"),
        "personal": _("Personal"),
        "special": _("Special category"),
        "restricted": _("Restricted: kept back to keep somebody safe"),
        "sealed": _("Sealed: no emergency opens it"),
    }[sensitivity]
