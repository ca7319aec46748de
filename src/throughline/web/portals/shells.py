"""The portals: one frozen description each. A new portal is a new line here and pages that name it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from throughline.core.registry.sockets import Text


@dataclass(frozen=True)
class Shell:
    """What one group of people meets around every page, and how they come in.

    ``door`` names the address of their sign-in page. ``proofs`` are the ways of showing who one is that this door
    takes (``code``, ``password``, ``mfa``, and ``socialaccount``, which is the council's account): any other way in is refused. ``second_step`` asks for one in every session.
    """

    code: str
    name: Text
    heading: Text
    empty: Text
    door: str = "sign_in"
    proofs: frozenset[str] = frozenset()
    second_step: bool = True


# Whoever comes in for their work gives a password and a second step, whoever they work for.
STAFF_PROOFS = frozenset({"password", "mfa"})

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
            # The council answers for its own staff, and for nobody else.
            proofs=STAFF_PROOFS | {"socialaccount"},
        ),
        Shell(
            "young_person",
            _("Your education"),
            _("Your page"),
            _(
                "There is nothing you need to do. What people ask you, and what they agree to do, will appear here."
            ),
            door="account_request_login_code",
            proofs=frozenset({"code"}),
            second_step=False,
        ),
        Shell(
            "school",
            _("Education services for schools"),
            _("What your school needs to do now"),
            _("There is nothing waiting for you. What is asked of your school will appear here."),
            door="account_login",
            proofs=STAFF_PROOFS,
        ),
        Shell(
            "professional",
            _("Education services for professionals"),
            _("What is asked of you"),
            _(
                "There is nothing waiting for you. What is asked of you, and the children you work with, will appear here."
            ),
            door="account_login",
            proofs=STAFF_PROOFS,
        ),
        Shell(
            "provider",
            _("Education services for providers"),
            _("What you need to do now"),
            _("There is nothing waiting for you. What is asked of you will appear here."),
            door="account_login",
            proofs=STAFF_PROOFS,
        ),
    )
}


def shell_of(portal: str) -> Shell:
    """The shell of a portal; the public one for a portal that has none yet."""
    return SHELLS.get(portal, SHELLS["public"])
