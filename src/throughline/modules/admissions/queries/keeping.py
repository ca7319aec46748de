"""From which day the working file of an application counts for how long it is kept, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet

from throughline.core.documents.models import Document
from throughline.core.people.models import Child
from throughline.core.registry.sockets import PartRow

from ..models import Application, Claim, Offer, TestResult

# What hangs from an application (preferences, claims, what was submitted) goes with it.
FILE = (Application, Offer, TestResult)


def with_application(children: Sequence[UUID], on: date) -> Mapping[UUID, date | None]:  # noqa: ARG001
    """The end of the school year of entry, for children who applied: of the latest where there were several."""
    years = Application.objects.filter(child_id__in=children).values("child_id").order_by()
    last = years.annotate(last=Max("round__entry_year")).values_list("child_id", "last")
    return {child: _ended(year) for child, year in last}


def whose_file(before: date) -> QuerySet[Any]:
    """Children with a working file of a year of entry that ended before a day."""
    mine = {"child_id": OuterRef("pk"), "round__entry_year__lte": _last_year(before)}
    has: Any = Exists(Application.objects.filter(**mine))
    for table in (Offer, TestResult):
        has |= Exists(table.objects.filter(**mine))
    rows = Child.objects.filter(has, merged_into__isnull=True, sealed_later__isnull=True)
    return rows.order_by("pk").values_list("pk", flat=True)


def file_rows(children: Sequence[UUID], before: date) -> list[PartRow]:
    """Applications, places offered and test results of those years, and the papers sent with the applications.

    The child’s story keeps its lines, and the school that the child went to stands on the record.
    """
    found: list[PartRow] = []
    held: dict[UUID, Any] = {}
    for table in FILE:
        rows = table.objects.filter(child_id__in=children, round__entry_year__lte=_last_year(before))
        for row in rows.select_related("round").order_by("pk"):
            found.append(PartRow(row.child_id, table._meta.label, row.pk, _ended(row.round.entry_year)))
            if isinstance(row, Application):
                held[row.pk] = row
    return [*found, *_papers(held)]


def _papers(held: Mapping[UUID, Application]) -> Iterator[PartRow]:
    """Files that were given for these applications and for no other."""
    ended = {key: _ended(row.round.entry_year) for key, row in held.items()}
    of: dict[UUID, UUID] = {}
    for row in held.values():
        for papers in row.answers.get("papers", {}).values():
            of |= {UUID(file["id"]): row.pk for file in papers["files"]}
    claims = Claim.objects.filter(application_id__in=list(held), document__isnull=False)
    of |= dict(claims.values_list("document_id", "application_id"))
    needed = Claim.objects.filter(document_id__in=list(of)).exclude(application_id__in=list(held))
    elsewhere = set(needed.values_list("document_id", flat=True))
    files = Document.objects.filter(pk__in=list(of), on_record=False).order_by("pk")
    for key, child in files.values_list("pk", "child_id"):
        if key not in elsewhere:
            yield PartRow(child, Document._meta.label, key, ended[of[key]])


def _ended(entry_year: int) -> date:
    return date(entry_year + 1, 8, 31)


def _last_year(before: date) -> int:
    """The latest year of entry whose school year ended before a day."""
    return before.year - (1 if _ended(before.year - 1) < before else 2)
