"""Words for what is odd in a file, and for why a file is refused. The readers give codes; people read this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REFUSALS = {
    "harmful": gettext_lazy(
        "A virus was found in the file. It was not read, and nothing was changed. Tell whoever sent it."
    ),
    "empty": gettext_lazy(
        "The file is empty. Nothing was changed. Choose the file again, or ask for it to be sent again."
    ),
    "wrong_kind": gettext_lazy(
        "This is another kind of file (%(kind)s). Nothing was changed. Save it as CSV, or choose another file."
    ),
    "not_text": gettext_lazy(
        "The file is not text that can be read. Nothing was changed. Save it as CSV and try again."
    ),
    "unclosed_quote": gettext_lazy(
        "A quotation mark opens on line %(line)s and never closes, so the file may be cut short. Nothing was changed. "
        "Ask for the file again."
    ),
    "unreadable": gettext_lazy(
        "The file cannot be read (%(reason)s). Nothing was changed. Ask for the file again, or save it anew."
    ),
    "missing_columns": gettext_lazy(
        "The file has no column called %(missing)s. It has: %(found)s. Nothing was changed. Check that this is the right "
        "kind of file."
    ),
    "repeated_columns": gettext_lazy(
        "The file has more than one column called %(repeated)s. Nothing was changed. Take one away and try again."
    ),
    "wrong_shape": gettext_lazy(
        "The file is not laid out as this kind of file is. Nothing was changed. Check that this is the right kind of file."
    ),
    "unknown_system": gettext_lazy(
        "The file uses coordinates we cannot read (%(system)s). Nothing was changed. Export it in British National Grid "
        "or in longitude and latitude."
    ),
    "outside_system": gettext_lazy(
        "The file’s numbers do not fit the coordinates it says it uses (feature %(feature)s). Nothing was changed. Export "
        "it again with the right coordinates."
    ),
    "missing_table": gettext_lazy(
        "No table of pupils is in this delivery. It has: %(found)s. Nothing was changed. Add the table of pupils and try "
        "again."
    ),
    "bad_mapping": gettext_lazy(
        "The meaning of the columns is not set out so that it can be used (%(reason)s). Nothing was changed. Look at the "
        "columns again."
    ),
    "too_many": gettext_lazy(
        "The archive holds more than %(most)s files. Nothing was changed. Send only the files that are needed."
    ),
    "too_large": gettext_lazy(
        "The archive unpacks to more than can be read safely. Nothing was changed. Send the files one at a time."
    ),
}
OTHER_REFUSAL = gettext_lazy(
    "The file could not be read (%(code)s). Nothing was changed. Check that this is the right file."
)

FINDINGS = {
    "blank": gettext_lazy("This is blank."),
    "repeated": gettext_lazy("%(value)s is in the file more than once."),
    "wrong_shape": gettext_lazy("“%(value)s” does not have the shape it should have."),
    "not_a_number": gettext_lazy("“%(value)s” is not a number."),
    "not_a_date": gettext_lazy("“%(value)s” is not a date."),
    "not_a_postcode": gettext_lazy("“%(value)s” does not look like a postcode."),
    "out_of_range": gettext_lazy("%(value)s is too small or too large."),
    "half_a_point": gettext_lazy("Only one of easting and northing is given."),
    "off_the_grid": gettext_lazy("%(value)s is not on the National Grid."),
    "no_grid_reference": gettext_lazy("There is no grid reference (%(value)s)."),
    "too_few_cells": gettext_lazy("The line ends early: it has %(value)s cells."),
    "extra_cell": gettext_lazy("There is a cell after the last heading: “%(value)s”."),
    "unknown_type": gettext_lazy("“%(value)s” is not a type of school that we know."),
    "unknown_status": gettext_lazy("“%(value)s” is not a status that we know."),
    "unknown_phase": gettext_lazy("“%(value)s” is not a phase that we know."),
    "unknown_gender": gettext_lazy("“%(value)s” is not a kind of intake that we know."),
    "unknown_admissions_policy": gettext_lazy("“%(value)s” is not an admissions policy that we know."),
    "unknown_authority": gettext_lazy("There is no local authority %(value)s in the published lists."),
    "ages_reversed": gettext_lazy("The lowest age is above the highest."),
    "closed_before_opened": gettext_lazy("The school closed before it opened (%(value)s)."),
    "open_in_the_future": gettext_lazy(
        "The school is open, but its opening day is still to come (%(value)s)."
    ),
    "open_after_closing": gettext_lazy("The school is open, but its closing day has passed (%(value)s)."),
    "more_pupils_than_places": gettext_lazy("The school has more pupils (%(value)s) than places."),
    "no_name": gettext_lazy("The area has no name."),
    "no_shape": gettext_lazy("There is no shape."),
    "not_an_area": gettext_lazy("This is not an area."),
    "crosses_itself": gettext_lazy("The boundary crosses itself (%(value)s)."),
    "bad_coordinates": gettext_lazy("The coordinates cannot be read."),
    "too_long": gettext_lazy("The text is too long (%(value)s)."),
    "cannot_be_stored": gettext_lazy("The numbers are too long to be right (%(value)s)."),
    "postcode_without_a_point": gettext_lazy(
        "The postcode %(value)s has no grid reference, so nobody can be found by it."
    ),
    "catchment_without_a_name": gettext_lazy("An area without a name cannot be linked to a school."),
    "catchment_in_parts": gettext_lazy("%(value)s is in the file more than once: its parts were joined."),
    "catchment_ended": gettext_lazy("%(value)s is not in this file, so it is no longer in force."),
    "no_school_of_that_name": gettext_lazy(
        "No school is called “%(value)s”. Say which school the area belongs to."
    ),
    "two_schools_of_that_name": gettext_lazy(
        "Two schools are called “%(value)s”. Say which one the area belongs to."
    ),
    "links_of_other_schools": gettext_lazy("%(value)s links are about schools that are not in the record."),
    "linked_to_itself": gettext_lazy("A school cannot be linked to itself."),
    "other_authority": gettext_lazy("The number says another authority than the column does (%(value)s)."),
    "unknown_link": gettext_lazy("“%(value)s” is not a kind of link that we know."),
    "no_such_catchment": gettext_lazy("There is no catchment called “%(value)s” now."),
    "same_child": gettext_lazy("%(value)s is in the file more than once."),
    "same_upn": gettext_lazy("The number %(value)s is in the file more than once."),
    "applied_already": gettext_lazy(
        "%(value)s has an application in this round already. It was left as it is, and this line was not taken in."
    ),
    "applied_above": gettext_lazy(
        "This child (%(value)s) is on an earlier line of the file, which was taken in. This line was not."
    ),
    "unknown_school": gettext_lazy("No school has the number %(value)s. This preference was left out."),
    "unknown_school_code": gettext_lazy("“%(value)s” is not the number of a school."),
    "closed_school": gettext_lazy("%(value)s has closed. This preference was left out."),
    "school_not_in_round": gettext_lazy(
        "%(value)s does not admit children in this round. This preference was left out."
    ),
    "school_twice": gettext_lazy("%(value)s was named twice. The second was left out."),
    "repeated_school": gettext_lazy("%(value)s was named twice. The second was left out."),
    "not_of_the_round": gettext_lazy(
        "The date of birth (%(value)s) is missing, cannot be read or is not of this round."
    ),
    "no_school_in_round": gettext_lazy("None of the schools on this line takes part in the round."),
    "number_of_two_children": gettext_lazy(
        "Two children on the record have the number %(value)s. Look at both before you rely on this line."
    ),
    "upn_wrong_shape": gettext_lazy("“%(value)s” does not have the shape of a unique pupil number."),
    "upn_wrong_check_character": gettext_lazy(
        "The check letter of the unique pupil number %(value)s is wrong. Nobody is matched on it."
    ),
    "upn_unknown_authority": gettext_lazy(
        "The unique pupil number %(value)s names an authority that there has never been."
    ),
    "upn_temporary": gettext_lazy("%(value)s is a temporary number. Nobody is matched on it."),
    "former_upn_wrong_shape": gettext_lazy("“%(value)s” does not have the shape of a unique pupil number."),
    "former_upn_wrong_check_character": gettext_lazy(
        "The check letter of the former unique pupil number %(value)s is wrong. Nobody is matched on it."
    ),
    "former_upn_unknown_authority": gettext_lazy(
        "The former unique pupil number %(value)s names an authority that there has never been."
    ),
    "former_upn_temporary": gettext_lazy(
        "The former number %(value)s is a temporary one. Nobody is matched on it."
    ),
    "uln_wrong_shape": gettext_lazy("“%(value)s” does not have the shape of a unique learner number."),
    "uln_wrong_check_character": gettext_lazy(
        "The check digit of the unique learner number %(value)s is wrong."
    ),
    "uln_placeholder": gettext_lazy("%(value)s means that the unique learner number is not known yet."),
    "nhs_number_wrong_shape": gettext_lazy("“%(value)s” does not have the shape of an NHS number."),
    "nhs_number_wrong_check_character": gettext_lazy("The check digit of the NHS number %(value)s is wrong."),
    "unknown_code": gettext_lazy("“%(value)s” is not a code that we know."),
    "unknown_year_group": gettext_lazy("“%(value)s” is not a year group that we know."),
    "not_a_uprn": gettext_lazy("“%(value)s” is not the number of a property."),
    "born_after_entry": gettext_lazy(
        "The day of joining the school (%(value)s) is before the date of birth."
    ),
    "left_before_entry": gettext_lazy("The day of leaving (%(value)s) is before the day of joining."),
    "ends_before_start": gettext_lazy("The last day (%(value)s) is before the first."),
    "no_care_authority": gettext_lazy("The child is said to be in care, but not of which local authority."),
    "upn_of_two_children": gettext_lazy("Two children in this delivery have the number %(value)s."),
    "missing_column": gettext_lazy(
        "There is no column called %(value)s in this file. What it would have held was taken as not sent."
    ),
    "not_yes_or_no": gettext_lazy("“%(value)s” is neither yes nor no."),
    "no_header": gettext_lazy("The file does not say who sent it, when, or in which version."),
    "unknown_version": gettext_lazy(
        "The file is of version “%(value)s”, which we have not seen. It was read all the same: look at what it says."
    ),
    "unknown_element": gettext_lazy(
        "We do not know this part of the file. It is shown as it came, and is not passed on."
    ),
    "repeated_element": gettext_lazy("This is given twice. The first was read, and not “%(value)s”."),
    "stray_text": gettext_lazy("There is text where none belongs: “%(value)s”. It was not read."),
    "not_for_us": gettext_lazy("The file is addressed to %(value)s, which is not us."),
    "unknown_sender": gettext_lazy("The file comes from %(value)s, which is not a school on the record."),
    "unusual_year_group": gettext_lazy("Year group %(value)s is unusual for the date of birth."),
    "sessions_do_not_add_up": gettext_lazy(
        "The sessions of %(value)s do not add up to those that were possible."
    ),
    "spells_overlap": gettext_lazy("The child joined a school (%(value)s) before leaving the one before it."),
    "two_main_needs": gettext_lazy("Two needs are each said to be the main one."),
    "against_schema": gettext_lazy("This does not agree with the official layout: %(value)s"),
    "orphan": gettext_lazy("This line belongs to a pupil who is not in the delivery. It was not read."),
    "unknown_table": gettext_lazy("%(value)s is not a table that is read. It was left out."),
    "no_such_school": gettext_lazy("There is no school with the URN %(value)s."),
}
OTHER_FINDING = gettext_lazy("Something is odd here (%(code)s): “%(value)s”.")


class _Blank(dict[str, str]):
    """A detail the reader did not give prints as nothing rather than failing."""

    def __missing__(self, key: str) -> str:
        return ""


def refusal_words(code: str, detail: Mapping[str, Sequence[str]]) -> str:
    """Why a file was refused: what happened, that nothing was changed, and what to do."""
    values = _Blank({name: ", ".join(items) for name, items in detail.items()}, code=code)
    return str(REFUSALS.get(code, OTHER_REFUSAL)) % values


def finding_words(finding: Mapping[str, Any]) -> str:
    """What is odd, in a sentence; the line and the column stand beside it."""
    values = _Blank(value=str(finding.get("value", "")), code=str(finding.get("code", "")))
    return str(FINDINGS.get(values["code"], OTHER_FINDING)) % values


def outcome_words(finding: Mapping[str, Any]) -> str:
    """What became of the row."""
    if finding.get("severity") == "reject_row":
        return _("The row was left out.")
    if finding.get("kept"):
        return _("The row was kept, with “%(kept)s”.") % {"kept": finding["kept"]}
    return _("The row was kept.")
