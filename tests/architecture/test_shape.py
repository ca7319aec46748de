"""Where things are, what they are called and how long they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.tree import SOURCE, imports_inside_functions, name_of, python_files

FLOORS = {"rules", "formats", "core", "web", "api", "modules", "project", "locale"}
ROOMS = {
    *("registry", "audit", "work", "organisations", "places", "access", "sharing", "people", "messages"),
    *("documents", "exchange", "alerts", "timeline", "requests", "retention"),
}
MODULE_PARTS = {
    *(
        "module",
        "models",
        "queries",
        "actions",
        "forms",
        "pages",
        "api",
        "jobs",
        "demo",
        "commands",
        "wording",
    ),
    *("templates", "migrations", "static", "__init__"),
}
# Names that say nothing about what is inside, so that everything ends up there.
VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "extras",
    "lib",
    "base",
    "shared",
    "stuff",
    "tools",
}
LONGEST_FILE = 400


def _parts(folder: Path) -> set[str]:
    return {p.stem for p in folder.iterdir() if p.name != "__pycache__" and not p.name.startswith(".")}


def _packages(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.iterdir()) if p.is_dir() and p.name != "__pycache__"]


def test_the_house_has_only_the_floors_on_its_plan() -> None:
    assert _parts(SOURCE) <= FLOORS | {"__init__"}


def test_core_has_only_the_rooms_on_its_plan() -> None:
    assert _parts(SOURCE / "core") <= ROOMS | {"__init__"}


@pytest.mark.parametrize("module", _packages(SOURCE / "modules"), ids=lambda path: path.name)
def test_a_module_has_only_the_parts_a_module_may_have(module: Path) -> None:
    assert _parts(module) <= MODULE_PARTS
    assert {"__init__", "module"} <= _parts(module), f"{module.name} declares nothing"


def test_nothing_has_a_name_that_says_nothing() -> None:
    named = [p for p in SOURCE.rglob("*") if p.suffix == ".py" or p.is_dir()]
    assert [name_of(p) for p in named if p.stem in VAGUE] == []


def test_no_function_imports_anything() -> None:
    found = [f"{name_of(path)}:{line}" for path in python_files() for line in imports_inside_functions(path)]
    assert found == []


def test_no_file_is_too_long_to_read_in_one_sitting() -> None:
    long = {
        name_of(p): n for p in python_files() if (n := len(p.read_text("utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}
