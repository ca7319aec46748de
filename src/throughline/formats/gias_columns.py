"""The columns of the register of schools that we read, by the names its extracts give them.

Source: data standards section 1.1. The full extract has ``X (code)`` and ``X (name)`` beside each other; the search
export has mostly names. Heads' names and telephone numbers are not read: nobody needs them and they are personal.
"""

from __future__ import annotations

from throughline.formats.table import Column

_REQUIRED = (
    Column("urn", ("URN",), required=True),
    Column("authority", ("LA (code)", "LA code"), required=True),
    Column("establishment_number", ("EstablishmentNumber",), required=True),
    Column("name", ("EstablishmentName",), required=True),
)

# Either half of these will do; which is there is checked by the reader.
EITHER = {"type": "TypeOfEstablishment", "status": "EstablishmentStatus"}

_CODED = {
    **EITHER,
    "phase": "PhaseOfEducation",
    "gender": "Gender",
    "admissions_policy": "AdmissionsPolicy",
    "district": "DistrictAdministrative",
    "ward": "AdministrativeWard",
    "msoa": "MSOA",
    "lsoa": "LSOA",
    "previous_authority": "PreviousLA",
    "trust": "Trusts",
    "federation": "Federations",
}

_NAMED = {
    "authority_name": "LA",
    "reason_opened": "ReasonEstablishmentOpened",
    "reason_closed": "ReasonEstablishmentClosed",
    "boarders": "Boarders",
    "nursery_classes": "NurseryProvision",
    "sixth_form": "OfficialSixthForm",
    "religious_character": "ReligiousCharacter",
    "diocese": "Diocese",
    "section_41": "Section41Approved",
    "resourced_provision": "TypeOfResourcedProvision",
    "county": "County",
    "urban_rural": "UrbanRural",
    "ons_authority": "GSSLACode",
    "country": "Country",
    **{f"need_{number}": f"SEN{number}" for number in range(1, 14)},
}

_PLAIN = {
    "opened": "OpenDate",
    "closed": "CloseDate",
    "low_age": "StatutoryLowAge",
    "high_age": "StatutoryHighAge",
    "capacity": "SchoolCapacity",
    "census_date": "CensusDate",
    "pupils": "NumberOfPupils",
    "boys": "NumberOfBoys",
    "girls": "NumberOfGirls",
    "free_meals": "FSM",
    "percentage_free_meals": "PercentageFSM",
    "ukprn": "UKPRN",
    "last_changed": "LastChangedDate",
    "street": "Street",
    "locality": "Locality",
    "address_3": "Address3",
    "town": "Town",
    "postcode": "Postcode",
    "website": "SchoolWebsite",
    "resourced_on_roll": "ResourcedProvisionOnRoll",
    "resourced_capacity": "ResourcedProvisionCapacity",
    "unit_on_roll": "SenUnitOnRoll",
    "unit_capacity": "SenUnitCapacity",
    "easting": "Easting",
    "northing": "Northing",
    "previous_establishment_number": "PreviousEstablishmentNumber",
    "uprn": "UPRN",
    "linked": "Linked establishments",
}

COLUMNS = (
    *_REQUIRED,
    *(Column(f"{name}_code", (f"{heading} (code)",)) for name, heading in _CODED.items()),
    *(Column(f"{name}_name", (f"{heading} (name)", heading)) for name, heading in _CODED.items()),
    *(Column(name, (f"{heading} (name)", heading)) for name, heading in _NAMED.items()),
    *(Column(name, (heading, f"{heading} (name)")) for name, heading in _PLAIN.items()),
)
