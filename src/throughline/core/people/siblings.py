"""Brothers and sisters that the record itself suggests. Somebody confirms each pair, or says that they are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from throughline.rules.families import Home, Likely, TieTo, likely_siblings

from ..access.viewer import require
from ..audit.actor import Actor
from ..audit.change import change
from .existing import existing_child
from .models import PairDecision, Residence, Sibling, Tie

EDIT = "people.edit"


@dataclass(frozen=True)
class Suggested:
    """A child who seems to be a brother or sister of the one asked about: of which kind, and the code of why."""

    child_id: UUID
    kind: str
    because: str


def suggested_siblings(child_id: UUID, on: date) -> list[Suggested]:
    """Children the record suggests as siblings of one child, in four queries; those decided already are left out."""
    adults = Tie.objects.filter(_holds(on), child_id=child_id).values("adult_id")
    ties = list(
        Tie.objects.filter(
            _holds(on),
            adult_id__in=adults,
            child__merged_into__isnull=True,
            child__sealed_later__isnull=True,
        ).values_list("child_id", "adult_id", "kind", "responsibility_by")
    )
    known = _decided(child_id)
    children = {row[0] for row in ties} | {child_id}
    found = likely_siblings(
        (TieTo(c, a, kind, by == Tie.Responsibility.ADOPTION) for c, a, kind, by in ties),
        _homes(children, on),
    )
    mine = [(_other(pair, child_id), pair) for pair in found if child_id in (pair.one, pair.other)]
    return [Suggested(other, pair.kind, pair.because) for other, pair in mine if other not in known]


def confirm_sibling(
    *, by: Actor, child_id: UUID, other_id: UUID, kind: str, same_birth: bool = False
) -> Sibling:
    """Say that two children are siblings of a kind; the pair is kept once, and saying so again changes the kind."""
    require(by, EDIT)
    if kind not in Sibling.Kind.values:
        raise ValidationError(_("Choose the kind of brother or sister from the list. Nothing was changed."))
    first, second = _pair(child_id, other_id)
    with change("siblings recorded", by=by):
        link, made = Sibling.objects.get_or_create(
            child_id=first, other_id=second, defaults={"kind": kind, "same_birth": same_birth}
        )
        if not made and (link.kind, link.same_birth) != (kind, same_birth):
            link.kind, link.same_birth = kind, same_birth
            link.save(update_fields=["kind", "same_birth"])
        PairDecision.objects.filter(
            child_id=first, other_id=second, kind=PairDecision.Kind.NOT_SIBLINGS
        ).delete()
    kept: Sibling = link
    return kept


def not_siblings(*, by: Actor, child_id: UUID, other_id: UUID, reason: str) -> PairDecision:
    """Say that two children are no siblings, so that nobody is asked again; a link that was there is taken away."""
    require(by, EDIT)
    if not reason.strip():
        raise ValidationError(_("Say how you know: the reason is kept. Nothing was changed."))
    first, second = _pair(child_id, other_id)
    with change("said to be no siblings", by=by, reason=reason):
        Sibling.objects.filter(child_id=first, other_id=second).delete()
        decision, _made = PairDecision.objects.get_or_create(
            child_id=first,
            other_id=second,
            kind=PairDecision.Kind.NOT_SIBLINGS,
            defaults={"reason": reason.strip()[:300], "decided_by": by.actor_label[:200]},
        )
    kept: PairDecision = decision
    return kept


def _pair(child_id: UUID, other_id: UUID) -> tuple[UUID, UUID]:
    if child_id == other_id:
        raise ValidationError(_("A child cannot be their own brother or sister. Nothing was changed."))
    one, other = sorted((existing_child(child_id).pk, existing_child(other_id).pk))
    return one, other


def _other(pair: Likely, child_id: UUID) -> UUID:
    found = pair.other if pair.one == child_id else pair.one
    assert isinstance(found, UUID)
    return found


def _decided(child_id: UUID) -> set[UUID]:
    about = Q(child_id=child_id) | Q(other_id=child_id)
    linked = Sibling.objects.filter(about).values_list("child_id", "other_id")
    refused = PairDecision.objects.filter(about, kind=PairDecision.Kind.NOT_SIBLINGS)
    return {key for pair in [*linked, *refused.values_list("child_id", "other_id")] for key in pair} - {
        child_id
    }


def _homes(children: Iterable[UUID], on: date) -> list[Home]:
    """The place each child lives at, as what is the same in two rows of one home: its property number, or its words."""
    rows = Residence.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), since__lte=on, child_id__in=list(children)
    ).values_list("child_id", "address__uprn", "address__lines", "address__postcode")
    return [Home(key, uprn or (lines.casefold(), postcode)) for key, uprn, lines, postcode in rows]


def _holds(on: date) -> Q:
    return Q(until__isnull=True) | Q(until__gte=on)
