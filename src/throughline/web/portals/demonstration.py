"""Accounts of the demonstration, with passwords that everybody may know. They exist nowhere else."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from throughline.core.access.actions import create_user, give_role
from throughline.core.access.queries import account_by_email
from throughline.core.access.roles import role_codes
from throughline.core.audit.actor import Actor, Trusted

DEMONSTRATION_PASSWORD = "demonstration only"  # nosec B105: known to everybody, and refused elsewhere
DEMONSTRATION = Trusted("The demonstration")
SITUATIONS = "demonstration-sign-ins.json"
FILES = "demonstration-files"


@dataclass(frozen=True)
class StaffAccount:
    """Somebody invented who works for the authority. ``role`` is the code of an installed role."""

    email: str
    name: str
    role: str


def make_demonstration_accounts(staff: Iterable[StaffAccount], *, by: Actor = DEMONSTRATION) -> list[Any]:
    """Make every account that is not there yet, each with the demonstration's password and a second step."""
    return [add_staff(email=one.email, name=one.name, role=one.role, by=by) for one in staff]


def add_staff(
    email: str,
    name: str,
    role: str,
    password: str = DEMONSTRATION_PASSWORD,
    totp_secret: str = "",
    *,
    by: Actor = DEMONSTRATION,
    at: Mapping[str, Any] | None = None,
) -> Any:
    """Make one staff account, or return the one of that address.

    Args:
        email: an address under a reserved domain, such as ``sam@authority.example``.
        name: who they are; invented.
        role: the code of an installed role.
        password: only ever a known one.
        totp_secret: the key of their authenticator app in base 32; one is made when it is empty.
        by: who makes it.
        at: the school or agency they work at, for those who do not work for the authority.

    Raises:
        ImproperlyConfigured: outside the demonstration, where nobody's password may be known.
    """
    if not settings.DEMONSTRATION:
        raise ImproperlyConfigured(
            "Demonstration accounts have passwords that everybody knows, so they are made only in the demonstration. "
            "Nothing was made. Set THROUGHLINE_DEMONSTRATION=1, or make accounts as an administrator."
        )
    user = account_by_email(email)
    if user is None:
        portal = role_codes().get(role, "staff")
        user = create_user(by=by, email=email, name=name, portal=portal, password=password)
    give_role(by=by, user=user, role=role, **(at or {}))
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, totp_secret or generate_totp_secret())
    return user


def keep_situations(situations: Mapping[str, str]) -> None:
    """Keep, for the page of sign-ins, what each person's eyes are worth looking through for."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    (settings.HOME / SITUATIONS).write_text(json.dumps(situations, ensure_ascii=False, indent=1))


def situations() -> dict[str, str]:
    """What was kept, by email address; nothing outside a demonstration that has been built."""
    try:
        kept: dict[str, str] = json.loads((settings.HOME / SITUATIONS).read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return kept


def keep_file(name: str, content: bytes) -> None:
    """Keep a file that visitors may fetch and send, as a school would send its own."""
    folder = settings.HOME / FILES
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def files_to_try() -> list[Path]:
    """The files that were kept, by name; none outside a demonstration that has been built."""
    folder = settings.HOME / FILES
    return sorted(folder.iterdir()) if folder.is_dir() else []


def code_now(user: Any) -> str:
    """The code that this person's app shows now; empty when they have none."""
    step = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return totp_code(decrypt(step.data["secret"])) if step else ""


def totp_code(secret: str, at: float | None = None) -> str:
    """The code of a key at a moment (now unless told)."""
    counter = int(time.time() if at is None else at) // mfa_settings.TOTP_PERIOD
    code: str = format_hotp_value(hotp_value(secret, counter))
    return code
