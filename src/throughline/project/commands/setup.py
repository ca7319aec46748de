"""`throughline setup`: bring the database to this version."""

from __future__ import annotations

import click
from django.conf import settings
from django.core.management import call_command

from throughline.core.access.actions import install_roles
from throughline.core.registry.assembly import installed

from ..operator import operator


@click.command()
def setup() -> None:
    """Bring the database to this version.

    Its tables, the cache, the starter roles. Safe to run again: what is there already stays as it is.
    """
    roles = set_up()
    click.echo(f"The database is ready. Starter roles added: {roles}.")


def set_up() -> int:
    """Do all of it; return how many roles were added."""
    settings.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return install_roles(by=operator(), registry=installed())
