"""The receipt we give for a transfer file that came in: it names the file by its fingerprint, and nobody in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.formats.ctf import parse_ctf_name

from ...access.viewer import Refused, Viewer, require
from ...audit.change import change
from ...organisations.queries import authority, our_authority, school_by_laestab
from ..models import Receipt
from ..module import REVIEW
from ..move_tables import How
from ..proposal_tables import Proposal
from .showing import proposal_of

# Once it has been read, whatever an officer makes of it: that it came is true of a file that is turned down as well.
UNREAD = (Proposal.State.COLUMNS, Proposal.State.READING, Proposal.State.REFUSED)


@dataclass(frozen=True)
class ReceiptShown:
    """What a receipt says, and whether it was given. ``sender`` is empty where the file's name does not tell."""

    proposal_id: UUID
    file: str
    sha256: str
    size: int
    came_on: date
    children: int
    sender: str
    ours: str
    given: Receipt | None


def can_be_receipted(proposal: Proposal) -> bool:
    """Whether this is a transfer file that could be read."""
    return proposal.kind == Proposal.Kind.TRANSFER and proposal.state not in UNREAD


def receipt_of(viewer: Viewer, proposal_id: UUID) -> ReceiptShown:
    """The receipt for a file.

    Raises:
        Refused: there is no such file for this viewer, or none that a receipt is given for.
    """
    require(viewer, REVIEW)
    found = proposal_of(viewer, proposal_id)
    if not can_be_receipted(found):
        raise Refused("No receipt is given for this file.")
    ours = our_authority()
    return ReceiptShown(
        proposal_id=found.pk,
        file=found.file.name,
        sha256=found.file.sha256,
        size=found.file.size,
        came_on=timezone.localdate(found.sent_at),
        children=found.rows,
        sender=_sender(found),
        ours=ours.name if ours else "",
        given=Receipt.objects.filter(proposal=found).first(),
    )


def give_receipt(*, by: Viewer, proposal_id: UUID, on: date, to: str, how: str) -> Receipt:
    """Write down that the sender was told. Given twice, the first stands.

    Raises:
        Refused: as ``receipt_of``.
        ValidationError: something is missing or does not fit.
    """
    require(by, REVIEW)
    shown = receipt_of(by, proposal_id)
    if shown.given is not None:
        return shown.given
    if how not in How.values:
        raise ValidationError({"how": _("Choose how it was given. Nothing was saved.")})
    if not to.strip():
        raise ValidationError({"to": _("Say to whom it was given. Nothing was saved.")})
    if not shown.came_on <= on <= timezone.localdate():
        raise ValidationError({"on": _("Enter a day from when the file came to today. Nothing was saved.")})
    try:
        with change("receipt for a transfer file given", by=by):
            made: Receipt = Receipt.objects.create(
                proposal_id=proposal_id,
                given_on=on,
                given_to=to.strip()[:120],
                how=how,
                given_by=by.actor_label[:200],
                given_by_id=by.actor_id,
            )
    except IntegrityError:
        # A colleague wrote it down in between.
        return Receipt.objects.get(proposal_id=proposal_id)
    return made


def _sender(proposal: Proposal) -> str:
    """The school or authority that the file's name gives as its sender, by name where we know it."""
    named = parse_ctf_name(proposal.file.name)
    if proposal.school is not None:
        return str(proposal.school.name)
    if named is None:
        return ""
    if named.sender.endswith("LLLL"):
        known = authority(named.sender[:3])
        return known.name if known else named.sender[:3]
    school = school_by_laestab(named.sender[:3], named.sender[3:], timezone.localdate())
    return school.name if school else named.sender
