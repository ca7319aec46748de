"""The families of the invented world, the schools, and the files they have sent."""

from __future__ import annotations

from datetime import date
from math import hypot

from django.utils import timezone
from tests.matrix.canaries import Canary, fill
from tests.matrix.world import FAMILIES, PDF, RESTRICTED, World, made

from throughline.core.access.models import User
from throughline.core.documents.models import Document
from throughline.core.documents.previews import folder_of
from throughline.core.documents.storage import store
from throughline.core.organisations.models import School
from throughline.core.people.models import (
    Address,
    Adult,
    Child,
    ContactLimit,
    Enrolment,
    Fact,
    Residence,
    Sibling,
    Tie,
)


def make_school(world: World, at: int) -> School:
    # So far from every home and from one another that each distance is a figure of its own.
    row = School.objects.create(
        urn=str(100_001 + at),
        name=f"{('Ash', 'Elm', 'Fir')[at]} Primary School",
        la_code="999",
        establishment_number=str(2001 + at),
        status="open",
        phase="primary",
        low_age=4,
        high_age=11,
        gender="Mixed",
        easting=300_000 + 17_000 * at,
        northing=305_000 - 21_000 * at,
    )
    if at == 2:
        world.put("test_school", "own", row)
    return world.put("school", ("own", "other", "third")[at], row)  # type: ignore[no-any-return]


def make_adult(world: World, name: str, actor: str) -> None:
    email = f"{world.cage.word(actor, 'people.contact', 'people.Adult.email')}@example.org"
    title = world.cage.word(name, "people.contact", "people.Adult.title", 20)
    row = Adult(title=title, email=email)
    fill(world.cage, actor, row, {"title": title, "email": email}, {})
    user = User(email=email, name=str(row), portal="family")
    user.set_unusable_password()
    user.save()
    row.user = user
    row.save()
    world.put("adult", name, row)
    world.users[actor] = user


def make_child(world: World, name: str, schools: list[School]) -> None:
    cage, today = world.cage, timezone.localdate()
    # Born so that the round that has been decided was last year's.
    year = today.year - (5 if name in ("released", "settled") else 4)
    born = cage.day(name, "people.identity", "people.Child.born", date(year, 1, 1))
    child = made(world, Child, name, born=born, sex="F")
    home_kind = RESTRICTED if name == "restricted" else "people.address"
    postcode = f"ZQ{len(world.rows.get('child', {})) + 1} 4XB"
    cage.keep(Canary(name, home_kind, "people.Address.postcode"), postcode, postcode.replace(" ", ""))
    home = made(
        world, Address, name, postcode=postcode, precision="property", restricted=name == "restricted"
    )
    for school in schools:
        away = hypot(home.easting - school.easting, home.northing - school.northing)
        cage.distance(name, home_kind, away)
    lives = made(world, Residence, name, child=child, address=home, since=date(2024, 1, 1))
    world.put("residence", name, lives)
    for adult, stands in FAMILIES[name].items():
        stood = {how: so for how, so in stands.items() if how not in ("limited", "may_know_who")}
        tie = made(world, Tie, name, child=child, adult=world.rows["adult"][adult], kind="parent", **stood)
        if name not in world.rows.get("tie", {}):
            world.put("tie", name, tie)
        if stands.get("limited"):
            kept = "whereabouts" if stands.get("may_know_who") else "everything"
            limit = made(world, ContactLimit, name, tie=tie, child=child, kind="no_contact", keeps_back=kept)
            world.put("limit", name, limit)
    world.put("fact", name, made(world, Fact, name, child=child, kind="looked_after", since=date(2024, 1, 1)))
    at = schools[2 if name in ("own", "released", "idle") else 1]
    on_roll = made(
        world, Enrolment, name, child=child, school=at, since=date(2024, 9, 1), year_group=0, status="C"
    )
    world.put("enrolment", name, on_roll)
    make_document(world, name, child)
    make_record_document(world, name, child)
    world.put("child", name, child)
    world.put("address", name, home)


def make_document(world: World, name: str, child: Child) -> Document:
    content = PDF + name.encode()
    word = world.cage.word(name, "documents.evidence", "documents.Document.name")
    row = Document.objects.create(
        child=child,
        kind="proof_of_address",
        name=f"{word}.pdf",
        title=world.cage.word(name, "documents.evidence", "documents.Document.title"),
        media_type="application/pdf",
        size=len(content),
        sha256=store([content]),
    )
    return world.put("document", name, row)  # type: ignore[no-any-return]


def make_record_document(world: World, name: str, child: Child) -> None:
    """A document of the child's own record, with a picture of its first page."""
    content = PDF + b"record " + name.encode()
    row = Document.objects.create(
        child=child,
        kind="letter",
        name=f"{world.cage.word(name, 'documents.evidence', 'documents.Document.name')}.pdf",
        title=world.cage.word(name, "documents.evidence", "documents.Document.title"),
        media_type="application/pdf",
        size=len(content),
        sha256=store([content]),
        on_record=True,
    )
    folder_of(row.sha256).mkdir(parents=True, exist_ok=True)
    (folder_of(row.sha256) / "1.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    world.put("record_document", name, row)


def make_siblings(world: World) -> None:
    pair = sorted((world.rows["child"][name] for name in ("own", "released")), key=lambda c: c.pk)
    Sibling.objects.create(child=pair[0], other=pair[1], kind="full")
