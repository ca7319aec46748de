"""What a column of a mapped file can stand for."""

from __future__ import annotations

from typing import Final, Literal

FieldKind = Literal["text", "number", "code", "date", "yes_no"]

KEPT = "keep"
"""A column that no field fits but whose text is to be shown with the pupil."""
IGNORED = "ignore"
"""A column that somebody decided not to bring in."""

CONTACTS = (1, 2)
ADDRESS_LINES = range(1, 6)
ADDRESS_PARTS = (
    *("saon", "paon", "street", "locality", "town", "administrative_area", "post_town", "county", "postcode"),
    "uprn",
)
_CONTACT_PARTS: Final[dict[str, FieldKind]] = {
    "title": "text",
    "forename": "text",
    "surname": "text",
    "relationship": "code",
    "responsibility": "yes_no",
    "phone": "text",
    "email": "text",
}

TEXTS = (
    *("forename", "surname", "middle_names", "preferred_forename", "preferred_surname", "former_forename"),
    *("former_surname", "leaving_reason", "year_group", "email"),
)
CODES = (
    *("sex", "enrol_status", "first_language", "ethnicity", "sen_provision", "service_child", "young_carer"),
    "post_looked_after",
)
NUMBERS = ("upn", "former_upn", "uln", "nhs_number")
DATES = ("born", "entered", "left")
FLAGS = ("in_care", "on_roll")
NEEDS = ("sen_need_1", "sen_need_2")

FIELDS: Final[dict[str, FieldKind]] = {
    **dict.fromkeys(TEXTS, "text"),
    "surname_comma_forename": "text",
    **dict.fromkeys(NUMBERS, "number"),
    **dict.fromkeys(DATES, "date"),
    **dict.fromkeys(CODES, "code"),
    **dict.fromkeys(FLAGS, "yes_no"),
    **dict.fromkeys(("school", "authority", "establishment", "care_authority", "phone"), "text"),
    **dict.fromkeys(NEEDS, "code"),
    **dict.fromkeys(("free_meals_start", "free_meals_end"), "date"),
    **dict.fromkeys(ADDRESS_PARTS, "text"),
    **{f"address_line_{at}": "text" for at in ADDRESS_LINES},
    **{f"contact_{at}_{part}": kind for at in CONTACTS for part, kind in _CONTACT_PARTS.items()},
}
"""Every field a column may be mapped to, and what kind of value it holds. ``surname_comma_forename`` is one column with
both names, as ``Okafor, Ada``; ``authority`` and ``establishment`` are a school's number in two columns."""

IDENTITY = frozenset({"forename", "surname", "surname_comma_forename", "born", "upn", "school"})
"""A file that lacks a column mapped to one of these is refused; others are only warned of."""
