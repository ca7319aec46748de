"""The command line: what it lists, how it ends, and that nobody meets a traceback."""

from __future__ import annotations

import dataclasses
import stat
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import OperationalError, ProgrammingError

from throughline.core.access.models import User
from throughline.core.audit.actor import Refused
from throughline.core.registry.assembly import installed
from throughline.core.registry.sockets import Commands
from throughline.formats.reading import FileRefused
from throughline.project import command
from throughline.project.command import main
from throughline.project.faults import plain_words


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Exception], None]:
    """Give the command line a command that fails in a chosen way, and a folder for its faults."""
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path))

    def plant(error: Exception) -> None:
        @click.command("planted")
        def planted() -> None:
            raise error

        group = click.Group("throughline", commands={"planted": planted})
        monkeypatch.setattr(command, "program", lambda: group)

    return plant


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    for name in ("serve", "worker", "demo", "setup", "doctor", "user", "import"):
        assert f"  {name} " in said


def test_a_command_that_a_module_declares_is_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    declared = dataclasses.replace(installed(), commands=(Commands("tests.support.planted.planted"),))
    monkeypatch.setattr(command, "installed", lambda: declared)
    assert main(["planted"]) == 0
    assert capsys.readouterr().out == "A module's own command.\n"


@pytest.mark.parametrize("typed", [["nonsense"], ["serve", "--port", "0"], ["import"], ["user", "add"]])
def test_a_command_typed_wrongly_ends_with_two(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(typed) == 2
    assert "Usage:" in capsys.readouterr().err


def test_a_users_mistake_is_answered_with_its_words_alone(
    failing: Callable[[Exception], None], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    failing(ValidationError("There is no such school."))
    assert main(["planted"]) == 1
    assert capsys.readouterr().err == "There is no such school.\n"
    assert not (tmp_path / "faults").exists()


def test_a_fault_of_ours_is_kept_for_its_owner_only_and_named_by_a_reference(
    failing: Callable[[Exception], None], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    failing(ZeroDivisionError("the inside"))
    assert main(["planted"]) == 1
    said = capsys.readouterr().err
    (kept,) = (tmp_path / "faults").iterdir()
    assert "Traceback" not in said
    assert "the inside" not in said
    assert kept.stem.rpartition("-")[2] in said
    assert "ZeroDivisionError: the inside" in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_fault_that_cannot_be_written_down_still_ends_in_words(
    failing: Callable[[Exception], None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    failing(ZeroDivisionError())
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("THROUGHLINE_HOME", str(tmp_path / "a file"))
    assert main(["planted"]) == 1
    assert "could not be written down" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "meant"),
    [
        (ValidationError(["First.", "Second."]), "First. Second."),
        (Refused("You cannot give yourself a role."), "You cannot give yourself a role."),
        (FileRefused("empty"), "The file is empty."),
        (ImproperlyConfigured("DATABASE_URL begins with 'mysql'."), "DATABASE_URL begins with 'mysql'."),
        (User.DoesNotExist("User matching query does not exist."), "Nothing of that name was found"),
        (OperationalError("no such table: access_user"), "Run `throughline setup`"),
        (ProgrammingError('relation "access_user" does not exist'), "Run `throughline setup`"),
        (OperationalError("unable to open database file"), "The database does not answer"),
        (OperationalError("connection failed: Connection refused"), "The database does not answer"),
        (OperationalError("database is locked"), "Try again"),
        (FileNotFoundError(2, "No such file or directory", "schools.csv"), "schools.csv cannot be used"),
    ],
)
def test_what_a_person_can_put_right_is_said_in_a_sentence(error: Exception, meant: str) -> None:
    assert meant in plain_words(error)


@pytest.mark.parametrize("error", [KeyError("x"), TypeError("x"), OperationalError("disk I/O error")])
def test_a_fault_is_not_dressed_up_as_a_mistake(error: Exception) -> None:
    assert plain_words(error) == ""
