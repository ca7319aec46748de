"""What a row says that the record does not, as differences to be accepted or left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from throughline.rules.matching import fold

from ...people.incoming import Roll, Snapshot
from ...people.incoming.snapshots import place_mark
from ...registry.assembly import installed
from ..proposal_tables import Difference
from .said import Said

Kind = Difference.Kind
IDENTITY, NUMBERS, SCHOOLING = "people.identity", "people.identifiers", "people.education"
NAMES = ("forename", "surname", "middle_names", "chosen_name")


@dataclass(frozen=True, slots=True)
class Differs:
    """One difference: its kind, what `people.incoming` would be told to do, and the category that guards it."""

    kind: str
    command: str
    becomes: Mapping[str, Any]
    category: str
    was: Mapping[str, Any] = field(default_factory=dict)
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What all rows of a file are compared in: the day, the places kept from others, the basis for NHS numbers."""

    on: date
    kept_places: frozenset[tuple[str, str]] = frozenset()
    nhs_basis: str = ""


def new_child(said: Said, school: UUID | None, setting: Setting) -> list[Differs]:
    """A child whom the record does not have: themselves, and everything else that is said. None without a birth."""
    if not (said.get("born") and said.get("forename") and said.get("surname")):
        return []
    own = {name: said[name] for name in (*NAMES, "born", "sex", "upn") if said.get(name)}
    if fold(own.get("chosen_name", "")) == fold(own["forename"]):
        own.pop("chosen_name", None)
    if language := said.get("language"):
        own["first_language"] = language
    nobody = Snapshot(UUID(int=0), own, frozenset(), frozenset(), (), frozenset(), frozenset(), None, False)
    return [
        Differs(Kind.NEW, "new", own, IDENTITY),
        *_numbers(said, nobody, setting),
        *_former_name(said, nobody),
        *_schooling(said, nobody, school, setting),
        *_home(said, nobody, setting),
        *_facts(said, nobody),
        *_adults(said, nobody),
    ]


def compare(
    said: Said, now: Snapshot, school: UUID | None, setting: Setting, *, again: bool = False
) -> list[Differs]:
    """What is said of a child otherwise than the record has it.

    Args:
        again: another row of the file is taken for this child already: only the roll is compared.
    """
    if again:
        return list(_schooling(said, now, school, setting))
    return [
        *_own(said, now),
        *_numbers(said, now, setting),
        *_former_name(said, now),
        *_schooling(said, now, school, setting),
        *_home(said, now, setting),
        *_facts(said, now),
        *_adults(said, now),
    ]


def _own(said: Said, now: Snapshot) -> Iterator[Differs]:
    for name in NAMES:
        told, held = said.get(name, ""), str(now.own.get(name, ""))
        if not told or _same_text(told, held):
            continue
        # A chosen name that is only the first name again says nothing.
        if name == "chosen_name" and _same_text(told, str(now.own["forename"])):
            continue
        yield _field(Kind.NAME, name, held, told, IDENTITY)
    born = now.own["born"]
    if said.get("born") and isinstance(born, date) and said["born"] != born.isoformat():
        yield _field(Kind.BORN, "born", born.isoformat(), said["born"], IDENTITY)
    if said.get("sex") and said["sex"] != now.own["sex"]:
        yield _field(Kind.BORN, "sex", now.own["sex"], said["sex"], IDENTITY)
    if said.get("upn") and said["upn"] != now.own["upn"]:
        yield _field(Kind.NUMBER, "upn", now.own["upn"], said["upn"], NUMBERS)
    held = str(now.own.get("first_language", ""))
    if said.get("language") and not _same_text(said["language"], held):
        yield _field(Kind.LANGUAGE, "first_language", held, said["language"], "people.communication")


def _field(kind: str, name: str, was: Any, becomes: Any, category: str) -> Differs:
    return Differs(kind, "detail", {"field": name, "value": becomes}, category, {"value": was})


def _numbers(said: Said, now: Snapshot, setting: Setting) -> Iterator[Differs]:
    for kind in ("temporary_upn", "former_upn", "uln"):
        value = said.get(kind)
        if value and (kind, value) not in now.numbers and value != now.own.get("upn"):
            yield Differs(Kind.NUMBER, "number", {"kind": kind, "value": value}, NUMBERS)
    nhs = said.get("nhs")
    if nhs and setting.nhs_basis and ("nhs", nhs) not in now.numbers:
        becomes = {"kind": "nhs", "value": nhs, "basis": setting.nhs_basis}
        yield Differs(Kind.NUMBER, "number", becomes, NUMBERS)


def _former_name(said: Said, now: Snapshot) -> Iterator[Differs]:
    surname = said.get("former_surname", "")
    if not surname:
        return
    forename = said.get("former_forename") or str(now.own["forename"])
    known = {(str(now.own["forename"]), str(now.own["surname"])), *now.former_names}
    if all(not _same_text(f"{forename} {surname}", f"{first} {last}") for first, last in known):
        yield Differs(
            Kind.NAME, "former_name", {"forename": forename, "surname": surname}, "people.former_names"
        )


def _schooling(said: Said, now: Snapshot, school: UUID | None, setting: Setting) -> Iterator[Differs]:
    """The roll of the file's own school. A roll is ended only where the file says so."""
    if school is None:
        return
    here = next((roll for roll in now.rolls if roll.school_id == school), None)
    gone = said.get("left") or None
    if said.get("on_roll") is False or (gone and gone <= setting.on.isoformat()):
        if here and gone:
            becomes = {"enrolment": str(here.id), "until": gone, "because": said.get("leaving_reason", "")}
            yield Differs(Kind.LEFT, "leave", becomes, SCHOOLING, {"school": here.school})
        return
    if here is None:
        yield _joins(said, now, school, setting)
        return
    told = {"status": said.get("status"), "year_group": said.get("year"), "since": said.get("entered")}
    held = {"status": here.status, "year_group": here.year_group, "since": here.since.isoformat()}
    for name, value in told.items():
        if value is not None and value != held[name]:
            becomes = {"enrolment": str(here.id), "field": name, "value": value}
            yield Differs(Kind.ROLL, "roll_detail", becomes, SCHOOLING, {"value": held[name]})


def _joins(said: Said, now: Snapshot, school: UUID, setting: Setting) -> Differs:
    status = said.get("status") or "C"
    closes = [roll for roll in now.rolls if _cannot_stay(roll, status)]
    becomes = {
        "school": str(school),
        "since": said.get("entered") or setting.on.isoformat(),
        "status": status,
        "year_group": said.get("year"),
        "closes": [str(roll.id) for roll in closes],
    }
    return Differs(
        Kind.JOINED, "enrol", becomes, SCHOOLING, {"school": ", ".join(roll.school for roll in closes)}
    )


def _cannot_stay(roll: Roll, status: str) -> bool:
    """A child counts once: an only school has none beside it, and there is one main school."""
    return status == "C" or (status == "M" and roll.status in ("C", "M"))


def _home(said: Said, now: Snapshot, setting: Setting) -> Iterator[Differs]:
    told = said.get("address")
    if not told:
        return
    mark = place_mark(told["lines"], told["postcode"])
    home = now.home
    if home is not None:
        if home.uprn and home.uprn == told.get("uprn"):
            return
        held = place_mark(home.lines, home.postcode), place_mark(f"{home.lines}{home.town}", home.postcode)
        if mark in held or place_mark(told["lines"] + told["town"], told["postcode"]) in held:
            return
    restricted = now.restricted or mark in setting.kept_places
    becomes = {**told, "since": setting.on.isoformat(), **({"restricted": True} if restricted else {})}
    was = {"address": str(home) if home else "", "residences": list(now.residences)}
    category = "people.restricted_address" if restricted else "people.address"
    yield Differs(Kind.HOME, "move", becomes, category, was, restricted)


def _facts(said: Said, now: Snapshot) -> Iterator[Differs]:
    kinds = installed().facts
    for kind, since in said.get("facts", {}).items():
        if kind in kinds and kind not in now.facts:
            yield Differs(Kind.FACT, "fact", {"kind": kind, "since": since}, kinds[kind].category)


def _adults(said: Said, now: Snapshot) -> Iterator[Differs]:
    known = {fold(f"{first} {last}") for first, last in now.adults}
    for contact in said.get("contacts", ()):
        if fold(f"{contact['forename']} {contact['surname']}") not in known:
            yield Differs(Kind.ADULT, "adult", contact, "people.contact")


def _same_text(one: str, other: str) -> bool:
    """Files shout and leave out spaces; an accent or another letter is a difference."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
