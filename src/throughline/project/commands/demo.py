"""`throughline demo`: an invented authority to look around in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.module_loading import import_string

from .serve import serve_pages
from .setup import set_up

# By path: the demonstration reaches into every module, and nothing else on the command line needs it.
BUILD = "throughline.project.demonstration.build"


@click.command()
@click.option("--serve", "then_serve", is_flag=True, help="Serve it when it is built.")
@click.option("--fresh", is_flag=True, help="Throw the last one away and build it again.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def demo(then_serve: bool, fresh: bool, port: int) -> int:
    """Build the demonstration authority.

    An invented authority with its schools, families and staff. It lives in a folder of its own, never beside real records. Nobody in it exists.
    """
    built = settings.HOME / "demonstration-built"
    if fresh or not built.exists():
        _clear(built)
        set_up()
        build: Callable[..., Any] = import_string(BUILD)
        build(report=report)
        built.write_text("The demonstration in this folder is complete.\n")
    else:
        set_up()
        click.echo("The demonstration is here already (--fresh builds it again).")
    if then_serve:
        click.echo(f"Whom to sign in as: http://localhost:{port}/demonstration/")
    return serve_pages(port=port) if then_serve else 0


def report(words: object, done: int | None = None, total: int | None = None) -> None:
    """Say how far the building is."""
    click.echo(f"  {words} ({done:,} of {total:,})" if done is not None and total else f"  {words}")


def _clear(built: Path) -> None:
    """An unfinished or unwanted demonstration is removed: only ever in its own folder, and only a file of its own."""
    built.unlink(missing_ok=True)
    if connection.vendor != "sqlite":
        if connection.introspection.table_names():
            raise ImproperlyConfigured(
                "The database that DATABASE_URL names is not empty, so the demonstration was not built in it and nothing "
                "was changed. Give the demonstration an empty database, or leave DATABASE_URL out."
            )
        return
    connection.close()
    database = Path(connection.settings_dict["NAME"])
    if database.exists() and not database.is_relative_to(settings.HOME):
        raise ImproperlyConfigured(
            f"{database} is there already and is not the demonstration's own, so it was left alone. Leave DATABASE_URL out."
        )
    for suffix in ("", "-wal", "-shm"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)
