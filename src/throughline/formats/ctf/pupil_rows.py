"""A transfer file as the neutral rows that imports work on."""

from __future__ import annotations

from throughline.formats.ctf.address import address_in
from throughline.formats.ctf.checks import check_ctf
from throughline.formats.ctf.document import (
    CtfBasicDetails,
    CtfContact,
    CtfHeader,
    CtfPhone,
    CtfPupil,
    CtfSchoolSpell,
    CtfSen,
)
from throughline.formats.ctf.reader import CtfReading, read_ctf
from throughline.formats.pupil_checks import oddities
from throughline.formats.pupils import (
    Contact,
    FreeMealPeriod,
    Phone,
    PupilRow,
    SchoolReference,
    SenNeed,
    school_reference,
)
from throughline.formats.reading import Finding, Reading
from throughline.rules.identifiers.problem import without_spaces

_PATHS = {
    "forename": "Forename",
    "surname": "Surname",
    "born": "DOB",
    "sex": "Sex",
    "upn": "UPN",
    "uln": "UniqueLearnerNumber",
    "former_upn": "BasicDetails/FormerUPN",
    "enrol_status": "BasicDetails/EnrolStatus",
    "year_group": "BasicDetails/NCyearActual",
    "service_child": "BasicDetails/ServiceChild",
    "young_carer": "BasicDetails/YoungCarer",
    "sen_provision": "SENhistory/SEN/SENprovision",
    "sen_needs": "SENhistory/SEN/SENneeds",
    "addresses": "Address",
    "entered": "SchoolHistory/School/EntryDate",
    "left": "SchoolHistory/School/LeavingDate",
    "care_authority": "LookedAfter/CareAuthority",
}
_CHECKED_ALREADY = frozenset({"no_care_authority", "left_before_entry"})


def read_ctf_pupils(data: bytes, *, us: str = "") -> Reading[PupilRow]:
    """Read a transfer file as neutral rows, with the findings of ``read_ctf``, ``check_ctf`` and ``oddities``.

    ``line`` of a row is the pupil's number in the file. The school is the sender; which spell of the school history
    gives the days of joining and leaving is the sender's own, else the one marked as the last school.

    Raises:
        FileRefused: as ``read_ctf``.
    """
    reading = read_ctf(data)
    rows: list[PupilRow] = []
    findings = [*reading.findings, *check_ctf(reading.file, us=us)]
    for pupil in reading.rows:
        row = pupil_row(pupil, reading.header)
        rows.append(row)
        findings += [
            Finding("warn", row.line, _PATHS.get(odd.field, odd.field), odd.code, odd.value, odd.value)
            for odd in oddities(row)
            if odd.code not in _CHECKED_ALREADY
        ]
    return Reading(tuple(rows), tuple(findings), reading.counts, reading.encoding, _unknown(reading))


def pupil_row(pupil: CtfPupil, header: CtfHeader) -> PupilRow:
    """One pupil as a neutral row. Assessments and attendance have no place in it; they stay in the file."""
    basic = pupil.basic or CtfBasicDetails()
    spell = _spell(pupil, header)
    sen = _latest(pupil)
    return PupilRow(
        line=pupil.number,
        part="Pupil",
        forename=pupil.forename,
        surname=pupil.surname,
        middle_names=basic.middle_names,
        preferred_forename=basic.preferred_forename,
        preferred_surname=basic.preferred_surname,
        former_forename=basic.former_forename,
        former_surname=basic.former_surname,
        born=pupil.born,
        sex=pupil.sex if pupil.sex is not None else pupil.gender,
        upn=_number(pupil.upn),
        former_upn=_number(basic.former_upn),
        uln=_number(pupil.uln),
        school=_sender(header),
        on_roll=False if spell and spell.left else None,
        entered=spell.entered if spell else None,
        left=spell.left if spell else None,
        leaving_reason=spell.reason if spell else None,
        enrol_status=basic.enrol_status,
        year_group=basic.year_group,
        first_language=_language(basic),
        ethnicity=basic.ethnicity,
        sen_provision=sen.provision if sen else ("" if pupil.sen == () else None),
        sen_needs=_needs(sen),
        free_meals=_meals(pupil),
        service_child=basic.service_child if basic.service_child is not None else pupil.service_child,
        young_carer=basic.young_carer if basic.young_carer is not None else pupil.young_carer,
        in_care=pupil.looked_after.in_care if pupil.looked_after else None,
        care_authority=pupil.looked_after.authority if pupil.looked_after else None,
        addresses=None if pupil.address is None else (address_in(pupil.address),),
        phones=_phones(pupil.phones),
        email=pupil.email,
        contacts=None if pupil.contacts is None else tuple(_contact(one) for one in pupil.contacts),
        also={one.path: one.text for one in pupil.unknown if one.text},
    )


def _sender(header: CtfHeader) -> SchoolReference | None:
    """The sending school; an authority is nobody's school."""
    source = header.source
    if source is None:
        return None
    if source.number.isdigit():
        return school_reference(source.number)
    return school_reference(source.urn or "")


def _spell(pupil: CtfPupil, header: CtfHeader) -> CtfSchoolSpell | None:
    spells = pupil.schools or ()
    sender = header.source.number if header.source else ""
    theirs = [one for one in spells if sender and f"{one.authority}{one.establishment}" == sender]
    last = [one for one in spells if one.last_school]
    return next(iter(reversed(theirs or last)), None)


def _latest(pupil: CtfPupil) -> CtfSen | None:
    """The period that runs now: of those without an end if there are any, the one that began last."""
    periods = pupil.sen or ()
    running = [one for one in periods if one.end is None] or list(periods)
    return max(running, key=lambda one: (one.start is not None, one.start), default=None) if running else None


def _needs(sen: CtfSen | None) -> tuple[SenNeed, ...] | None:
    if sen is None or sen.needs is None:
        return None
    return tuple(SenNeed(one.code or "", one.rank) for one in sen.needs)


def _meals(pupil: CtfPupil) -> tuple[FreeMealPeriod, ...] | None:
    if pupil.free_meals is None:
        return None
    return tuple(FreeMealPeriod(one.start, one.end, one.country or "") for one in pupil.free_meals.periods)


def _language(basic: CtfBasicDetails) -> str | None:
    """First language, else mother tongue, else the language at home."""
    if basic.languages is None:
        return None
    by_kind = {one.kind: one.code for one in reversed(basic.languages)}
    return next((by_kind[kind] or "" for kind in ("F", "M", "H") if kind in by_kind), "")


def _phones(phones: tuple[CtfPhone, ...] | None) -> tuple[Phone, ...] | None:
    return None if phones is None else tuple(Phone(one.kind or "", one.number or "") for one in phones)


def _contact(contact: CtfContact) -> Contact:
    return Contact(
        surname=contact.surname or "",
        forename=contact.forename or "",
        title=contact.title or "",
        middle_names=contact.middle_names or "",
        sex=contact.sex or contact.gender or "",
        order=contact.order,
        relationship=contact.relationship or "",
        responsibility=contact.responsibility,
        at_pupils_address=bool(contact.address_as_pupil),
        address=None if contact.address is None else address_in(contact.address),
        phones=_phones(contact.phones) or (),
        email=contact.email or "",
    )


def _number(text: str | None) -> str | None:
    return None if text is None else without_spaces(text)


def _unknown(reading: CtfReading) -> tuple[str, ...]:
    paths = [one.path for one in reading.unknown]
    paths += [one.path for pupil in reading.rows for one in pupil.unknown]
    return tuple(dict.fromkeys(paths))
