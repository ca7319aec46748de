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
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from .serve import serve_pages
from .setup import set_up

# By path: the demonstration reaches into every module, and nothing else on the command line needs it.
BUILD = "throughline.project.demonstration.build"


@click.command()
@click.option("--serve", "then_serve", is_flag=True, help="Serve it when it is built.")
@click.option("--fresh", is_flag=True, help="Throw the last one away and build it again.")
@click.option(
    "--children",
    type=click.IntRange(600, 25_000),
    help="How many children to make up: fewer are sooner built.  [default: 25000]",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def demo(then_serve: bool, fresh: bool, children: int | None, port: int) -> int:
    """Build the demonstration authority.

    An invented authority with its schools, families and staff. It lives in a folder of its own, never beside real records. Nobody in it exists.
    """
    built = settings.HOME / "demonstration-built"
    if fresh or not built.exists():
        _clear(built)
        set_up()
        build: Callable[..., Any] = import_string(BUILD)
        with _progress() as bar:
            made = build(report=Reporter(bar), **({"size": children} if children else {}))
        built.write_text("The demonstration in this folder is complete.\n")
        say_what_was_made(made)
    else:
        set_up()
        click.echo("The demonstration is here already (--fresh builds it again).")
    if then_serve:
        click.echo(f"Whom to sign in as: http://localhost:{port}/demonstration/")
    return serve_pages(port=port) if then_serve else 0


def _progress() -> Progress:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    return Progress(*columns, console=Console())


class Reporter:
    """A line with a bar for each step; where the output is not a terminal, each step is said once when it ends."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._lines: dict[str, TaskID] = {}

    def __call__(self, words: object, done: int | None = None, total: int | None = None) -> None:
        name, of = str(words), total or 1
        if name not in self._lines:
            self._end_others()
            self._lines[name] = self._bar.add_task(name, total=of)
        self._bar.update(self._lines[name], total=of, completed=of if done is None else done)

    def _end_others(self) -> None:
        for task in self._bar.tasks:
            self._bar.update(task.id, completed=task.total or 1)


def say_what_was_made(made: Any) -> None:
    """The counts, the rounds and the people to sign in as."""
    console = Console()
    console.print()
    for what, number in made.counts.items():
        console.print(f"  {number:>7,}  {what}", highlight=False)
    table = Table("Sign in as", box=None, pad_edge=False)
    table.add_column("Email address", no_wrap=True)
    table.add_column("Who they are")
    for one in made.sign_ins:
        table.add_row(one.name, one.email, one.what)
    console.print()
    console.print(table)
    console.print(
        "Staff sign in with the password “demonstration only” and a code shown at /demonstration/. "
        "Parents and carers sign in with a code that appears at /demonstration/messages/.\n",
        highlight=False,
    )


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
