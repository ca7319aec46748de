"""A command as a module would declare it."""

from __future__ import annotations

import click


@click.command()
def planted() -> None:
    """Say that it was run."""
    click.echo("A module's own command.")
