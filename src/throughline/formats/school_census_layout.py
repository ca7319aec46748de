"""The flat tables in which COLLECT gives the school census back: their columns, and how to tell one from another.

Source: data standards section 7.1, and the stored tables of spring 2025. Terms and years add and drop columns, so a
table is known by a few columns that only it has, and every other column may be missing.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Literal

from throughline.formats.table import Column

TableKind = Literal[
    "pupilonroll", "pupilnolongeronroll", "addresses", "fsmperiod", "senneeds", "exclusions", "sessions"
]

PUPIL_KINDS: tuple[TableKind, ...] = ("pupilonroll", "pupilnolongeronroll")
ON_ROLL_ID, LEFT_ID = "pupilonrolltableid", "pupilnolongeronrolltableid"

TEXTS = {
    "forename": "forename",
    "surname": "surname",
    "middle_names": "middlenames",
    "preferred_surname": "preferredsurname",
    "former_surname": "formersurname",
    "sex": "sex",
    "enrol_status": "enrolstatus",
    "first_language": "language",
    "ethnicity": "ethnicity",
    "year_group": "ncyearactual",
    "sen_provision": "senprovision",
    "service_child": "servicechild",
    "young_carer": "youngcarer",
    "post_looked_after": "plaa",
}
"""Field of ``PupilRow`` to column, for what is kept as text."""

ALIASES = {"sex": ("gender", "gendercurrent"), "surname": ("legalsurname",), "forename": ("legalforename",)}
NUMBERS = {"upn": "upn", "former_upn": "formerupn", "uln": "uniquelearnernumber"}
DATES = {"born": "dob", "entered": "entrydate", "left": "leavingdate"}

ALSO = (
    *("parttime", "boarder", "classtype", "yssa", "schoollunchtaken", "topupfunding", "hoursatsetting"),
    *("unitcontacttime", "senunitindicator", "resourcedprovisionindicator", "fundedhours", "extendedhours"),
    *("expandedhours", "eligibilitycode", "dafindicator", "eyppr", "eyppbf", "termlysessionspossible"),
)
"""Columns of a pupil that have no field of their own and are kept under their own names."""

ADDRESS_PARTS = {
    "saon": "saon",
    "paon": "paon",
    "street": "street",
    "locality": "locality",
    "town": "town",
    "administrative_area": "administrativearea",
    "post_town": "posttown",
    "county": "county",
    "uprn": "uprn",
}
ADDRESS_LINES = tuple(f"addressline{at}" for at in range(1, 6))
REASONS = ("reason1", "reason2", "reason3")

_OTHERS = (
    *(ON_ROLL_ID, LEFT_ID, "nativeid", "postcode", "fsmstartdate", "fsmenddate", "ukcountry"),
    *("sentype", "sentyperank", "startdate", "sessions", "category", "attendancereason"),
)
_NAMES = dict.fromkeys(
    (
        *TEXTS.values(),
        *NUMBERS.values(),
        *DATES.values(),
        *ALSO,
        *ADDRESS_PARTS.values(),
        *ADDRESS_LINES,
        *REASONS,
        *_OTHERS,
    )
)
COLUMNS = tuple(Column(name, (name, *ALIASES.get(name, ()))) for name in _NAMES)


def is_bookkeeping(heading: str) -> bool:
    """Whether a column is COLLECT's own: keys and order numbers, of no meaning outside the delivery."""
    name = heading.casefold()
    return name.endswith(("tableid", "orderseqcolumn", "flag")) or name in (
        "sourceid",
        "missingaddress",
        "duplicatenotfunded",
    )


def kind_of_table(columns: Container[str]) -> TableKind | None:
    """Which table has these columns; None when it is none that is read."""
    if "surname" in columns and ("dob" in columns or "upn" in columns):
        left = LEFT_ID in columns or (ON_ROLL_ID not in columns and "leavingdate" in columns)
        return "pupilnolongeronroll" if left else "pupilonroll"
    if ON_ROLL_ID not in columns and LEFT_ID not in columns:
        return None
    signs: tuple[tuple[str, TableKind], ...] = (
        ("attendancereason", "sessions"),
        ("fsmstartdate", "fsmperiod"),
        ("sentype", "senneeds"),
        ("reason1", "exclusions"),
        ("category", "exclusions"),
        ("postcode", "addresses"),
        ("addressline1", "addresses"),
        ("street", "addresses"),
    )
    return next((kind for sign, kind in signs if sign in columns), None)
