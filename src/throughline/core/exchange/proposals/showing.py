"""Reading proposals: who may, how many of what there are, and each row and difference as its reader may see it.

A list costs a fixed number of queries, whatever is on it. What a reader may not see is withheld in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from throughline.rules.sharing.decide import Reason

from ...access.viewer import Refused, Viewer, require
from ...audit.look import look
from ...documents.kept import blocks
from ...organisations.models import School
from ...organisations.queries import schools_by_id
from ...people.incoming import Snapshot, snapshots
from ...people.incoming.snapshots import kept_places
from ...sharing.show import Sight, Withheld
from ...work.models import Piece
from ...work.queries import ProgressShown, progress_of
from ..module import REVIEW, SEND
from ..proposal_tables import Applied, Difference, Layout, Proposal, ProposedChild
from ..proposal_wording import becomes_words, reasons_words, title_of, was_words
from .kept_since import holds_a_kept_home, homes_kept_now, is_kept

IDENTITY, HOME, RESTRICTED = "people.identity", "people.address", "people.restricted_address"
WITHHELD = Withheld(Reason.RESTRICTED, RESTRICTED)


@dataclass(frozen=True)
class ShownDifference:
    """A difference as its reader may see it. ``may_decide``: not where it is about a home kept from this reader."""

    row: Difference
    name: Any
    title: str
    was: Any
    becomes: Any
    may_decide: bool


@dataclass(frozen=True)
class ShownCandidate:
    """A child whom a row may be."""

    child_id: UUID
    score: int
    band: str
    reasons: str
    name: Any
    born: Any
    upn: Any
    address: Any
    school: Any


@dataclass(frozen=True)
class ShownRow:
    """A row of a file: who it says the child is, and who it may be."""

    row: ProposedChild
    name: str
    born: str
    upn: str
    address: Any
    school: str
    candidates: tuple[ShownCandidate, ...]


@dataclass(frozen=True)
class Sums:
    """How many of what a proposal has."""

    decisions: Mapping[tuple[str, str], int]
    rows: Mapping[str, int]
    alike: Mapping[str, int]
    restricted: int
    skipped: Mapping[str, int]
    left: Mapping[str, int]

    def of(self, decision: str) -> int:
        return sum(count for (_kind, each), count in self.decisions.items() if each == decision)

    @property
    def all(self) -> int:
        return sum(self.decisions.values())


def proposals(viewer: Viewer) -> QuerySet[Proposal]:
    """The files that this viewer may know of, latest first: all for who reviews, the own school's for who sends."""
    if viewer.may(REVIEW):
        rows: QuerySet[Proposal] = Proposal.objects.all()
    else:
        require(viewer, SEND)
        rows = Proposal.objects.filter(school_id__in=viewer.schools)
    return rows.select_related("file", "school", "layout")


def waiting_for_review(viewer: Viewer) -> int:
    """How many files wait for an officer to look at what they change."""
    found: int = proposals(viewer).filter(state__in=(Proposal.State.REVIEW, Proposal.State.COLUMNS)).count()
    return found


def proposal_of(viewer: Viewer, key: UUID) -> Proposal:
    """One of them.

    Raises:
        Refused: there is none, or not for this viewer.
    """
    found = proposals(viewer).filter(pk=key).first()
    if found is None:
        raise Refused("No such file.")
    return found


def progress_shown(viewer: Viewer, proposal: Proposal) -> ProgressShown | None:
    """How far the worker is, whoever asked for the work: whoever may know of the file may follow it."""
    if not proposals(viewer).filter(pk=proposal.pk).exists():
        return None
    found = Piece.objects.filter(pk=proposal.piece_id).first() if proposal.piece_id else None
    return progress_of(found) if found else None


def layouts(viewer: Viewer) -> list[Layout]:
    """The latest version of each layout that was drawn."""
    require(viewer, SEND)
    latest: dict[str, Layout] = {}
    for row in Layout.objects.order_by("name", "-version"):
        latest.setdefault(row.name, row)
    return list(latest.values())


def file_of(viewer: Viewer, key: UUID) -> tuple[Proposal, Iterator[bytes]]:
    """The file itself, for who reviews and for the school that sent it. The look is recorded.

    Raises:
        Refused: there is none, or not for this viewer.
        DocumentDamaged: the bytes are missing or have changed.
    """
    found = proposal_of(viewer, key)
    if not may_download(viewer, found):
        raise Refused("The file holds what is kept from this person.")
    content = blocks(found.file)
    look(viewer, "file about children downloaded", [], [IDENTITY, HOME])
    return found, content


def may_download(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether the bytes may be had: not by staff where they hold a home that is kept from others, or may hold one.

    The school that sent the file knows what it sent.
    """
    if viewer.portal == "school" or viewer.may("people.restrict"):
        return True
    if proposal.state in (Proposal.State.COLUMNS, Proposal.State.READING):
        return False
    if ProposedChild.objects.filter(proposal=proposal, restricted=True).exists():
        return False
    return not holds_a_kept_home(proposal)


def sums(viewer: Viewer, proposal: Proposal) -> Sums:
    """Counts for the summary, the receipt and the filters: five queries whatever the size."""
    require(viewer, REVIEW)
    differences = Difference.objects.filter(proposal=proposal)
    rows = ProposedChild.objects.filter(proposal=proposal)
    return Sums(
        decisions={
            (each["kind"], each["decision"]): each["n"]
            for each in differences.order_by().values("kind", "decision").annotate(n=Count("id"))
        },
        rows=_counted(rows, "decision"),
        alike=_counted(rows.filter(decision="asked", because="alike"), "band"),
        restricted=differences.filter(restricted=True, decision="open").count(),
        skipped=_counted(differences.exclude(skipped=""), "skipped"),
        left=_counted(Applied.objects.filter(proposal=proposal).exclude(left=""), "left"),
    )


def rows_to_decide(proposal: Proposal) -> QuerySet[ProposedChild]:
    """Rows of which somebody must say who they are about, in the file's order."""
    found: QuerySet[ProposedChild] = ProposedChild.objects.filter(proposal=proposal, decision="asked")
    return found


def show_rows(viewer: Viewer, proposal: Proposal, rows: Iterable[ProposedChild]) -> list[ShownRow]:
    """Rows with the children they may be, as this viewer may see them. The look is recorded."""
    require(viewer, REVIEW)
    held = list(rows)
    keys = {UUID(each["child"]) for row in held for each in row.candidates}
    sight = Sight(viewer, [*keys, *(row.child_id for row in held if row.child_id)])
    now, places = snapshots(keys, proposal.as_of), kept_places()
    schools = schools_by_id(row.school_id for row in held if row.school_id)
    shown = [
        _row(viewer, sight, row, now, schools, is_kept(row.said.get("address", {}), places)) for row in held
    ]
    sight.record_look("rows of a file about children")
    return shown


def row_of(viewer: Viewer, key: UUID) -> ProposedChild:
    """One row of a file.

    Raises:
        Refused: there is none, or not for this viewer.
    """
    require(viewer, REVIEW)
    found: ProposedChild | None = (
        ProposedChild.objects.select_related("proposal__file").filter(pk=key).first()
    )
    if found is None:
        raise Refused("No such row.")
    return found


def show_differences(viewer: Viewer, rows: Iterable[Difference]) -> list[ShownDifference]:
    """Differences as this viewer may see them. The look is recorded."""
    require(viewer, REVIEW)
    held = list(rows)
    sight = Sight(viewer, [row.child_id for row in held if row.child_id and _on_record(row)])
    named = {UUID(row.becomes["school"]) for row in held if row.command == "enrol"}
    schools = {str(key): school for key, school in schools_by_id(named).items()}
    kept = homes_kept_now(held)
    shown = [_difference(viewer, sight, row, schools, row.restricted or row.pk in kept) for row in held]
    sight.record_look("differences of a file about children")
    return shown


def school_names(keys: Iterable[Any]) -> dict[str, str]:
    """Names of schools by the text of their keys."""
    wanted = [UUID(str(key)) for key in keys if key]
    return {str(key): school.name for key, school in schools_by_id(wanted).items()}


def schools_in(viewer: Viewer, proposal: Proposal) -> list[tuple[str, str]]:
    """The schools that the rows of a file are about, by name."""
    require(viewer, REVIEW)
    keys = ProposedChild.objects.filter(proposal=proposal, school__isnull=False).order_by()
    found = schools_by_id(keys.values_list("school_id", flat=True).distinct())
    return sorted(((str(key), school.name) for key, school in found.items()), key=lambda each: each[1])


def may_see_home(viewer: Viewer, sight: Sight | None, child_id: UUID | None, restricted: bool) -> bool:
    """Whether a home that a file gives may be shown: a restricted one only to who is explicitly entitled."""
    if child_id is None or sight is None:
        return not restricted or viewer.may("people.restrict")
    return sight.may_see(child_id, RESTRICTED if restricted else HOME)


def _on_record(row: Difference) -> bool:
    return row.proposed.decision == ProposedChild.Decision.MATCH


def _difference(
    viewer: Viewer, sight: Sight, row: Difference, schools: Mapping[str, School], kept: bool
) -> ShownDifference:
    was = was_words(row.command, row.was, row.becomes)
    becomes = becomes_words(row.command, row.becomes, schools)
    name = _name_said(row.proposed)
    if row.child_id is None or not _on_record(row):
        open_to = not kept or viewer.may("people.restrict")
        now, then = (was, becomes) if open_to else (WITHHELD, WITHHELD)
        return ShownDifference(row, name, title_of(row.command, row.becomes), now, then, open_to)
    child = row.child_id
    category = RESTRICTED if kept else row.category
    return ShownDifference(
        row=row,
        name=sight.value(child, IDENTITY, name),
        title=title_of(row.command, row.becomes),
        was=sight.value(child, category, was),
        becomes=sight.value(child, category, becomes),
        may_decide=not kept or sight.may_see(child, category),
    )


def _row(
    viewer: Viewer,
    sight: Sight,
    row: ProposedChild,
    now: Mapping[UUID, Snapshot],
    schools: Mapping[UUID, School],
    kept_now: bool,
) -> ShownRow:
    said = row.said
    home = said.get("address", {})
    text = ", ".join(home[part] for part in ("lines", "town", "postcode") if home.get(part))
    shown = tuple(_candidate(sight, each, now) for each in row.candidates)
    # Who may be a child with a home kept from others is treated as one until somebody has said that they are not.
    kept = (
        row.restricted
        or kept_now
        or any(
            snapshot.restricted
            for each in row.candidates
            if (snapshot := now.get(UUID(each["child"]))) is not None
        )
    )
    open_to = may_see_home(viewer, sight if row.child_id else None, row.child_id, kept)
    return ShownRow(
        row=row,
        name=_name_said(row),
        born=said.get("born", ""),
        upn=said.get("upn", ""),
        address=text if open_to else WITHHELD,
        school=schools[row.school_id].name
        if row.school_id
        else str(said.get("school", "")).partition(":")[2],
        candidates=tuple(each for each in shown if each is not None),
    )


def _candidate(sight: Sight, kept: Mapping[str, Any], now: Mapping[UUID, Snapshot]) -> ShownCandidate | None:
    child = UUID(kept["child"])
    found = now.get(child)
    if found is None or not sight.may_know(child, IDENTITY):
        return None
    home = found.home
    return ShownCandidate(
        child_id=child,
        score=kept["score"],
        band=kept["band"],
        reasons=reasons_words(kept["reasons"]),
        name=sight.value(child, IDENTITY, f"{found.own['forename']} {found.own['surname']}"),
        born=sight.value(child, IDENTITY, found.own["born"]),
        upn=sight.value(child, "people.identifiers", found.own["upn"]),
        address=sight.value(child, RESTRICTED if found.restricted else HOME, str(home) if home else ""),
        school=sight.value(child, "people.education", ", ".join(roll.school for roll in found.rolls)),
    )


def _name_said(row: ProposedChild) -> str:
    said: Mapping[str, Any] = row.said
    return f"{said.get('forename', '')} {said.get('surname', '')}".strip()


def _counted(rows: QuerySet[Any], name: str) -> dict[str, int]:
    return {each[name]: each["n"] for each in rows.order_by().values(name).annotate(n=Count("id"))}


def differences(proposal: Proposal, wanted: Q) -> QuerySet[Difference]:
    """Differences of a proposal in the file's order."""
    found: QuerySet[Difference] = (
        Difference.objects.filter(wanted, proposal=proposal)
        .select_related("proposed")
        .order_by("proposed__number", "id")
    )
    return found
