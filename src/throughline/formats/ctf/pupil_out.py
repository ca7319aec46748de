"""A pupil from the neutral row, for a transfer file that we send."""

from __future__ import annotations

from throughline.formats.ctf.address import address_out
from throughline.formats.ctf.document import (
    CtfBasicDetails,
    CtfContact,
    CtfFreeMealHistory,
    CtfFreeMeals,
    CtfLanguage,
    CtfLookedAfter,
    CtfNeed,
    CtfPhone,
    CtfPupil,
    CtfSchoolSpell,
    CtfSen,
)
from throughline.formats.pupils import Contact, PupilRow


def ctf_pupil(row: PupilRow) -> CtfPupil:
    """A pupil for a file we send, from a neutral row. What is None stays out of the file."""
    return CtfPupil(
        upn=row.upn,
        uln=row.uln,
        surname=row.surname,
        forename=row.forename,
        born=row.born,
        sex=row.sex,
        basic=_basic(row),
        free_meals=None
        if row.free_meals is None
        else CtfFreeMealHistory(
            None, tuple(CtfFreeMeals(one.start, None, one.end, one.country) for one in row.free_meals)
        ),
        looked_after=None if row.in_care is None else CtfLookedAfter(row.in_care, row.care_authority),
        sen=_sen(row),
        address=address_out(row.address) if row.address else None,
        phones=None if row.phones is None else tuple(CtfPhone(one.kind, one.number) for one in row.phones),
        email=row.email,
        contacts=None if row.contacts is None else tuple(_contact_out(one) for one in row.contacts),
        schools=_schools(row),
    )


def _basic(row: PupilRow) -> CtfBasicDetails | None:
    basic = CtfBasicDetails(
        former_upn=row.former_upn,
        preferred_surname=row.preferred_surname,
        preferred_forename=row.preferred_forename,
        former_surname=row.former_surname,
        former_forename=row.former_forename,
        middle_names=row.middle_names,
        year_group=row.year_group,
        ethnicity=row.ethnicity,
        languages=None if row.first_language is None else (CtfLanguage("F", row.first_language),),
        enrol_status=row.enrol_status,
        service_child=row.service_child,
        young_carer=row.young_carer,
    )
    return None if basic == CtfBasicDetails() else basic


def _sen(row: PupilRow) -> tuple[CtfSen, ...] | None:
    if row.sen_provision is None and row.sen_needs is None:
        return None
    needs = None if row.sen_needs is None else tuple(CtfNeed(one.code, one.rank) for one in row.sen_needs)
    return (CtfSen(provision=row.sen_provision, needs=needs),)


def _schools(row: PupilRow) -> tuple[CtfSchoolSpell, ...] | None:
    if row.school is None or row.entered is None:
        return None
    place = row.school.value if row.school.kind == "laestab" else ""
    spell = CtfSchoolSpell(
        authority=place[:3] or None,
        establishment=place[3:] or None,
        urn=row.school.value if row.school.kind == "urn" else None,
        entered=row.entered,
        left=row.left,
        reason=row.leaving_reason,
        last_school=True,
    )
    return (spell,)


def _contact_out(contact: Contact) -> CtfContact:
    return CtfContact(
        order=contact.order,
        title=contact.title or None,
        surname=contact.surname,
        forename=contact.forename,
        sex=contact.sex or None,
        middle_names=contact.middle_names or None,
        relationship=contact.relationship or None,
        responsibility=contact.responsibility,
        address=address_out(contact.address) if contact.address else None,
        address_as_pupil=True if contact.at_pupils_address and not contact.address else None,
        phones=tuple(CtfPhone(one.kind or None, one.number) for one in contact.phones) or None,
        email=contact.email or None,
    )
