"""One round from a snapshot to an outcome."""

from __future__ import annotations

from throughline.rules.allocation.columns import assemble
from throughline.rules.allocation.engines import Engine, Mode, solver
from throughline.rules.allocation.outcome import Outcome
from throughline.rules.allocation.priorities import prioritise
from throughline.rules.allocation.program import compile_program
from throughline.rules.allocation.settle import settle
from throughline.rules.allocation.snapshot import Snapshot


def allocate_round(snapshot: Snapshot, *, mode: Mode = "child", engine: Engine = "numpy") -> Outcome:
    """Decide one round: one offer per child, the highest preference that can be met (ADM-41, ADM-43).

    Args:
        snapshot: children, preferences, facts and arrangements.
        mode: "child" (children propose, the default) or "iterative" (schools offer and refill, ADM-44).
        engine: "numpy", "numba" (optional) or "python"; all give the same answer.

    Raises:
        SnapshotError: the snapshot cannot be decided; nothing was.
        NotTotalError: arrangements leave two children equal (ADM-20).
        EngineError: no such engine or mode, or numba is not installed.
    """
    solve = solver(engine, mode)
    snapshot.validate()
    priorities = prioritise(snapshot, compile_program(snapshot.schools, snapshot.facts))
    return assemble(snapshot, priorities, settle(snapshot, priorities, solve), mode)
