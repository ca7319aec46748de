"""Limits on what an adult may be told, in the one place that knows how they are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import ContactLimit, Tie

EVERYTHING, WHEREABOUTS = ContactLimit.KeepsBack.EVERYTHING, ContactLimit.KeepsBack.WHEREABOUTS


def ties_on(day: date, **wanted: Any) -> QuerySet[Tie]:
    """Ties that hold on a day, whatever limits them. Those to an adopted child's earlier record hold no more."""
    found: QuerySet[Tie] = Tie.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), child__sealed_later__isnull=True, **wanted
    )
    return found


def free_ties(day: date, **wanted: Any) -> QuerySet[Tie]:
    """Ties that hold on a day and that no limit of that day keeps anything back from."""
    return ties_on(day, **wanted).exclude(_limited(day, (EVERYTHING, WHEREABOUTS)))


def half_told_ties(day: date, **wanted: Any) -> QuerySet[Tie]:
    """Ties whose adult is told who the child is, and not where the child lives or learns."""
    return ties_on(day, **wanted).filter(_limited(day, (WHEREABOUTS,))).exclude(_limited(day, (EVERYTHING,)))


def _limited(day: date, keeps_back: tuple[str, ...]) -> Exists:
    in_force = ContactLimit.objects.filter(
        Q(since__isnull=True) | Q(since__lte=day),
        Q(until__isnull=True) | Q(until__gt=day),
        tie=OuterRef("pk"),
        keeps_back__in=keeps_back,
    )
    return Exists(in_force)
