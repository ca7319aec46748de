"""One pupil as any file about pupils gives them: the neutral row that census, transfer file and mapped CSV become.

Source: data standards sections 0.2, 3 and 7. Nothing here has been matched to a record, and nothing is a decision.

What was not sent is ``None``. What was sent blank is an empty text or an empty tuple. **Neither asks for anything to be
deleted:** a sender may leave out any section, and a blank cell says only that this sender holds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from throughline.rules.identifiers import Laestab, Upn, Urn, parse_laestab, parse_upn, parse_urn
from throughline.rules.year_groups import parse_year_group


@dataclass(frozen=True, slots=True)
class SchoolReference:
    """A school as a file names it.

    Attributes:
        kind: ``laestab`` (value is seven digits), ``urn`` (six), or ``native``: the sender's own word for it, which a
            person must tie to a school.
        value: the number or the text.
    """

    kind: Literal["laestab", "urn", "native"]
    value: str


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address in named parts, in plain lines, or both; blank where the sender has no such part."""

    saon: str = ""
    paon: str = ""
    street: str = ""
    locality: str = ""
    town: str = ""
    administrative_area: str = ""
    post_town: str = ""
    lines: tuple[str, ...] = ()
    county: str = ""
    postcode: str = ""
    country: str = ""
    uprn: str = ""
    easting: str = ""
    northing: str = ""

    @property
    def as_lines(self) -> tuple[str, ...]:
        """The address as an envelope has it, without its postcode: plain lines if sent, else the named parts."""
        if self.lines:
            return self.lines
        house = " ".join(part for part in (self.paon, self.street) if part)
        parts = (self.saon, house, self.locality, self.town, self.post_town, self.county)
        return tuple(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class SenNeed:
    """A need by its code, and its rank: 1 is the main one, None when the file gives no number."""

    code: str
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class FreeMealPeriod:
    """A period of entitlement to free school meals; no end while it runs. ``country`` is where it was granted."""

    start: date | None
    end: date | None = None
    country: str = ""


@dataclass(frozen=True, slots=True)
class Suspension:
    """A suspension or exclusion: ``category`` says which; reasons main first; ``sessions`` are half days."""

    start: date | None
    sessions: float | None
    category: str
    reasons: tuple[str, ...]
    sen_provision: str = ""


@dataclass(frozen=True, slots=True)
class SessionTotal:
    """How many sessions a pupil missed for one reason in a period. A total, never a register.

    ``period`` is the name of the table it came in, since a summer delivery counts its second half apart.
    """

    reason: str
    sessions: int | None
    period: str = ""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number and what it is for, by code (``H`` home, ``M`` mobile ...)."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody the sender calls a contact of the pupil.

    Attributes:
        order: 1 is to be called first; None when not given.
        relationship: code as sent, such as ``PAM``.
        responsibility: whether the sender says they hold parental responsibility; a claim until evidence is seen.
        at_pupils_address: the sender says they live where the pupil does, in place of an address.
    """

    surname: str
    forename: str = ""
    title: str = ""
    middle_names: str = ""
    sex: str = ""
    order: int | None = None
    relationship: str = ""
    responsibility: bool | None = None
    at_pupils_address: bool = False
    address: PostalAddress | None = None
    phones: tuple[Phone, ...] = ()
    email: str = ""


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil as one row or element of a file.

    Attributes:
        line: line (in XML the pupil's number) in its part of the file, from 1.
        part: table or section the row stands in, such as ``pupilonroll``.
        source_id: the sender's own key for the row, where it has one; means nothing outside the file.
        upn: in capitals without spaces, even when its check letter is wrong; ``sound_upn`` is the one to match on.
        sex, enrol_status, sen_provision, ethnicity, first_language and other codes: the text as sent.
        on_roll: True for a pupil of the school now, False for one who left, None when the file does not say.
        year_group: as sent; ``year`` is the number it stands for.
        addresses: every address sent, in the file's order.
        care_authority: three-digit code of the authority that looks after the child.
        also: other columns the sender filled, by plain heading, so that nothing received is lost from sight.
    """

    line: int
    part: str = ""
    source_id: str = ""
    forename: str | None = None
    surname: str | None = None
    middle_names: str | None = None
    preferred_forename: str | None = None
    preferred_surname: str | None = None
    former_forename: str | None = None
    former_surname: str | None = None
    born: date | None = None
    sex: str | None = None
    upn: str | None = None
    former_upn: str | None = None
    uln: str | None = None
    nhs_number: str | None = None
    school: SchoolReference | None = None
    on_roll: bool | None = None
    entered: date | None = None
    left: date | None = None
    leaving_reason: str | None = None
    enrol_status: str | None = None
    year_group: str | None = None
    first_language: str | None = None
    ethnicity: str | None = None
    sen_provision: str | None = None
    sen_needs: tuple[SenNeed, ...] | None = None
    free_meals: tuple[FreeMealPeriod, ...] | None = None
    service_child: str | None = None
    young_carer: str | None = None
    post_looked_after: str | None = None
    in_care: bool | None = None
    care_authority: str | None = None
    addresses: tuple[PostalAddress, ...] | None = None
    phones: tuple[Phone, ...] | None = None
    email: str | None = None
    contacts: tuple[Contact, ...] | None = None
    suspensions: tuple[Suspension, ...] | None = None
    sessions: tuple[SessionTotal, ...] | None = None
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> PostalAddress | None:
        """The first address sent."""
        return self.addresses[0] if self.addresses else None

    @property
    def year(self) -> int | None:
        """The year group as a number, Reception 0; None when it is no one year."""
        return parse_year_group(self.year_group) if self.year_group else None

    @property
    def sound_upn(self) -> str:
        """The UPN when it is valid and permanent, the only kind a child may be matched on; else empty."""
        return _sound(self.upn)

    @property
    def sound_former_upn(self) -> str:
        """The former UPN under the same condition."""
        return _sound(self.former_upn)

    @property
    def counts_here(self) -> bool:
        """Whether a head count of this school's pupils includes the row: subsidiary registrations add nothing."""
        return self.on_roll is not False and (self.enrol_status or "") in ("", "C", "M")


def school_reference(text: str) -> SchoolReference | None:
    """A school from what a cell says: LAESTAB, else URN, else the sender's own word; None when blank."""
    text = text.strip()
    if not text:
        return None
    laestab, urn = parse_laestab(text), parse_urn(text)
    if isinstance(laestab, Laestab):
        return SchoolReference("laestab", laestab.digits)
    if isinstance(urn, Urn):
        return SchoolReference("urn", urn.value)
    return SchoolReference("native", text)


def _sound(text: str | None) -> str:
    upn = parse_upn(text or "")
    return upn.value if isinstance(upn, Upn) and not upn.temporary else ""
