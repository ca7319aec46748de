"""Signing in: which door, and what may pass through it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.core.audit.actor import THROUGHLINE
from throughline.core.audit.change import change

from .council_account import note_two_steps
from .second_step import has_second_step, recently_proved
from .shells import shell_of


class Accounts(DefaultAccountAdapter):
    """How accounts are kept. Accounts are guarded rows: whatever writes one does so inside ``change``."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "The email address or the password is not right. Check both and try again."
        ),
        "incorrect_code": gettext_lazy(
            "That code is not right. Check the latest email we sent you and enter its code."
        ),
        "incorrect_password": gettext_lazy("That password is not right. Try again."),
        "too_many_login_attempts": gettext_lazy(
            "You have tried too many times. Wait 5 minutes, then try again."
        ),
        "rate_limited": gettext_lazy("You have tried too many times. Wait 5 minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        # Parents get an account with their first code; staff accounts are made by an administrator.
        return False

    def get_login_stages(self) -> list[str]:
        ours = "throughline.web.portals.council_account.SecondStepStage"
        packaged = "allauth.mfa.stages.AuthenticateStage"
        return [ours if stage == packaged else stage for stage in super().get_login_stages()]

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        with change("account created", by=THROUGHLINE):
            return super().save_user(request, user, form, commit)

    def set_password(self, user: Any, password: str) -> None:
        with change("password changed", by=THROUGHLINE):
            super().set_password(user, password)

    def pre_login(self, request: HttpRequest, user: Any, **hooks: Any) -> Any:
        stopped = super().pre_login(request, user, **hooks)
        proofs = shell_of(user.portal).proofs
        sociallogin = (hooks.get("signal_kwargs") or {}).get("sociallogin")
        if sociallogin is not None:
            shown = {"socialaccount"}
        else:
            shown = {record["method"] for record in get_authentication_records(request, user)}
        # Nobody comes in by another portal's door.
        if stopped or shown & proofs:
            if not stopped and sociallogin is not None:
                note_two_steps(request, user, sociallogin)
            return stopped
        clear_login(request)
        messages.error(
            request, _("You cannot sign in this way. Choose how you use this service and try again.")
        )
        return HttpResponseRedirect(reverse("sign_in"))

    def add_message(self, request: HttpRequest, level: int, *args: Any, **words: Any) -> None:
        # Only what we say ourselves: the packaged notices ("Successfully signed in as ...") interrupt without helping.
        if words.get("message"):
            super().add_message(request, level, *args, **words)

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:  # noqa: ARG002
        return not recently_proved(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and has_second_step(user):
            # A password alone must not be enough to change a second step.
            return [method for method in methods if method["id"] != "reauthenticate"]
        return methods


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the door of the page that was asked for, and back to that page afterwards."""
    page = getattr(getattr(request.resolver_match, "func", None), "page", None)
    door = shell_of(getattr(page, "portal", "")).door
    query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return HttpResponseRedirect(reverse(door) + (f"?{query}" if query else ""))


def safe_next(request: HttpRequest, otherwise: str = "") -> str:
    """The address to go on to, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else otherwise
