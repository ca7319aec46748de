"""A transfer file as typed values, section by section. Source: data standards sections 3.2 to 3.4.

Everywhere, None is an element that was not sent, and an empty text one that was sent empty. Neither means "delete".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class UnknownElement:
    """An element the layout does not have: kept to be shown to the receiver, never written to anybody else."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class CtfSchool:
    """Sender or receiver. ``establishment`` is four characters, ``LLLL`` for an authority."""

    authority: str | None = None
    establishment: str | None = None
    urn: str | None = None
    name: str | None = None
    academic_year: str | None = None

    @property
    def number(self) -> str:
        """Seven characters, or empty when either part is missing."""
        return f"{self.authority}{self.establishment}" if self.authority and self.establishment else ""


@dataclass(frozen=True, slots=True)
class CtfHeader:
    """Who sent the file to whom, when, and in which version. ``qualifier`` is ``full`` or ``partial``."""

    document_name: str | None = None
    version: str | None = None
    made_at: datetime | None = None
    qualifier: str | None = None
    descriptor: str | None = None
    supplier: str | None = None
    source: CtfSchool | None = None
    destination: CtfSchool | None = None


@dataclass(frozen=True, slots=True)
class CtfLanguage:
    """A language and what it is to the pupil: ``H`` home, ``F`` first ..."""

    kind: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class CtfBasicDetails:
    """Names besides the legal ones, year, ethnicity, languages, disabilities, kind of registration."""

    former_upn: str | None = None
    preferred_surname: str | None = None
    preferred_forename: str | None = None
    former_surname: str | None = None
    former_forename: str | None = None
    middle_names: str | None = None
    year_group: str | None = None
    ethnicity: str | None = None
    ethnicity_source: str | None = None
    languages: tuple[CtfLanguage, ...] | None = None
    medical_flag: bool | None = None
    disabilities: tuple[str, ...] | None = None
    enrol_status: str | None = None
    service_child: str | None = None
    young_carer: str | None = None


@dataclass(frozen=True, slots=True)
class CtfFreeMeals:
    """One period of free school meals."""

    start: date | None = None
    verified: date | None = None
    end: date | None = None
    country: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class CtfFreeMealHistory:
    """Periods of free school meals, and when entitlement is looked at again."""

    review: date | None = None
    periods: tuple[CtfFreeMeals, ...] = ()


@dataclass(frozen=True, slots=True)
class CtfWelshDetails:
    """The Welsh block. Files of the change years carry the old SEN items and the new ALN ones."""

    speaks_welsh: str | None = None
    welsh_at_home: str | None = None
    national_identity: str | None = None
    ethnicity_source: str | None = None
    welsh_source: str | None = None
    english_acquisition: str | None = None
    language_source: str | None = None
    sen_curriculum: str | None = None
    sen_grouping: str | None = None
    sen_resources: str | None = None
    sen_advice: str | None = None
    entered: date | None = None
    free_meals_protected: str | None = None
    aln_decision: str | None = None
    aln_decision_body: str | None = None
    aln_plan: str | None = None
    aln_areas: tuple[str, ...] | None = None
    aln_needs: tuple[str, ...] | None = None
    aln_health_board: str | None = None
    plan_review: date | None = None


@dataclass(frozen=True, slots=True)
class CtfLookedAfter:
    """Whether the child is in care now, and of which authority."""

    in_care: bool | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class CtfNeed:
    """A need; rank 1 is the main one."""

    code: str | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class CtfSen:
    """One period of provision for special educational needs."""

    start: date | None = None
    end: date | None = None
    provision: str | None = None
    needs: tuple[CtfNeed, ...] | None = None


@dataclass(frozen=True, slots=True)
class CtfNamedAddress:
    """An address in the named parts of BS 7666."""

    saon: str | None = None
    paon: str | None = None
    street: str | None = None
    locality: str | None = None
    town: str | None = None
    administrative_area: str | None = None
    post_town: str | None = None
    uprn: str | None = None


@dataclass(frozen=True, slots=True)
class CtfAddressLines:
    """An address in plain lines."""

    line_1: str | None = None
    line_2: str | None = None
    line_3: str | None = None
    line_4: str | None = None
    line_5: str | None = None


@dataclass(frozen=True, slots=True)
class CtfAddress:
    """An address: named parts or lines, and what follows either."""

    named: CtfNamedAddress | None = None
    lines: CtfAddressLines | None = None
    county: str | None = None
    postcode: str | None = None
    zip: str | None = None
    country: str | None = None
    easting: str | None = None
    northing: str | None = None


@dataclass(frozen=True, slots=True)
class CtfPhone:
    """A telephone number and its kind."""

    kind: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class CtfContact:
    """A contact. ``address_as_pupil`` stands in place of an address."""

    order: int | None = None
    title: str | None = None
    surname: str | None = None
    forename: str | None = None
    sex: str | None = None
    gender: str | None = None
    middle_names: str | None = None
    relationship: str | None = None
    responsibility: bool | None = None
    address: CtfAddress | None = None
    address_as_pupil: bool | None = None
    phones: tuple[CtfPhone, ...] | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class CtfMarks:
    """Marks from a first day on, two for each day; ``#`` where there was no session."""

    start: date | None = None
    marks: str | None = None


@dataclass(frozen=True, slots=True)
class CtfAttendance:
    """A year's attendance at one school."""

    year: str | None = None
    authority: str | None = None
    establishment: str | None = None
    school_name: str | None = None
    possible: int | None = None
    authorised: int | None = None
    attended: int | None = None
    unauthorised: int | None = None
    marks: tuple[CtfMarks, ...] = ()


@dataclass(frozen=True, slots=True)
class CtfAssessment:
    """One result."""

    locale: str | None = None
    year: str | None = None
    subject: str | None = None
    method: str | None = None
    component: str | None = None
    status: str | None = None
    qualifier: str | None = None
    result: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class CtfKeyStage:
    """The results of one key stage."""

    stage: str | None = None
    assessments: tuple[CtfAssessment, ...] = ()


@dataclass(frozen=True, slots=True)
class CtfSchoolSpell:
    """A school attended. ``reason`` is the ground on which the name was taken off its register."""

    authority: str | None = None
    establishment: str | None = None
    urn: str | None = None
    name: str | None = None
    entered: date | None = None
    left: date | None = None
    reason: str | None = None
    last_school: bool | None = None


@dataclass(frozen=True, slots=True)
class CtfPupil:
    """One pupil. ``gender`` is what files from before 2024 send in place of ``sex``; ``number`` is the place in the file
    from 1, 0 when it is in none. Senders who set ``service_child`` and ``young_carer`` beside the basic details are
    understood; we write them within."""

    upn: str | None = None
    uln: str | None = None
    uci: str | None = None
    surname: str | None = None
    forename: str | None = None
    born: date | None = None
    sex: str | None = None
    gender: str | None = None
    service_child: str | None = None
    young_carer: str | None = None
    basic: CtfBasicDetails | None = None
    free_meals: CtfFreeMealHistory | None = None
    welsh: CtfWelshDetails | None = None
    looked_after: CtfLookedAfter | None = None
    sen: tuple[CtfSen, ...] | None = None
    address: CtfAddress | None = None
    phones: tuple[CtfPhone, ...] | None = None
    email: str | None = None
    contacts: tuple[CtfContact, ...] | None = None
    attendance: tuple[CtfAttendance, ...] | None = None
    assessments: tuple[CtfKeyStage, ...] | None = None
    schools: tuple[CtfSchoolSpell, ...] | None = None
    unknown: tuple[UnknownElement, ...] = ()
    number: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CtfFile:
    """A transfer file."""

    header: CtfHeader
    pupils: tuple[CtfPupil, ...]
