"""The `throughline` command line.

Exit codes: 0 done, 1 found wrong or refused, 2 typed wrongly.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import django
from django.utils.module_loading import import_string

from throughline.core.registry.assembly import installed

from .faults import fault_words, keep_fault, plain_words

PROJECT_ROOT = Path(__file__).resolve().parents[3]
# By path, because a command may use tables, which exist only once Django has started.
COMMANDS = (
    "throughline.project.commands.serve.serve",
    "throughline.project.commands.worker.worker",
    "throughline.project.commands.demo.demo",
    "throughline.project.commands.setup.setup",
    "throughline.project.commands.doctor.doctor",
    "throughline.project.commands.user.user",
    "throughline.project.commands.bring_in.bring_in",
    "throughline.project.commands.audit.audit",
    "throughline.project.commands.retention.retention",
)


class Program(click.Group):
    """Lists commands in the order a newcomer needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.project.settings")
    if typed[:1] == ["demo"]:
        _in_a_place_of_its_own()
    try:
        django.setup()
        return int(program().main(typed, prog_name="throughline", standalone_mode=False) or 0)
    except click.ClickException as mistake:
        mistake.show()
        return mistake.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 1
    except Exception as error:
        return _explain(error)


def program() -> click.Group:
    """Every command: the project's own, and those that modules declare."""
    group = Program(
        name="throughline",
        help="Throughline: one record for every child, and the work of an education service around it.",
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    for path in (*COMMANDS, *(declared.group for declared in installed().commands)):
        group.add_command(import_string(path))
    return group


def _in_a_place_of_its_own() -> None:
    """The demonstration never shares a folder with real records. Told before settings are read."""
    os.environ["THROUGHLINE_DEMONSTRATION"] = "1"
    os.environ.setdefault("THROUGHLINE_HOME", str(PROJECT_ROOT / "var/demonstration"))


def _explain(error: Exception) -> int:
    words = plain_words(error)
    if not words:
        words = fault_words(*keep_fault(error, _home()))
    click.echo(words, err=True)
    return 1


def _home() -> Path:
    return Path(os.environ.get("THROUGHLINE_HOME", PROJECT_ROOT / "var"))


if __name__ == "__main__":
    sys.exit(main())
