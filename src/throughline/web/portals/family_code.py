"""The family door: an email address, then the code we sent to it. The first code also makes the account."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.views import ConfirmLoginCodeView
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic.edit import FormView

from throughline.core.access.queries import account_by_email
from throughline.core.access.sign_up import comes_by_code, register_parent

from .doors import plain_words
from .sign_in import safe_next


class FamilyCode(LoginCodeVerificationProcess):
    """A code on its way to somebody whose account may not exist yet.

    What the browser sees is the same whether there is an account, none, or one that may not come in here; only the
    owner of the address learns which, from the email.
    """

    @classmethod
    def begin(cls, request: HttpRequest, email: str) -> FamilyCode:
        account = account_by_email(email)
        user = account if account and comes_by_code(account) else None
        login = Login(user=user, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, email=email))
        stage.state.update(initiated_by_user=True, other_door=bool(account and not user))
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage: Any) -> FamilyCode | None:
        kept: FamilyCode | None = cls(stage=stage).abort_if_invalid()
        return kept

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:  # noqa: ARG002
        if self.state.get("other_door"):
            get_adapter().send_mail("account/email/no_code", email, {"request": self.request})
            return
        words = {"request": self.request, "code": self.generate_code()}
        get_adapter().send_mail("account/email/login_code", email, words)

    def finish(self, redirect_url: str | None) -> HttpResponse:
        if self.user is None:
            user = register_parent(email=self.state["email"])
            if user is None:
                self.abort()
                return HttpResponseRedirect(reverse("sign_in"))
            self._user = self.stage.login.user = user
        response: HttpResponse = super().finish(redirect_url)
        return response


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("We will send a code to this address. You do not need a password."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your email address."),
            "invalid": _("Enter an email address in the correct format, like name@example.com."),
        },
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class CodeForm(ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_words(self, code=_("Code"))
        self.fields["code"].widget.attrs.update({"class": "govuk-input--width-10", "spellcheck": "false"})
        self.fields["code"].error_messages["required"] = _("Enter the code from the email.")


@method_decorator(never_cache, name="dispatch")
class AskForCode(FormView):
    """Enter your email address."""

    form_class = EmailForm
    template_name = "account/request_login_code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return HttpResponseRedirect(safe_next(request, reverse("portals.home")))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: EmailForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        refused = ratelimit.consume_or_429(self.request, action="request_login_code", key=email)
        if refused:
            return refused
        clear_login(self.request)
        FamilyCode.begin(self.request, email)
        return HttpResponseRedirect(with_next(self.request, reverse("account_confirm_login_code")))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(next=safe_next(self.request), **kwargs)


@method_decorator(
    login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_request_login_code"),
    name="dispatch",
)
class EnterCode(ConfirmLoginCodeView):
    """Enter the code we sent."""

    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.stage = request._login_stage  # type: ignore[attr-defined]
        resumed = FamilyCode.resume(self.stage)
        if resumed is None:
            messages.error(request, gettext("That code is no longer valid. Ask for another code."))
            return HttpResponseRedirect(reverse("account_request_login_code"))
        self._process = resumed
        # The packaged dispatch would resume its own process; everything after it is wanted.
        return FormView.dispatch(self, request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        if self._process.record_invalid_attempt():
            return FormView.form_invalid(self, form)
        messages.error(
            self.request,
            gettext("That code was wrong 3 times, so it no longer works. Ask for another code."),
        )
        return HttpResponseRedirect(with_next(self.request, reverse("account_request_login_code")))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(next=safe_next(self.request), **kwargs)


def with_next(request: HttpRequest, address: str) -> str:
    onward = safe_next(request)
    return f"{address}?{urlencode({REDIRECT_FIELD_NAME: onward})}" if onward else address
