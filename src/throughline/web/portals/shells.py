"""The portals: one frozen description each. A new portal is a new line here and pages that name it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Text


@dataclass(frozen=True)
class Shell:
    """What one group of people meets around every page, and how they come in.

    ``door`` names the address of their sign-in page. ``proofs`` are the ways of showing who one is that this door
    takes (``code``, ``password``, ``mfa``): any other way in is refused. ``second_step`` asks for one in every session.
    """

    code: str
    name: Text
    heading: Text
    empty: Text
    door: str = "sign_in"
    proofs: frozenset[str] = frozenset()
    second_step: bool = True


SHELLS: dict[str, Shell] = {
    shell.code: shell
    for shell in (
        Shell("public", _("Education services"), _("Education services"), ""),
        Shell(
            "family",
            _("Education services for families"),
            _("Your children and your applications"),
            _("There is nothing you need to do. Your applications and what we ask of you will appear here."),
            door="account_request_login_code",
            proofs=frozenset({"code"}),
            second_step=False,
        ),
        Shell(
            "staff",
            _("Education casework"),
            _("What needs you now"),
            _("There is nothing waiting for you. Work that is due, late or changed will appear here."),
            door="account_login",
            proofs=frozenset({"password", "mfa"}),
        ),
    )
}


def shell_of(portal: str) -> Shell:
    """The shell of a portal; the public one for a portal that has none yet."""
    return SHELLS.get(portal, SHELLS["public"])
