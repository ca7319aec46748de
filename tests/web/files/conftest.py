"""A child at home with her mother, and a caseworker with leave to add documents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.support.officers import client_of, member
from tests.support.people import TEST, make_user

from throughline.core.access.models import User
from throughline.core.audit.change import change
from throughline.core.people.models import Adult, Child, Tie


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    monkeypatch.delenv("THROUGHLINE_CLAMD", raising=False)


@pytest.fixture
def child(db: None) -> Child:
    with change("child added", by=TEST):
        return Child.objects.create(reference="C-1", forename="Zara", surname="Begum", born=date(2021, 9, 1))


@pytest.fixture
def mother(child: Child) -> User:
    return relative(child, at_home=True)


@pytest.fixture
def father(child: Child) -> User:
    return relative(child, at_home=False)


@pytest.fixture
def hers(mother: User) -> Client:
    """The mother's browser."""
    client = Client()
    client.force_login(mother)
    return client


@pytest.fixture
def his(father: User) -> Client:
    """The father's browser."""
    client = Client()
    client.force_login(father)
    return client


@pytest.fixture
def caseworker(db: None) -> Client:
    return client_of(member("caseworker", "Cai Test"))


def relative(child: Child, *, at_home: bool) -> User:
    user = make_user(portal="family", name="Rhian Begum")
    with change("family made", by=TEST):
        adult = Adult.objects.create(forename="Rhian", surname="Begum", email=user.email, user=user)
        Tie.objects.create(
            child=child, adult=adult, kind="parent", lives_with_child=at_home, parental_responsibility=True
        )
    return user
