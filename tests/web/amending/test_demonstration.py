"""The demonstration has pairs to compare, a sister to confirm, a restricted address and a sealed identity, each once."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.people.actions import AddressDetails, ChildDetails, add_child
from throughline.core.people.families import Standing, add_adult
from throughline.core.people.likenesses import LookAlike
from throughline.core.people.models import Address, Adult, Child, SealedIdentity
from throughline.core.people.names import is_sealed_away
from throughline.core.people.siblings import suggested_siblings
from throughline.web.amending import demo

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def invented(number: int) -> tuple[Any, Any]:
    """A family as the town makes it, and as it stands on the record."""
    surname = ("Ashdown", "Brindle", "Calloway", "Draycott", "Everard", "Farrow")[number]
    forename = ("Joshua", "Beatrix", "Caspian", "Dorothy", "Everett", "Felicity")[number]
    born = date(2013, 2 + number, 10 + number)
    postcode = f"WD{number + 1} 1AA"
    where = AddressDetails(f"{number} Elm Row", "Wendmere", postcode)
    child = add_child(by=TEST, details=ChildDetails(forename, surname, born, sex="F"), address=where)
    with change("adult for a test", by=TEST):
        adult = Adult.objects.create(forename="Ann", surname=surname)
    add_adult(by=TEST, child_id=child.pk, adult=adult.pk, standing=Standing("parent"))
    home = SimpleNamespace(lines=f"{number} Elm Row", postcode=postcode, point=(1, 2))
    family = SimpleNamespace(home=home, uprn="", adults=[SimpleNamespace(key=adult.pk)], restricted=False)
    said = {
        "forename": forename,
        "surname": surname,
        "born": born,
        "sex": "F",
        "year_group": 9,
        "fostered": -1,
    }
    return family, SimpleNamespace(key=child.pk, **said)


def test_what_is_to_be_kept_right_is_there_once_however_often_it_is_built() -> None:
    families = [invented(number) for number in range(6)]
    town = SimpleNamespace(children=lambda: iter(families), today=TODAY())
    before = Child.objects.count()
    for _again in range(2):
        counts = demo.run(town, lambda *_: None)
    assert Child.objects.count() == before + 5
    assert counts["pairs that may be one child"] == LookAlike.objects.count() >= 2
    pairs = {frozenset(pair) for pair in LookAlike.objects.values_list("child_id", "other_id")}
    assert all(any(child.key in pair for pair in pairs) for _family, child in families[:2])
    assert all(suggested_siblings(child.key, TODAY()) for _family, child in families[2:4])
    assert Address.objects.filter(restricted=True).count() == 1
    assert is_sealed_away(SealedIdentity.objects.get().earlier_id)
