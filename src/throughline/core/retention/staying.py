"""Whether what was approved may still go on the day it is carried out."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from ..people.models import Child
from .kept import kept_until
from .models import Disposal, Hold
from .parts import Rows, part_due, parts_in_force
from .reach import with_merged


class Stays(Exception):
    """It must be kept after all; says why, as a code."""


def what_may_go(row: Disposal) -> Rows:
    """The rows of a part that may go: of those that were approved, those that are still due. None for a whole record.

    Raises:
        Stays: the record is not there, was merged into another, is held, or is no longer due.
    """
    record = Child.objects.filter(pk=row.record_key).first()
    if record is None:
        raise Stays("no record")
    if record.merged_into_id is not None:
        raise Stays("merged")
    records = with_merged([record.pk])
    if Hold.objects.filter(child_id__in=records, lifted_at__isnull=True).exists():
        raise Stays("held")
    if row.part:
        return _of_part(row)
    _whole_is_due(records)
    return {}


def _whole_is_due(records: list[UUID]) -> None:
    """Records that were merged into it go with it, so what they still say must be due as well."""
    today = timezone.localdate()
    if not all(kept.is_due(today) for kept in kept_until(records, today).values()):
        raise Stays("not due")


def _of_part(row: Disposal) -> Rows:
    today = timezone.localdate()
    declared = parts_in_force(today).get(row.part)
    due = part_due(*declared, [row.record_key], today).get(row.record_key) if declared else None
    still = due.kept() if due else {}
    rows = {table: sorted({*keys} & {*still.get(table, ())}) for table, keys in row.rows.items()}
    if not any(rows.values()):
        raise Stays("not due")
    return rows
