"""From which day the working file of an application counts for how long it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Max

from ..models import Application


def with_application(children: Sequence[UUID], on: date) -> Mapping[UUID, date | None]:  # noqa: ARG001
    """The end of the school year of entry, for children who applied: of the latest where there were several."""
    years = Application.objects.filter(child_id__in=children).values("child_id").order_by()
    last = years.annotate(last=Max("round__entry_year")).values_list("child_id", "last")
    return {child: date(year + 1, 8, 31) for child, year in last}
