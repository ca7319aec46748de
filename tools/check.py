"""Every check that is not a test, one after another; all are run, and the end says which failed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

SETTINGS = {"DJANGO_SETTINGS_MODULE": "throughline.project.settings"}
ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent

CHECKS: dict[str, list[str]] = {
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy", "src"],
    "imports": ["lint-imports", "--no-logo"],
    "security": [
        "bandit",
        "--quiet",
        "--severity-level",
        "medium",
        "--recursive",
        "--configfile",
        "pyproject.toml",
        "src",
    ],
    "migrations": ["python", "-m", "django", "makemigrations", "--check", "--dry-run"],
    "django": ["python", "-m", "django", "check", "--fail-level", "WARNING"],
}


def main(wanted: list[str]) -> int:
    """Run the checks named, or all of them."""
    unknown = [name for name in wanted if name not in CHECKS]
    if unknown:
        print(f"There is no check called {unknown[0]}. The checks are: {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    failed = [name for name in (wanted or CHECKS) if not _passes(name)]
    if failed:
        print(
            f"\nFailed: {', '.join(failed)}. Run one alone with: make check ARGS={failed[0]}", file=sys.stderr
        )
    return 1 if failed else 0


def _passes(name: str) -> bool:
    program, *arguments = CHECKS[name]
    begun = time.monotonic()
    done = subprocess.run(
        [BIN / program, *arguments],
        cwd=ROOT,
        env=os.environ | SETTINGS,
        capture_output=True,
        text=True,
        check=False,
    )
    print(
        f"{name:<12} {'ok' if done.returncode == 0 else 'FAILED':<7} {time.monotonic() - begun:.1f} s",
        flush=True,
    )
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
