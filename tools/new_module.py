"""Start a new area of work: ``make module NAME=school_transport``.

Makes a folder that passes every check as it stands (one table, one action, one query, one page, their test) and adds its
line to the settings. What it makes is meant to be changed.
"""

from __future__ import annotations

import ast
import keyword
import os
import re
import string
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATTERN = ROOT / "tools/module_pattern"
MODULES = Path("src/throughline/modules")
SETTINGS = Path("src/throughline/project/settings.py")
SUFFIX = ".pattern"


class CannotMake(Exception):
    """The module cannot be made; the message says why, and nothing was written."""


def main(arguments: list[str]) -> int:
    """Make the module named, then its first migration."""
    try:
        made = make(arguments[0].strip() if arguments else "", ROOT)
    except CannotMake as problem:
        print(f"{problem} Nothing was written.", file=sys.stderr)
        return 1
    name = made.name
    command = [sys.executable, "-m", "django", "makemigrations", name, "--verbosity=0"]
    settings = os.environ | {"DJANGO_SETTINGS_MODULE": "throughline.project.settings"}
    if subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode:
        print(
            f"{made} was made, but not its first migration: run `python -m django makemigrations {name}`.",
            file=sys.stderr,
        )
        return 1
    # The length of a name decides where lines break.
    style = [Path(sys.executable).parent / "ruff", "format", "--quiet", made, ROOT / "tests/modules" / name]
    subprocess.run(style, check=False)
    print(
        f"{made.relative_to(ROOT)} is ready, and tests/modules/{name} with it. Read docs/extending.md next."
    )
    return 0


def make(name: str, root: Path) -> Path:
    """Write the module's folder and test, and add it to the settings; return the folder.

    Raises:
        CannotMake: before anything was written.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) or keyword.iskeyword(name):
        raise CannotMake(
            f"{name or 'Nothing'!r} is not a module's name. Use a noun in small letters: make module NAME=school_transport."
        )
    folder, tests = root / MODULES / name, root / "tests/modules" / name
    if folder.exists() or tests.exists():
        raise CannotMake(f"There is a module called {name} already.")
    settings = _with_module((root / SETTINGS).read_text("utf-8"), name)
    words = {"name": name, "label": name.replace("_", " ").capitalize(), "path": name.replace("_", "-")}
    for source in sorted(PATTERN.rglob(f"*{SUFFIX}")):
        inside = source.relative_to(PATTERN).with_suffix("")
        target = tests / inside.name if inside.parts[0] == "tests" else folder / _place(inside, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(string.Template(source.read_text("utf-8")).substitute(words), "utf-8")
    (folder / "migrations").mkdir()
    (folder / "migrations/__init__.py").write_text("")
    (root / SETTINGS).write_text(settings, "utf-8")
    return folder


def _place(inside: Path, name: str) -> Path:
    """Templates are found by name across all modules, so each module keeps its own in a folder of its name."""
    return Path("templates", name, inside.name) if inside.parts[0] == "templates" else inside


def _with_module(settings: str, name: str) -> str:
    """The settings with one more line in the list called MODULES, a module a line."""
    lines = settings.splitlines(keepends=True)
    for node in ast.parse(settings).body:
        named = [target.id for target in getattr(node, "targets", ()) if isinstance(target, ast.Name)]
        if named == ["MODULES"] and isinstance(node, ast.Assign) and isinstance(node.value, ast.List):
            listed = [ast.literal_eval(item) for item in node.value.elts]
            written = "".join(f'    "{module}",\n' for module in [*listed, f"throughline.modules.{name}"])
            return "".join(
                [*lines[: node.lineno - 1], f"MODULES = [\n{written}]\n", *lines[node.end_lineno :]]
            )
    raise CannotMake(f"{SETTINGS} has no list called MODULES that could be added to.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
