"""Signing in leaves a trail.

The sign-in package announces what it does by signals and in no other way, so here, and only here, the house rule
against signals gives way. Nothing is decided in these functions: they write down what has happened.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as second_step_signals
from django.contrib.auth import signals as auth_signals
from django.http import HttpRequest

from throughline.core.access.queries import account_by_email
from throughline.core.audit.actor import Trusted, acting_from
from throughline.core.audit.happened import happened

from .door import client_address, session_mark

NOBODY = Trusted("Somebody not signed in")


def listen() -> None:
    """Begin to write sign-ins down. Called once, when the application is ready."""
    heard = "throughline.portals"
    account_signals.user_logged_in.connect(signed_in, dispatch_uid=heard)
    account_signals.login_code_rejected.connect(code_rejected, dispatch_uid=heard)
    auth_signals.user_logged_out.connect(signed_out, dispatch_uid=heard)
    auth_signals.user_login_failed.connect(failed, dispatch_uid=heard)
    second_step_signals.authentication_failed.connect(second_step_failed, dispatch_uid=heard)
    second_step_signals.authenticator_added.connect(second_step_added, dispatch_uid=heard)
    second_step_signals.authenticator_removed.connect(second_step_removed, dispatch_uid=heard)
    second_step_signals.authenticator_reset.connect(second_step_removed, dispatch_uid=heard)


def signed_in(request: HttpRequest, user: Any, **_: Any) -> None:
    write(request, "signed in", user)


def signed_out(request: HttpRequest, user: Any, **_: Any) -> None:
    if user is not None:
        write(request, getattr(request, "ended_because", "signed out"), user)


def failed(request: HttpRequest | None, credentials: dict[str, Any], **_: Any) -> None:
    """A wrong password. What was typed is kept only when it is an account's address: people type passwords there too."""
    user = account_by_email(str(credentials.get("email") or ""))
    write(request, "sign-in failed", user, nobody=True)


def code_rejected(request: HttpRequest, user: Any, **_: Any) -> None:
    write(request, "sign-in failed", user, nobody=True)


def second_step_failed(request: HttpRequest, user: Any, **_: Any) -> None:
    write(request, "second step failed", user, nobody=True)


def second_step_added(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    write(request, "second step set up", user, authenticator.type)


def second_step_removed(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    write(request, "second step removed or renewed", user, authenticator.type)


def write(request: HttpRequest | None, kind: str, user: Any, reason: str = "", nobody: bool = False) -> None:
    """One event, from the session as it now is: signing in gives the browser a new one."""
    by = NOBODY if nobody or user is None else Trusted(str(user), user.pk)
    address = client_address(request) if request else ""
    with acting_from(session_mark(request) if request else "", address):
        happened(kind, by=by, about=user, reason=reason)
