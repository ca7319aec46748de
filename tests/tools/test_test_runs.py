"""How the tests themselves run: loud about what is missing, strict when told, on databases of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from tests.support import cluster, surroundings
from tests.support.copying import copy_project, run_in
from tests.support.people import make_user

from throughline.core.audit.models import Event

PLANTED = """
import pytest

@pytest.mark.skip(reason="planted")
def test_left_out() -> None: ...

def test_on_data(real_data) -> None: ...

def test_done() -> None: ...
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = copy_project(tmp_path_factory.mktemp("runs"))
    (copy / "tests/test_planted.py").write_text(PLANTED)
    return copy


@pytest.mark.parametrize(
    ("chosen", "strict", "without_data", "code"),
    [
        ("test_left_out", "0", "0", 0),
        ("test_left_out", "1", "0", 1),
        ("test_left_out", "1", "1", 1),
        ("test_on_data", "0", "0", 0),
        ("test_on_data", "1", "0", 1),
        ("test_on_data", "1", "1", 0),
    ],
)
def test_a_skip_is_a_failure_where_nothing_may_be_skipped_but_what_lacks_data_knowingly(
    copy: Path, chosen: str, strict: str, without_data: str, code: int
) -> None:
    command = (
        "python",
        "-m",
        "pytest",
        "-q",
        f"tests/test_planted.py::{chosen}",
        "tests/test_planted.py::test_done",
    )
    told = {"THROUGHLINE_NO_SKIPS": strict, "THROUGHLINE_WITHOUT_DATA": without_data}
    done = run_in(copy, command, {**told, "THROUGHLINE_DATA": str(copy / "nowhere")})
    assert done.returncode == code, done.stdout
    assert "SKIPPED" in done.stdout or "Nothing may be skipped" in done.stdout


def test_what_is_missing_is_said_loudly_before_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "no_browser", lambda: "no Chromium on this machine")
    monkeypatch.setattr(surroundings, "no_real_data", lambda: "")
    said = "\n".join(surroundings.header())
    assert "*** BROWSER TESTS WILL NOT RUN: no Chromium on this machine ***" in said
    assert "REAL DATA" not in said


@pytest.mark.parametrize("says", ["#!/bin/sh\nexit 1\n", "#!/bin/sh\necho psql wrapper\n", "not a program"])
def test_a_wrapper_is_not_taken_for_a_server(tmp_path: Path, says: str) -> None:
    program = tmp_path / "postgres"
    program.write_text(says)
    program.chmod(0o755)
    assert not cluster._answers(program)


@pytest.mark.django_db(transaction=True)
def test_the_test_database_can_be_emptied_and_the_trail_is_guarded_again_afterwards() -> None:
    make_user()
    assert Event.objects.exists()
    call_command("flush", interactive=False, verbosity=0)
    assert not Event.objects.exists()
    make_user()
    with pytest.raises(DatabaseError, match="the trail is never changed"), transaction.atomic():
        connection.cursor().execute("DELETE FROM audit_event")
