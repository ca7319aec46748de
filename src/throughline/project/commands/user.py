"""`throughline user`: accounts, from the machine's own command line."""

from __future__ import annotations

import difflib
import secrets
from typing import Any

import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from rich.console import Console
from rich.table import Table

from throughline.core.access.actions import create_user, end_roles, give_role
from throughline.core.access.queries import account_by_email
from throughline.core.access.roles import accounts_with_roles, role_codes
from throughline.core.access.second_step import forget_second_step

from ..operator import operator


@click.group()
def user() -> None:
    """Make and end accounts, and give roles."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="As colleagues know them.")
@click.option("--role", "roles", multiple=True, help="What they are here to do; may be repeated.")
@click.option("--ask-password", is_flag=True, help="Type the password instead of having one made.")
def add(email: str, name: str, roles: tuple[str, ...], ask_password: bool) -> None:
    """Make a member of staff's account. They set up a second step when they first sign in."""
    validate_email(email)
    if account_by_email(email):
        raise ValidationError(f"{email} has an account already. Nothing was changed.")
    known = [_role(role) for role in roles]
    password = _asked_for() if ask_password else secrets.token_urlsafe(15)
    made = create_user(by=operator(), email=email, name=name, portal="staff", password=password)
    for role in known:
        give_role(by=operator(), user=made, role=role)
    click.echo(f"{made.email} can sign in.")
    if not ask_password:
        click.echo(f"Password, shown this once: {password}")


@user.command()
@click.argument("email")
@click.argument("role")
def role(email: str, role: str) -> None:
    """Give ROLE to an account."""
    give_role(by=operator(), user=_account(email), role=_role(role))
    click.echo(f"{email} is now {role}.")


@user.command("list")
def list_accounts() -> None:
    """List staff accounts and their roles."""
    table = Table(box=None)
    for heading in ("Email", "Name", "Roles", ""):
        table.add_column(heading)
    for account in accounts_with_roles("staff"):
        table.add_row(
            account.email, account.name, ", ".join(account.roles), "" if account.is_active else "ended"
        )
    Console().print(table)


@user.command()
@click.argument("email")
def end(email: str) -> None:
    """End an account: its roles end today, and from the next click it can do nothing."""
    ended = end_roles(by=operator(), user=_account(email))
    click.echo(f"{email} can no longer sign in. Roles ended: {ended}.")


@user.command("reset-second-step")
@click.argument("email")
@click.option("--reason", required=True, help="How you know it is them; kept in the trail.")
def reset_second_step(email: str, reason: str) -> None:
    """Forget an account's second step, for somebody who has lost theirs."""
    removed = forget_second_step(by=operator(), user=_account(email), reason=reason)
    click.echo(f"Second steps removed: {removed}. {email} sets up a new one at the next sign-in.")


def _account(email: str) -> Any:
    found = account_by_email(email)
    if found is None:
        known = [account.email for account in accounts_with_roles("staff")]
        raise ValidationError(
            f"There is no account for {email}.{_near(email.lower(), known)} Nothing was changed."
        )
    return found


def _role(code: str) -> str:
    known = role_codes()
    if code not in known:
        every = (
            f" The roles are: {', '.join(known)}."
            if known
            else " Run `throughline setup` to add the starter roles."
        )
        raise ValidationError(
            f"There is no role called {code}.{_near(code, list(known)) or every} Nothing was changed."
        )
    return code


def _near(typed: str, known: list[str]) -> str:
    near = difflib.get_close_matches(typed, known, n=1)
    return f" Did you mean {near[0]}?" if near else ""


def _asked_for() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    validate_password(password)
    return password
