"""An administrator helps a colleague back in, and nobody helps themselves."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from throughline.core.access.models import User
from throughline.core.access.passwords import give_password
from throughline.core.access.second_step import forget_second_step
from throughline.core.access.viewer import viewer_for
from throughline.core.audit.actor import Refused
from throughline.core.audit.models import Event


def test_a_lost_second_step_is_taken_away_and_a_new_one_asked_for(
    staff_client: Client, sam: User, viewer: Any, password_step: Any, second_steps: Any
) -> None:
    forget_second_step(by=viewer("access.manage"), user=sam, reason="Lost their phone")
    assert second_steps(sam) == []
    assert staff_client.get("/home/").status_code == 302
    assert Event.objects.get(kind="second step removed").reason == "Lost their phone"
    password_step(staff_client, sam.email)
    assert staff_client.get("/home/").headers["Location"] == "/sign-in/second-step/yours/"


def test_nobody_takes_away_their_own_second_step(sam: User, second_steps: Any) -> None:
    with pytest.raises(Refused):
        forget_second_step(by=viewer_for(sam), user=sam, reason="")
    assert second_steps(sam) == ["totp"]


def test_a_new_password_ends_every_session(
    staff_client: Client, sam: User, viewer: Any, password_step: Any
) -> None:
    give_password(by=viewer("access.manage"), user=sam, password="another long password")
    assert staff_client.get("/home/").status_code == 302
    assert "is not right" in password_step(Client(), sam.email).text
    assert password_step(Client(), sam.email, "another long password").status_code == 302


def test_a_weak_password_is_refused_with_what_is_wrong(sam: User, viewer: Any) -> None:
    with pytest.raises(ValidationError, match="12 characters"):
        give_password(by=viewer("access.manage"), user=sam, password="short")


def test_only_those_who_manage_accounts_may_help(sam: User, viewer: Any, second_steps: Any) -> None:
    with pytest.raises(Refused):
        give_password(by=viewer(), user=sam, password="another long password")
    with pytest.raises(Refused):
        forget_second_step(by=viewer(), user=sam, reason="")
    assert second_steps(sam) == ["totp"]
