"""Who else the record tells of: their names, and how they are reached."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from throughline.rules.subject_access.others import others_words

from ...people.models import (
    Address,
    Adult,
    AdultResidence,
    Child,
    FormerName,
    PairDecision,
    Residence,
    Sibling,
    Tie,
)


@dataclass(frozen=True)
class Others:
    """The words of other people's names, and exact strings of theirs: addresses, telephone numbers, email addresses."""

    words: frozenset[str]
    exact: tuple[str, ...]


def others_on_record(child_id: UUID, asked_by: UUID | None) -> Others:
    """Everybody on the record besides the child, and besides the parent who asks in the child's place."""
    adults = list(Adult.objects.filter(pk__in=Tie.objects.filter(child_id=child_id).values("adult_id")))
    children = Child.objects.filter(pk__in=_other_children(child_id))
    theirs = [name for adult in adults if adult.pk != asked_by for name in (adult.forename, adult.surname)]
    for other in children:
        theirs += [other.forename, other.middle_names, other.surname, other.chosen_name]
    own = _own_names(child_id)
    own += [name for adult in adults if adult.pk == asked_by for name in (adult.forename, adult.surname)]
    exact = [text for adult in adults if adult.pk != asked_by for text in (adult.email, adult.phone)]
    exact += [text for other in children for text in (other.upn, other.reference)]
    exact += _addresses(child_id, [adult.pk for adult in adults])
    return Others(
        frozenset(others_words(theirs, own)), tuple(sorted({text for text in exact if text.strip()}))
    )


def _other_children(child_id: UUID) -> set[UUID]:
    found: set[UUID] = set()
    for table in (Sibling, PairDecision):
        rows = table.objects.filter(Q(child_id=child_id) | Q(other_id=child_id))
        found |= {key for row in rows.values_list("child_id", "other_id") for key in row}
    return found - {child_id}


def _own_names(child_id: UUID) -> list[str]:
    child = Child.objects.get(pk=child_id)
    former = FormerName.objects.filter(child_id=child_id).values_list("forename", "surname")
    return [child.forename, child.middle_names, child.surname, child.chosen_name] + [
        n for row in former for n in row
    ]


def _addresses(child_id: UUID, adults: list[UUID]) -> list[str]:
    """Where adults live who do not live with the child, and every restricted address."""
    own = Residence.objects.filter(child_id=child_id).values_list("address_id", flat=True)
    elsewhere = AdultResidence.objects.filter(adult_id__in=adults).exclude(address_id__in=own)
    restricted = Address.objects.filter(pk__in=own, restricted=True)
    rows = Address.objects.filter(
        Q(pk__in=elsewhere.values("address_id")) | Q(pk__in=restricted.values("pk"))
    ).values_list("lines", "postcode")
    return [text for row in rows for text in row]
