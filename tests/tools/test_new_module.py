"""`make module` makes an area of work that passes every check as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.support.copying import copy_project, run_in
from tools.new_module import CannotMake, make

NAME = "school_transport"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a module that the command made in it."""
    copy = copy_project(tmp_path_factory.mktemp("new-module"))
    done = run_in(copy, ("python", "tools/new_module.py", NAME))
    assert done.returncode == 0, done.stderr
    return copy


def test_it_keeps_every_contract(made: Path) -> None:
    said = run_in(made, ("lint-imports", "--no-logo", "--no-cache")).stdout
    assert re.search(r"\d+ kept, 0 broken", said), said


def test_it_is_in_the_house_style(made: Path) -> None:
    folders = (f"src/throughline/modules/{NAME}", f"tests/modules/{NAME}")
    for command in (("ruff", "check", *folders), ("ruff", "format", "--check", *folders)):
        done = run_in(made, command)
        assert done.returncode == 0, done.stdout


def test_it_passes_the_architecture_tests_and_its_own(made: Path) -> None:
    chosen = ("tests/architecture/test_shape.py", "tests/architecture/test_tables.py")
    chosen += ("tests/architecture/test_templates.py", f"tests/modules/{NAME}")
    done = run_in(made, ("python", "-m", "pytest", "-q", "-k", f"{NAME} or module", *chosen))
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout


def test_its_table_has_its_migration(made: Path) -> None:
    assert (made / f"src/throughline/modules/{NAME}/migrations/0001_initial.py").is_file()


@pytest.mark.parametrize("name", ["", "School", "school-transport", "class", "1st", "../elsewhere"])
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(CannotMake):
        make(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_module_that_exists_is_left_alone(made: Path) -> None:
    before = (made / "src/throughline/project/settings.py").read_text()
    with pytest.raises(CannotMake, match="already"):
        make(NAME, made)
    assert (made / "src/throughline/project/settings.py").read_text() == before
