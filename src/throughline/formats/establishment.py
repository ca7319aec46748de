"""One establishment as the register of schools describes it. Source: data standards section 1.1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Establishment:
    """One establishment as the register describes it on the day of the extract.

    ``status`` is ``open``, ``closed``, ``open_proposed_to_close``, ``proposed_to_open`` or empty; ``type_code`` the
    register's number; ``phase``, ``gender`` and ``admissions_policy`` the codes of ``establishment_codes.toml``. Text
    the register gives as "Not applicable" is empty; a religious character of ``None`` is a value and stays. Counts are
    None when the register does not say. ``point`` is easting and northing in metres. ``needs`` are need codes such as
    ``SLCN``. ``linked`` holds pairs of URN and kind of link.
    """

    urn: str
    authority: str
    authority_name: str
    establishment_number: str
    name: str
    type_code: str
    type_name: str
    status: str
    status_name: str
    phase: str
    phase_name: str
    opened: date | None
    closed: date | None
    reason_opened: str
    reason_closed: str
    low_age: int | None
    high_age: int | None
    gender: str
    admissions_policy: str
    religious_character: str
    diocese: str
    boarders: str
    nursery_classes: str
    sixth_form: str
    capacity: int | None
    pupils: int | None
    boys: int | None
    girls: int | None
    free_meals: int | None
    percentage_free_meals: float | None
    trust_code: str
    trust_name: str
    federation_name: str
    ukprn: str
    street: str
    locality: str
    address_3: str
    town: str
    county: str
    postcode: str
    website: str
    point: tuple[int, int] | None
    uprn: str
    district_code: str
    district_name: str
    ward_name: str
    msoa_code: str
    lsoa_code: str
    urban_rural: str
    country: str
    needs: tuple[str, ...]
    section_41: str
    resourced_provision: str
    resourced_capacity: int | None
    unit_capacity: int | None
    previous_authority: str
    previous_establishment_number: str
    last_changed: date | None
    linked: tuple[tuple[str, str], ...]

    @property
    def laestab(self) -> str:
        """Authority and establishment number as other files write it, ``936/3407``; empty without a number."""
        return f"{self.authority}/{self.establishment_number}" if self.establishment_number else ""

    @property
    def is_open(self) -> bool:
        """Open, or open but proposed to close."""
        return self.status in ("open", "open_proposed_to_close")
