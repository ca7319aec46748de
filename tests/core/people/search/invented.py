"""Invented children to look for."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.people.actions import AddressDetails, ChildDetails, add_child
from throughline.core.people.models import Address, Child, FormerName, Identifier, SealedIdentity
from throughline.core.people.search import candidates, refresh

BORN = date(2015, 2, 3)


def child(name: str, born: date = BORN, *, postcode: str = "CF10 1AB", **more: Any) -> Child:
    """A child added as an officer adds one: ``Forename Surname``, the surname being the last word."""
    forename, _, surname = name.rpartition(" ")
    home = AddressDetails("1 Invented Road", "Sampleton", postcode)
    return add_child(by=TEST, details=ChildDetails(forename, surname, born, **more), address=home)


def formerly(of: Child, forename: str, surname: str) -> None:
    with change("former name kept", by=TEST):
        FormerName.objects.create(child=of, forename=forename, surname=surname)
        refresh([of.pk])


def numbered(of: Child, kind: str, value: str, basis: str = "") -> None:
    with change("number kept", by=TEST):
        Identifier.objects.create(child=of, kind=kind, value=value, source="a test", basis=basis)


def merged(gone: Child, into: Child) -> None:
    with change("records merged", by=TEST):
        gone.merged_into = into
        gone.save()
        refresh([gone.pk, into.pk])


def sealed(child: Child, earlier: Child) -> None:
    with change("identity sealed", by=TEST):
        SealedIdentity.objects.create(
            child=child, earlier=earlier, reason="Adoption", sealed_by="Officer", sealed_on=BORN
        )
        refresh([child.pk, earlier.pk])


def restrict(of: Child) -> None:
    with change("address restricted", by=TEST):
        Address.objects.filter(residences__child=of).update(restricted=True)


def names(text: str, **more: Any) -> list[str]:
    """Who is found, by name, the likeliest first."""
    found = candidates(text, **more)
    by_key = Child.objects.in_bulk([each.child_id for each in found])
    return [str(by_key[each.child_id]) for each in found]
