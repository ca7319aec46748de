"""``python -m bench [area] [--strict]``: run the cells, each in a process of its own, and print the ratios.

A slow machine moves both sides of a ratio, so only a broken ratio can fail a run, and only with ``--strict``. A broken
correctness gate always fails it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from bench.areas import AREAS
from bench.cell import Cell, Row, run_here

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Parse, run, print; the exit code."""
    options = _options()
    if options.cell:
        print(json.dumps(run_here(AREAS[options.area or next(iter(AREAS))], options.cell)))
        return 0
    broken_gates, broken_ratios = 0, 0
    for name, area in AREAS.items():
        if options.area not in (None, name):
            continue
        for cell in area.cells(options):
            rows = _run(name, cell, options)
            broken_gates += sum(row.gate and not row.met for row in rows)
            broken_ratios += sum(not row.gate and not row.met for row in rows)
    print(f"\n{broken_gates} broken gates, {broken_ratios} broken ratios")
    return 1 if broken_gates or (options.strict and broken_ratios) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("area", nargs="?", choices=sorted(AREAS), help="one area; all when left out")
    parser.add_argument("--strict", action="store_true", help="fail when a ratio misses its target")
    parser.add_argument("--json", type=Path, help="also write one JSON line per cell to this file")
    parser.add_argument("--cell", help=argparse.SUPPRESS)
    for area in AREAS.values():
        area.add_arguments(parser)
    return parser.parse_args()


def _run(area: str, cell: Cell, options: argparse.Namespace) -> list[Row]:
    """One cell in a fresh process; its rows printed and its JSON line written."""
    print(f"\n{cell.title}", flush=True)
    if cell.skip:
        print(f"  skipped: {cell.skip}")
        return []
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    command = [sys.executable, "-m", "bench", area, "--cell", json.dumps([cell.name, cell.arguments])]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    if done.returncode:
        print(f"  failed:\n{done.stderr}")
        return [Row("cell", "ran", "", 1, "==", 0, gate=True)]
    said = json.loads(done.stdout.splitlines()[-1])
    rows = [Row(**row) for row in said.pop("rows")]
    for row in rows:
        print("  " + row.line())
    line = {
        "area": area,
        "cell": cell.name,
        "arguments": cell.arguments,
        **said,
        "rows": [r.data() for r in rows],
    }
    print("  " + json.dumps(line["process"]))
    if options.json:
        with options.json.open("a") as out:
            out.write(json.dumps(line) + "\n")
    return rows


if __name__ == "__main__":
    sys.exit(main())
