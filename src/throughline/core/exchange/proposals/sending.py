"""A file about children arrives: kept as it is, and handed to the worker to be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ...access.viewer import Refused, Viewer, require
from ...audit.change import change
from ...documents.kept import take_in
from ..module import REVIEW, SEND
from ..proposal_tables import Layout, Proposal
from .asking import READ, hand_over

KEPT_FOR = "exchange"


@dataclass(frozen=True)
class Sent:
    """What is said of a file besides its bytes. ``school``: the school that sends it, where a school does."""

    kind: str
    school_id: UUID | None = None
    layout_id: UUID | None = None
    as_of: date | None = None
    nhs_basis: str = ""


def send_file(*, by: Viewer, name: str, content: Iterable[bytes], sent: Sent) -> Proposal:
    """Keep a file and have it read. Nothing on the record changes before an officer has looked at what it says.

    Somebody at a school sends for that school and no other, whatever they ask for.

    Raises:
        Refused: this person may not send files, or not for that school.
        ValidationError: there is no such kind of file or layout.
    """
    require(by, SEND)
    school_id = _school(by, sent.school_id)
    if sent.kind not in Proposal.Kind.values:
        raise ValidationError(_("Choose what kind of file it is. Nothing was kept."))
    layout = Layout.objects.filter(pk=sent.layout_id).first() if sent.layout_id else None
    explained = sent.kind != Proposal.Kind.MAPPED or layout is not None
    # Written down before the change opens: other writers need not wait for a large file.
    file = take_in(name=name, content=content, kept_for=KEPT_FOR)
    with change("file sent in", by=by):
        file.save()
        row: Proposal = Proposal.objects.create(
            kind=sent.kind,
            state=Proposal.State.COLUMNS,
            file=file,
            layout=layout,
            school_id=school_id,
            # Numbers of the health service are matched on only where an officer has said on what basis.
            nhs_basis=sent.nhs_basis.strip() if by.may(REVIEW) else "",
            as_of=sent.as_of or timezone.localdate(),
            sent_by=by.actor_label[:200],
            sent_by_id=by.actor_id,
        )
        if explained:
            hand_over(by=by, proposal=row, job=READ, state=Proposal.State.READING)
    return row


def turn_down(*, by: Viewer, proposal_id: UUID, reason: str) -> None:
    """Say that nothing of a file will be taken. It is kept with the reason.

    Raises:
        Refused: there is no such file to review.
        ValidationError: no reason is given.
    """
    require(by, REVIEW)
    if not reason.strip():
        raise ValidationError(_("Say why: whoever sent the file will read it. Nothing was changed."))
    waiting = (Proposal.State.REVIEW, Proposal.State.COLUMNS)
    rows = Proposal.objects.filter(pk=proposal_id, state__in=waiting)
    with change("file turned down", by=by, reason=reason):
        if not rows.update(state=Proposal.State.REJECTED, rejected_because=reason.strip()[:300]):
            raise Refused("No such file to review.")


def _school(by: Viewer, asked: UUID | None) -> UUID | None:
    if by.portal != "school":
        return asked
    own = by.schools
    if asked is None and len(own) == 1:
        return next(iter(own))
    if asked not in own:
        raise Refused("Not for this school.")
    return asked
