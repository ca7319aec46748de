"""Reading a file in the background: rows, whom they mean, and how they differ from the record.

Everything is written aside and becomes visible in one step at the end. A worker that is killed leaves rows that nobody is
shown; the next one clears them away and begins again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.formats.pupils import PupilRow
from throughline.formats.reading import FileRefused, Reading

from ...audit.actor import Actor
from ...audit.change import change
from ...audit.tables import new_key
from ...people.incoming import Snapshot, snapshots
from ...people.incoming.snapshots import kept_children, kept_places, on_roll, place_mark
from ...work.progress import Progress
from ..proposal_tables import Difference, Proposal, ProposedChild
from .comparing import Differs, Setting, compare, new_child
from .improbable import improbable
from .matching import Taken, rows_at_odds, take
from .opening import grouped, open_file
from .said import said_of
from .schools import schools_meant, unknown

AT_ONCE = 1_000
Decision, Kind = ProposedChild.Decision, Difference.Kind


@dataclass
class Sums:
    """What is counted while a file is read, to tell at the end whether it is probable."""

    leaving: list[UUID] = field(default_factory=list)
    renamed: int = 0
    matched: int = 0
    meant: set[tuple[UUID, UUID | None]] = field(default_factory=set)
    children: set[UUID] = field(default_factory=set)


def read_proposal(progress: Progress, proposal: str) -> None:
    """The job. It may be run again at any point and comes out the same."""
    found = Proposal.objects.select_related("file", "layout").filter(pk=proposal).first()
    if found is None or found.state != Proposal.State.READING:
        return
    progress.say(0, 0, _("Reading the file"))
    try:
        reading = open_file(found)
    except FileRefused as refused:
        _refuse(progress.by, found, refused)
        return
    _clear(progress.by, found)
    _stage(progress, found, reading)


def _refuse(by: Actor, proposal: Proposal, refused: FileRefused) -> None:
    because = {"code": refused.code, "detail": {k: list(v) for k, v in refused.detail.items()}}
    with change("file refused", by=by):
        Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.READING).update(
            state=Proposal.State.REFUSED, refused_because=because
        )


def _clear(by: Actor, proposal: Proposal) -> None:
    """Take away what an earlier reading left."""
    for table in (Difference, ProposedChild):
        while keys := list(table.objects.filter(proposal=proposal).values_list("pk", flat=True)[:AT_ONCE]):
            with change("earlier reading cleared", by=by):
                table.objects.filter(pk__in=keys).delete()


def _stage(progress: Progress, proposal: Proposal, reading: Reading[PupilRow]) -> None:
    said = [said_of(row, proposal.as_of) for row in reading.rows]
    marks = [str(row.get("school", "")) for row in said]
    meant = schools_meant(proposal, marks)
    schools = [meant.get(mark) or (None if mark else proposal.school_id) for mark in marks]
    odd = rows_at_odds(said)
    setting = Setting(proposal.as_of, kept_places(), proposal.nhs_basis)
    sums = Sums()
    for at in range(0, len(said), AT_ONCE):
        progress.say(at, len(said), _("Comparing with the record"))
        part = slice(at, at + AT_ONCE)
        rows = [
            _Row(at + place + 1, row, data, school, odd.get(at + place, ""))
            for place, (row, data, school) in enumerate(
                zip(reading.rows[part], said[part], schools[part], strict=True)
            )
        ]
        _stage_part(progress.by, proposal, rows, setting, sums)
    progress.say(len(said), len(said), _("Nearly done"))
    done = {
        "rows": reading.counts.read,
        "kept": reading.counts.kept,
        "findings": grouped(reading.findings),
        "findings_in_all": len(reading.findings),
        "unknown_schools": unknown(marks, meant),
        "improbable": _improbable(proposal, schools, sums),
        "state": Proposal.State.REVIEW,
    }
    with change("file read", by=progress.by):
        Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.READING).update(**done)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    row: PupilRow
    said: dict[str, Any]
    school: UUID | None
    odd: str


def _stage_part(by: Actor, proposal: Proposal, rows: Sequence[_Row], setting: Setting, sums: Sums) -> None:
    taken = take([row.said for row in rows], nhs_number_is_lawful=bool(setting.nhs_basis))
    taken = [_checked(row, one, sums) for row, one in zip(rows, taken, strict=True)]
    now = snapshots([one.child_id for one in taken if one.child_id], proposal.as_of)
    # Who may be a child with a home kept from others is treated as one: what the file says of their home is kept too.
    kept = kept_children(UUID(each["child"]) for one in taken for each in one.candidates)
    children: list[ProposedChild] = []
    differences: list[Difference] = []
    for row, one in zip(rows, taken, strict=True):
        snapshot = now.get(one.child_id) if one.child_id else None
        child = proposed_row(proposal, row.number, row.row, row.said, row.school, one, snapshot, setting)
        asked = child.decision == Decision.ASKED
        child.restricted |= asked and any(UUID(each["child"]) in kept for each in one.candidates)
        differs = list(differs_of(child, snapshot, setting, again=one.again))
        children.append(child)
        differences += difference_rows(child, differs)
        _sum_up(sums, snapshot, differs)
    with change("file being read", by=by):
        ProposedChild.objects.bulk_create(children)
        Difference.objects.bulk_create(differences)


def _checked(row: _Row, taken: Taken, sums: Sums) -> Taken:
    """A row that cannot be taken by itself is asked, and so is a second one of a child at the same school."""
    if row.odd and taken.decision != Decision.IGNORE:
        return Taken(Decision.ASKED, row.odd, None, taken.band, taken.candidates)
    if taken.decision != Decision.MATCH or taken.child_id is None:
        return taken
    if (taken.child_id, row.school) in sums.meant:
        return Taken(Decision.ASKED, "two_rows", None, taken.band, taken.candidates)
    again = taken.child_id in sums.children
    sums.meant.add((taken.child_id, row.school))
    sums.children.add(taken.child_id)
    return Taken(taken.decision, taken.because, taken.child_id, taken.band, taken.candidates, again)


def proposed_row(
    proposal: Proposal,
    number: int,
    row: PupilRow,
    said: dict[str, Any],
    school: UUID | None,
    taken: Taken,
    snapshot: Snapshot | None,
    setting: Setting,
) -> ProposedChild:
    """A row of the file as it is kept."""
    return ProposedChild(
        id=new_key(),
        proposal_id=proposal.pk,
        number=number,
        part=row.part[:120],
        line=row.line,
        said=said,
        school_id=school,
        child_id=taken.child_id,
        band=taken.band,
        because=taken.because,
        candidates=taken.candidates,
        decision=taken.decision,
        restricted=at_a_kept_place(said, setting) or bool(snapshot and snapshot.restricted),
    )


def at_a_kept_place(said: dict[str, Any], setting: Setting) -> bool:
    """Whether the row gives a home that is kept from others on some record."""
    address = said.get("address")
    return address is not None and place_mark(address["lines"], address["postcode"]) in setting.kept_places


def differs_of(
    child: ProposedChild, snapshot: Snapshot | None, setting: Setting, *, again: bool = False
) -> Iterator[Differs]:
    """What is proposed about a row as it is taken now; nothing while it is asked or left out."""
    if child.decision == Decision.MATCH and snapshot is not None:
        yield from compare(child.said, snapshot, child.school_id, setting, again=again)
    elif child.decision == Decision.NEW:
        yield from new_child(child.said, child.school_id, setting)


def difference_rows(child: ProposedChild, differs: Sequence[Differs]) -> list[Difference]:
    """Differences as they are kept."""
    return [
        Difference(
            proposal_id=child.proposal_id,
            proposed_id=child.pk,
            child_id=child.child_id,
            kind=one.kind,
            command=one.command,
            was=dict(one.was),
            becomes=dict(one.becomes),
            category=one.category,
            restricted=one.restricted,
        )
        for one in differs
    ]


def _sum_up(sums: Sums, snapshot: Snapshot | None, differs: Sequence[Differs]) -> None:
    if snapshot is None:
        return
    sums.matched += 1
    schools = {str(roll.id): roll.school_id for roll in snapshot.rolls}
    for one in differs:
        ended = [one.becomes["enrolment"]] if one.kind == Kind.LEFT else one.becomes.get("closes", ())
        sums.leaving += [schools[key] for key in ended if key in schools]
    fields = {one.becomes.get("field") for one in differs if one.command == "detail"}
    sums.renamed += bool(fields & {"surname", "born"})


def _improbable(proposal: Proposal, schools: Sequence[UUID | None], sums: Sums) -> list[dict[str, Any]]:
    return improbable(
        leaving=sums.leaving,
        on_roll=on_roll(set(sums.leaving), proposal.as_of),
        rows_by_school=Counter(schools),
        sender=proposal.school_id,
        renamed=sums.renamed,
        matched=sums.matched,
    )
