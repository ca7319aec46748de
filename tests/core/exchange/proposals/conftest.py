from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.support.people import TEST, make_user

from throughline.core.access.models import Membership, Role
from throughline.core.access.viewer import viewer_for
from throughline.core.audit.change import change
from throughline.core.organisations.models import School


@pytest.fixture(autouse=True)
def kept_apart(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"


@pytest.fixture
def officer(db: None, make_user: Callable[..., Any]) -> Any:
    """A records officer, with the role's rules and permissions of the first day."""
    return held("records_officer", "exchange.send", "exchange.review", "people.edit", "people.find")


@pytest.fixture
def colleague(db: None) -> Any:
    return held("records_officer", "exchange.send", "exchange.review", "people.edit", "people.find")


@pytest.fixture
def ash(db: None) -> School:
    return made_school("Ash School", "2001")


@pytest.fixture
def oak(db: None) -> School:
    return made_school("Oak School", "2002")


def made_school(name: str, number: str) -> School:
    with change("school made", by=TEST):
        return School.objects.create(name=name, la_code="820", establishment_number=number)


def held(role: str, *permissions: str, school: School | None = None) -> Any:
    """Somebody with one of the roles of the first day."""
    portal = "school" if school else "staff"
    user = make_user(portal=portal)
    with change("role given", by=TEST):
        kept, _made = Role.objects.update_or_create(
            code=role,
            defaults={
                "label": role,
                "description": "",
                "portal": portal,
                "permissions": list(permissions),
                "reach": "at_own_school" if school else "",
            },
        )
        Membership.objects.create(user=user, role=kept, school=school, since=date(2020, 1, 1))
    return viewer_for(user)
