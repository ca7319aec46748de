"""Accounts from the machine's own command line."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator

from throughline.core.access.actions import install_roles
from throughline.core.access.queries import account_by_email
from throughline.core.access.viewer import viewer_for
from throughline.core.audit.actor import Trusted
from throughline.core.audit.models import Event
from throughline.core.registry.assembly import installed
from throughline.project.command import main

pytestmark = pytest.mark.django_db
ADMINISTRATOR = "system_administrator"
ADD = ("user", "add", "ada@council.gov.uk", "--name", "Ada Bryn")


@pytest.fixture(autouse=True)
def _roles(db: None) -> None:
    install_roles(by=Trusted("the test"), registry=installed())


def test_an_account_is_made_with_its_role_and_a_password_shown_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*ADD, "--role", ADMINISTRATOR]) == 0
    password = re.search(r"shown this once: (\S+)", capsys.readouterr().out)
    made = account_by_email("ada@council.gov.uk")
    assert made is not None
    assert password is not None
    assert made.check_password(password.group(1))
    assert viewer_for(made).may("access.manage")


def test_the_trail_says_who_at_the_command_line_made_it() -> None:
    main([*ADD])
    assert "at the command line" in Event.objects.get(kind="account created").actor_label


def test_a_misspelt_role_makes_no_account_and_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*ADD, "--role", "system_administrato"]) == 1
    assert f"Did you mean {ADMINISTRATOR}?" in capsys.readouterr().err
    assert account_by_email("ada@council.gov.uk") is None


def test_a_second_account_for_an_address_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    main([*ADD])
    assert main([*ADD]) == 1
    assert "has an account already" in capsys.readouterr().err


def test_an_address_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "add", "ada", "--name", "Ada"]) == 1
    assert "email" in capsys.readouterr().err


def test_a_role_is_given_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    main([*ADD])
    assert main(["user", "role", "ada@council.gov.uk", ADMINISTRATOR]) == 0
    capsys.readouterr()
    assert main(["user", "list"]) == 0
    assert re.search(rf"ada@council.gov.uk +Ada Bryn +{ADMINISTRATOR}", capsys.readouterr().out)


def test_an_ended_account_can_do_nothing() -> None:
    main([*ADD, "--role", ADMINISTRATOR])
    assert main(["user", "end", "ada@council.gov.uk"]) == 0
    ended = account_by_email("ada@council.gov.uk")
    assert ended is not None
    assert not ended.is_active
    assert not viewer_for(ended).may("access.manage")


def test_an_account_that_is_not_there_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main([*ADD])
    assert main(["user", "end", "adda@council.gov.uk"]) == 1
    assert "Did you mean ada@council.gov.uk?" in capsys.readouterr().err


def test_a_lost_second_step_is_forgotten_and_leaves_its_reason_in_the_trail() -> None:
    main([*ADD])
    user = account_by_email("ada@council.gov.uk")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert main(["user", "reset-second-step", "ada@council.gov.uk", "--reason", "came in person"]) == 0
    assert not Authenticator.objects.filter(user=user).exists()
    assert Event.objects.get(kind="second step removed").reason == "came in person"
