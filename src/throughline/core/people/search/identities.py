"""What the record says about who children are, in the form that is compared: for many at once, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from throughline.rules.matching import Identity

from ..models import FormerName, Identifier, Residence
from ..ordering import latest_first
from .index import findable_children, in_batches

AT_ONCE = 800


def identities_of(children: Iterable[UUID]) -> dict[UUID, Identity]:
    """Each child's identity. A postcode that is kept from others is left out: nobody is matched by it."""
    found: dict[UUID, Identity] = {}
    for part in in_batches(dict.fromkeys(children), AT_ONCE):
        postcodes, former, numbers = _postcodes(part), _former_names(part), _numbers(part)
        told = (
            findable_children()
            .filter(pk__in=part)
            .values_list("pk", "forename", "surname", "born", "sex", "middle_names", "chosen_name", "upn")
        )
        for key, forename, surname, born, sex, middle, chosen, upn in told:
            found[key] = Identity(
                forename=forename,
                surname=surname,
                born=born,
                sex=sex,
                middle_names=middle,
                chosen_name=chosen,
                postcode=postcodes.get(key, ""),
                former_names=tuple(former.get(key, ())),
                upn=upn,
                former_upns=tuple(numbers.get((key, Identifier.Kind.FORMER_UPN), ())),
                nhs_number=next(iter(numbers.get((key, Identifier.Kind.NHS), ())), ""),
            )
    return found


def _postcodes(children: list[UUID]) -> dict[UUID, str]:
    held = Residence.objects.filter(child_id__in=children, until__isnull=True, address__restricted=False)
    return dict(held.order_by("since", "id").values_list("child_id", "address__postcode"))


def _former_names(children: list[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    found: dict[UUID, list[tuple[str, str]]] = {}
    told = FormerName.objects.filter(child_id__in=children).order_by("id")
    for child, forename, surname in told.values_list("child_id", "forename", "surname"):
        found.setdefault(child, []).append((forename, surname))
    return found


def _numbers(children: list[UUID]) -> dict[tuple[UUID, str], list[str]]:
    """Former pupil numbers, and the NHS number where the basis on which it may be matched is recorded."""
    kinds = (Identifier.Kind.FORMER_UPN, Identifier.Kind.NHS)
    found: dict[tuple[UUID, str], list[str]] = {}
    told = Identifier.objects.filter(child_id__in=children, kind__in=kinds).order_by(
        latest_first("since"), "id"
    )
    for child, kind, value, basis in told.values_list("child_id", "kind", "value", "basis"):
        if kind != Identifier.Kind.NHS or basis:
            found.setdefault((child, kind), []).append(value)
    return found
