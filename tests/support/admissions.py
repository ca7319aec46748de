"""A small invented world of school places: one authority, four schools, one round, and families as a test asks for them.

``small_world()`` makes authority, schools, round and arrangements; ``families(world, [...])`` lets families apply
through the real action; ``decided(world)`` runs, proposes and releases. Nothing is random.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from tests.support.people import TEST, make_user

from throughline.core.audit.actor import Trusted
from throughline.core.audit.change import change
from throughline.core.organisations.models import Authority, School
from throughline.core.people.actions import AddressDetails, ChildDetails
from throughline.core.people.many import NewChild, add_children
from throughline.core.work.worker import Worker
from throughline.modules.admissions.actions.arrangements import save_arrangements
from throughline.modules.admissions.actions.receiving import Received, receive_applications
from throughline.modules.admissions.actions.release import propose_run, release
from throughline.modules.admissions.actions.rounds import RoundDetails, open_round
from throughline.modules.admissions.actions.runs import ask_run
from throughline.modules.admissions.models import Round, Run
from throughline.rules.allocation.presets import arrangement_from_preset

FIRST, SECOND = Trusted("Nia Price"), Trusted("Owen Hart")
# Name, preset, places, easting and northing. Every child lives on the line north of Wren Hill.
SCHOOLS = (
    ("Wren Hill Primary School", "community_primary", 2, 400_000, 300_000),
    ("Mill Road Primary School", "community_primary", 3, 401_000, 300_000),
    ("Holy Well Catholic Primary School", "faith_primary", 2, 400_000, 302_000),
    ("Meadow Infant School", "infant", 4, 403_000, 300_000),
)


@dataclass
class World:
    """What there is: schools by the first word of their names, the round, and the children who have applied."""

    authority: Authority
    schools: dict[str, School]
    round: Round
    children: dict[str, UUID] = field(default_factory=dict)
    addresses: dict[str, UUID] = field(default_factory=dict)

    def school(self, first_word: str) -> School:
        return self.schools[first_word]


@dataclass(frozen=True)
class Family:
    """One child: schools by first word, most wanted first; metres north of Wren Hill; facts by school (None: all)."""

    name: str
    schools: Sequence[str]
    north: int = 500
    facts: Mapping[tuple[str | None, str], str] = field(default_factory=dict)


def dates(story: str, today: date | None = None) -> dict[str, date]:
    """A round's dates around today: ``coming`` opens tomorrow, ``open``, ``closed``, or ``offer_day`` today."""
    today = today or timezone.localdate()
    offset = {"coming": 1, "open": -10, "closed": -60, "offer_day": -90}[story]
    days = {"opens": 0, "closes": 30, "late_until": 40, "offer_day": 90, "reply_by": 104}
    return {name: today + timedelta(days=offset + more) for name, more in days.items()}


def make_round(phase: str = "reception", entry_year: int = 2027, story: str = "offer_day") -> Round:
    """A round without arrangements."""
    details = RoundDetails(
        name=f"Reception {entry_year}" if phase == "reception" else f"Year 7 {entry_year}",
        phase=phase,
        entry_year=entry_year,
        born_from=date(entry_year - 5, 9, 1),
        born_to=date(entry_year - 4, 8, 31),
        **dates(story),
    )
    return open_round(by=TEST, details=details, seed="a seed that never changes")


def small_world(story: str = "offer_day", entry_year: int = 2027) -> World:
    """The world, with arrangements in force at all four schools."""
    with change("a small world", by=TEST):
        authority, _new = Authority.objects.get_or_create(
            code="999", defaults={"name": "Invented Authority", "ours": True}
        )
        schools = {row[0].split()[0]: _school(at, *row) for at, row in enumerate(SCHOOLS)}
    round = make_round(entry_year=entry_year, story=story)
    for name, preset, places, *_point in SCHOOLS:
        arrangement = arrangement_from_preset(preset, admission_number=places)
        save_arrangements(by=TEST, round=round, school=schools[name.split()[0]], data=arrangement)
    return World(authority, schools, round)


def _school(at: int, name: str, _preset: str, _places: int, easting: int, northing: int) -> School:
    found = School.objects.filter(urn=str(900_001 + at)).first()
    return found or School.objects.create(
        urn=str(900_001 + at),
        la_code="999",
        establishment_number=str(2001 + at),
        name=name,
        phase="primary",
        type_code="1",
        easting=easting,
        northing=northing,
        postcode="ZZ1 1AA",
        low_age=4,
        high_age=11,
    )


def families(world: World, wanted: Iterable[Family]) -> None:
    """Families apply, on time, through the action that files and other authorities use."""
    asked = list(wanted)
    new = [
        NewChild(
            details=ChildDetails(
                forename=each.name, surname="Test", born=world.round.born_from + timedelta(days=30), sex="F"
            ),
            address=AddressDetails(
                lines=f"{each.north} North Lane",
                town="Testham",
                postcode="ZZ1 1AA",
                easting=400_000,
                northing=300_000 + each.north,
                precision="property",
                point_source="test",
            ),
            adult_forename="Parent of",
            adult_surname=each.name,
        )
        for each in asked
    ]
    for each, added in zip(asked, add_children(by=TEST, wanted=new), strict=True):
        world.children[each.name], world.addresses[each.name] = added.child_id, added.address_id
    receive_applications(
        by=TEST, round=world.round, received=[_received(world, each) for each in asked], via="paper"
    )


def _received(world: World, family: Family) -> Received:
    facts: dict[tuple[UUID | None, str], str] = {
        (world.schools[school].pk if school else None, fact): said
        for (school, fact), said in family.facts.items()
    }
    opened = timezone.make_aware(datetime.combine(world.round.opens, time(9)))
    return Received(
        child_id=world.children[family.name],
        address_id=world.addresses[family.name],
        preferences=[world.schools[school].pk for school in family.schools],
        received_at=opened + timedelta(days=1),
        facts=facts,
    )


def run_of(world: World, kind: str = "offer") -> Run:
    """A completed run, carried out by the real worker."""
    run, _piece = ask_run(by=FIRST, round=world.round, kind=kind)
    Worker().run_until_idle()
    run.refresh_from_db()
    return run


def decided(world: World) -> Run:
    """Run, proposed by one person and released by another."""
    run = run_of(world)
    propose_run(by=FIRST, run=run)
    world.round.refresh_from_db()
    release(by=SECOND, round=world.round, run=run)
    return run


def staff_client(*permissions: str, name: str = "Nia Price") -> Client:
    """A browser of somebody on the staff who may do exactly this, second step used."""
    user = make_user(*permissions, name=name)
    client = Client()
    client.force_login(user)
    session = client.session
    request = HttpRequest()
    request.session = session
    record_authentication(request, user, method="mfa")
    session.save()
    return client
