"""Standing facts that may go before the whole record, once the period of their own kind has run out.

Each set of facts is what makes the longer period of its kind apply, so the whole record is kept by the others afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from ..registry.sockets import PartRow, RecordPart
from .keeping import CARE, PLANS
from .models import Fact

Whose = Callable[[date], QuerySet[Any]]
Rows = Callable[[Sequence[UUID], date], list[PartRow]]


def _facts(kinds: Sequence[str], counted: str, before: date) -> QuerySet[Any]:
    """Facts whose years count from a day before; never those of a record that is sealed away or was set aside."""
    rows = Fact.objects.filter(
        **{f"{counted}__lt": before},
        kind__in=kinds,
        child__merged_into__isnull=True,
        child__sealed_later__isnull=True,
    )
    return rows.annotate(counted=F(counted))


def _of(kinds: Sequence[str], counted: str = "child__born") -> tuple[Whose, Rows]:
    def whose(before: date) -> QuerySet[Any]:
        return (
            _facts(kinds, counted, before).order_by("child_id").values_list("child_id", flat=True).distinct()
        )

    def rows(children: Sequence[UUID], before: date) -> list[PartRow]:
        found = _facts(kinds, counted, before).filter(child_id__in=children).order_by("pk")
        return [
            PartRow(child, "people.Fact", key, since)
            for key, child, since in found.values_list("pk", "child_id", "counted")
        ]

    return whose, rows


whose_plan, plan_rows = _of(PLANS)
whose_development_plan, development_plan_rows = _of(("idp",))
whose_care, care_rows = _of(CARE)
whose_missing, missing_rows = _of(("missing_education",))
# From the day on which youth justice stopped working with the child; while it lasts nothing counts.
whose_youth_justice, youth_justice_rows = _of(("youth_justice",), "until")

FOUND = "throughline.core.people.keeping_parts"
PARTS = tuple(
    RecordPart(code, label, category, f"{FOUND}.whose_{name}", f"{FOUND}.{name}_rows")
    for code, label, category, name in (
        ("ehc_plan", _("Education, health and care plan"), "people.circumstances", "plan"),
        ("idp", _("Individual development plan"), "people.circumstances", "development_plan"),
        ("looked_after", _("Looked after by a local authority"), "people.circumstances", "care"),
        ("missing_education", _("Children missing education"), "people.circumstances", "missing"),
        ("youth_justice", _("Youth justice worked with the child"), "people.youth_justice", "youth_justice"),
    )
)
