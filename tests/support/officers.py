"""Admissions staff, signed in, for tests of what an officer meets."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.test import Client
from tests.support.people import TEST, make_user

from throughline.core.access.actions import install_roles
from throughline.core.access.models import Membership, Role, User
from throughline.core.access.viewer import Viewer, viewer_for
from throughline.core.audit.change import change
from throughline.core.registry.assembly import installed

OFFICER, MANAGER, READER = "admissions_officer", "admissions_manager", "admissions_viewer"


def member(role: str, name: str) -> User:
    """Somebody of the admissions team, with the role as the installation gives it."""
    install_roles(by=TEST, registry=installed())
    user = make_user(name=name)
    with change("test role given", by=TEST):
        Membership.objects.create(user=user, role=Role.objects.get(code=role), since="2020-01-01")
    return user


def client_of(user: User) -> Client:
    """A browser in which the user has signed in with both steps."""
    client = Client()
    client.force_login(user)
    session: Any = client.session
    request: Any = SimpleNamespace(session=session)
    record_authentication(request, user, "mfa", type="totp")
    session.save()
    return client


def seen_as(user: User) -> Viewer:
    """The user as the door makes them."""
    return viewer_for(user)
