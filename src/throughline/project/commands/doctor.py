"""`throughline doctor`: is everything as it should be, and if not, what to do."""

from __future__ import annotations

import click
from rich.console import Console

from ..health.checks import examine

MARKS = {
    "ok": "[green]ok   [/green]",
    "warning": "[yellow]look [/yellow]",
    "error": "[red]wrong[/red]",
}


@click.command()
@click.option("--quiet", is_flag=True, help="Only what is not as it should be.")
def doctor(quiet: bool) -> int:
    """Examine the installation.

    Its database, files, worker and accounts. Exits with 1 when something is wrong.
    """
    console = Console(soft_wrap=True, highlight=False)
    findings = list(examine())
    for finding in findings:
        if finding.level != "ok" or not quiet:
            console.print(f"{MARKS[finding.level]}  {finding.check}")
        if finding.says:
            console.print(f"       {finding.says} {finding.do}", markup=False)
    wrong = sum(finding.level == "error" for finding in findings)
    console.print(f"{wrong} wrong" if wrong else "Nothing is wrong.")
    return 1 if wrong else 0
