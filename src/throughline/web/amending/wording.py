"""Words for why two records may be of one child, or not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Text

BANDS: dict[str, tuple[Text, str]] = {
    "same": (_("Almost certainly one child"), "red"),
    "likely": (_("Probably one child"), "orange"),
    "possible": (_("Perhaps one child"), "yellow"),
    "different": (_("Probably two children"), "grey"),
}
REASONS: dict[str, Text] = {
    "upn_same": _("The same unique pupil number"),
    "upn_former": _("One has the unique pupil number that the other had before"),
    "upn_differs": _("Two different unique pupil numbers"),
    "nhs_same": _("The same NHS number"),
    "nhs_differs": _("Two different NHS numbers"),
    "forename_same": _("The same forename"),
    "forename_spelling": _("Two spellings of one forename"),
    "forename_nickname": _("One forename is short for the other"),
    "forename_part": _("One forename is part of the other"),
    "forename_typo": _("The forenames differ by a slip of the keyboard"),
    "forename_former": _("One forename is one that the other had before"),
    "forename_middle": _("One forename is a middle name of the other"),
    "forename_sound": _("The forenames sound alike"),
    "forename_initial": _("One forename is the initial of the other"),
    "forename_differs": _("Two different forenames"),
    "surname_same": _("The same surname"),
    "surname_spelling": _("Two spellings of one surname"),
    "surname_former": _("One surname is one that the other had before"),
    "surname_part": _("One surname is part of the other"),
    "surname_typo": _("The surnames differ by a slip of the keyboard"),
    "surname_sound": _("The surnames sound alike"),
    "surname_initial": _("One surname is the initial of the other"),
    "surname_differs": _("Two different surnames"),
    "names_swapped": _("Forename and surname stand in one another’s place"),
    "born_same": _("The same date of birth"),
    "born_swapped": _("Day and month of birth stand in one another’s place"),
    "born_one_digit": _("One digit of the dates of birth differs"),
    "born_differs": _("Two different dates of birth"),
    "postcode_same": _("The same postcode"),
    "postcode_near": _("Postcodes near one another"),
    "sex_differs": _("One is recorded as a girl, the other as a boy"),
    "twins": _("Born on one day with one surname and two forenames: they may be twins"),
    "ceiling": _("Held down, because of what speaks against it"),
}


def reason_words(code: str) -> str:
    """A reason as a phrase; a code that has no words yet as it is."""
    return str(REASONS.get(code, code))
