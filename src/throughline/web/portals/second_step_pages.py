"""Setting up, using and changing a second step. For staff only: families sign in with an emailed code."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.views import AuthenticateView, IndexView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib import messages
from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .doors import plain_words
from .second_step import drop_second_step, has_second_step, used_second_step
from .shells import shell_of
from .sign_in import to_sign_in

View = Callable[..., HttpResponse]
# A code is accepted in its own 30 seconds, and in the 30 before and after for clocks that differ.
CODE_SECONDS = 90


def for_staff(view: View) -> View:
    """Only for those who come in by the staff door; to anybody else signed in, there is no such page."""

    @wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        viewer = request.viewer  # type: ignore[attr-defined]
        if viewer is None:
            return to_sign_in(request)
        if not shell_of(viewer.portal).second_step:
            raise Http404
        return view(request, *args, **kwargs)

    return served


class AsksForCode:
    """What the three forms that ask for a code have in common: plain words, and that no code works twice."""

    hint = _("Open your authenticator app and enter the 6-digit code, or enter a recovery code.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_words(self, code=_("Code"))
        field = self.fields["code"]  # type: ignore[attr-defined]
        field.help_text = self.hint
        field.error_messages["required"] = _("Enter the code from your authenticator app.")
        field.widget.attrs.update(
            {"class": "govuk-input--width-10", "inputmode": "numeric", "spellcheck": "false"}
        )

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        # The package forgets a used code after its own 30 seconds; ours is taken for as long as it could be entered.
        mark = f"second-step:{self.user.pk}:{normalize_user_code(code)}"  # type: ignore[attr-defined]
        if not cache.add(mark, "used", timeout=CODE_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(AsksForCode, AuthenticateForm):
    pass


class CodeAgainForm(AsksForCode, ReauthenticateForm):
    pass


class FirstCodeForm(AsksForCode, ActivateTOTPForm):
    hint = _("The app shows a 6-digit code once it has scanned the picture or taken the key.")


class PasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_words(
            self, name=_("Name of this passkey"), passwordless=_("Let me sign in with this passkey alone")
        )
        self.fields["name"].help_text = _("For example, Work laptop or Phone.")
        self.fields["credential"].error_messages["required"] = _(
            "No passkey was made. Select Add passkey to try again."
        )


class PasskeyOptions:
    """Hands what the browser needs for a passkey to the page as an attribute: no page carries a script of its own."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        # The packaged views drop the form they are given, and with it what was wrong.
        return found | kwargs | {"passkey_options": json.dumps(found.get("js_data"), cls=DjangoJSONEncoder)}


class SecondStepNow(PasskeyOptions, AuthenticateView):
    """The second step, right after the password: whichever this account has."""

    form_class = CodeForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        found = super().get_context_data(**kwargs) | {"has_passkey": Authenticator.Type.WEBAUTHN in kinds}
        if Authenticator.Type.TOTP not in kinds:
            found["form"].fields["code"].help_text = _(
                "If you cannot use your passkey, enter a recovery code."
            )
        return found


class SecondStepAgain(ReauthenticateView):
    form_class = CodeAgainForm


class SecondSteps(IndexView):
    """The second steps an account has, or the choice of a first one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        must = not has_second_step(self.request.user)
        return super().get_context_data(**kwargs) | {
            "must_set_up": must,
            "used": used_second_step(self.request),
        }


class SetUpApp(ActivateTOTPView):
    form_class = FirstCodeForm

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        # The code just entered was a second step used in this session.
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.TOTP)
        messages.success(self.request, gettext("Your authenticator app is set up."))
        return response


class AddPasskey(PasskeyOptions, AddWebAuthnView):
    form_class = PasskeyForm

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.WEBAUTHN)
        messages.success(self.request, gettext("Your passkey is added."))
        return response


class PasskeyAgain(PasskeyOptions, ReauthenticateWebAuthnView):
    pass


class RemoveApp(DeactivateTOTPView):
    """Taking the app away, for a new phone. It can be the only one: a new one is then set up before anything else."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        after_removal(self.request, gettext("Your authenticator app is removed."))
        return response


class RemovePasskey(RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        after_removal(self.request, gettext("Your passkey is removed."))
        return response


def after_removal(request: HttpRequest, words: str) -> None:
    """Other sessions end, because whoever holds the old phone or key may be in one of them."""
    end_other_sessions(request, request.user)
    if not has_second_step(request.user):
        drop_second_step(request)
    messages.success(request, words)
