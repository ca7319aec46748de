"""Where the staff's own accounts are: one provider of OpenID Connect, as the environment names it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ISSUER, CLIENT = "THROUGHLINE_SIGN_ON_ISSUER", "THROUGHLINE_SIGN_ON_CLIENT"
SECRET, SECRET_FILE = "THROUGHLINE_SIGN_ON_SECRET", "THROUGHLINE_SIGN_ON_SECRET_FILE"
EMAILS, TWO_STEPS = "THROUGHLINE_SIGN_ON_EMAILS", "THROUGHLINE_SIGN_ON_TWO_STEPS"
COUNCIL = "council"
# Everybody with such an account anywhere, not those of one council: whoever they say they are may be anybody.
SHARED = ("common", "organizations", "consumers")


@dataclass(frozen=True)
class SingleSignOn:
    """One provider. ``two_steps`` are the words by which it says that somebody proved themselves twice (``amr``).

    ``trusts_emails``: the directory's addresses are set by the council, so they count although the provider does not say
    that each was verified.
    """

    issuer: str
    client: str
    secret: str
    trusts_emails: bool = False
    two_steps: tuple[str, ...] = ("mfa",)

    def lasting_name(self, subject: str) -> str:
        """Under which an account is kept: another directory's subjects can never pass for this one's."""
        return hashlib.sha256(f"{self.issuer} {subject}".encode()).hexdigest()

    @property
    def origin(self) -> str:
        """Where a form may lead to."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    def providers(self) -> dict[str, Any]:
        """For the sign-in package."""
        app = {
            "provider_id": COUNCIL,
            "name": "council",
            "client_id": self.client,
            "secret": self.secret,
            "settings": {"server_url": self.issuer, "fetch_userinfo": False},
        }
        return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def single_sign_on(environment: Mapping[str, str], plain_http: bool) -> SingleSignOn | None:
    """The provider that the environment names; None where it names none.

    Raises:
        ImproperlyConfigured: it is named in part, or could be anybody.
    """
    issuer, client = environment.get(ISSUER, ""), environment.get(CLIENT, "")
    secret = environment.get(SECRET, "") or _file(environment.get(SECRET_FILE, ""))
    if not (issuer or client or secret):
        return None
    if not (issuer and client and secret):
        raise ImproperlyConfigured(
            f"Single sign-on needs {ISSUER}, {CLIENT} and {SECRET} (or {SECRET_FILE}); only some are set."
        )
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not plain_http:
        raise ImproperlyConfigured(f"{ISSUER} must begin with https://.")
    if set(parts.path.split("/")) & set(SHARED):
        raise ImproperlyConfigured(
            f"{ISSUER} must name your own directory: this one is shared with everybody who has an account there."
        )
    return SingleSignOn(
        issuer.rstrip("/"),
        client,
        secret,
        environment.get(EMAILS) == "trusted",
        tuple(environment.get(TWO_STEPS, "mfa").split()),
    )


def _file(name: str) -> str:
    if not name:
        return ""
    try:
        return Path(name).read_text("utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{SECRET_FILE} cannot be read: {error.strerror}.") from error
