"""A parent at the family door, for tests of what families meet: signed in through Django's own test client."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from tests.support.admissions import World
from tests.support.people import TEST, make_user, viewer

from throughline.core.access.actions import install_roles
from throughline.core.access.models import User
from throughline.core.access.viewer import Viewer
from throughline.core.audit.change import change
from throughline.core.people.actions import AddressDetails, ChildDetails, add_own_child, say_who_i_am
from throughline.core.people.models import Adult, Child, Tie
from throughline.core.registry.assembly import installed
from throughline.modules.admissions.actions.applications import (
    save_answers,
    start_application,
    submit_application,
)
from throughline.modules.admissions.models import Application

MAY = ("admissions.apply", "people.own_children")


class Parent:
    """One parent: their account, their browser without JavaScript, their children."""

    def __init__(self, name: str = "Alma Reed") -> None:
        install_roles(by=TEST, registry=installed())
        self.user: User = make_user(portal="family", name=name)
        self.browser = Client()
        self.browser.force_login(self.user)
        self.forename, _space, self.surname = name.partition(" ")

    @property
    def viewer(self) -> Viewer:
        return viewer(*MAY, portal="family", user=self.user)

    def says_who(self) -> Adult:
        return say_who_i_am(by=self.viewer, forename=self.forename, surname=self.surname)

    def adds(self, forename: str, world: World, metres_north: int = 500) -> Child:
        """A child of the world's age, at an exact distance from Wren Hill."""
        self.says_who()
        return add_own_child(
            by=self.viewer,
            details=ChildDetails(
                forename=forename, surname=self.surname, born=world.round.born_from, sex="F"
            ),
            kind="mother",
            has_responsibility=True,
            address=AddressDetails(
                lines="1 Larch Row",
                town="Testham",
                postcode="ZZ1 1AA",
                easting=400_000,
                northing=300_000 + metres_north,
                precision="property",
                point_source="test",
            ),
        )

    def starts(self, child: Child, world: World) -> Application:
        return start_application(by=self.viewer, round=world.round, child_id=child.pk)

    def applies(self, child: Child, world: World, *schools: str) -> Application:
        """A submitted application for schools by the first word of their names."""
        application = self.starts(child, world)
        wanted = [{"school": str(world.school(name).pk), "reasons": ""} for name in schools]
        save_answers(
            by=self.viewer,
            application=application,
            edition=application.edition,
            answers={"preferences": wanted, "answered": {"address": {"lives_here": "yes"}}},
        )
        return submit_application(by=self.viewer, application=application)

    def gets(self, name: str, *args: Any, **query: Any) -> Any:
        return self.browser.get(reverse(f"admissions.{name}", args=args), query)

    def posts(self, name: str, *args: Any, key: str = "", **fields: Any) -> Any:
        """Press a button: each press has a key of its own unless one is given."""
        return self.browser.post(
            reverse(f"admissions.{name}", args=args), {"once_key": key or uuid4().hex, **fields}
        )


def also_parent(other: Parent, child: Child, **tie: Any) -> None:
    """Another person's tie to a child who is on the record."""
    adult = other.says_who()
    values = {"kind": "father", "parental_responsibility": True, **tie}
    with change("test tie made", by=TEST):
        Tie.objects.create(child=child, adult=adult, **values)


def words(response: Any) -> str:
    """What a page says, without its markup."""
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("&#x27;", "'").split())
