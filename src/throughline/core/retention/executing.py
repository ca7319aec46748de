"""Carrying a disposal out: everything in one transaction, then the files. Stopped half-way, nothing is half done."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..access.models import User
from ..audit.actor import Actor
from ..audit.change import change
from ..audit.erasing import erase_values, remove_rows
from ..documents.forgetting import forget_files, hashes_of
from ..people.references import new_reference
from ..people.search.forgetting import forget_words, words_of
from ..people.tables_about import rows_of
from .kept import kept_until
from .models import Certificate, Disposal
from .reach import HangsTogether, Reach, reach_of


def dispose(*, by: Actor, disposal_id: UUID) -> str:
    """Carry out an approved disposal, or finish one whose files were left; the certificate's reference.

    Run twice, the second run finds it done. A record that is held or no longer due meanwhile stays, and the disposal says
    so.
    """
    with transaction.atomic():
        row = Disposal.objects.filter(pk=disposal_id).select_related("certificate").first()
        if row is not None and row.state == Disposal.State.APPROVED:
            _dispose(by, row)
    row = Disposal.objects.filter(pk=disposal_id).select_related("certificate").first()
    if row is None or row.certificate is None:
        return ""
    if row.files:
        forget_files(row.files)
        with change("files of a disposal removed", by=by):
            Disposal.objects.filter(pk=disposal_id).update(files=[])
    return row.certificate.reference


def _dispose(by: Actor, row: Disposal) -> None:
    stop = _must_stay(row)
    if not stop:
        try:
            reach = reach_of(row.record_key)
        except HangsTogether as tangled:
            stop = str(tangled)
    if stop:
        with change("disposal stopped", by=by):
            Disposal.objects.filter(pk=row.pk).update(state=Disposal.State.STOPPED, decided_because=stop)
        return
    _remove(by, row, reach)


def _must_stay(row: Disposal) -> str:
    """Why the record must be kept after all, as a code; empty when it may go."""
    today = timezone.localdate()
    kept = kept_until([row.record_key], today).get(row.record_key)
    if kept is None:
        return "no record"
    if kept.holds:
        return "held"
    return "" if kept.is_due(today) else "not due"


def _remove(by: Actor, row: Disposal, reach: Reach) -> None:
    files, words, actors = hashes_of(reach.rows), words_of(reach.children), list(reach.rows.get(User, ()))
    keys = [*reach.keys(), str(row.pk)]
    with change("record disposed of", by=by):
        certificate = Certificate.append(
            reference=new_reference("D"),
            proposed_by=row.proposed_by,
            approved_by=row.decided_by,
            retention=row.classes,
            counts=reach.counts(),
            digest=reach.digest(),
        )
        done = Disposal.objects.filter(pk=row.pk, state=Disposal.State.APPROVED).update(
            state=Disposal.State.DONE, certificate=certificate, files=files, reason="", decided_because=""
        )
        if not done:
            raise RuntimeError("Another worker is carrying this disposal out.")
        for model, column, those in reach.links:
            rows_of(model).filter(pk__in=those).update(**{column: None})
        for model, those_keys in reach.rows.items():
            remove_rows(model, sorted(those_keys, key=str))
        forget_words(words)
    erase_values(by=by, certificate=certificate.reference, children=reach.children, rows=keys, actors=actors)
