"""Compile every translation beside its source, without needing gettext on the machine."""

from __future__ import annotations

import sys
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[1] / "src/throughline"


def main() -> int:
    """Write a .mo next to each .po; return 1 when one cannot be read."""
    for words in sorted(SOURCE.glob("**/*.po")):
        try:
            polib.pofile(str(words)).save_as_mofile(str(words.with_suffix(".mo")))
        except (OSError, ValueError) as problem:
            print(f"{words.relative_to(SOURCE)} could not be compiled: {problem}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
