"""Whoever gives a role at the authority acts alone, and somebody else is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.support.people import TEST, make_user

from throughline.core.access.actions import end_roles, give_role, install_roles
from throughline.core.alerts.models import Alert
from throughline.core.alerts.roles_given import say
from throughline.core.registry.assembly import installed

pytestmark = pytest.mark.django_db


class Said:
    """A job's progress that nobody watches."""

    def say(self, done: int, total: int, note: str = "") -> None:
        """Nothing is kept."""


@pytest.fixture(autouse=True)
def roles(db: None) -> None:
    install_roles(by=TEST, registry=installed())


def test_a_role_at_the_authority_raises_one_alert_about_whoever_gave_it(viewer: Callable[..., Any]) -> None:
    giver = viewer("access.manage")
    give_role(by=giver, user=make_user(), role="safeguarding_lead")
    for _again in range(2):
        say(Said())  # type: ignore[arg-type]
    alert = Alert.objects.get()
    assert (alert.kind, alert.user_id) == ("alerts.role_given", giver.user_id)
    assert alert.details == {"role": "safeguarding_lead"}


def test_a_role_outside_the_authority_or_from_the_console_raises_none(viewer: Callable[..., Any]) -> None:
    give_role(by=viewer("access.manage"), user=make_user(portal="school"), role="head_teacher")
    give_role(by=TEST, user=make_user(), role="caseworker")
    say(Said())  # type: ignore[arg-type]
    assert not Alert.objects.exists()


def test_a_role_that_is_taken_away_is_not_said_to_be_given(viewer: Callable[..., Any]) -> None:
    user = make_user()
    give_role(by=TEST, user=user, role="safeguarding_lead")
    end_roles(by=viewer("access.manage"), user=user)
    say(Said())  # type: ignore[arg-type]
    assert not Alert.objects.exists()
