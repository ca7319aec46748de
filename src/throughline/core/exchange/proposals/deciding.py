"""What an officer decides about a file: who each child is, and which differences to accept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ...access.viewer import Refused, Viewer, require
from ...audit.change import change
from ...people.incoming import snapshots
from ...people.incoming.snapshots import kept_places
from ...people.search.index import findable_children
from ...sharing.show import Sight
from ..module import REVIEW
from ..proposal_tables import Difference, Proposal, ProposedChild
from .comparing import Setting
from .kept_since import homes_kept_now
from .reading import difference_rows, differs_of

AT_ONCE = 500
RESTRICTED = "people.restricted_address"
WHO = ProposedChild.Decision
WHAT = Difference.Decision


class DecidedMeanwhile(RuntimeError):
    """Somebody else has decided this since the page was opened, or the file has moved on. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else has worked on this since you opened the page. Their decision was kept and yours was not "
                "saved. Look at what it says now."
            )
        )


@dataclass(frozen=True)
class Which:
    """Which differences are meant: all that agree with everything given."""

    kind: str = ""
    band: str = ""
    school: UUID | None = None


def decide_who(
    *, by: Viewer, proposed_id: UUID, decision: str, child_id: UUID | None = None, seen: str = ""
) -> ProposedChild:
    """Say who a row of the file is: one of the children it may be, somebody new, or nobody we take in.

    Args:
        seen: the decision that the page showed; empty when nobody was shown one.

    Raises:
        Refused: there is no such row to review.
        ValidationError: it cannot be that.
        DecidedMeanwhile: it is decided otherwise by now.
    """
    require(by, REVIEW)
    row = _row(proposed_id)
    if decision not in (WHO.MATCH, WHO.NEW, WHO.IGNORE):
        raise ValidationError(_("Choose who this is. Nothing was changed."))
    if decision == WHO.MATCH and str(child_id) not in {each["child"] for each in row.candidates}:
        raise ValidationError(_("Choose one of the children listed. Nothing was changed."))
    if seen and seen != row.decision:
        raise DecidedMeanwhile
    with change("child of a file decided on", by=by):
        _take([row], decision, {row.pk: child_id if decision == WHO.MATCH else None})
    return row


def decide_all_alike(*, by: Viewer, proposal_id: UUID, band: str) -> int:
    """Take every row for the one child it may be, of those whose one candidate is of this band. Says for how many."""
    require(by, REVIEW)
    proposal = _to_review(proposal_id)
    asked = ProposedChild.objects.filter(proposal=proposal, decision=WHO.ASKED, because="alike", band=band)
    done, last = 0, 0
    while rows := list(asked.filter(number__gt=last).order_by("number")[:AT_ONCE]):
        last = rows[-1].number
        sure = [row for row in rows if len(row.candidates) == 1]
        with change("children of a file decided on", by=by):
            _take(sure, WHO.MATCH, {row.pk: UUID(row.candidates[0]["child"]) for row in sure})
        done += len(sure)
    return done


def _take(rows: Sequence[ProposedChild], decision: str, whom: dict[UUID, UUID | None]) -> None:
    """Take rows for these children and compare again. Another row of the file that means the same child stays asked."""
    proposal = rows[0].proposal if rows else None
    if proposal is None:
        return
    if decision == WHO.MATCH:
        _require_free(proposal, rows, whom)
    _claim(rows, decision)
    Difference.objects.filter(proposed__in=[row.pk for row in rows]).delete()
    setting = Setting(proposal.as_of, kept_places(), proposal.nhs_basis)
    now = snapshots([key for key in whom.values() if key], proposal.as_of)
    for row in rows:
        row.decision, row.child_id = decision, whom[row.pk]
        snapshot = now.get(row.child_id) if row.child_id else None
        row.restricted = row.restricted or bool(snapshot and snapshot.restricted)
    ProposedChild.objects.bulk_update(rows, ["child_id", "restricted"])
    made = [
        difference
        for row in rows
        for difference in difference_rows(
            row, list(differs_of(row, now.get(row.child_id) if row.child_id else None, setting))
        )
    ]
    Difference.objects.bulk_create(made)


def _claim(rows: Sequence[ProposedChild], decision: str) -> None:
    """Make the decision on rows that still say what was read of them: of two who decide in one moment, one is told."""
    alike: dict[tuple[str, UUID | None], list[UUID]] = defaultdict(list)
    for row in rows:
        alike[row.decision, row.child_id].append(row.pk)
    for (was, child), keys in alike.items():
        still = ProposedChild.objects.filter(
            pk__in=keys, decision=was, child_id=child, proposal__in=_in_review()
        )
        if still.update(decision=decision) != len(keys):
            raise DecidedMeanwhile


def _in_review() -> QuerySet[Proposal]:
    """Files that can be decided on, for the condition of an update.

    Not as a condition across to their table: Django would then look the rows up first and change them afterwards, and
    what somebody else decided in between would be lost.
    """
    found: QuerySet[Proposal] = Proposal.objects.filter(state=Proposal.State.REVIEW)
    return found


def _require_free(proposal: Proposal, rows: Sequence[ProposedChild], whom: dict[UUID, UUID | None]) -> None:
    """One child is not taken twice at one school: that is for a person to sort out with whoever sent the file."""
    keys = [key for key in whom.values() if key]
    taken = set(
        ProposedChild.objects.filter(proposal=proposal, decision=WHO.MATCH, child_id__in=keys)
        .exclude(pk__in=[row.pk for row in rows])
        .values_list("child_id", "school_id")
    )
    wanted = [(whom[row.pk], row.school_id) for row in rows]
    if taken & set(wanted) or len(set(wanted)) != len(wanted) or set(keys) - _findable(keys):
        raise ValidationError(
            _(
                "Another line of the file is taken for this child already, or the record is no longer there. "
                "Decide on that line first. Nothing was changed."
            )
        )


def _findable(keys: Iterable[UUID]) -> set[UUID]:
    return set(findable_children().filter(pk__in=list(keys)).values_list("pk", flat=True))


def decide(*, by: Viewer, difference_id: UUID, decision: str, seen: str = "") -> Difference:
    """Accept one difference, leave the record as it is, or open the question again.

    Raises:
        Refused: there is no such difference to decide on, or it is about a home this person may not see.
        DecidedMeanwhile: it was decided since the page was opened.
    """
    require(by, REVIEW)
    row = Difference.objects.select_related("proposal").filter(pk=difference_id).first()
    if row is None or row.proposal.state != Proposal.State.REVIEW or not _may_decide(by, row):
        raise Refused("No such difference to decide on.")
    if decision not in WHAT.values:
        raise ValidationError(_("Choose whether to accept it. Nothing was changed."))
    same = Difference.objects.filter(pk=row.pk, proposal__in=_in_review())
    with change("difference decided on", by=by):
        if seen:
            same = same.filter(decision=seen)
        if not same.update(decision=decision, decided_by=by.actor_label[:200]):
            raise DecidedMeanwhile
    row.decision = decision
    return row


def decide_all(*, by: Viewer, proposal_id: UUID, which: Which, decision: str) -> int:
    """Decide at once on every open difference that agrees, save those kept from others, which are decided one by one."""
    require(by, REVIEW)
    proposal = _to_review(proposal_id)
    if decision not in (WHAT.ACCEPT, WHAT.LEAVE):
        raise ValidationError(_("Choose whether to accept them. Nothing was changed."))
    rows = matching(proposal, which).filter(decision=WHAT.OPEN, restricted=False)
    rows = rows.exclude(pk__in=homes_kept_now(rows.filter(command="move")))
    with change("differences decided on", by=by):
        done: int = rows.update(decision=decision, decided_by=by.actor_label[:200])
    return done


def matching(proposal: Proposal, which: Which) -> QuerySet[Difference]:
    """The differences that are meant."""
    # Asked of the row itself, for the reason said at `_in_review`.
    wanted = Q(proposal=proposal)
    if which.kind:
        wanted &= Q(kind=which.kind)
    if which.band:
        wanted &= Q(proposed__in=ProposedChild.objects.filter(proposal=proposal, band=which.band))
    if which.school:
        wanted &= Q(proposed__in=ProposedChild.objects.filter(proposal=proposal, school_id=which.school))
    found: QuerySet[Difference] = Difference.objects.filter(wanted)
    return found


def _may_decide(by: Viewer, row: Difference) -> bool:
    """A home kept from others is accepted only by somebody who may see it. For a new child nobody can be asked whose it is."""
    if not row.restricted and not homes_kept_now([row]):
        return True
    if row.child_id is None:
        return by.may("people.restrict")
    return Sight(by, [row.child_id]).may_see(row.child_id, RESTRICTED)


def _row(proposed_id: UUID) -> ProposedChild:
    row: ProposedChild | None = (
        ProposedChild.objects.select_related("proposal")
        .filter(pk=proposed_id, proposal__state=Proposal.State.REVIEW)
        .first()
    )
    if row is None:
        raise Refused("No such row to review.")
    return row


def _to_review(proposal_id: UUID) -> Proposal:
    found: Proposal | None = Proposal.objects.filter(pk=proposal_id, state=Proposal.State.REVIEW).first()
    if found is None:
        raise Refused("No such file to review.")
    return found
