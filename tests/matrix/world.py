"""A small invented world in which every piece of personal information is a canary.

Four adults: a mother; the separated father of her children, who lives elsewhere and has applied for one of them too; an
estranged man whose contact with that child is limited; and a neighbour. Seven children, named by what they are for:

    own         the mother's, with an application of hers and a rival one of the father's in the open round
    released    the mother's and the father's, whose result has been released
    idle        the mother's, with no application
    hidden      the mother's by birth, living with the neighbour: her contact is limited
    other       the neighbour's, in the open round
    restricted  the neighbour's, in the open round, at an address that is kept from others
    settled     the neighbour's, whose result has been released
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import hypot
from typing import Any
from uuid import uuid4

from django.utils import timezone
from tests.matrix.canaries import Cage, Canary, fill
from tests.support.people import TEST

from throughline.core.access.actions import install_roles
from throughline.core.access.models import User
from throughline.core.audit.actor import Trusted
from throughline.core.audit.change import change
from throughline.core.documents.models import Document
from throughline.core.documents.storage import store
from throughline.core.exchange.models import Import
from throughline.core.messages.models import Delivery, Message
from throughline.core.organisations.models import Authority, School
from throughline.core.people.models import (
    Address,
    Adult,
    Child,
    Enrolment,
    Fact,
    Residence,
    Sibling,
    StaffLink,
    Tie,
)
from throughline.core.registry.assembly import installed
from throughline.core.sharing.models import Override
from throughline.modules.admissions.actions.arrangements import save_arrangements
from throughline.modules.admissions.actions.release import propose_run, release
from throughline.modules.admissions.actions.rounds import RoundDetails, open_round
from throughline.modules.admissions.actions.runs import ask_run, carry_out
from throughline.modules.admissions.models import (
    Application,
    Claim,
    Offer,
    Preference,
    Round,
    Run,
    Submission,
    TestResult,
)
from throughline.rules.allocation.presets import arrangement_from_preset

OFFICER, MANAGER = Trusted("An officer"), Trusted("A manager")
PARENTS = {"mother": "owner", "father": "separated", "estranged": "estranged", "neighbour": "neighbour"}
# child -> adult -> how the adult stands to the child.
AT_HOME: dict[str, bool] = {"lives_with_child": True, "parental_responsibility": True}
AWAY: dict[str, bool] = {"lives_with_child": False, "parental_responsibility": True}
LIMITED: dict[str, bool] = {**AWAY, "contact_limited": True}
FAMILIES: dict[str, dict[str, dict[str, bool]]] = {
    "own": {"mother": AT_HOME, "father": AWAY, "estranged": LIMITED},
    "released": {"mother": AT_HOME, "father": AWAY},
    "idle": {"mother": AT_HOME},
    "hidden": {"mother": LIMITED, "neighbour": AT_HOME},
    "other": {"neighbour": AT_HOME},
    "restricted": {"neighbour": AT_HOME},
    "settled": {"neighbour": AT_HOME},
}
# What a restricted home gives away is restricted too, whatever table it lies in.
HOMELY = {
    "people.Address": ("lines", "town", "postcode", "uprn", "easting", "northing", "point_source"),
    "people.Residence": ("evidence",),
    "admissions.Preference": ("distance", "measured"),
}
RESTRICTED = "people.restricted_address"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class World:
    """The rows that pages are asked for, by kind and by whose they are; and the canaries among them."""

    cage: Cage
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def put(self, kind: str, whose: str, row: Any) -> Any:
        self.rows.setdefault(kind, {})[whose] = row
        return row

    def key(self, kind: str, whose: str) -> Any:
        """The key of a row; of a kind that nobody has (``absent``), a fresh one."""
        row = self.rows.get(kind, {}).get(whose)
        return getattr(row, "pk", row) if row is not None else uuid4()


class Quiet:
    def say(self, done: int, total: int, note: str = "") -> None:
        pass


def build() -> World:
    """The whole world, in one transaction of the caller's."""
    world = World(Cage())
    install_roles(by=TEST, registry=installed())
    with change("matrix world made", by=TEST):
        Authority.objects.create(code="999", name="Invented Borough Council", ours=True)
        schools = [_school(world, at) for at in range(3)]
        for name, actor in PARENTS.items():
            _adult(world, name, actor)
        for child in FAMILIES:
            _child(world, child, schools)
        _siblings(world)
        StaffLink.objects.create(
            adult=world.rows["adult"]["mother"], school=schools[2], since=date(2020, 1, 1)
        )
    today = timezone.localdate()
    _round(world, "open", today + timedelta(days=60), schools)
    _round(world, "released", today - timedelta(days=120), schools)
    with change("matrix applications made", by=TEST, reason=_reason(world)):
        for child in ("own", "other", "restricted"):
            _application(world, child, "open", schools)
        _application(world, "own", "open", schools, subject="rival")
        for child in ("released", "settled"):
            _application(world, child, "released", schools)
    _decide(world)
    with change("matrix extras made", by=TEST):
        _extras(world, schools)
    return world


def _made(
    world: World, table: Any, subject: str, kinds: Mapping[str, str] | None = None, **given: Any
) -> Any:
    """A stored row with a canary in every declared field that the world does not need as given."""
    row = table(**given)
    label = row._meta.label
    found = dict(kinds or {})
    if subject == "restricted":
        found |= dict.fromkeys(HOMELY.get(label, ()), RESTRICTED)
    fill(world.cage, subject, row, given, found)
    row.save()
    return row


def _school(world: World, at: int) -> School:
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


def _adult(world: World, name: str, actor: str) -> None:
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


def _child(world: World, name: str, schools: list[School]) -> None:
    cage, today = world.cage, timezone.localdate()
    # Born so that the round that has been decided was last year's.
    year = today.year - (5 if name in ("released", "settled") else 4)
    born = cage.day(name, "people.identity", "people.Child.born", date(year, 1, 1))
    child = _made(world, Child, name, born=born, sex="F")
    home_kind = RESTRICTED if name == "restricted" else "people.address"
    postcode = f"ZQ{len(world.rows.get('child', {})) + 1} 4XB"
    cage.keep(Canary(name, home_kind, "people.Address.postcode"), postcode, postcode.replace(" ", ""))
    home = _made(
        world, Address, name, postcode=postcode, precision="property", restricted=name == "restricted"
    )
    for school in schools:
        away = hypot(home.easting - school.easting, home.northing - school.northing)
        cage.distance(name, home_kind, away)
    _made(world, Residence, name, child=child, address=home, since=date(2024, 1, 1))
    for adult, stands in FAMILIES[name].items():
        _made(world, Tie, name, child=child, adult=world.rows["adult"][adult], kind="parent", **stands)
    _made(world, Fact, name, child=child, kind="looked_after", since=date(2024, 1, 1))
    Enrolment.objects.create(child=child, school=schools[2], since=date(2024, 9, 1), year_group=0)
    _document(world, name, child)
    world.put("child", name, child)
    world.put("address", name, home)


def _document(world: World, name: str, child: Child) -> Document:
    content = PDF + name.encode()
    word = world.cage.word(name, "documents.evidence", "documents.Document.name")
    row = Document.objects.create(
        child=child,
        kind="proof_of_address",
        name=f"{word}.pdf",
        media_type="application/pdf",
        size=len(content),
        sha256=store(content),
    )
    return world.put("document", name, row)  # type: ignore[no-any-return]


def _siblings(world: World) -> None:
    pair = sorted((world.rows["child"][name] for name in ("own", "released")), key=lambda c: c.pk)
    Sibling.objects.create(child=pair[0], other=pair[1], kind="full")


def _round(world: World, whose: str, closes: date, schools: list[School]) -> None:
    released = whose == "released"
    year = timezone.localdate().year + (0 if released else 1)
    row = open_round(
        by=MANAGER,
        seed=f"matrix {whose}",
        details=RoundDetails(
            name=f"Reception {year}",
            phase="reception",
            entry_year=year,
            born_from=date(year - 5, 1, 1),
            born_to=date(year - 5, 12, 31),
            opens=closes - timedelta(days=90),
            closes=closes,
            late_until=closes,
            offer_day=closes + timedelta(days=60),
            reply_by=closes + timedelta(days=300),
            sibling_kinds=("full",),
        ),
    )
    for school in schools:
        code = "grammar_pass_mark" if school == schools[2] else "community_primary"
        preset = arrangement_from_preset(code, admission_number=30)
        save_arrangements(by=MANAGER, round=row, school=school, data=preset, resolves={})
    for name in ("released", "settled") if released else ("open", "own", "rival", "other", "restricted"):
        world.put("round", name, row)
        world.put("round_code", name, f"reception-{year}")


def _application(world: World, name: str, round: str, schools: list[School], subject: str = "") -> None:
    whose = subject or name
    cage, child = world.cage, world.rows["child"][name]
    if whose == "rival":
        _document(world, "rival", child)
    applicant = "father" if whose == "rival" else next(iter(FAMILIES[name]))
    held = world.rows["round"][round]
    at = timezone.now() - timedelta(days=150 if round == "released" else 1)
    row = _made(
        world,
        Application,
        whose,
        round=held,
        child=child,
        applicant=world.rows["adult"][applicant],
        address=world.rows["address"][name],
        state=_state(whose),
        answers=_answers(cage, whose, schools, "admissions.Application.answers")
        | {"papers": {"care": _papers(world, whose, name)}},
        started_at=at,
        submitted_at=at,
        first_submitted_at=at,
        version=1,
        late=round == "open",
        via="online",
    )
    world.put("application", whose, row)
    document = world.rows["document"][whose]
    for rank, school in enumerate(schools, start=1):
        _preference(world, whose, row, school, rank)
    made = {"application": row, "child_id": child.pk, "source": "family", "state": "claimed"}
    claim = _made(world, Claim, whose, fact="social_medical", school=schools[0], document=document, **made)
    world.put("claim", whose, claim)
    _made(
        world,
        Submission,
        whose,
        application=row,
        child_id=child.pk,
        version=1,
        content=_answers(cage, whose, schools, "admissions.Submission.content"),
    )
    score = {"round": held, "child": child, "school": schools[2]}
    if whose == name:
        _made(world, TestResult, whose, **score)


def _state(whose: str) -> str:
    return "disputed" if whose in ("own", "rival") else "submitted"


def _preference(world: World, whose: str, application: Application, school: School, rank: int) -> None:
    kind = RESTRICTED if whose == "restricted" else "people.address"
    place = "admissions.Preference.measured"
    home = [world.cage.number(_home_of(whose), kind, place, 330_000) for _side in ("easting", "northing")]
    measured = {"home": home, "school": [1, 1], "precision": "property", "method": "straight_line"}
    row = _made(
        world,
        Preference,
        whose,
        {"distance": kind},
        application=application,
        child_id=application.child_id,
        school=school,
        rank=rank,
        areas={},
        measured={**measured, "addresses": "an invented survey", "catchments": ""},
    )
    world.put("preference" if rank == 1 else "second_preference", whose, row)


def _home_of(whose: str) -> str:
    """Whose home an application is measured from: the rival's is measured from the child's own."""
    return "own" if whose == "rival" else whose


def _answers(cage: Cage, whose: str, schools: list[School], place: str) -> dict[str, Any]:
    def word(category: str) -> str:
        return cage.word(whose, category, place)

    return {
        "preferences": [
            {"school": str(school.pk), "reasons": word("admissions.application")} for school in schools
        ],
        "facts": {str(schools[0].pk): {"social_medical": word("admissions.evidence")}},
        "late_reason": word("admissions.application"),
    }


def _papers(world: World, whose: str, name: str) -> dict[str, Any]:
    """The file that came with an application, as its answers name it."""
    row = world.rows["document"][whose]
    return {"school": "child", "fact": "looked_after", "files": [{"id": str(row.pk), "name": row.name}]}


def _decide(world: World) -> None:
    """A checked and released result for one round; a run that nobody outside may know of for the other."""
    past = world.rows["round"]["released"]
    run = _run(past, "offer")
    release(by=MANAGER, round=propose_run(by=OFFICER, run=run), run=run)
    past.refresh_from_db()
    for whose in ("released", "settled"):
        world.put("run", whose, run)
    word = world.cage.word("unreleased", "admissions.outcome", "the note of a run")
    for kind, note in (("run", word), ("other_run", "")):
        found = _run(world.rows["round"]["open"], "dry", note)
        for whose in ("open", "other", "restricted"):
            world.put(kind, whose, found)
    world.put("reallocation", "open", _run(past, "reallocation"))
    with change("matrix outcomes marked", by=TEST):
        for whose in ("released", "settled"):
            offer = Offer.objects.get(child=world.rows["child"][whose])
            fill(world.cage, whose, offer, {}, {})
            offer.save()
            world.put("offer", whose, offer)
            # Establishing measured the preferences again: what was measured is marked afresh.
            for row in Preference.objects.filter(application=world.rows["application"][whose]):
                row.distance = world.cage.number(whose, "people.address", "admissions.Preference.distance")
                row.save()


def _run(round: Round, kind: str, note: str = "") -> Run:
    run, _piece = ask_run(by=OFFICER, round=round, kind=kind, note=note)
    carry_out(Quiet(), str(run.pk))  # type: ignore[arg-type]
    return Run.objects.select_related("round").get(pk=run.pk)


def _extras(world: World, schools: list[School]) -> None:
    today = timezone.localdate()
    for name in ("mother", "father", "neighbour"):
        to = world.rows["adult"][name].email
        world.cage.places.add("outbox.Message.to")
        row = _made(world, Message, PARENTS[name], {}, to=to, kind="test", key=name)
        Delivery.objects.create(message=row)
    _made(
        world,
        Override,
        "own",
        child_id=world.rows["child"]["own"].pk,
        user_id=uuid4(),
        category="people.family",
        grants=True,
        since=today,
        until=today,
    )
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
        made = Import.objects.create(
            kind=kind,
            file_name=f"{name}.csv",
            sha256=hashlib.sha256(kind.encode()).hexdigest(),
            size=9,
            received_by="Somebody",
            state="unchanged",
            findings=findings,
            findings_in_all=len(findings),
        )
        world.put("import", whose, made)


def _reason(world: World) -> str:
    return world.cage.word("own", "audit.reason", "the reason of an event in the trail")
