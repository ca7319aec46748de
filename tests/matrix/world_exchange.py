"""Files about children that were sent in: one to review, with a row about each of three children; one layout; one sent out."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone
from tests.matrix.world import RESTRICTED, World, made

from throughline.core.documents.kept import take_in
from throughline.core.documents.models import KeptFile
from throughline.core.exchange.models import Move
from throughline.core.exchange.proposal_tables import (
    Applied,
    Difference,
    Layout,
    Proposal,
    ProposedChild,
    SentFile,
)
from throughline.core.organisations.models import School

SAID = "exchange.ProposedChild.said"
BECOMES = "exchange.Difference.becomes"


def make_exchange(world: World, schools: list[School]) -> None:
    """The school of `own` sent one file; the authority had another, about the same three children."""
    Layout.objects.create(name="Invented layout", mapping={}, drawn_by="An officer")
    world.put("unexplained", "own", _unexplained(schools[2]))
    world.put("transfer", "own", _transfer(schools[2], world))
    world.put("transfer_in", "own", _transfer_in())
    for name, state in (("own", "open"), ("other", "sent"), ("restricted", "open")):
        world.put("move", name, _move(world, name, state))
    for number, school in enumerate((schools[2], None)):
        file = KeptFile.objects.create(name="census.csv", sha256="0" * 64, size=1, kept_for="exchange")
        proposal = Proposal.objects.create(
            kind="school_census",
            state="review",
            file=file,
            school=school,
            as_of=timezone.localdate(),
            sent_by="Somebody",
            sent_by_id=uuid4(),
        )
        world.put("proposal", "other" if number else "own", proposal)
        for at, name in enumerate(("own", "other", "restricted")):
            _row(world, proposal, name, at + 1, keep=not number)


def _transfer(school: School, world: World) -> SentFile:
    """A transfer file that somebody else made."""
    file = take_in(name="999LLLL_CTF_9990001_001.xml", content=[b"<CTfile/>"], kept_for="exchange")
    file.save()
    kept: SentFile = SentFile.objects.create(
        file=file,
        to=school,
        sender="999LLLL",
        receiver="9990001",
        number=1,
        children=[str(world.rows["child"]["own"].pk)],
        made_by="Somebody",
        made_by_id=uuid4(),
    )
    return kept


def _transfer_in() -> Proposal:
    """A transfer file that came in and was read."""
    file = take_in(name="9990001_CTF_999LLLL_001.xml", content=[b"<CTfile></CTfile>"], kept_for="exchange")
    file.save()
    kept: Proposal = Proposal.objects.create(
        kind="ctf",
        state="review",
        file=file,
        as_of=timezone.localdate(),
        sent_by="Somebody",
        sent_by_id=uuid4(),
        rows=1,
        kept=1,
    )
    return kept


def _move(world: World, name: str, state: str) -> Move:
    """A child who goes elsewhere: of two nothing was sent yet, so that their page shows what would go."""

    def day(field: str) -> date:
        return world.cage.day(name, "people.education", f"exchange.Move.{field}", date(2032, 1, 1))

    sent = {"file": world.rows["transfer"]["own"], "sent_on": day("sent_on"), "due": day("due")}
    given = {"where": "elsewhere", "state": state, "number": "9990002", "on": day("on"), "sent_how": "s2s"}
    given |= sent if state == "sent" else {}
    kept: Move = made(world, Move, name, child=world.rows["child"][name], **given)
    return kept


def _unexplained(school: School) -> Proposal:
    """A table whose columns nobody has explained. Whose lines they are is not known, so what may be a home is not shown."""
    file = take_in(name="list.csv", content=[b"Name,Home\nInvented,1 Elm Row\n"], kept_for="exchange")
    file.save()
    kept: Proposal = Proposal.objects.create(
        kind="mapped",
        state="columns",
        file=file,
        school=school,
        as_of=timezone.localdate(),
        sent_by="Somebody",
        sent_by_id=uuid4(),
    )
    return kept


def _row(world: World, proposal: Proposal, name: str, number: int, *, keep: bool) -> None:
    child = world.rows["child"][name]
    home = RESTRICTED if name == "restricted" else "people.address"

    def word(category: str, place: str) -> str:
        return world.cage.word(name, category, place)

    said = {
        "forename": word("people.identity", SAID),
        "surname": word("people.identity", SAID),
        "born": "2018-01-01",
        "address": {"lines": word(home, SAID), "town": "", "postcode": "AB1 2CD", "uprn": ""},
    }
    row = made(
        world,
        ProposedChild,
        name,
        proposal=proposal,
        number=number,
        line=number,
        part="",
        said=said,
        child_id=child.pk,
        decision="match",
        because="upn",
        restricted=name == "restricted",
    )
    if keep:
        world.put("proposed", name, row)
    renamed = _difference(
        world,
        row,
        name,
        kind="name",
        command="detail",
        category="people.identity",
        was={"value": word("people.identity", "exchange.Difference.was")},
        becomes={"field": "forename", "value": word("people.identity", BECOMES)},
    )
    moved = _difference(
        world,
        row,
        name,
        kind="home",
        command="move",
        category=home,
        restricted=name == "restricted",
        was={"address": word(home, "exchange.Difference.was"), "residences": []},
        becomes={"lines": word(home, BECOMES), "town": "", "postcode": "AB1 2CD", "since": "2026-01-01"},
    )
    if keep:
        world.put("difference", name, moved if name == "restricted" else renamed)
    Applied.objects.create(
        proposal=proposal,
        difference=renamed,
        child_id=child.pk,
        table="people.Child",
        row_id=child.pk,
    )


def _difference(world: World, row: ProposedChild, name: str, **given: Any) -> Difference:
    kept: Difference = made(
        world,
        Difference,
        name,
        proposal=row.proposal,
        proposed=row,
        child_id=row.child_id,
        decided_by="",
        **given,
    )
    return kept
