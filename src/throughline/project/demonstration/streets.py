"""The ground of the invented town: neighbourhoods, streets, postcodes and homes, in metres of the National Grid.

It lies where the North Sea is, so that no real home, school or postcode can be mistaken for one of ours.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

CENTRE = (600_000, 430_000)
RADIUS = 3_400
SQUASH = 0.82
NEIGHBOURHOOD_RADIUS = 470
STREET_GAP = 95
HOMES_ON_A_SIDE = 9
FRONTAGE = 11
DEPTH = 14
OUTWARD = "ZY"
DISTRICT = "E06999999"
POST_TOWN = "Wendmere"

NEIGHBOURHOODS = (
    "Market Wend", "Cornmill", "Staithe End", "Abbot’s Garth", "Lantern Hill", "Priory Fields", "Saltcote", "Tanners Wharf",
    "Fennimore", "Larkrise", "Osier Bank", "Quarry Heights", "Ravensmoor", "Gosling Green", "Holm Park", "Beacon Rise",
    "Millrace", "Thistledown", "Northgate Wend", "Weaver’s Croft", "Orchard Lea", "Brackenfold", "Eastholm", "Copperfield",
    "Windlesham Marsh", "Heronsgate", "Kingfisher Reach", "Sallow Wood", "Drover’s Common", "Hawksworth", "Yarrow Bottom",
    "Pilgrim’s Way", "Ferrymoor", "Longacre Wend", "Skylark Down", "Westhaven", "Chantry Cross", "Badger’s Mount",
    "Little Wending", "Saint Osyth Green",
)  # fmt: skip
FIRST_WORDS = (
    "Acorn", "Alder", "Anchor", "Ashlar", "Aspen", "Barley", "Beech", "Bittern", "Bluebell", "Bramble", "Burdock", "Cable",
    "Campion", "Cedar", "Chandler", "Chestnut", "Clover", "Cobbler", "Cooper", "Cormorant", "Cowslip", "Curlew", "Damson",
    "Dunlin", "Elder", "Falcon", "Ferry", "Foxglove", "Fuller", "Gannet", "Gorse", "Granary", "Hawthorn", "Hazel", "Heather",
    "Holly", "Hopfield", "Ivy", "Juniper", "Kestrel", "Kiln", "Lapwing", "Larch", "Laurel", "Linnet", "Mallard", "Maltings",
    "Maple", "Martin", "Meadow", "Merlin", "Mulberry", "Nettle", "Nightingale", "Nuthatch", "Oak", "Orchid", "Osprey", "Owl",
    "Partridge", "Pear Tree", "Plover", "Poplar", "Primrose", "Quince", "Redwing", "Reed", "Ropery", "Rowan", "Rush",
    "Saddler", "Samphire", "Sandpiper", "Sedge", "Shearwater", "Sorrel", "Sparrow", "Starling", "Swallow", "Sycamore",
    "Tamarisk", "Teal", "Tern", "Thrush", "Timber", "Vetch", "Wagtail", "Warbler", "Wheelwright", "Willow", "Wren", "Yew",
)  # fmt: skip
LAST_WORDS = ("Road", "Street", "Avenue", "Lane", "Close", "Drive", "Way", "Gardens", "Terrace", "Rise")
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"

Point = tuple[int, int]


@dataclass(frozen=True)
class Postcode:
    """Some twenty homes on a piece of street, or the flats of one building.

    Attributes:
        code: as people write it, of an area that does not exist.
        street: the street's name.
        neighbourhood: position in ``NEIGHBOURHOODS``.
        first_number: the lowest house number.
        start, along: where the piece begins, and the unit vector along it.
        flats: the building's name when these are flats.
    """

    code: str
    street: str
    neighbourhood: int
    first_number: int
    start: tuple[float, float]
    along: tuple[float, float]
    flats: str = ""

    @property
    def middle(self) -> Point:
        """The point a postcode file gives: the home nearest the middle."""
        return self.home(HOMES_ON_A_SIDE).point

    def home(self, number: int) -> Home:
        """One of the homes, from 0: odd numbers on one side, even ones on the other; flats all at the same door."""
        side, place = number % 2, number // 2
        if self.flats:
            lines = f"Flat {number + 1}, {self.flats}, {self.street}"
            return Home(lines, self.code, _at(self.start, self.along, FRONTAGE * 4, DEPTH))
        offset = DEPTH if side else -DEPTH
        point = _at(self.start, self.along, place * FRONTAGE + FRONTAGE / 2, offset)
        return Home(f"{self.first_number + number} {self.street}", self.code, point)


@dataclass(frozen=True)
class Home:
    """Where a family lives."""

    lines: str
    postcode: str
    point: Point


HOMES_IN_A_POSTCODE = 2 * HOMES_ON_A_SIDE


def _at(start: tuple[float, float], along: tuple[float, float], forward: float, sideways: float) -> Point:
    x = start[0] + along[0] * forward - along[1] * sideways
    y = start[1] + along[1] * forward + along[0] * sideways
    return round(x), round(y)


def neighbourhood_centre(index: int) -> tuple[float, float]:
    """Neighbourhoods lie in a spiral from the market place outwards, each about as far from the next."""
    count = len(NEIGHBOURHOODS)
    distance = RADIUS * math.sqrt((index + 0.5) / count)
    turn = index * math.pi * (3 - math.sqrt(5))
    return CENTRE[0] + distance * math.cos(turn), CENTRE[1] + SQUASH * distance * math.sin(turn)


def lay_out(rng: Random) -> tuple[Postcode, ...]:
    """Every postcode of the town, neighbourhood by neighbourhood."""
    names = [f"{first} {last}" for first in FIRST_WORDS for last in LAST_WORDS]
    rng.shuffle(names)
    codes = _codes()
    found: list[Postcode] = []
    for index in range(len(NEIGHBOURHOODS)):
        turn = rng.random() * math.pi
        rows = round(2 * NEIGHBOURHOOD_RADIUS * SQUASH / STREET_GAP)
        for row in range(rows):
            street = names.pop()
            for number, (start, along) in enumerate(_pieces(index, turn, row - (rows - 1) / 2)):
                flats = f"{street.split()[0]} House" if rng.random() < 0.06 else ""
                first = number * HOMES_IN_A_POSTCODE + 1
                found.append(Postcode(next(codes), street, index, first, start, along, flats))
    return tuple(found)


def _pieces(index: int, turn: float, row: float) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """One street cut where postcodes change: start and direction of each piece."""
    centre = neighbourhood_centre(index)
    along = (math.cos(turn), math.sin(turn))
    offset = row * STREET_GAP
    half = math.sqrt(max(NEIGHBOURHOOD_RADIUS**2 - offset**2, 0.0))
    length = HOMES_ON_A_SIDE * FRONTAGE
    count = int(2 * half // length)
    first = (centre[0] - along[1] * offset - along[0] * half, centre[1] + along[0] * offset - along[1] * half)
    return [
        ((first[0] + along[0] * length * at, first[1] + along[1] * length * at), along) for at in range(count)
    ]


def _codes() -> Iterator[str]:
    """Codes of an area that Royal Mail does not have, in order."""
    for district in range(1, 100):
        for sector in range(10):
            for one in INWARD_LETTERS[:8]:
                for two in INWARD_LETTERS:
                    yield f"{OUTWARD}{district} {sector}{one}{two}"
