"""The allocation kernel against its floors and peers: rows P1 to P13 of the performance design, where they apply.

The floor is one 64-bit argsort of the same keys, measured first in the same process. P1, P2 and P4 name a peer that
cannot be installed from the package index; in its place the ratio against the naive engine is printed, and says so.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bench.allocation_gates import ENGINES, Result, gates, peer, whole
from bench.allocation_market import SIZES, market
from bench.allocation_naive import naive_round
from bench.cell import Cell, Row, best, processor_seconds
from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.columns import assemble
from throughline.rules.allocation.engines import solver
from throughline.rules.allocation.lotteries import lotteries
from throughline.rules.allocation.priorities import Priorities, prioritise
from throughline.rules.allocation.program import compile_program
from throughline.rules.allocation.settle import Held, all_places, settle
from throughline.rules.allocation.simulate import Change, Simulation
from throughline.rules.allocation.snapshot import Snapshot
from throughline.rules.allocation.solve_numba import AVAILABLE
from throughline.rules.allocation.waiting import waiting_lists


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this area."""
    parser.add_argument("--size", default="2k,15k", help=f"sizes of market, of {', '.join(SIZES)}")
    parser.add_argument(
        "--peer-15k", action="store_true", help="also run the matching package at 15k (about 20 s)"
    )


def cells(options: argparse.Namespace) -> Iterator[Cell]:
    """The cells to run."""
    for size in options.size.lower().split(","):
        if size not in SIZES:
            raise SystemExit(f"no market of size {size}; there are {', '.join(SIZES)}")
        yield Cell(
            "pipeline", f"{size}: floors, stages and whole pipeline (P1, P2, P5 to P8)", {"size": size}
        )
        if size == "2k" or (size == "15k" and options.peer_15k):
            yield Cell("peer", f"{size}: against the matching package (P3)", {"size": size})
        if size == "1.2m":
            yield Cell("memory", f"{size}: peak memory (P4)", {"size": size})
        else:
            yield Cell("gates", f"{size}: correctness gates", {"size": size})
        if size in ("15k", "100k"):
            yield Cell("pools", f"{size}: quotas and bands at a third of schools (P9)", {"size": size})
            yield Cell("scenarios", f"{size}: scenarios (P11)", {"size": size})
            skip = "" if AVAILABLE else "numba is not installed, and thousands of lotteries need it"
            yield Cell("many_lotteries", f"{size}: 1,000 lotteries (P12)", {"size": size}, skip)
            yield Cell("twins", f"{size}: multiple births (P13)", {"size": size})


def _stages(snapshot: Snapshot) -> tuple[Priorities, Held, Callable[[], Any]]:
    """Ranked applicants, who holds what, and the floor: an argsort of the very keys that are sorted."""
    priorities = prioritise(snapshot, compile_program(snapshot.schools, snapshot.facts))
    row = priorities.edges.row
    merit = (np.uint64(snapshot.distance.max()).item().bit_length(), int(snapshot.lot.max()).bit_length())
    keys = priorities.pool.astype(np.uint64) << np.uint64(sum(merit) + 4)
    keys |= priorities.rows.criterion[row].astype(np.uint64) << np.uint64(sum(merit))
    keys |= snapshot.distance[row].astype(np.uint64) << np.uint64(merit[1])
    keys |= snapshot.lot[row].astype(np.uint64)
    return priorities, settle(snapshot, priorities, solver("numpy", "child")), lambda: np.argsort(keys)


def pipeline(size: str) -> Result:
    """Floors, stages, and the whole pipeline against the naive engine."""
    snapshot = market(size)
    snapshot.validate()
    few = 20 if size in ("2k", "15k") else 5
    program = compile_program(snapshot.schools, snapshot.facts)
    priorities, held, floor = _stages(snapshot)
    places = all_places(snapshot, program, priorities.pools, np.zeros(len(snapshot.schools), dtype=np.int64))
    argsort = best(floor, few)
    ranked = best(lambda: prioritise(snapshot, program), few)
    told = best(lambda: waiting_lists(snapshot, assemble(snapshot, priorities, held, "child")), few)
    rows = [
        Row("P6", "prioritise", "one 64-bit argsort", ranked / argsort, "<=", 2.0, _ms(ranked)),
        Row("P8", "explanation and waiting lists", "prioritise", told / ranked, "<=", 1.2, _ms(told)),
    ]
    naive = processor_seconds(lambda: naive_round(snapshot))
    for engine in ENGINES:
        solve = solver(engine, "child")
        solve(priorities, places)
        alone = best(lambda solve=solve: solve(priorities, places), few)
        limit, least = (2.5, 15) if engine == "numpy" else (0.3, 25)
        rows.append(
            Row("P7", f"allocate, {engine}", "one 64-bit argsort", alone / argsort, "<=", limit, _ms(alone))
        )
        all_of_it = best(lambda engine=engine: whole(snapshot, engine), few)
        rows.append(
            Row("P5", f"pipeline, {engine}", "naive Python", naive / all_of_it, ">=", least, _ms(all_of_it))
        )
        peer = "P1" if engine == "numpy" else "P2"
        note = "stands in for cb_da, which is not on the package index and is measured by hand"
        rows.append(Row(peer, f"pipeline, {engine}", "naive Python", naive / all_of_it, ">=", least, note))
    first = float((allocate_round(snapshot).preference == snapshot.start[:-1]).mean())
    return rows, {
        "argsort_ms": round(argsort * 1e3, 3),
        "preferences": snapshot.preferences,
        "first": round(first, 3),
    }


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.3f} ms"


def pools(size: str) -> Result:
    """A third of schools with quotas or bands, against the same round without."""
    timed = []
    for share in (0.0, 0.35):
        snapshot = market(size, pools=share)
        program = compile_program(snapshot.schools, snapshot.facts)
        priorities = prioritise(snapshot, program)
        places = all_places(
            snapshot, program, priorities.pools, np.zeros(len(snapshot.schools), dtype=np.int64)
        )
        solve = solver(ENGINES[-1], "child")
        solve(priorities, places)
        build = best(lambda s=snapshot, p=program: prioritise(s, p), 10)
        timed.append(
            (build, best(lambda s=solve, p=priorities, n=places: s(p, n), 10), len(priorities.place))
        )
    (build, solved, edges), (build_pools, solve_pools, more) = timed
    return [
        Row(
            "P9", "build with pools", "without", build_pools / build, "<=", 3.0, f"edges x{more / edges:.2f}"
        ),
        Row("P9", f"solve with pools, {ENGINES[-1]}", "without", solve_pools / solved, "<=", 3.5),
    ], {}


def memory(size: str) -> Result:
    """Peak memory of reading a sealed snapshot and deciding it, in a process that did nothing else."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot"
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            pool.submit(_seal, size, path).result()
        snapshot = Snapshot.from_bytes(path.read_bytes())
    before = getrusage(RUSAGE_SELF).ru_maxrss // 1024
    began = time.process_time()
    whole(snapshot, "numpy")
    note = f"pipeline {_ms(time.process_time() - began)}, {before} MB when read; the target is 1/8 of cb_da's 7,966 MB"
    peak = getrusage(RUSAGE_SELF).ru_maxrss // 1024
    return [Row("P4", "peak memory, MB", "a fixed figure of the peer", peak, "<=", 996, note)], {}


def _seal(size: str, path: Path) -> None:
    path.write_bytes(market(size).to_bytes())


def scenarios(size: str) -> Result:
    """One more or fewer places at one school, with who gains and who loses, against one allocation."""
    snapshot = market(size)
    rows = []
    for engine in ENGINES:
        simulation = Simulation(snapshot, engine=engine)
        program = compile_program(snapshot.schools, snapshot.facts)
        priorities = prioritise(snapshot, program)
        places = all_places(
            snapshot, program, priorities.pools, np.zeros(len(snapshot.schools), dtype=np.int64)
        )
        solve = solver(engine, "child")
        school = snapshot.schools[0]
        change = Change("30 fewer", places={school.key: school.arrangement.admission_number - 15})
        simulation.run(change)
        one = best(lambda s=simulation, c=change: s.run(c), 20)
        alone = best(lambda s=solve, p=priorities, n=places: s(p, n), 20)
        rows.append(Row("P11", f"one scenario, {engine}", "one allocate", one / alone, "<=", 3.0, _ms(one)))
    return rows, {}


def many_lotteries(size: str) -> Result:
    """Many draws against as many whole pipelines, and two threads against one (wall-clock seconds)."""
    snapshot = market(size)
    draws = 1_000 if size == "15k" else 100
    lotteries(snapshot, 2, "warm", engine="numba")
    pipelines = draws * best(lambda: whole(snapshot, "numba"), 10)
    took = processor_seconds(lambda: lotteries(snapshot, draws, "bench", engine="numba"))
    began = time.perf_counter()
    lotteries(snapshot, draws, "bench", 1, engine="numba")
    one = time.perf_counter() - began
    began = time.perf_counter()
    lotteries(snapshot, draws, "bench", 2, engine="numba")
    two = time.perf_counter() - began
    return [
        Row(
            "P12",
            f"{draws} lotteries",
            f"{draws} pipelines",
            took / pipelines,
            "<=",
            0.25,
            f"{took:.2f} s",
        ),
        Row(
            "P12",
            "two threads",
            "one",
            one / two,
            ">=",
            1.4,
            "wall clock: a busy machine has no second core to give",
        ),
    ], {}


def twins(size: str) -> Result:
    """Multiple births under Option A, against one pipeline without."""
    plain, born = market(size), market(size, twins=True)
    without = best(lambda: whole(plain, "numpy"), 10)
    settled = best(lambda: whole(born, "numpy"), 10)
    over = int(allocate_round(born).over_number.sum())
    return [
        Row("P13", "with multiple births", "without", settled / without, "<=", 3.0, f"{over} over the number")
    ], {}


CELLS: dict[str, Callable[..., Result]] = {
    "pipeline": pipeline,
    "peer": peer,
    "gates": gates,
    "pools": pools,
    "memory": memory,
    "scenarios": scenarios,
    "many_lotteries": many_lotteries,
    "twins": twins,
}
