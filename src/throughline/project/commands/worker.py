"""`throughline worker`: the background work."""

from __future__ import annotations

import click

from throughline.core.work.worker import Worker

from ..health.start import refuse_to_start_unwell


@click.command()
@click.option("--until-idle", is_flag=True, help="Stop as soon as nothing is due.")
def worker(until_idle: bool) -> None:
    """Do the background work.

    Messages, allocation, whatever recurs. Start as many as there is work for. Stopped with Ctrl-C or SIGTERM it finishes the piece in hand first.
    """
    refuse_to_start_unwell()
    done = Worker().run(until_idle=until_idle)
    click.echo(f"Pieces of work done: {done}.")
