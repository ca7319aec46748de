"""Words for the columns of a table: what each can stand for, and what is wrong with what was said of them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.formats.mapped import FIELDS, MappingProblem

WORDS = {
    "forename": gettext_lazy("First name"),
    "surname": gettext_lazy("Surname"),
    "middle_names": gettext_lazy("Middle names"),
    "preferred_forename": gettext_lazy("Chosen first name"),
    "preferred_surname": gettext_lazy("Chosen surname"),
    "former_forename": gettext_lazy("First name used before"),
    "former_surname": gettext_lazy("Surname used before"),
    "surname_comma_forename": gettext_lazy("Surname, first name (in one column)"),
    "born": gettext_lazy("Date of birth"),
    "sex": gettext_lazy("Sex"),
    "upn": gettext_lazy("Unique pupil number"),
    "former_upn": gettext_lazy("Former unique pupil number"),
    "uln": gettext_lazy("Unique learner number"),
    "nhs_number": gettext_lazy("NHS number"),
    "school": gettext_lazy("School"),
    "authority": gettext_lazy("School: number of its authority"),
    "establishment": gettext_lazy("School: its number within the authority"),
    "on_roll": gettext_lazy("On roll (yes or no)"),
    "entered": gettext_lazy("Joined the school on"),
    "left": gettext_lazy("Left the school on"),
    "leaving_reason": gettext_lazy("Why they left"),
    "enrol_status": gettext_lazy("How the child is registered"),
    "year_group": gettext_lazy("Year group"),
    "first_language": gettext_lazy("First language"),
    "ethnicity": gettext_lazy("Ethnicity"),
    "sen_provision": gettext_lazy("Support for special needs"),
    "sen_need_1": gettext_lazy("Main special need"),
    "sen_need_2": gettext_lazy("Second special need"),
    "service_child": gettext_lazy("Child of a service family"),
    "young_carer": gettext_lazy("Young carer"),
    "post_looked_after": gettext_lazy("Looked after before"),
    "in_care": gettext_lazy("Looked after now (yes or no)"),
    "care_authority": gettext_lazy("Authority that looks after the child"),
    "free_meals_start": gettext_lazy("Free school meals from"),
    "free_meals_end": gettext_lazy("Free school meals until"),
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("Email address"),
    "saon": gettext_lazy("Address: flat"),
    "paon": gettext_lazy("Address: house number or name"),
    "street": gettext_lazy("Address: street"),
    "locality": gettext_lazy("Address: locality"),
    "town": gettext_lazy("Address: town"),
    "administrative_area": gettext_lazy("Address: administrative area"),
    "post_town": gettext_lazy("Address: post town"),
    "county": gettext_lazy("Address: county"),
    "postcode": gettext_lazy("Postcode"),
    "uprn": gettext_lazy("Unique property reference number"),
}
PARTS = {
    "title": gettext_lazy("Contact %(n)s: title"),
    "forename": gettext_lazy("Contact %(n)s: first name"),
    "surname": gettext_lazy("Contact %(n)s: surname"),
    "relationship": gettext_lazy("Contact %(n)s: relationship"),
    "responsibility": gettext_lazy("Contact %(n)s: parental responsibility (yes or no)"),
    "phone": gettext_lazy("Contact %(n)s: telephone"),
    "email": gettext_lazy("Contact %(n)s: email address"),
}
PROBLEMS = {
    "unknown_field": gettext_lazy("“%(field)s” is not something a column can stand for."),
    "field_twice": gettext_lazy(
        "Two columns are said to be “%(field)s”. Choose one of them, and leave the other out."
    ),
    "heading_twice": gettext_lazy(
        "Two columns of the file are called “%(heading)s”. Rename one in the file."
    ),
    "no_name": gettext_lazy(
        "No column gives the child’s name. Say which column has the first name and which the surname."
    ),
    "no_born": gettext_lazy(
        "No column gives the date of birth. Without it nobody is found who has no pupil number."
    ),
    "no_school": gettext_lazy(
        "No column gives the school, so nothing is said about rolls unless a school sent the file."
    ),
    "missing_column": gettext_lazy("The file has no column called “%(heading)s”."),
    "new_column": gettext_lazy("Nothing is said about the column “%(heading)s”. It is not read."),
    "constant_of_a_column": gettext_lazy(
        "A column gives “%(field)s”, so the value for every line is not used."
    ),
    "codes_of_no_code": gettext_lazy("“%(field)s” is not a code, so words for its codes are not used."),
}


def field_words(field: str) -> str:
    """What a column can stand for."""
    if field in WORDS:
        return str(WORDS[field])
    first, _sep, rest = field.partition("_")
    number, _sep, part = rest.partition("_")
    if first == "contact" and part in PARTS:
        return str(PARTS[part]) % {"n": number}
    if field.startswith("address_line_"):
        return _("Address: line %(n)s") % {"n": field.rpartition("_")[2]}
    return field


def fields_to_choose() -> list[tuple[str, str]]:
    """Everything a column can stand for, with its words, in the order of the form."""
    return [(field, field_words(field)) for field in FIELDS]


def problem_words(problem: MappingProblem) -> str:
    """What is wrong with what was said of the columns, and what was perhaps meant."""
    values = {
        "heading": problem.heading,
        "field": field_words(problem.field) if problem.field in FIELDS else problem.field,
    }
    said = str(PROBLEMS[problem.code]) % values
    near = field_words(problem.near) if problem.near in FIELDS else problem.near
    return _("%(said)s Perhaps “%(near)s”?") % {"said": said, "near": near} if near else said
