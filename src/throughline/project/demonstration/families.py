"""Invented families: who lives with whom, how children are related, and how they are counted by school year."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from .households import Grown, Household, some_household
from .keys import Keys
from .names import Heritage, some_heritage
from .streets import HOMES_IN_A_POSTCODE, Home, Postcode

# Children of each national curriculum year, in 25,000. The two years that are applying are the fullest: the record
# gains families when they apply. -1 is the year before Reception, 14 are those who have left school.
YEAR_GROUPS = {
    -4: 600, -3: 900, -2: 1150, -1: 1900, 0: 1550, 1: 1500, 2: 1480, 3: 1460, 4: 1450, 5: 1480, 6: 1900,
    7: 1430, 8: 1400, 9: 1380, 10: 1360, 11: 1340, 12: 1280, 13: 1240, 14: 200,
}  # fmt: skip
APPLYING = (-1, 2, 6)
HOW_MANY = ((1, 2, 3, 4, 5, 6), (400, 400, 140, 45, 12, 3))
GAPS = ((0, 1, 2, 3, 4, 5, 7), (25, 120, 340, 260, 150, 75, 30))
APART = 300
UPRN = 999_100_000_000


@dataclass
class Child:
    """An invented child. ``parents`` are positions in the family's adults; ``school`` is the URN of the one attended."""

    key: UUID
    reference: str
    forename: str
    middle_names: str
    surname: str
    sex: str
    born: date
    year_group: int
    parents: tuple[int, ...]
    ability: float
    birth: int
    school: str = ""
    upn: str = ""
    facts: list[Standing] = field(default_factory=list)
    fostered: int = -1


@dataclass(frozen=True)
class Standing:
    """A fact that holds: which, since when, at which school if it names one, who says so and on what evidence."""

    kind: str
    since: date
    source: str
    urn: str = ""
    evidence: str = ""


@dataclass
class Family:
    """Adults and children with one home. ``foster`` marks carers who look after other families' children."""

    place: int
    home: Home
    uprn: str
    neighbourhood: int
    key: UUID
    heritage: Heritage = field(repr=False)
    faith: str
    household: Household
    adults: list[Grown]
    children: list[Child] = field(default_factory=list)
    foster: bool = False
    restricted: bool = False


@dataclass
class Making:
    """What is shared while families are made."""

    rng: Random
    keys: Keys
    postcodes: tuple[Postcode, ...]
    autumn: int
    left: dict[int, int]
    homes: list[int]
    families: list[Family] = field(default_factory=list)

    def take(self, year_group: int) -> bool:
        """Use up one of the children wanted in a year group, if any is still wanted."""
        if self.left.get(year_group, 0) <= 0:
            return False
        self.left[year_group] -= 1
        return True


def wanted_by_year(size: int) -> dict[int, int]:
    """How many children of each year group make ``size`` in all (largest remainders)."""
    whole = sum(YEAR_GROUPS.values())
    shares = {year: divmod(number * size, whole) for year, number in YEAR_GROUPS.items()}
    counts = {year: share[0] for year, share in shares.items()}
    by_remainder = sorted(shares, key=lambda year: (-shares[year][1], year))
    for year in by_remainder[: size - sum(counts.values())]:
        counts[year] += 1
    return counts


def born_from(autumn: int, year_group: int) -> date:
    """The first birthday of a year group, for the school year that begins in the autumn of a calendar year."""
    return date(autumn - 5 - year_group, 9, 1)


def make_families(seed: str, postcodes: tuple[Postcode, ...], size: int, autumn: int, keys: Keys) -> Making:
    """Families with ``size`` children between them, as they are in the autumn of a year, and the homes still empty.

    Args:
        seed: the same seed makes the same families.
        postcodes: where they may live; each home is used once.
        size: children in all.
        autumn: the calendar year in which the school year began.
        keys: gives keys and references.
    """
    rng = Random(f"{seed}:families")
    homes = list(range(len(postcodes) * HOMES_IN_A_POSTCODE))
    rng.shuffle(homes)
    making = Making(rng, keys, postcodes, autumn, wanted_by_year(size), homes)
    while any(making.left.values()):
        _make_family(making)
    return making


def new_home(making: Making, heritage: Heritage, household: Household, adults: list[Grown]) -> Family:
    """A family without children yet, in a home of its own."""
    number = making.homes.pop()
    postcode = making.postcodes[number // HOMES_IN_A_POSTCODE]
    return Family(
        place=len(making.families),
        home=postcode.home(number % HOMES_IN_A_POSTCODE),
        uprn=str(UPRN + number),
        neighbourhood=postcode.neighbourhood,
        key=making.keys.key(),
        heritage=heritage,
        faith=_faith(making.rng, heritage),
        household=household,
        adults=adults,
        restricted=making.rng.random() < 0.003,
    )


def _faith(rng: Random, heritage: Heritage) -> str:
    drawn = rng.random() * 100
    for faith, chance in heritage.faiths.items():
        drawn -= chance
        if drawn < 0:
            return faith
    return ""


def _make_family(making: Making) -> None:
    rng = making.rng
    years = _year_groups(making)
    heritage = some_heritage(rng)
    household, adults = some_household(rng, making.keys, heritage, len(years))
    family = new_home(making, heritage, household, adults)
    previous: tuple[int, date] | None = None
    for at, (year, birth) in enumerate(years):
        together = previous[1] if previous and previous[0] == birth else None
        born = together or _birthday(making, year, [child.born for child in family.children])
        family.children.append(_child(making, family, year, birth, born, at, len(years)))
        previous = (birth, born)
    making.families.append(family)


def _year_groups(making: Making) -> list[tuple[int, int]]:
    """Year groups of one family's children, oldest first, with the number of the birth: twins share one."""
    rng = making.rng
    open_years = [year for year, left in making.left.items() if left]
    first = rng.choices(open_years, [making.left[year] for year in open_years])[0]
    making.take(first)
    found = [(first, 0)]
    lowest = highest = first
    for birth in range(1, rng.choices(*HOW_MANY)[0]):
        gap = rng.choices(*GAPS)[0]
        if gap == 0:
            if making.take(first):
                found.append((first, 0))
            continue
        younger = rng.random() < 0.5
        year = lowest - gap if younger else highest + gap
        if making.take(year):
            found.append((year, birth))
            lowest, highest = min(lowest, year), max(highest, year)
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _birthday(making: Making, year_group: int, others: list[date]) -> date:
    """A day in the year group's year; brothers and sisters of different births are not weeks apart."""
    first = born_from(making.autumn, year_group)
    days = (born_from(making.autumn, year_group - 1) - first).days
    for _ in range(30):
        born = first + timedelta(days=making.rng.randrange(days))
        if all(abs((born - other).days) >= APART for other in others):
            break
    return born


def _child(making: Making, family: Family, year: int, birth: int, born: date, at: int, count: int) -> Child:
    rng, heritage = making.rng, family.heritage
    girl = rng.random() < 0.488
    taken = {child.forename for child in family.children}
    names = [name for name in (heritage.girls if girl else heritage.boys) if name not in taken]
    forename = rng.choice(names)
    middle = rng.choice(heritage.girls if girl else heritage.boys) if rng.random() < 0.55 else ""
    parents = family.household.parents_of(at, count, birth)
    return Child(
        key=making.keys.key(),
        reference=making.keys.reference("C"),
        forename=forename,
        middle_names=middle if middle != forename else "",
        surname=family.household.surname_of(parents, family.adults),
        sex="F" if girl else "M",
        born=born,
        year_group=year,
        parents=parents,
        ability=rng.gauss(0, 1),
        birth=birth,
    )
