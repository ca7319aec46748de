"""`throughline round ...`: rounds from the command line."""

from __future__ import annotations

import sys

import click
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from throughline.core.audit.actor import Trusted
from throughline.core.work.worker import Worker

from .actions.release import propose_run, release
from .actions.runs import ask_run
from .queries.comparing import compare_runs
from .queries.outcomes import by_criterion_csv, by_school_csv, outcomes_of
from .queries.replaying import recheck, replay
from .queries.rounds import round_called, rounds_listed, run_called
from .queries.running import run as run_by_id

OPERATOR = Trusted("An operator at the command line")


@click.group("round")
def rounds() -> None:
    """Rounds of school places: list, run, check, replay, compare, release, publish.

    A ROUND is written as its phase and year (year_7-2027). A RUN is a round and a number (year_7-2027/3).
    """


@rounds.command("list")
def list_rounds() -> None:
    """Every round, with how far it has got."""
    table = Table("Round", "Name", "Applications", "Runs", "Released")
    for line in rounds_listed(OPERATOR):
        released = str(line.round.released_at.date()) if line.round.released_at else "no"
        table.add_row(line.code, line.round.name, str(line.applications), str(line.runs), released)
    Console().print(table)


@rounds.command("run")
@click.argument("round_code", metavar="ROUND")
@click.option("--kind", type=click.Choice(["dry", "offer", "reallocation"]), default="dry", show_default=True)
@click.option("--mode", type=click.Choice(["child", "iterative"]), default="child", show_default=True)
def run_round(round_code: str, kind: str, mode: str) -> int:
    """Allocate places now and say what the independent checker found."""
    run, _piece = ask_run(by=OPERATOR, round=round_called(round_code), kind=kind, mode=mode)
    Worker().run_until_idle()
    run = run_by_id(OPERATOR, run.pk)
    if run.state != run.State.COMPLETE:
        raise click.ClickException(
            f"Run {run.number} is not complete: {run.problem or run.get_state_display()}."
        )
    _show_run(round_code, run)
    return 1 if run.findings else 0


@rounds.command("show")
@click.argument("run_code", metavar="RUN")
def show_run(run_code: str) -> None:
    """The figures of one run."""
    _show_run(run_code.rpartition("/")[0], run_called(run_code))


@rounds.command("check")
@click.argument("run_code", metavar="RUN")
def check_run(run_code: str) -> int:
    """Run the independent checker alone over a stored run."""
    findings = recheck(run_called(run_code))
    for finding in findings:
        click.echo(", ".join(f"{name}: {value}" for name, value in finding.items()))
    click.echo(
        "The checker found nothing wrong."
        if not findings
        else f"The checker found {len(findings)} things wrong."
    )
    return 1 if findings else 0


@rounds.command("replay")
@click.argument("run_code", metavar="RUN")
def replay_run(run_code: str) -> int:
    """Decide a stored run again from its frozen snapshot, and say whether the result is identical."""
    again = replay(run_called(run_code))
    click.echo(f"Stored: {again.stored}\nAgain:  {again.again}")
    if again.identical:
        click.echo("Identical.")
        return 0
    click.echo(f"Not identical: {again.children_differing} children would be offered something else.")
    return 1


@rounds.command("compare")
@click.argument("first", metavar="RUN")
@click.argument("second", metavar="RUN")
def compare(first: str, second: str) -> None:
    """Who gains and who loses between two runs of a round."""
    found = compare_runs(OPERATOR, run_called(first), run_called(second))
    click.echo(f"Better: {found.better}. Worse: {found.worse}. The same: {found.same}.")


@rounds.command("release")
@click.argument("run_code", metavar="RUN")
@click.option("--proposed-by", required=True, help="Who proposes: a name for the trail.")
@click.option("--released-by", required=True, help="Who releases: another person's name.")
def release_run(run_code: str, proposed_by: str, released_by: str) -> None:
    """Release a run to families. Two people must stand for it."""
    if proposed_by.strip().casefold() == released_by.strip().casefold():
        raise ValidationError(
            "The person who releases must not be the person who proposed. Nothing was released."
        )
    run = run_called(run_code)
    round = propose_run(by=Trusted(f"{proposed_by} at the command line"), run=run)
    made = release(by=Trusted(f"{released_by} at the command line"), round=round, run=run)
    click.echo(f"{made} offers were released to families.")


@rounds.command("outcomes")
@click.argument("round_code", metavar="ROUND")
@click.option("--by", "by", type=click.Choice(["school", "criterion"]), default="school", show_default=True)
def outcomes(round_code: str, by: str) -> int:
    """The published outcomes as CSV, small numbers held back."""
    round = round_called(round_code)
    if not outcomes_of(round):
        raise ValidationError(_("Nothing is published before offers are released."))
    data = by_school_csv(round) if by == "school" else by_criterion_csv(round)
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    return 0


def _show_run(round_code: str, run) -> None:  # type: ignore[no-untyped-def]
    counts = run.counts
    click.echo(
        f"Run {round_code}/{run.number} ({run.get_kind_display()}): {counts['children']} children, "
        f"{counts['offered']} offered a place."
    )
    for rank, number in enumerate(counts["by_rank"], start=1):
        click.echo(f"  preference {rank}: {number}")
    click.echo(f"  named in a plan: {counts['named']}")
    click.echo(f"  nearest school with a place: {len(run.nearest)}")
    click.echo(f"Digest: {run.digest}")
    click.echo(
        "The checker found nothing wrong."
        if not run.findings
        else f"The checker found {len(run.findings)} things wrong."
    )
