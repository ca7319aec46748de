"""What a census is proposed against, and its way onto the record and back. Imported once Django has started."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate

from throughline.core.access.viewer import Viewer
from throughline.core.audit.actor import Trusted
from throughline.core.audit.change import change
from throughline.core.audit.models import Line
from throughline.core.audit.tables import new_key
from throughline.core.exchange.proposal_tables import Applied, Difference, Proposal, ProposedChild
from throughline.core.exchange.proposals.committing import ask_commit, ask_undo, vouch
from throughline.core.exchange.proposals.deciding import Which, decide_all
from throughline.core.exchange.proposals.sending import Sent, send_file
from throughline.core.organisations.models import School
from throughline.core.people.actions import AddressDetails, ChildDetails
from throughline.core.people.findable import FindableName
from throughline.core.people.many import NewChild, add_children
from throughline.core.people.models import (
    Address,
    Child,
    Enrolment,
    Fact,
    FormerName,
    Identifier,
    Residence,
)
from throughline.core.timeline.models import Entry
from throughline.core.work.leases import claim_next
from throughline.core.work.progress import Progress
from throughline.core.work.running import run
from throughline.formats.school_census import read_school_census

BY = Trusted("The benchmark")
FORENAMES = [
    "Ada",
    "Bryn",
    "Carys",
    "Dewi",
    "Elen",
    "Farah",
    "Gwen",
    "Huw",
    "Ines",
    "Jan",
    "Kofi",
    "Lowri",
    "Mair",
    "Nia",
    "Owen",
    "Priya",
]
SURNAMES = [
    "Adams",
    "Bevan",
    "Clarke",
    "Davies",
    "Evans",
    "Farooq",
    "Griffiths",
    "Hughes",
    "Iqbal",
    "Jones",
    "Khan",
    "Lewis",
    "Morgan",
]


def record(children: int) -> None:
    """A record of so many invented children."""
    rows = [
        NewChild(
            ChildDetails(
                FORENAMES[at % len(FORENAMES)] + "abcdefghij"[at // 7 % 10],
                SURNAMES[at // 3 % len(SURNAMES)] + "klmnopqrst"[at // 11 % 10],
                date(2007, 9, 1) + timedelta(days=at % 4_300),
            ),
            AddressDetails(f"{at} Invented Road", "Sampleton", f"ZY{at % 9 + 1} {at % 7 + 1}AB"),
        )
        for at in range(children)
    ]
    if rows:
        add_children(by=BY, wanted=rows)


def reader_alone(folder: Path) -> float:
    """CPU seconds of the format's reader."""
    data = _archive(folder)
    began = time.process_time()
    read_school_census(data)
    return time.process_time() - began


def proposed(folder: Path) -> tuple[float, float, dict[str, Any]]:
    """CPU seconds and clock seconds from the file's arriving to its being ready for review."""
    with change("schools made", by=BY):
        School.objects.create(name="Invented School", la_code="820", establishment_number="2001")
    viewer = Viewer(
        new_key(), "The benchmark", "staff", frozenset(), frozenset({"exchange.send"}), localdate()
    )
    began, clock = time.process_time(), time.perf_counter()
    row = send_file(by=viewer, name="census.zip", content=[_archive(folder)], sent=Sent(Proposal.Kind.CENSUS))
    piece = claim_next("bench")
    assert piece is not None
    run(piece, Progress(piece))
    took, waited = time.process_time() - began, time.perf_counter() - clock
    row.refresh_from_db()
    piece.refresh_from_db()
    assert row.state == Proposal.State.REVIEW, piece.problem
    found = {
        "rows": ProposedChild.objects.count(),
        "kept": row.kept,
        "differences": Difference.objects.count(),
        "findings": row.findings_in_all,
    }
    return took, waited, found


@dataclass
class Took:
    """CPU seconds and clock seconds of one way, and the rows it wrote."""

    cpu: float
    clock: float
    rows: int


@dataclass
class Written:
    """Both ways, and what is not as it should be after them."""

    commit: Took
    undo: Took
    left_out: int
    left_behind: int


def committed_and_undone() -> Written:
    """Accept all that may be accepted together, put it on the record as one change, and take it back."""
    proposal, children = Proposal.objects.get(), Child.objects.count()
    officer, colleague = _reviewer(), _reviewer()
    decide_all(by=officer, proposal_id=proposal.pk, which=Which(), decision="accept")
    if proposal.improbable:
        vouch(by=colleague, proposal_id=proposal.pk, reason="Measured")
    ask_commit(by=officer, proposal_id=proposal.pk)
    commit = _worked()
    left_out = Difference.objects.exclude(skipped="").count()
    ask_undo(by=officer, proposal_id=proposal.pk)
    undo = _worked()
    left_behind = Applied.objects.exclude(left="").count() + abs(Child.objects.count() - children)
    return Written(commit, undo, left_out, left_behind)


def _reviewer() -> Viewer:
    permissions = frozenset({"exchange.review", "people.edit"})
    return Viewer(new_key(), "The benchmark", "staff", frozenset(), permissions, localdate())


def _worked() -> Took:
    """The next piece of work, as a worker does it."""
    before = _rows()
    piece = claim_next("bench")
    assert piece is not None
    began, clock = time.process_time(), time.perf_counter()
    run(piece, Progress(piece))
    took, waited = time.process_time() - began, time.perf_counter() - clock
    piece.refresh_from_db()
    assert piece.state == "done", piece.problem
    # Rows that went count like rows that came: each is a row that the database wrote.
    rows = sum(abs(now - was) for now, was in zip(_rows(), before, strict=True))
    return Took(took, waited, rows)


def _rows() -> list[int]:
    tables = (
        Line,
        Applied,
        Entry,
        Child,
        Enrolment,
        Fact,
        FormerName,
        Identifier,
        Address,
        Residence,
        FindableName,
    )
    return [table._base_manager.count() for table in tables]


def _archive(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(folder.glob("*.csv")):
            archive.writestr(path.name, path.read_bytes())
    return packed.getvalue()
