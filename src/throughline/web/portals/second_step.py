"""The second step of staff sign-in: a code from an app, a passkey, or a recovery code."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.core.access.viewer import Viewer

from .shells import shell_of

STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondStep(DefaultMFAAdapter):
    """How second steps are kept and named."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "That code is not right, or has been used already. Wait for the next one and enter it."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Set up an app or a passkey before you make recovery codes."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}


def has_second_step(user: Any) -> bool:
    return bool(is_mfa_enabled(user, STEPS))


def used_second_step(request: HttpRequest) -> bool:
    """Whether a second step has been used in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def drop_second_step(request: HttpRequest) -> None:
    """Once the last second step is gone, this session has none either: another must be set up before anything else."""
    records = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [r for r in records if r.get("method") != "mfa"]


def needs_second_step(request: HttpRequest, viewer: Viewer) -> bool:
    """Staff open nothing until they have, and have used, a second step in this session."""
    return shell_of(viewer.portal).second_step and not used_second_step(request)


def to_second_step(request: HttpRequest) -> HttpResponse:
    """To setting one up, or to using it where the account has one and this session has not used it."""
    if not has_second_step(request.user):
        return HttpResponseRedirect(reverse("mfa_index"))
    query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return HttpResponseRedirect(reverse("mfa_reauthenticate") + (f"?{query}" if query else ""))


def recently_proved(request: HttpRequest) -> bool:
    """Whether the person has just shown who they are: by second step, or by password while they have no second step."""
    enough = {"mfa"} if has_second_step(request.user) else {"mfa", "password"}
    since = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(record.get("method") in enough and record.get("at", 0) > since for record in records)


def _cipher() -> MultiFernet:
    # Secrets lie encrypted in the database, so that a stolen copy of it opens nobody's second step.
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = [hashlib.sha256(b"throughline second step" + force_bytes(key)).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])
