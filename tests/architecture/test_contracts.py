"""The contracts of who may import whom hold; and each of them fails when it is broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.support.copying import copy_project, run_in

RULES = "src/throughline/rules"
FORMATS = "src/throughline/formats"
CORE = "src/throughline/core"
ONE = "src/throughline/modules/planted_one"
TWO = "src/throughline/modules/planted_two"
LINT = ("lint-imports", "--no-logo", "--no-cache")

# What is planted, and the contract (by name) that must name it.
BREACHES = {
    "Floors: nothing looks up": (f"{RULES}/planted_floor.py", "import throughline.core"),
    "Rules and formats are plain": (f"{FORMATS}/planted_plain.py", "import sqlite3\nimport django"),
    "Modules do not know one another": (f"{ONE}/demo.py", "import throughline.modules.planted_two.actions"),
    "Inside a module": (f"{ONE}/queries.py", "from . import actions"),
    "Inside core": (f"{CORE}/registry/planted_core.py", "import throughline.core.people"),
    "Tables are private": (f"{ONE}/pages.py", "import throughline.core.people.models"),
    "No cycles": (f"{FORMATS}/planted_cycle.py", "import throughline.formats.planted_other"),
}
BESIDE = {
    f"{FORMATS}/planted_other.py": "import throughline.formats.planted_cycle",
    f"{ONE}/__init__.py": "",
    f"{ONE}/actions.py": "",
    f"{TWO}/__init__.py": "",
    f"{TWO}/actions.py": "",
}
UNLISTED = {
    "Floors: nothing looks up": "src/throughline/utils/__init__.py",
    "Inside a module": f"{ONE}/helpers.py",
    "Inside core": f"{CORE}/extras/__init__.py",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("contracts"))


@pytest.fixture(scope="module")
def untouched(copy: Path) -> str:
    done = run_in(copy, LINT)
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def breached(copy: Path, untouched: str) -> dict[str, str]:
    """What each broken contract says, after every breach was planted in one copy."""
    for path, text in [*BREACHES.values(), *BESIDE.items(), *((p, "") for p in UNLISTED.values())]:
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text(text + "\n")
    said = run_in(copy, LINT).stdout.partition("Broken contracts\n")[2]
    parts = re.split(r"\n(?=[^\n]+\n-{5,}\n)", said)
    return {part.strip().partition("\n")[0]: part for part in parts if part.strip("-\n ")}


def test_every_contract_holds(untouched: str) -> None:
    assert re.search(r"Contracts: \d+ kept, 0 broken", untouched), untouched


def test_every_contract_is_proved_here(untouched: str) -> None:
    named = re.findall(r"^(.+?) (?:KEPT|BROKEN)", untouched, re.MULTILINE)
    assert len(named) == len(BREACHES)
    assert all(any(name.startswith(short) for short in BREACHES) for name in named)


@pytest.mark.parametrize("contract", BREACHES)
def test_a_contract_fails_when_it_is_broken(breached: dict[str, str], contract: str) -> None:
    said = [words for name, words in breached.items() if name.startswith(contract)]
    assert said, f"{contract!r} was kept although it was broken on purpose: {sorted(breached)}"
    path, _ = BREACHES[contract]
    planted = path.removeprefix("src/").removesuffix(".py").replace("/", ".")
    assert re.search(rf"{planted}\b|{planted.rpartition('.')[2]}\b", said[0]), said[0]


@pytest.mark.parametrize("contract", UNLISTED)
def test_an_unlisted_package_or_file_breaks_its_contract(breached: dict[str, str], contract: str) -> None:
    said = next(words for name, words in breached.items() if name.startswith(contract))
    path = Path(UNLISTED[contract])
    assert (path.parent.name if path.name == "__init__.py" else path.stem) in said
