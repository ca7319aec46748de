"""The pages before anybody is known: which door, and the staff door."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.account.internal.stagekit import clear_login
from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from throughline.core.access.single_sign_on import COUNCIL

from .sign_in import safe_next


def choose(request: HttpRequest) -> HttpResponse:
    """I am a parent or carer, or I work for the authority."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(safe_next(request, reverse("portals.home")))
    onward = safe_next(request)
    query = f"?{urlencode({REDIRECT_FIELD_NAME: onward})}" if onward else ""
    return render(request, "portals/sign_in/choose.html", {"query": query})


class StaffForm(LoginForm):
    """Work email address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_words(self, login=_("Work email address"), password=_("Password"))


class PasswordAgainForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_words(self, password=_("Password"))


class StaffSignIn(LoginView):
    """The staff door: password here, then the second step."""

    form_class = StaffForm

    def get_context_data(self, **words: Any) -> dict[str, Any]:
        council = COUNCIL if settings.SINGLE_SIGN_ON else ""
        return {**super().get_context_data(**words), "council": council}

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponseRedirect | None:  # noqa: ARG002
        # Coming back to the door means starting again, whatever was left half done at this door or another.
        clear_login(request)
        return None


class PasswordAgain(ReauthenticateView):
    form_class = PasswordAgainForm


class SignOut(LogoutView):
    """By POST: out. By GET: a page that asks, so that no link or picture can sign anybody out."""


def plain_words(form: Any, **labels: Any) -> None:
    """Give a packaged form our labels, and take away what plain English forms do without."""
    for name, label in labels.items():
        form.fields[name].label = label
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = ""
