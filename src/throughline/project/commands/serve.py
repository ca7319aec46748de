"""`throughline serve`: the web server, with the worker beside it."""

from __future__ import annotations

import os
import sys

import click

from ..health.start import refuse_to_start_unwell
from ..supervisor import Supervisor

LOOPBACK = "127.0.0.1"


@click.command()
@click.option(
    "--address", default=LOOPBACK, show_default=True, help="Where to listen. Put a proxy with TLS in front."
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="In each process.")
@click.option("--no-worker", is_flag=True, help="Only the web pages; background work runs elsewhere.")
def serve(address: str, port: int, processes: int, threads: int, no_worker: bool) -> int:
    """Serve the pages, and do the background work beside them. Ctrl-C stops both in good order."""
    return serve_pages(address, port, processes, threads, worker=not no_worker)


def serve_pages(
    address: str = LOOPBACK, port: int = 8000, processes: int = 2, threads: int = 4, *, worker: bool = True
) -> int:
    """Serve until told to stop; return the exit code."""
    refuse_to_start_unwell(serving=True)
    shown = "localhost" if address in (LOOPBACK, "::1") else address
    click.echo(f"Throughline is at http://{shown}:{port} (Ctrl-C stops it)")
    return Supervisor(
        web_command(address, port, processes, threads), worker_command() if worker else None
    ).run()


def web_command(address: str, port: int, processes: int, threads: int) -> list[str]:
    """How gunicorn is started. Threads hold slow phones; a process that has served long is replaced."""
    host = f"[{address}]" if ":" in address else address
    return [
        *(sys.executable, "-m", "gunicorn", "throughline.project.wsgi:application"),
        *("--bind", f"{host}:{port}"),
        *("--worker-class", "gthread", "--workers", str(processes), "--threads", str(threads)),
        *("--timeout", "60", "--graceful-timeout", "20", "--keep-alive", "5"),
        *("--max-requests", "20000", "--max-requests-jitter", "2000"),
        *("--log-level", os.environ.get("THROUGHLINE_LOG_LEVEL", "warning").lower()),
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "throughline.project.command", "worker"]
