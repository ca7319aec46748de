"""The cast of the sign-in tests, and the ways they come in."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.urls import include, path

from throughline.core.access.actions import end_roles, install_roles
from throughline.core.access.models import User
from throughline.core.audit.actor import Trusted
from throughline.core.messages.models import Message
from throughline.core.registry import assembly
from throughline.core.registry.sockets import Module
from throughline.project import urls as project_urls
from throughline.web.components.authority import forget_authority
from throughline.web.portals import module
from throughline.web.portals.demonstration import totp_code
from throughline.web.portals.pages import page_addresses

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "a long enough password"


@pytest.fixture(autouse=True)
def as_in_life(settings: Any, db: None) -> Iterator[None]:
    """Messages go to the outbox, and no limit or name is left over from another test."""
    settings.EMAIL_BACKEND = "throughline.core.messages.backend.OutboxBackend"
    cache.clear()
    forget_authority()
    yield
    forget_authority()


@pytest.fixture
def emailed_code() -> Callable[[str], str]:
    """The code in the latest message to an address."""

    def read(to: str) -> str:
        body = Message.objects.filter(to=to).latest("written_at").body
        found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", body)
        assert found, body
        return found.group()

    return read


@pytest.fixture
def sam(make_user: Any) -> User:
    """A member of staff with a role and an authenticator app."""
    user: User = make_user(
        "access.manage", email="sam@authority.example", name="Sam Pryce", password=PASSWORD
    )
    TOTP.activate(user, SECRET)
    return user


@pytest.fixture
def new_starter(make_user: Any) -> User:
    """A member of staff who has not set up a second step yet."""
    user: User = make_user(
        "access.manage", email="noor@authority.example", name="Noor Haddad", password=PASSWORD
    )
    return user


@pytest.fixture
def password_step() -> Callable[..., Any]:
    def give(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
        return client.post("/sign-in/staff/", {"login": email, "password": password}, **more)

    return give


@pytest.fixture
def staff_client(client: Client, sam: User, password_step: Any) -> Client:
    """Sam, signed in with both steps."""
    password_step(client, sam.email)
    client.post("/sign-in/second-step/", {"code": totp_code(SECRET)})
    assert client.get("/home/").status_code == 200
    return client


@pytest.fixture
def family_client(client: Client, emailed_code: Any) -> Client:
    """A parent, signed in with an emailed code."""
    client.post("/sign-in/family/", {"email": "rhian@example.org"})
    client.post("/sign-in/family/code/", {"code": emailed_code("rhian@example.org")})
    assert client.get("/home/").status_code == 200
    return client


@pytest.fixture
def second_steps() -> Callable[[User], list[str]]:
    def kinds(user: User) -> list[str]:
        return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))

    return kinds


@pytest.fixture
def close() -> Callable[[User], None]:
    """End every role of somebody and close their account, as an administrator does."""

    def end(user: User) -> None:
        end_roles(by=Trusted("the test"), user=user)

    return end


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callable[..., None]:
    """``serve(MODULE, ...)``: an installation made of exactly these modules, addresses and all."""

    def with_modules(*modules: Module) -> None:
        registry = assembly.assemble(modules)
        monkeypatch.setattr(assembly, "_sealed", [registry])
        served = ModuleType("served")
        for name, value in vars(project_urls).items():
            if name.startswith("handler"):
                setattr(served, name, value)
        own = [path("look/", include("throughline.web.components.urls"))]
        own.append(path("sign-in/", include("throughline.web.portals.urls")))
        vars(served)["urlpatterns"] = [*own, *page_addresses(registry)]
        settings.ROOT_URLCONF = served

    return with_modules


@pytest.fixture
def demonstration(settings: Any, serve: Any) -> Iterator[None]:
    """An installation started as a demonstration."""
    settings.DEMONSTRATION = True
    install_roles(by=Trusted("the test"), registry=assembly.installed())
    serve(importlib.reload(module).MODULE)
    yield
    settings.DEMONSTRATION = False
    importlib.reload(module)
