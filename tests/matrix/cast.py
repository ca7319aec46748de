"""Everybody who opens pages in the matrix, already signed in."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from tests.matrix.world import World
from tests.matrix.world_record import ask_by_name, join_circles
from tests.support.people import TEST

from throughline.core.access.models import Membership, Role, User
from throughline.core.audit.change import change
from throughline.core.people.models import Child
from throughline.core.registry.assembly import installed
from throughline.core.registry.sockets import Role as DeclaredRole
from throughline.web.portals.door import BEGAN, SEEN, session_mark
from throughline.web.portals.shells import shell_of

FORMER = date(2020, 1, 1)


@dataclass(frozen=True)
class Actor:
    """Somebody at the door: their browser, and how the trail names their session."""

    name: str
    client: Client
    mark: str = ""


@dataclass
class Cast:
    """The world and everybody in it."""

    world: World
    actors: dict[str, Actor]


def assemble_cast(world: World) -> Cast:
    """Nobody; a parent or carer of every kind; somebody for each role that modules declare; and two more.

    ``ended`` was an admissions manager until yesterday; ``half_in`` is one who has given a password and nothing else.
    """
    actors = {"anonymous": Actor("anonymous", Client())}
    world.put("place", "school", f"school:{world.rows['school']['third'].pk}")
    world.put("place", "agency", f"agency:{world.rows['agency']['own'].pk}")
    world.put("place", "authority", "authority:ours")
    world.users["stranger"] = _account("stranger", "family")
    for name in ("owner", "separated", "estranged", "halftold", "neighbour", "stranger"):
        actors[name] = _signed_in(name, world.users[name])
    for code, role in installed().roles.items():
        if role.portal != "family":
            user = _account(code, role.portal)
            _put_in_place(world, user, role)
            actors[code] = _signed_in(code, user)
    ask_by_name(world)
    ended, half = _account("ended", "staff"), _account("half_in", "staff")
    _give(ended, "admissions_manager", until=timezone.localdate() - timedelta(days=1))
    _give(half, "admissions_manager")
    actors["ended"] = _signed_in("ended", ended)
    actors["half_in"] = _signed_in("half_in", half, method="password")
    return Cast(world, actors)


def _account(name: str, portal: str) -> User:
    with change("matrix account made", by=TEST):
        user = User(email=f"{name}@example.org", name=f"The {name}", portal=portal)
        user.set_unusable_password()
        user.save()
    return user


def _put_in_place(world: World, user: User, role: DeclaredRole) -> None:
    """A post where the role is held: at the school of ``own``, in the circle of ``own``, or at the authority."""
    world.users[role.code] = user
    if role.portal == "young_person":
        with change("matrix young person linked", by=TEST):
            Child.objects.filter(pk=world.rows["child"]["own"].pk).update(user=user)
    elif role.portal == "school":
        world.put("post", role.code, _give(user, role.code, school=world.rows["school"]["third"]))
    elif role.portal in ("professional", "provider"):
        world.put("post", role.code, _give(user, role.code, agency=world.rows["agency"]["own"]))
        join_circles(world, role.code, user)
    else:
        world.put("post", role.code, _give(user, role.code))


def _give(user: User, role: str, until: date | None = None, **at: Any) -> Membership:
    held = Role.objects.get(code=role)
    with change("matrix role given", by=TEST):
        post: Membership = Membership.objects.create(user=user, role=held, since=FORMER, until=until, **at)
    return post


def _signed_in(name: str, user: User, method: str = "") -> Actor:
    client = Client()
    client.force_login(user)
    session = client.session
    assert session[SESSION_KEY] == str(user.pk)
    now = int(time.time())
    session[SEEN], session[BEGAN] = now, now
    request = HttpRequest()
    request.session = session  # type: ignore[assignment]
    record_authentication(
        request, user, method=method or ("mfa" if shell_of(user.portal).second_step else "code")
    )
    assert isinstance(session, SessionStore)
    session.save()
    return Actor(name, client, session_mark(request))
