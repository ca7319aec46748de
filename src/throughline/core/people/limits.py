"""Limits on what an adult may be told, in the one place that knows how they are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import Address, ContactLimit, Residence, Tie

EVERYTHING, WHEREABOUTS = ContactLimit.KeepsBack.EVERYTHING, ContactLimit.KeepsBack.WHEREABOUTS


def ties_on(day: date, **wanted: Any) -> QuerySet[Tie]:
    """Ties that hold on a day, whatever limits them. Those to an adopted child's earlier record hold no more.

    Where ``parental_responsibility`` is wanted, what a court gave counts until its order ends: the row need not have been
    changed that day.
    """
    by_order = Q(order_ends__isnull=True) | Q(order_ends__gt=day)
    found: QuerySet[Tie] = Tie.objects.filter(
        Q(since__isnull=True) | Q(since__lte=day),
        Q(until__isnull=True) | Q(until__gte=day),
        by_order if wanted.get("parental_responsibility") else Q(),
        child__sealed_later__isnull=True,
        **wanted,
    )
    return found


def free_ties(day: date, **wanted: Any) -> QuerySet[Tie]:
    """Ties that hold on a day and that nothing of that day keeps anything back from."""
    limited = _limited(day, (EVERYTHING, WHEREABOUTS))
    return ties_on(day, **wanted).exclude(limited).exclude(_kept_home(day), lives_with_child=False)


def half_told_ties(day: date, **wanted: Any) -> QuerySet[Tie]:
    """Ties whose adult is told who the child is, and not where the child lives or learns.

    A limit may say so; and where a home is kept from others for safety, so does living elsewhere: whoever knows the
    school need only wait at its gate. An officer who knows better grants what that adult may see.
    """
    half = ties_on(day, **wanted).exclude(_limited(day, (EVERYTHING,)))
    return half.filter(_limited(day, (WHEREABOUTS,)) | (Q(lives_with_child=False) & Q(_kept_home(day))))


def _kept_home(day: date) -> Exists:
    """That the child lives somewhere that is kept from others. A foster home is, and its school need not be."""
    living = Residence.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day),
        since__lte=day,
        child=OuterRef("child"),
        address__restricted=True,
    )
    return Exists(living.exclude(address__restricted_because=Address.Restricted.CARE))


def _limited(day: date, keeps_back: tuple[str, ...]) -> Exists:
    in_force = ContactLimit.objects.filter(
        Q(since__isnull=True) | Q(since__lte=day),
        Q(until__isnull=True) | Q(until__gt=day),
        tie=OuterRef("pk"),
        keeps_back__in=keeps_back,
    )
    return Exists(in_force)
