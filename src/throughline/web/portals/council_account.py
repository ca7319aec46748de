"""The staff door by the council's own account: over to the council's sign-in page, and back with its word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jwt
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from throughline.core.access.council_accounts import SomebodyElses, link_council_account
from throughline.core.access.single_sign_on import SingleSignOn
from throughline.core.alerts.actions import raise_alert
from throughline.core.audit.actor import THROUGHLINE
from throughline.core.audit.happened import happened

ALERT = "alerts.other_council_account"
# What the package would take from the answer itself: a key that is public must never be used as a shared secret.
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"})
KEPT = ("sub", "email", "email_verified", "amr")


class CouncilDirectory(OpenIDConnectOAuth2Adapter):
    """The council's directory: its word counts only where it is signed, for us, by whom we were told to ask."""

    def get_provider(self) -> Any:
        found = super().get_provider()
        # The provider makes a reader of the directory for itself on the way there: one of these.
        found.oauth2_adapter_class = type(self)
        return found

    @property
    def openid_config(self) -> dict[str, Any]:
        found: Any = super().openid_config
        wanted = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
        if not isinstance(found, dict) or not all(isinstance(found.get(name), str) for name in wanted):
            raise OAuth2Error("The directory does not describe itself.")
        if found["issuer"].rstrip("/") != configured().issuer:
            raise OAuth2Error("Another directory answered.")
        return found

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        try:
            return super().complete_login(request, app, token, **kwargs)
        except (jwt.PyJWTError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise OAuth2Error("The directory's word cannot be read.") from error

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        if jwt.get_unverified_header(id_token).get("alg") not in ALGORITHMS:
            raise OAuth2Error("The directory's word is not signed.")
        said = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        # Nothing more than signing in needs is kept of what the directory knows of somebody.
        kept = {name: said[name] for name in KEPT if name in said}
        return kept | {"sub": configured().lasting_name(said["sub"])}


class CouncilAccounts(DefaultSocialAccountAdapter):
    """Who may come in by a council account: those who have an open account here, and nobody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        # An open session never takes up whatever account somebody else's browser window brings.
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(_not_known(request))
        if not sociallogin.is_existing:
            self._link(request, sociallogin)
        if not sociallogin.user.is_active:
            raise ImmediateHttpResponse(_not_known(request))

    def _link(self, request: HttpRequest, sociallogin: Any) -> None:
        said, account = said_by(sociallogin), sociallogin.account
        known = None
        if _answers_for(said):
            try:
                known = link_council_account(
                    provider=account.provider, subject=account.uid, email=str(said["email"])
                )
            except SomebodyElses as problem:
                raise_alert(
                    by=THROUGHLINE, kind=ALERT, user_id=problem.user.pk, key=f"{ALERT}:{account.uid}"[:160]
                )
        if known is None:
            raise ImmediateHttpResponse(_not_known(request))
        known.extra_data = account.extra_data
        sociallogin.account, sociallogin.user = known, known.user

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_problem: Any) -> None:  # noqa: ARG002
        raise ImmediateHttpResponse(_failed(request))


class SecondStepStage(AuthenticateStage):
    """Our own second step, unless the council has just asked for one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        sociallogin = (self.login.signal_kwargs or {}).get("sociallogin")
        if sociallogin is not None and proved_twice(sociallogin):
            return False
        return bool(super()._should_handle(request))


def _answers_for(said: dict[str, Any]) -> bool:
    """Whether the directory answers for the address it gives."""
    return bool(said.get("email")) and (said.get("email_verified") is True or configured().trusts_emails)


def configured() -> SingleSignOn:
    """The directory; without one, these pages do not exist."""
    found: SingleSignOn | None = settings.SINGLE_SIGN_ON
    if found is None:
        raise Http404
    return found


def said_by(sociallogin: Any) -> dict[str, Any]:
    """What the directory says of somebody this time."""
    said = (sociallogin.account.extra_data or {}).get("id_token", {})
    return said if isinstance(said, dict) else {}


def proved_twice(sociallogin: Any) -> bool:
    """Whether the directory says that this sign-in took two steps."""
    amr = said_by(sociallogin).get("amr", [])
    return isinstance(amr, list) and bool(set(map(str, amr)) & set(configured().two_steps))


def note_two_steps(request: HttpRequest, user: Any, sociallogin: Any) -> None:
    """Let the session remember the second step that the council asked for."""
    if proved_twice(sociallogin):
        record_authentication(request, user, method="mfa", type="council account")


@never_cache
@require_POST
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Over to the council's sign-in page."""
    return _by_the_package(OAuth2LoginView, request, provider_id)


@never_cache
@require_GET
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from it, with its word or without."""
    return _by_the_package(OAuth2CallbackView, request, provider_id)


def _by_the_package(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    configured()
    try:
        served: Callable[..., HttpResponse] = view.adapter_view(CouncilDirectory(request, provider_id))
        return served(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (OAuth2Error, RequestException):
        return _failed(request)


def _not_known(request: HttpRequest) -> HttpResponse:
    """The same words whatever the reason: they must not tell who has an account here."""
    happened("sign-in by council account refused", by=THROUGHLINE)
    return render(request, "portals/sign_in/council_account.html", {"failed": False}, status=403)


def _failed(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/sign_in/council_account.html", {"failed": True}, status=502)
