"""`throughline audit`: the seals of the trail, from the machine's own command line."""

from __future__ import annotations

import click
from rich.console import Console
from rich.progress import Progress

from throughline.core.audit.sealing import latest_head, seal_trail
from throughline.core.audit.verifying import keep_examination, verify_trail
from throughline.core.audit.wording import verdict_words


@click.group()
def audit() -> None:
    """Prove that nobody has altered the trail."""


@audit.command()
def seal() -> None:
    """Seal what is not sealed yet. The worker does so every ten seconds."""
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Sealing", total=None)
        done = seal_trail(lambda done, total: bar.update(task, completed=done, total=total))
    click.echo(f"Events sealed: {done:,}.")


@audit.command()
def head() -> int:
    """Print the latest head, to be kept where this machine's administrators cannot change it."""
    found = latest_head()
    if found is None:
        click.echo("Nothing is sealed yet. The worker seals every ten seconds.", err=True)
        return 1
    click.echo(f"{found.head}  seal {found.number:,}, made {found.at:%Y-%m-%d %H:%M:%S} UTC")
    return 0


@audit.command()
@click.option("--head", "heads", multiple=True, metavar="HEX", help="A head kept elsewhere; may be repeated.")
def verify(heads: tuple[str, ...]) -> int:
    """Read the whole trail and hold it against its seals. Exits with 1 when anything is wrong."""
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading the trail", total=None)
        verdict = verify_trail(heads, lambda done, total: bar.update(task, completed=done, total=total))
    words = verdict_words(verdict)
    keep_examination(verdict, words)
    if words:
        click.echo(words)
        click.echo("Keep the database as it is, take a copy, and read docs/operations.md on the trail.")
        return 1
    click.echo(f"The trail is whole. Seals: {verdict.seals:,}; events: {verdict.events:,}.")
    if not heads:
        click.echo(
            "Give a head you kept elsewhere (--head) to know that the chain itself is the one you had."
        )
    return 0
