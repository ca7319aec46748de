"""The invented schools: read from ``schools.toml``, numbered and put on the map."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Any

from .streets import NEIGHBOURHOODS, Point, Postcode, neighbourhood_centre

LA_CODE = "999"
FIRST_URN = 990_001
NUMBER_SERIES = {
    "nursery": 1000,
    "pupil_referral_unit": 1100,
    "alternative_provision": 1150,
    "voluntary_controlled": 3000,
    "voluntary_aided_cofe": 3300,
    "voluntary_aided_catholic": 3350,
    "voluntary_aided_muslim": 3390,
    "independent": 6000,
    "special": 7000,
    "sixth_form_college": 8600,
    "further_education": 8000,
}
PRIMARY_SERIES, SECONDARY_SERIES = 2000, 4000
OUTSIDE_ADMISSIONS = frozenset(
    {
        "special",
        "pupil_referral_unit",
        "alternative_provision",
        "nursery",
        "sixth_form_college",
        "further_education",
        "independent",
        "closed",
        "proposed",
        "technical",
        "studio",
    }
)


@dataclass(frozen=True)
class SchoolPlan:
    """One invented school.

    Attributes:
        number: places a year where it first admits; ``secondary_number`` in Year 7 of an all-through school.
        kinds: what it is, in the demonstration's words (``community``, ``grammar_top_score``, ``closed`` ...).
        faith: whose families look to it first; empty for none.
        preset: the starting arrangements for its age of entry, empty when it takes no part in a round.
        parish: the parish its arrangements name, if any.
        beside: the infant school whose area a junior school shares.
    """

    urn: str
    establishment_number: str
    name: str
    type: str
    kinds: frozenset[str]
    low_age: int
    high_age: int
    number: int
    secondary_number: int
    gender: str
    religion: str
    faith: str
    policy: str
    status: str
    opened: str
    closed: str
    preset: str
    secondary_preset: str
    parish: str
    beside: str
    predecessor: str
    street: str
    postcode: str
    point: Point

    @property
    def mainstream(self) -> bool:
        """Whether children are offered places there through co-ordinated admissions."""
        return not self.kinds & OUTSIDE_ADMISSIONS

    @property
    def phase(self) -> str:
        """As the register words it."""
        if self.kinds & {"special", "pupil_referral_unit", "alternative_provision", "independent"}:
            return "Not applicable"
        if self.low_age <= 5 < 16 < self.high_age:
            return "All-through"
        if self.high_age <= 5:
            return "Nursery"
        if self.high_age <= 11:
            return "Primary"
        return "16 plus" if self.low_age >= 16 else "Secondary"

    def admits(self, year_group: int) -> bool:
        """Whether pupils of this national curriculum year (0 is Reception) are taught there."""
        return self.low_age <= year_group + 4 < self.high_age

    def places(self, year_group: int) -> int:
        """Places in one year group."""
        return self.secondary_number if year_group >= 7 and self.secondary_number else self.number

    @property
    def capacity(self) -> int:
        years = range(max(self.low_age, 4) - 4, min(self.high_age, 19) - 4)
        return sum(self.places(year) for year in years) or self.number


def plan_schools(rng: Random, postcodes: tuple[Postcode, ...]) -> tuple[SchoolPlan, ...]:
    """Every school, in the order of the list: each on a street of its own neighbourhood."""
    listed: list[dict[str, Any]] = tomllib.loads(
        files(__package__).joinpath("schools.toml").read_text(encoding="utf-8")
    )["schools"]
    numbers = _establishment_numbers(listed)
    return tuple(
        _plan(entry, str(FIRST_URN + at), numbers[entry["name"]], rng, postcodes)
        for at, entry in enumerate(listed)
    )


def _establishment_numbers(listed: list[dict[str, Any]]) -> dict[str, str]:
    """Numbers by the usual series; a school that closed shares its successor's, as happens when one converts."""
    used: dict[int, int] = {}
    numbers: dict[str, str] = {}
    for entry in listed:
        usual = PRIMARY_SERIES if entry["ages"][1] <= 11 else SECONDARY_SERIES
        series = next((NUMBER_SERIES[kind] for kind in entry["kinds"] if kind in NUMBER_SERIES), usual)
        used[series] = used.get(series, 0) + 1
        numbers[entry["name"]] = f"{series + used[series]:04d}"
    for entry in listed:
        if "same_number_as" in entry:
            numbers[entry["name"]] = numbers[entry["same_number_as"]]
    return numbers


def _plan(
    entry: dict[str, Any], urn: str, number: str, rng: Random, postcodes: tuple[Postcode, ...]
) -> SchoolPlan:
    place = NEIGHBOURHOODS.index(entry["at"])
    centre = neighbourhood_centre(place)
    point = round(centre[0] + rng.uniform(-220, 220)), round(centre[1] + rng.uniform(-220, 220))
    here = [postcode for postcode in postcodes if postcode.neighbourhood == place and not postcode.flats]
    postcode = min(here, key=lambda p: (p.middle[0] - point[0]) ** 2 + (p.middle[1] - point[1]) ** 2)
    texts = ("gender", "religion", "faith", "policy", "status", "opened", "closed", "preset")
    more = ("secondary_preset", "parish", "beside", "predecessor")
    usual = {"gender": "Mixed", "religion": "Does not apply", "status": "Open"}
    given = {name: str(entry.get(name, usual.get(name, ""))) for name in (*texts, *more)}
    return SchoolPlan(
        urn=urn,
        establishment_number=number,
        name=entry["name"],
        type=entry["type"],
        kinds=frozenset(entry["kinds"]),
        low_age=entry["ages"][0],
        high_age=entry["ages"][1],
        number=entry["number"],
        secondary_number=entry.get("secondary_number", 0),
        street=postcode.street,
        postcode=postcode.code,
        point=point,
        **given,
    )
