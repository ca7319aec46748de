"""From which day the years count for which a record must be kept: asked of the record, many children at once.

How many years, and on whose word, stands in ``core/retention/periods.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ..registry.sockets import RetentionClass
from .models import Child, Fact, SealedIdentity

From = Mapping[UUID, date | None]
PLANS = ("ehc_plan", "plan_names_school")
CARE = ("looked_after", "previously_looked_after")


def every_record(children: Sequence[UUID], on: date) -> From:  # noqa: ARG001
    """From birth, for every child."""
    return dict(Child.objects.filter(pk__in=children).values_list("pk", "born"))


def with_plan(children: Sequence[UUID], on: date) -> From:  # noqa: ARG001
    """From birth, for those who ever had an education, health and care plan."""
    return _born_with(PLANS, children)


def with_development_plan(children: Sequence[UUID], on: date) -> From:  # noqa: ARG001
    """From birth, for those who ever had an individual development plan."""
    return _born_with(("idp",), children)


def looked_after(children: Sequence[UUID], on: date) -> From:  # noqa: ARG001
    """From birth, for those who were ever looked after."""
    return _born_with(CARE, children)


def missing_education(children: Sequence[UUID], on: date) -> From:  # noqa: ARG001
    """From birth, for those who ever missed education."""
    return _born_with(("missing_education",), children)


def youth_justice(children: Sequence[UUID], on: date) -> From:
    """No end is known to the law: kept while youth justice works with the child, and then as long as the rest."""
    rows = Fact.objects.filter(kind="youth_justice", child_id__in=children)
    return dict.fromkeys(rows.exclude(until__lte=on).values_list("child_id", flat=True))


def adopted(children: Sequence[UUID], on: date) -> From:  # noqa: ARG001
    """From the day on which the earlier identity was sealed, for both records."""
    found: dict[UUID, date] = {}
    rows = SealedIdentity.objects.values_list("child_id", "earlier_id", "sealed_on")
    wanted = set(children)
    for pair in (rows.filter(child_id__in=children), rows.filter(earlier_id__in=children)):
        for child, earlier, day in pair:
            found |= {key: day for key in (child, earlier) if key in wanted}
    return found


def _born_with(kinds: Sequence[str], children: Sequence[UUID]) -> From:
    facts = Fact.objects.filter(child_id__in=children, kind__in=kinds)
    return dict(facts.order_by().values_list("child_id", "child__born").distinct())


FOUND = "throughline.core.people.keeping"
CIRCUMSTANCES = "people.circumstances"
CLASSES = tuple(
    RetentionClass(code, label, f"{FOUND}.{name}", category)
    for code, label, name, category in (
        ("main", _("Main education record"), "every_record", ""),
        ("ehc_plan", _("Education, health and care plan"), "with_plan", CIRCUMSTANCES),
        ("idp", _("Individual development plan"), "with_development_plan", CIRCUMSTANCES),
        ("looked_after", _("Looked after by a local authority"), "looked_after", CIRCUMSTANCES),
        ("adoption", _("Adoption, with the earlier identity sealed"), "adopted", "people.sealed"),
        ("missing_education", _("Children missing education"), "missing_education", CIRCUMSTANCES),
        (
            "youth_justice",
            _("Youth justice is working with the child"),
            "youth_justice",
            "people.youth_justice",
        ),
    )
)
