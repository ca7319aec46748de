"""Building the invented world."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone
from tests.matrix.canaries import Cage
from tests.matrix.world import FAMILIES, PARENTS, World, made
from tests.matrix.world_admissions import decide, make_application, make_round
from tests.matrix.world_exchange import make_exchange
from tests.matrix.world_messages import make_messages
from tests.matrix.world_people import make_adult, make_child, make_school, make_siblings
from tests.matrix.world_record import make_record
from tests.matrix.world_retention import make_retention
from tests.matrix.world_trail import make_trail
from tests.support.people import TEST

from throughline.core.access.actions import install_roles
from throughline.core.audit.change import change
from throughline.core.exchange.models import Import
from throughline.core.organisations.models import Authority, School
from throughline.core.people.models import (
    StaffLink,
)
from throughline.core.registry.assembly import installed
from throughline.core.sharing.models import Override, Rule


def build() -> World:
    """The whole world, in one transaction of the caller's."""
    world = World(Cage())
    install_roles(by=TEST, registry=installed())
    with change("matrix world made", by=TEST):
        Authority.objects.create(code="999", name="Invented Borough Council", ours=True)
        schools = [make_school(world, at) for at in range(3)]
        for name, actor in PARENTS.items():
            make_adult(world, name, actor)
        for child in FAMILIES:
            make_child(world, child, schools)
        make_siblings(world)
        make_record(world)
        make_retention(world)
        StaffLink.objects.create(
            adult=world.rows["adult"]["mother"], school=schools[2], since=date(2020, 1, 1)
        )
    today = timezone.localdate()
    make_round(world, "open", today + timedelta(days=60), schools)
    make_round(world, "released", today - timedelta(days=120), schools)
    with change("matrix applications made", by=TEST, reason=_reason(world)):
        for child in ("own", "other", "restricted"):
            make_application(world, child, "open", schools)
        make_application(world, "own", "open", schools, subject="rival")
        for child in ("released", "settled"):
            make_application(world, child, "released", schools)
    decide(world)
    with change("matrix extras made", by=TEST):
        _extras(world, schools)
        make_trail(world)
    return world


def _extras(world: World, schools: list[School]) -> None:
    today = timezone.localdate()
    make_messages(world)
    make_exchange(world, schools)
    for name in ("own", "other"):
        decision = made(
            world,
            Override,
            name,
            child_id=world.rows["child"][name].pk,
            user_id=uuid4(),
            category="people.family",
            grants=True,
            since=today,
            until=today,
        )
        world.put("override", name, decision)
    rule = Rule.objects.create(
        category="people.circle",
        reader="role:police_officer",
        detail="exists",
        since=today,
        purpose="A trial",
    )
    world.put("rule", "own", rule)
    world.put("import_kind", "own", "gias")
    odd = world.cage.word("own", "admissions.application", "a finding in a file of applications")
    finding = {
        "severity": "warn",
        "line": 2,
        "column": "forename",
        "code": "wrong_shape",
        "value": odd,
        "kept": "",
    }
    for whose, kind, findings in (("schools", "gias", []), ("families", "applications", [finding])):
        subject = "file" if whose == "schools" else "own"
        name = world.cage.word(subject, "exchange.file", "the name of a file brought in")
        row = Import.objects.create(
            kind=kind,
            file_name=f"{name}.csv",
            sha256=hashlib.sha256(kind.encode()).hexdigest(),
            size=9,
            received_by="Somebody",
            state="unchanged",
            findings=findings,
            findings_in_all=len(findings),
        )
        world.put("import", whose, row)


def _reason(world: World) -> str:
    return world.cage.word("own", "audit.reason", "the reason of an event in the trail")
