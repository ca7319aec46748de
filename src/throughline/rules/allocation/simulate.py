"""What if: another admission number, another arrangement, for the same children. The base is built once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.columns import assemble, child_offers
from throughline.rules.allocation.compare import Comparison, compare
from throughline.rules.allocation.engines import Engine, Mode, solver
from throughline.rules.allocation.outcome import Outcome
from throughline.rules.allocation.priorities import Priorities, prioritise
from throughline.rules.allocation.program import compile_program
from throughline.rules.allocation.settle import settle
from throughline.rules.allocation.shape import Column, School
from throughline.rules.allocation.snapshot import Snapshot, SnapshotError


@dataclass(frozen=True)
class Change:
    """One scenario. ``places``: new admission number by school key; ``arrangements``: new arrangements by school key."""

    name: str = ""
    places: Mapping[str, int] | None = None
    arrangements: Mapping[str, Arrangement] | None = None


@dataclass(frozen=True, eq=False)
class Scenario:
    """A scenario's result: who is offered what, and how that differs from the base."""

    name: str
    offered: Column
    preference: Column
    comparison: Comparison


class Simulation:
    """A base round and any number of scenarios against it.

    Args:
        snapshot: the base.
        mode, engine: as for ``allocate_round``.

    Raises:
        SnapshotError, NotTotalError, EngineError: as ``allocate_round``.
    """

    def __init__(self, snapshot: Snapshot, *, mode: Mode = "child", engine: Engine = "numpy") -> None:
        snapshot.validate()
        self.snapshot, self.mode = snapshot, mode
        self._solve = solver(engine, mode)
        self._number = {school.key: i for i, school in enumerate(snapshot.schools)}
        self._program = compile_program(snapshot.schools, snapshot.facts)
        self._priorities = prioritise(snapshot, self._program)
        held = settle(snapshot, self._priorities, self._solve)
        self.base: Outcome = assemble(snapshot, self._priorities, held, mode)

    def run(self, change: Change) -> Scenario:
        """One scenario.

        Raises:
            SnapshotError: an unknown school, or a negative admission number; the base stands.
            NotTotalError: a changed arrangement leaves two children equal.
        """
        snapshot, priorities = self._changed(change.arrangements or {})
        number = self._numbers(priorities, change.places or {})
        held = settle(snapshot, priorities, self._solve, number)
        offered, preference = child_offers(priorities, held)
        found = compare(self.base, _Pair(offered, preference), len(snapshot.schools))
        return Scenario(change.name, offered, preference, found)

    def run_all(self, changes: Iterable[Change], *, threads: int = 1) -> list[Scenario]:
        """Every scenario, in the order given. Threads help with the numba engine, which runs outside Python's lock."""
        if threads <= 1:
            return [self.run(change) for change in changes]
        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(self.run, changes))

    def _index(self, key: str) -> int:
        if key not in self._number:
            raise SnapshotError(f"the scenario names school {key!r}, which is not in the round")
        return self._number[key]

    def _changed(self, arrangements: Mapping[str, Arrangement]) -> tuple[Snapshot, Priorities]:
        if not arrangements:
            return self.snapshot, self._priorities
        schools = list(self.snapshot.schools)
        for key, arrangement in arrangements.items():
            schools[self._index(key)] = School(key, arrangement)
        snapshot = replace(self.snapshot, schools=tuple(schools), known_good=[])
        snapshot.validate()
        return snapshot, prioritise(snapshot, compile_program(snapshot.schools, snapshot.facts))

    def _numbers(self, priorities: Priorities, places: Mapping[str, int]) -> Column:
        number = priorities.program.admission_number.copy()
        for key, given in places.items():
            if not 0 <= given < 1 << 31:
                raise SnapshotError(f"the scenario gives school {key} {given} places")
            number[self._index(key)] = given
        return np.asarray(number)


@dataclass(frozen=True, eq=False)
class _Pair:
    offered: Column
    preference: Column
