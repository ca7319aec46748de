"""Invented families at a city's real postcodes, written as the applications file that an authority would bring in.

Schools, postcodes and catchments are the public registers'; every child, name and claim is made up from a seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from throughline.formats.applications import write_applications
from throughline.formats.applications_layout import ApplicationRow, Preference

FORENAMES = (
    "Amara",
    "Bethan",
    "Caleb",
    "Dafydd",
    "Elin",
    "Farah",
    "Gethin",
    "Hana",
    "Idris",
    "Jaya",
    "Kofi",
    "Lowri",
)
SURNAMES = (
    "Ashdown",
    "Brook",
    "Cadwell",
    "Dunmore",
    "Ellery",
    "Farrow",
    "Gorse",
    "Holt",
    "Ingram",
    "Jessop",
    "Kerr",
)
SIBLINGS, FAITHFUL, LOOKED_AFTER = 0.28, 0.18, 0.006


@dataclass(frozen=True)
class Choice:
    """A school that families can name."""

    urn: str
    easting: int
    northing: int
    faith: bool


def applications_file(
    *,
    seed: int,
    number: int,
    postcodes: Sequence[tuple[str, int, int]],
    schools: Sequence[Choice],
    born_from: date,
    opens: date,
    closes: date,
) -> bytes:
    """An applications file: each child at a postcode, naming schools that are near, popular or of their faith.

    Args:
        postcodes: (code, easting, northing) of homes to draw from.
        born_from: the first day a child of the round may be born.
    """
    rng = random.Random(seed)
    popular = np.array([rng.uniform(0.7, 1.4) for _ in schools])
    ends = np.array([(school.easting, school.northing) for school in schools], dtype=float)
    faith = np.array([school.faith for school in schools])
    rows = []
    for at in range(number):
        code, easting, northing = rng.choice(postcodes)
        apart = np.hypot(ends[:, 0] - easting, ends[:, 1] - northing) * popular
        faithful = rng.random() < FAITHFUL
        apart = np.where(faith, apart * (0.5 if faithful else 2.0), apart)
        nearest = np.argsort(apart, kind="stable")[:8].tolist()
        wanted = sorted(
            nearest[: rng.randint(3, 6)], key=lambda school: apart[school] * rng.uniform(0.6, 1.5)
        )
        rows.append(
            _row(rng, at, code, [schools[one] for one in wanted], faithful, born_from, (opens, closes))
        )
    return write_applications(rows)


def _row(
    rng: random.Random,
    at: int,
    postcode: str,
    wanted: Sequence[Choice],
    faithful: bool,
    born_from: date,
    window: tuple[date, date],
) -> ApplicationRow:
    opens, closes = window
    sibling_at = 0 if rng.random() < SIBLINGS else -1
    preferences = tuple(
        Preference(
            rank,
            school.urn,
            "urn",
            tuple(
                fact
                for fact, true in (("faith", faithful and school.faith), ("sibling", rank - 1 == sibling_at))
                if true
            ),
        )
        for rank, school in enumerate(wanted, 1)
    )
    surname = rng.choice(SURNAMES)
    return ApplicationRow(
        reference=f"CITY-{at:05d}",
        surname=surname,
        forename=f"{rng.choice(FORENAMES)} {at}",
        dob=born_from + timedelta(days=rng.randrange(365)),
        sex=rng.choice("MF"),
        address=(f"{rng.randint(1, 200)} Invented Street",),
        postcode=postcode,
        parent_name=f"Pat {surname}",
        parent_email=f"pat{at}@example.org",
        received_at=datetime.combine(opens + timedelta(days=rng.randrange((closes - opens).days)), time(9)),
        facts=("looked_after",) if rng.random() < LOOKED_AFTER else (),
        preferences=preferences,
    )
