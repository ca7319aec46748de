"""What a child is called and was called, by which numbers registers know them, and how to talk with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ...sharing.show import Sight
from ..models import Child, FormerName, Identifier
from ..ordering import lasting_first, latest_first

IDENTITY, FORMER = "people.identity", "people.former_names"
NUMBERS, TALKING = "people.identifiers", "people.communication"


@dataclass(frozen=True)
class NameBefore:
    """A name borne before, or beside the present one."""

    name: str
    kind: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Number:
    """A number by which some register knows the child."""

    label: str
    value: str
    source: str
    basis: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class NamesShown:
    """Names, numbers and languages. What is not for this reader is ``Withheld`` or an empty list with its reason."""

    chosen_name: Any
    forename: Any
    middle_names: Any
    surname: Any
    pronunciation: Any
    born: Any
    sex: Any
    reference: Any
    upn: Any
    first_language: Any
    other_languages: Any
    communication_needs: Any
    before: tuple[NameBefore, ...]
    before_withheld: Any
    numbers: tuple[Number, ...]
    numbers_withheld: Any


def names(sight: Sight, child_id: UUID) -> NamesShown:
    """In three queries."""
    child = Child.objects.get(pk=child_id)
    shown = sight.row(child_id, child)
    before = _before(child_id) if sight.may_see(child_id, FORMER) else ()
    numbers = _numbers(child_id) if sight.may_see(child_id, NUMBERS) else ()
    fields = (
        *("chosen_name", "forename", "middle_names", "surname", "pronunciation", "born", "reference", "upn"),
        *("first_language", "other_languages", "communication_needs"),
    )
    return NamesShown(
        **{name: shown[name] for name in fields},
        sex=sight.value(child_id, IDENTITY, child.get_sex_display()),
        before=before,
        before_withheld=sight.value(child_id, FORMER, ""),
        numbers=numbers,
        numbers_withheld=sight.value(child_id, NUMBERS, ""),
    )


def _before(child_id: UUID) -> tuple[NameBefore, ...]:
    rows = FormerName.objects.filter(child_id=child_id).order_by(lasting_first("until"), "-id")
    return tuple(
        NameBefore(f"{row.forename} {row.surname}", row.get_kind_display(), row.since, row.until)
        for row in rows
    )


def _numbers(child_id: UUID) -> tuple[Number, ...]:
    rows = Identifier.objects.filter(child_id=child_id).order_by("kind", latest_first("since"), "id")
    return tuple(
        Number(row.get_kind_display(), row.value, row.source, row.basis, row.since, row.until) for row in rows
    )
