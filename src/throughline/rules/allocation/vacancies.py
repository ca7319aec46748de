"""A place for a child whom no preference could give one: the nearest suitable school with a vacancy (ADM-42)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.engines import Engine
from throughline.rules.allocation.outcome import Outcome
from throughline.rules.allocation.shape import PER_PREFERENCE, Column, School
from throughline.rules.allocation.snapshot import Snapshot, SnapshotError


def nearest_with_vacancy(
    snapshot: Snapshot, *, vacancies: Column, eligible: Column | None = None, engine: Engine = "numpy"
) -> Outcome:
    """Offer each child the nearest school with a vacancy; where two want the last, the school's criteria decide.

    Args:
        snapshot: the unplaced children only. Their rows are the schools they could be offered, in any order;
            ``distance`` is to that school; facts, score and lot as for a preference there.
        vacancies: whole number per school, its places left.
        eligible: bool[m], False where the child cannot go: a girls' school for a boy, a test not passed.
        engine: as for ``allocate_round``.

    Returns:
        An outcome in which ``preference`` is a row of the snapshot given, and rows left out are not qualified.

    Raises:
        SnapshotError: ``vacancies`` or ``eligible`` has the wrong length, or the snapshot cannot be decided.
    """
    left, may = _checked(snapshot, vacancies, eligible)
    snapshot.validate()
    key_order = np.empty(len(snapshot.schools), dtype=np.int64)
    by_key = sorted(range(len(snapshot.schools)), key=lambda i: snapshot.schools[i].key)
    key_order[by_key] = np.arange(len(by_key))
    # Nearest first; schools at the same distance in the order of their keys; those the child cannot attend last.
    order = np.lexsort((key_order[snapshot.school], snapshot.distance, ~may, snapshot.child_of()))
    nearest = replace(
        snapshot,
        schools=tuple(_with_places(s, int(n)) for s, n in zip(snapshot.schools, left, strict=True)),
        known_good=[],
        **{name: getattr(snapshot, name)[order] for name in PER_PREFERENCE},
    )
    kept = may[order]
    trimmed = replace(
        nearest,
        start=np.concatenate([[0], np.cumsum(kept)])[snapshot.start],
        **{name: getattr(nearest, name)[kept] for name in PER_PREFERENCE},
    )
    return _in_rows_of(snapshot, order[kept], allocate_round(trimmed, engine=engine))


def _checked(snapshot: Snapshot, vacancies: Column, eligible: Column | None) -> tuple[Column, Column]:
    """Vacancies and eligibility as columns of the right length."""
    left = np.asarray(vacancies, dtype=np.int64)
    if left.shape != (len(snapshot.schools),) or (left.size and left.min() < 0):
        raise SnapshotError(f"vacancies must be {len(snapshot.schools)} numbers of places, none negative")
    may = np.ones(snapshot.preferences, dtype=bool) if eligible is None else np.asarray(eligible, dtype=bool)
    if may.shape != (snapshot.preferences,):
        raise SnapshotError(f"eligible has {may.size} entries, expected {snapshot.preferences}")
    return left, may


def _with_places(school: School, places: int) -> School:
    """A vacancy is a vacancy: quotas and bands have been filled, the criteria remain."""
    return School(school.key, replace(school.arrangement, admission_number=places, quotas=(), bands=None))


def _in_rows_of(snapshot: Snapshot, row: Column, outcome: Outcome) -> Outcome:
    """The outcome with its rows numbered as in the snapshot given."""
    nothing = {"result": 4, "criterion": 255, "rank": 0, "pool": -1, "waiting": 0}
    columns: dict[str, Any] = {}
    for name, value in nothing.items():
        found = getattr(outcome, name)
        columns[name] = np.full(snapshot.preferences, value, dtype=found.dtype)
        columns[name][row] = found
    for name in ("preference", "last_preference", "quota_last"):
        found = getattr(outcome, name)
        number = np.append(row, -1)
        columns[name] = number[found].astype(np.int32)
    return replace(outcome, **columns)
