"""School places on a child's own record."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.support.admissions import small_world
from tests.support.officers import OFFICER, READER, client_of, member
from tests.support.parents import Parent, words

pytestmark = pytest.mark.django_db


def test_an_officer_finds_the_applications_of_a_child_on_the_childs_record() -> None:
    world = small_world()
    parent = Parent()
    child = parent.adds("Nia", world)
    officer = client_of(member(OFFICER, "Ann Officer"))
    address = reverse("admissions.of_child", args=[child.pk])
    assert "Nobody has applied for a school place yet" in words(officer.get(address))
    application = parent.applies(child, world, "Wren", "Mill")
    said = words(officer.get(address))
    assert application.reference in said
    assert world.round.name in said
    assert "Submitted" in said


def test_what_a_family_is_still_writing_is_not_there() -> None:
    world = small_world()
    parent = Parent()
    child = parent.adds("Nia", world)
    draft = parent.starts(child, world)
    officer = client_of(member(OFFICER, "Ann Officer"))
    assert draft.reference not in words(officer.get(reverse("admissions.of_child", args=[child.pk])))


def test_whoever_sees_no_applications_finds_no_such_page() -> None:
    world = small_world()
    child = Parent().adds("Nia", world)
    reader = client_of(member(READER, "Rae Reader"))
    assert reader.get(reverse("admissions.of_child", args=[child.pk])).status_code == 404
