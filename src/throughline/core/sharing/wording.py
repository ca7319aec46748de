"""Why something is withheld, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from throughline.rules.sharing.decide import Reason


def reason_words(reason: Reason) -> str:
    """A whole sentence for a reader who is not shown something."""
    words = {
        Reason.NO_RULE: _("Not shown: your role does not include this information."),
        Reason.RULE_WITHHOLDS: _("Not shown: your role does not include this information."),
        Reason.OVERRIDE_WITHHOLDS: _(
            "Not shown: it has been decided not to share this with you for this child."
        ),
        Reason.EMERGENCY: _("Shown because you opened this record in an emergency."),
        Reason.RESTRICTED: _("Not shown: this is restricted to keep somebody safe."),
    }
    return words.get(reason, _("Not shown."))
