"""`throughline import`: a file brought in from the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from throughline.core.exchange.actions import import_file
from throughline.core.exchange.wording import finding_words, outcome_words, refusal_words
from throughline.core.registry.assembly import installed

from ..operator import operator

SHOWN = 10
COUNTS = {
    "rows": "Rows in the file",
    "added": "Added",
    "changed": "Changed",
    "unchanged": "As they were",
    "rejected": "Left out",
}


class _ImportCommand(click.Command):
    """Says in its help which formats there are: modules declare them, so no fixed text could."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Formats"):
            formatter.write_dl(
                [(k.code, _described(k)) for k in installed().imports.values()] or [("none", "")]
            )


def _described(kind: Any) -> str:
    options = "; ".join(f"--option {name}=... {words}" for name, words in kind.options.items())
    return f"{kind.label} ({options})" if options else str(kind.label)


@click.command("import", cls=_ImportCommand)
@click.argument("kind", metavar="FORMAT")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option(
    "--option", "options", multiple=True, metavar="NAME=VALUE", help="Something the format lets you choose."
)
def bring_in(kind: str, file: Path, options: tuple[str, ...]) -> int:
    """Bring a file in. All of it is applied, or nothing; a file brought in twice changes nothing."""
    row = import_file(
        by=operator(), kind=kind, name=file.name, data=file.read_bytes(), options=chosen(options)
    )
    if row.state == row.State.REFUSED:
        because = row.refused_because or {}
        click.echo(refusal_words(because.get("code", ""), because.get("detail", {})), err=True)
        return 1
    console = Console()
    console.print(f"{file.name}: {row.get_state_display()}", highlight=False)
    counts = Table(show_header=False, box=None)
    for name, words in COUNTS.items():
        counts.add_row(words, f"{getattr(row, name):,}")
    console.print(counts)
    _print_findings(console, row.findings, row.findings_in_all)
    return 0


def chosen(options: Sequence[str]) -> dict[str, str]:
    """The options as typed, by name.

    Raises:
        click.UsageError: when one is not of the form NAME=VALUE.
    """
    found: dict[str, str] = {}
    for option in options:
        name, sign, value = option.partition("=")
        if not sign or not name:
            raise click.UsageError(f"--option {option}: write it as NAME=VALUE.")
        found[name.strip()] = value
    return found


def _print_findings(console: Console, findings: Sequence[Mapping[str, Any]], in_all: int) -> None:
    if not findings:
        return
    table = Table(title=f"The first {min(SHOWN, len(findings))} of {in_all:,} findings", title_justify="left")
    for heading in ("Line", "Column", "What is odd", "What became of it"):
        table.add_column(heading)
    for finding in findings[:SHOWN]:
        line = str(finding.get("line") or "")
        table.add_row(line, str(finding.get("column", "")), finding_words(finding), outcome_words(finding))
    console.print(table)
