"""A copy of the project in a temporary folder, to break or to add to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from .surroundings import ROOT

COPIED = ("src", "tests/architecture", "tests/support", "tests/conftest.py", "docs", "tools")
FILES = (".importlinter", "pyproject.toml", "package-lock.json")


def copy_project(to: Path) -> Path:
    """Copy the code and what its contracts need; neither built files nor records."""
    for name in (*COPIED, *FILES):
        source, target = ROOT / name, to / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    return to


def run_in(
    copy: Path, command: Sequence[str], told: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one of the environment's programs (or `python`) on a copy, which it takes for the project."""
    own = ("THROUGHLINE_", "DATABASE_URL", "PYTEST_", "DJANGO_SETTINGS_MODULE")
    known = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    known |= {"PYTHONPATH": str(copy / "src"), "THROUGHLINE_HOME": str(copy / "var"), "COLUMNS": "1000"}
    known |= told or {}
    program = str(Path(sys.executable).parent / command[0])
    return subprocess.run(
        [program, *command[1:]], cwd=copy, env=known, capture_output=True, text=True, check=False
    )
