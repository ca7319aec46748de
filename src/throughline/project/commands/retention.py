"""`throughline retention`: what was disposed of stays gone, also after a backup was restored."""

from __future__ import annotations

import click
from rich.console import Console
from rich.progress import Progress

from throughline.core.retention.disposal_log import log_path, read_log
from throughline.core.retention.replaying import replay as replay_log
from throughline.core.retention.replaying import undone

from ..operator import operator


@click.group()
def retention() -> None:
    """Dispose again of what a restored backup brought back."""


@retention.command()
@click.option("--look", is_flag=True, help="Only say what would be disposed of again.")
def replay(look: bool) -> int:
    """Dispose again of everything the log of disposals knows and this database does not.

    Run it after restoring a backup, before anything is served. Safe to run again. Exits with 1 when anything is left.
    """
    damaged = read_log().damaged
    if damaged:
        click.echo(
            f"Damaged lines of {log_path()}: {len(damaged)}. They are passed over; the others are believed.",
            err=True,
        )
    waiting = undone()
    if look:
        for entry in waiting:
            click.echo(f"{entry.certificate}  {entry.at[:10]}  {entry.part or 'whole record'}")
        click.echo(f"To dispose of again: {len(waiting):,}.")
        return 1 if waiting else 0
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Disposing again", total=None)
        done = replay_log(by=operator(), say=lambda n, total: bar.update(task, completed=n, total=total))
    click.echo(
        f"Disposed of again: {len(done.again):,}. Certificates brought back alone: {len(done.proofs):,}."
    )
    for certificate, why in done.left.items():
        click.echo(f"Not done: {certificate}. {why}", err=True)
    left = undone()
    if left:
        click.echo(f"Still here: {len(left):,}. Do not let anybody sign in. Report it.", err=True)
        return 1
    click.echo(
        "Nothing that the log knows is in this database any more. Run `throughline audit verify` next."
    )
    return 1 if damaged else 0
