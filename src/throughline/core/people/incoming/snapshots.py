"""What the record says now about many children, as far as a file can say otherwise: in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from ..models import Address, Child, Enrolment, Fact, FormerName, Identifier, Residence, Tie

AT_ONCE = 500
OWN = ("forename", "surname", "middle_names", "chosen_name", "born", "sex", "upn", "first_language")


@dataclass(frozen=True, slots=True)
class Roll:
    """An enrolment that runs."""

    id: UUID
    school_id: UUID
    school: str
    since: date
    status: str
    year_group: int | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One child as the record has them.

    ``home`` is the address now, ``restricted`` whether it is kept from others, ``residences`` the keys of those that run.
    """

    child_id: UUID
    own: Mapping[str, str | date]
    former_names: frozenset[tuple[str, str]]
    numbers: frozenset[tuple[str, str]]
    rolls: tuple[Roll, ...]
    facts: frozenset[str]
    adults: frozenset[tuple[str, str]]
    home: Address | None
    restricted: bool
    residences: tuple[str, ...] = ()


def snapshots(children: Iterable[UUID], on: date) -> dict[UUID, Snapshot]:
    """What the record says of these children on a day."""
    found: dict[UUID, Snapshot] = {}
    wanted = list(dict.fromkeys(children))
    for at in range(0, len(wanted), AT_ONCE):
        found |= _some(wanted[at : at + AT_ONCE], on)
    return found


def on_roll(schools: Iterable[UUID], on: date) -> dict[UUID, int]:
    """How many children are on the roll of each school on a day."""
    counts: dict[UUID, int] = defaultdict(int)
    rows = Enrolment.objects.filter(
        _runs(on), school_id__in=list(schools), since__lte=on, child__merged_into__isnull=True
    )
    for school in rows.values_list("school_id", flat=True):
        counts[school] += 1
    return dict(counts)


def kept_places() -> frozenset[tuple[str, str]]:
    """Every place that is kept from others, as ``place_mark`` gives it. They are few."""
    rows = Address.objects.filter(restricted=True).values_list("lines", "postcode")
    return frozenset(place_mark(lines, postcode) for lines, postcode in rows)


def kept_children(children: Iterable[UUID]) -> set[UUID]:
    """Those of the children who live at a place that is kept from others."""
    wanted = list(dict.fromkeys(children))
    found: set[UUID] = set()
    for at in range(0, len(wanted), AT_ONCE):
        rows = Residence.objects.filter(
            child_id__in=wanted[at : at + AT_ONCE], until__isnull=True, address__restricted=True
        )
        found |= set(rows.values_list("child_id", flat=True))
    return found


def place_mark(lines: str, postcode: str) -> tuple[str, str]:
    """A place as it is compared: capitals, commas and spaces are written by everybody differently."""
    return _bare(lines), _bare(postcode)


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _runs(on: date) -> Q:
    return Q(until__isnull=True) | Q(until__gt=on)


def _some(keys: list[UUID], on: date) -> dict[UUID, Snapshot]:
    about = Q(child_id__in=keys)
    rolls: dict[UUID, list[Roll]] = defaultdict(list)
    for one in Enrolment.objects.filter(about, _runs(on)).select_related("school").order_by("since", "id"):
        rolls[one.child_id].append(
            Roll(one.pk, one.school_id, one.school.name, one.since, one.status, one.year_group)
        )
    homes: dict[UUID, list[Residence]] = defaultdict(list)
    open_homes = Residence.objects.filter(about, until__isnull=True).select_related("address")
    for home in open_homes.order_by("since", "id"):
        homes[home.child_id].append(home)
    names = _pairs(FormerName.objects.filter(about).values_list("child_id", "forename", "surname"))
    numbers = _pairs(Identifier.objects.filter(about).values_list("child_id", "kind", "value"))
    facts: dict[UUID, set[str]] = defaultdict(set)
    for key, kind in Fact.objects.filter(about, _runs(on)).values_list("child_id", "kind"):
        facts[key].add(kind)
    adults = _pairs(Tie.objects.filter(about).values_list("child_id", "adult__forename", "adult__surname"))
    return {
        child.pk: Snapshot(
            child_id=child.pk,
            own={name: getattr(child, name) for name in OWN},
            former_names=names.get(child.pk, frozenset()),
            numbers=numbers.get(child.pk, frozenset()),
            rolls=tuple(rolls.get(child.pk, ())),
            facts=frozenset(facts.get(child.pk, ())),
            adults=adults.get(child.pk, frozenset()),
            home=homes[child.pk][-1].address if child.pk in homes else None,
            restricted=any(home.address.restricted for home in homes.get(child.pk, ())),
            residences=tuple(str(home.pk) for home in homes.get(child.pk, ())),
        )
        for child in Child.objects.filter(pk__in=keys)
    }


def _pairs(rows: Iterable[tuple[UUID, str, str]]) -> dict[UUID, frozenset[tuple[str, str]]]:
    found: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for key, one, other in rows:
        found[key].add((one, other))
    return {key: frozenset(values) for key, values in found.items()}
