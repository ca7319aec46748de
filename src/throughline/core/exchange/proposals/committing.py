"""Putting what was accepted on the record as one change, and taking it back as one change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.viewer import Refused, Viewer, require
from ...audit.actor import Actor
from ...audit.change import change
from ...people.incoming import Command, Outcome, Skipped, Step, Written, take_back, unsaid, write_all
from ...people.search.index import findable_children, learn_ahead
from ...work.progress import Progress
from ..module import REVIEW
from ..proposal_tables import Applied, Difference, Proposal, ProposedChild
from .asking import COMMIT, UNDO, hand_over
from .telling import tell_committed, tell_undone

AT_ONCE = 2_000
State = Proposal.State


def vouch(*, by: Viewer, proposal_id: UUID, reason: str) -> None:
    """A second person says that an improbable file is right all the same: not whoever sent it.

    Raises:
        Refused: there is no such file to review.
        ValidationError: it is this person's own file, or no reason is given.
    """
    require(by, REVIEW)
    row = Proposal.objects.filter(pk=proposal_id, state=State.REVIEW).first()
    if row is None or not row.improbable:
        raise Refused("No such file to vouch for.")
    if row.sent_by_id == by.actor_id:
        raise ValidationError(
            _("You sent this file yourself. Ask a colleague to look at it. Nothing was changed.")
        )
    if not reason.strip():
        raise ValidationError(_("Say how you made sure: the reason is kept. Nothing was changed."))
    with change("improbable file vouched for", by=by, reason=reason):
        Proposal.objects.filter(pk=row.pk, vouched_by="").update(
            vouched_by=by.actor_label[:200], vouched_by_id=by.actor_id, vouched_because=reason.strip()[:300]
        )


def ask_commit(*, by: Viewer, proposal_id: UUID) -> Proposal:
    """Have what was accepted put on the record.

    Raises:
        Refused: there is no such file to review.
        ValidationError: it is improbable and nobody else has vouched for it, or nothing was accepted.
    """
    require(by, REVIEW)
    row = _in(proposal_id, State.REVIEW)
    if row.improbable and (not row.vouched_by or row.vouched_by_id == by.actor_id):
        raise ValidationError(
            _("This file is improbable. A second person has to say that it is right before you can go on.")
        )
    if not accepted(row).exists():
        raise ValidationError(_("No difference has been accepted. Accept some, or turn the file down."))
    with change("file to be put on the record", by=by):
        if not hand_over(by=by, proposal=row, job=COMMIT, state=State.WRITING):
            raise Refused("No such file to review.")
    return row


def ask_undo(*, by: Viewer, proposal_id: UUID) -> Proposal:
    """Have everything a file changed taken back.

    Raises:
        Refused: there is no such file on the record.
    """
    require(by, REVIEW)
    row = _in(proposal_id, State.COMMITTED)
    with change("file to be taken back", by=by):
        if not hand_over(by=by, proposal=row, job=UNDO, state=State.UNDOING):
            raise Refused("No such file on the record.")
    return row


def commit_proposal(progress: Progress, proposal: str) -> None:
    """The job: all in one transaction, so that a killed worker has written nothing."""
    found = Proposal.objects.filter(pk=proposal, state=State.WRITING).first()
    if found is not None:
        progress.say(0, 0, _("Getting ready"))
        # Before the transaction, for whose length nobody else writes on SQLite.
        learn_ahead(_names(found))
    commit(by=progress.by, proposal_id=UUID(proposal), step=_step(progress, _("Being put on the record")))


def undo_proposal(progress: Progress, proposal: str) -> None:
    """The job: all in one transaction, so that a killed worker has taken nothing back."""
    undo(by=progress.by, proposal_id=UUID(proposal), step=_step(progress, _("Being taken back")))


def _step(progress: Progress, note: str) -> Step:
    """What is said at each step. The worker's heart stores it, and the job stops when it is no longer this worker's."""
    progress.say(0, 0, note)
    return lambda done, total: progress.say(done, total, note)


def _names(proposal: Proposal) -> list[tuple[str, str]]:
    """The names that putting a file on the record will write, as far as they are known beforehand."""
    said = accepted(proposal).filter(command__in=("new", "former_name")).values_list("becomes", flat=True)
    first = ("forename", "chosen_name", "middle_names")
    return [(each.get(name, ""), each["surname"]) for each in said for name in first if each.get(name)]


def commit(*, by: Actor, proposal_id: UUID, step: Step = unsaid) -> None:
    """Write what was accepted; nothing when that is done already."""
    require(by, REVIEW)
    with change("file put on the record", by=by):
        waiting = Proposal.objects.filter(pk=proposal_id, state=State.WRITING)
        said = {"committed_by": by.actor_label[:200], "committed_by_id": by.actor_id}
        if not waiting.update(state=State.COMMITTED, committed_at=timezone.now(), **said):
            return
        row = Proposal.objects.select_related("file").get(pk=proposal_id)
        commands, skipped = _commands(row)
        written, more = write_all(by=by, commands=commands, on=row.as_of, source=row.file.name, step=step)
        _keep(row, commands, written, [*skipped, *more])
        tell_committed(by, row, commands, written)


def undo(*, by: Actor, proposal_id: UUID, step: Step = unsaid) -> None:
    """Take everything back; nothing when that is done already."""
    require(by, REVIEW)
    with change("file taken back", by=by):
        waiting = Proposal.objects.filter(pk=proposal_id, state=State.UNDOING)
        said = {"undone_by": by.actor_label[:200], "undone_at": timezone.now()}
        if not waiting.update(state=State.UNDONE, **said):
            return
        row = Proposal.objects.get(pk=proposal_id)
        kept = {one.pk: one for one in Applied.objects.filter(proposal=row)}
        written = [Written(one.pk, one.table, one.row_id, one.before, one.after) for one in kept.values()]
        outcomes = take_back(by=by, written=written, step=step)
        _keep_outcomes(row, outcomes)
        tell_undone(by, kept, outcomes)


def accepted(proposal: Proposal) -> QuerySet[Difference]:
    """What would be written: accepted, and about a child who was decided on."""
    decided = (ProposedChild.Decision.MATCH, ProposedChild.Decision.NEW)
    found: QuerySet[Difference] = Difference.objects.filter(
        proposal=proposal, decision=Difference.Decision.ACCEPT, proposed__decision__in=decided
    )
    return found


def _commands(proposal: Proposal) -> tuple[list[Command], list[Skipped]]:
    """Accepted differences as commands. What hangs on a new child who is not to be added cannot be written."""
    # Plain values: what else stands in a row of the file is much, and not needed here.
    wanted = ("pk", "kind", "command", "becomes", "was", "child_id", "proposed_id", "proposed__decision")
    rows = list(accepted(proposal).order_by("proposed__number", "id").values_list(*wanted))
    added = {proposed for _key, kind, *_, proposed, _who in rows if kind == Difference.Kind.NEW}
    there = _there({child for *_, child, _proposed, _who in rows if child})
    commands: list[Command] = []
    skipped: list[Skipped] = []
    for key, _kind, command, becomes, was, about, proposed, who in rows:
        new = who == ProposedChild.Decision.NEW
        if new and proposed not in added:
            skipped.append(Skipped(key, "child_left"))
            continue
        # A new child bears the key of the row that gave them, so that a second run could make no second child.
        child = proposed if new else about
        if child is None or not (new or child in there):
            skipped.append(Skipped(key, "child_gone"))
        else:
            commands.append(Command(key, command, child, becomes, was))
    return commands, skipped


def _there(keys: Iterable[UUID]) -> set[UUID]:
    """Children who can still be written about: not merged away, nor sealed."""
    wanted = list(keys)
    found: set[UUID] = set()
    for at in range(0, len(wanted), AT_ONCE):
        found |= set(
            findable_children().filter(pk__in=wanted[at : at + AT_ONCE]).values_list("pk", flat=True)
        )
    return found


def _keep(
    proposal: Proposal, commands: Sequence[Command], written: Sequence[Written], skipped: Sequence[Skipped]
) -> None:
    child_of = {command.key: command.child_id for command in commands}
    Applied.objects.bulk_create(
        [
            Applied(
                proposal_id=proposal.pk,
                difference_id=one.key,
                child_id=child_of[one.key],
                table=one.table,
                row_id=one.row_id,
                before=one.before,
                after=one.after,
            )
            for one in written
        ]
    )
    by_code: dict[str, list[UUID]] = {}
    for each in skipped:
        by_code.setdefault(each.code, []).append(each.key)
    for code, keys in by_code.items():
        for at in range(0, len(keys), AT_ONCE):
            Difference.objects.filter(pk__in=keys[at : at + AT_ONCE]).update(skipped=code)
    # A new child bears the key of the row that gave them.
    keys = [one.row_id for one in written if one.table == "people.Child" and one.before is None]
    for at in range(0, len(keys), AT_ONCE):
        part = keys[at : at + AT_ONCE]
        ProposedChild.objects.filter(pk__in=part).update(child_id=F("id"))
        Difference.objects.filter(proposed__in=part).update(child_id=F("proposed_id"))


def _keep_outcomes(proposal: Proposal, outcomes: Sequence[Outcome]) -> None:
    by_code: dict[str, list[UUID]] = {}
    for each in outcomes:
        if each.left:
            by_code.setdefault(each.left, []).append(each.written.key)
    for code, keys in by_code.items():
        for at in range(0, len(keys), AT_ONCE):
            Applied.objects.filter(pk__in=keys[at : at + AT_ONCE]).update(left=code)
    gone = [
        each.written.row_id
        for each in outcomes
        if not each.left and each.written.table == "people.Child" and each.written.before is None
    ]
    for at in range(0, len(gone), AT_ONCE):
        for table in (ProposedChild, Difference, Applied):
            about = table.objects.filter(proposal=proposal, child_id__in=gone[at : at + AT_ONCE])
            about.update(child_id=None)


def _in(proposal_id: UUID, state: str) -> Proposal:
    found: Proposal | None = Proposal.objects.filter(pk=proposal_id, state=state).first()
    if found is None:
        raise Refused("No such file.")
    return found
