"""Carrying a disposal out: everything in one transaction, then the files. Stopped half-way, nothing is half done."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from ..audit.actor import Actor
from ..audit.change import change
from ..documents.forgetting import forget_files, hashes_of
from ..people.references import new_reference
from .disposal_log import write_missing
from .models import Certificate, Disposal
from .reach import HangsTogether, Reach, reach_of, reach_of_part
from .removing import forget_in_trail, roots_of, take_out
from .staying import Stays, what_may_go


def dispose(*, by: Actor, disposal_id: UUID) -> str:
    """Carry out an approved disposal, or finish one whose files were left; the certificate's reference.

    Run twice, the second run finds it done. The log is written once it is stored, never before: a line in it is believed
    after a restore. What is held or no longer due meanwhile stays, and the disposal says so.
    """
    with transaction.atomic():
        row = Disposal.objects.filter(pk=disposal_id).select_related("certificate").first()
        if row is not None and row.state == Disposal.State.APPROVED:
            _dispose(by, row)
    row = Disposal.objects.filter(pk=disposal_id).select_related("certificate").first()
    if row is None or row.certificate is None:
        return ""
    forget(by=by, row=row)
    write_missing([row.certificate.reference])
    return row.certificate.reference


def forget(*, by: Actor, row: Disposal) -> None:
    """Take the files of a disposal that is done from the disk."""
    if row.files:
        forget_files(row.files)
        with change("files of a disposal removed", by=by):
            Disposal.objects.filter(pk=row.pk).update(files=[])


def _dispose(by: Actor, row: Disposal) -> None:
    try:
        rows = what_may_go(row)
        reach = reach_of_part([row.record_key], rows) if row.part else reach_of(row.record_key)
    except (Stays, HangsTogether) as kept:
        with change("disposal stopped", by=by):
            Disposal.objects.filter(pk=row.pk).update(state=Disposal.State.STOPPED, decided_because=str(kept))
        return
    _remove(by, row, reach, rows)


def _remove(by: Actor, row: Disposal, reach: Reach, rows: dict[str, list[str]]) -> None:
    with change("part of a record disposed of" if row.part else "record disposed of", by=by):
        certificate = Certificate.append(
            reference=new_reference("D"),
            proposed_by=row.proposed_by,
            approved_by=row.decided_by,
            retention=row.classes,
            part=row.part,
            counts=reach.counts(),
            digest=reach.digest(),
        )
        done = Disposal.objects.filter(pk=row.pk, state=Disposal.State.APPROVED).update(
            state=Disposal.State.DONE,
            certificate=certificate,
            rows=rows if row.part else roots_of(reach),
            files=hashes_of(reach.rows),
        )
        if not done:
            raise RuntimeError("Another worker is carrying this disposal out.")
        taken = take_out(reach, row)
    forget_in_trail(by=by, taken=taken, certificate=certificate.reference)
