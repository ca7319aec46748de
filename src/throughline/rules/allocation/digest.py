"""One number for a round: the same on every engine and machine, and for children and schools in any order."""

from __future__ import annotations

import hashlib

import numpy as np

from throughline.rules.allocation.arrangement_data import arrangement_to_data
from throughline.rules.allocation.outcome import OUTCOME_TYPES, Outcome
from throughline.rules.allocation.packing import ranges
from throughline.rules.allocation.shape import COLUMN_TYPES, PER_PREFERENCE, Column
from throughline.rules.allocation.snapshot import Snapshot
from throughline.rules.allocation.storage import canonical_json

_VERSION = b"throughline-round-1"
_SCHOOL_NUMBERS = frozenset({"named", "secured", "school", "offered"})
_ROW_NUMBERS = frozenset({"preference", "last_preference", "quota_last"})
_CHILD_OUT = ("offered", "preference")
_ROW_OUT = ("result", "criterion", "rank", "pool", "waiting")


def digest(snapshot: Snapshot, outcome: Outcome) -> str:
    """SHA-256 over arrangements, facts, every input column and every outcome column, in canonical order.

    Schools go by their key. Children go by ``child_keys``, or without them by the school and lot of their first
    preference, which is theirs alone. The engine is left out; the mode is in.

    Returns:
        64 hexadecimal digits.
    """
    schools = sorted(range(len(snapshot.schools)), key=lambda i: snapshot.schools[i].key)
    children = _children(snapshot, _numbers(schools))
    counts = np.diff(snapshot.start)[children]
    rows = ranges(snapshot.start[children], counts)
    school_number, row_number = _numbers(schools), _numbers(rows)
    sealed = hashlib.sha256(_VERSION)
    sealed.update(_header(snapshot, outcome, schools, children))
    sealed.update(counts.astype("<i8").tobytes())
    sealed.update(_birth_sets(snapshot, children).tobytes())
    columns = [(n, t, getattr(snapshot, n), n in PER_PREFERENCE) for n, t in COLUMN_TYPES.items()]
    for name, kind, column, per_row in columns:
        if name in ("start", "birth_set"):
            continue
        taken = column[rows if per_row else children]
        _add(sealed, name, kind, school_number[taken] if name in _SCHOOL_NUMBERS else taken)
    for name, kind in OUTCOME_TYPES.items():
        column = getattr(outcome, name)
        where = children if name in _CHILD_OUT else rows if name in _ROW_OUT else schools
        taken = column[where]
        if name == "offered":
            taken = school_number[taken]
        elif name in _ROW_NUMBERS:
            taken = row_number[taken]
        _add(sealed, name, kind, taken)
    return sealed.hexdigest()


def _add(sealed: hashlib._Hash, name: str, kind: str, column: Column) -> None:
    sealed.update(name.encode())
    sealed.update(np.asarray(column.shape, dtype="<i8").tobytes())
    sealed.update(np.ascontiguousarray(column, dtype=kind).tobytes())


def _numbers(order: Column | list[int]) -> Column:
    """New number of each old one; the last entry, reached by -1, is -1."""
    number = np.full(len(order) + 1, -1, dtype=np.int64)
    number[np.asarray(order, dtype=np.int64)] = np.arange(len(order))
    return number


def _children(snapshot: Snapshot, school_number: Column) -> Column:
    if snapshot.child_keys is not None:
        keys = snapshot.child_keys
        return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)
    has = np.diff(snapshot.start) > 0
    first = snapshot.start[:-1][has]
    school = np.full(snapshot.children, len(snapshot.schools), dtype=np.int64)
    lot = np.zeros(snapshot.children, dtype=np.int64)
    school[has] = school_number[snapshot.school[first]]
    lot[has] = snapshot.lot[first]
    # Children without preferences follow; those alike in everything are interchangeable.
    known = (snapshot.late, school_number[snapshot.secured], school_number[snapshot.named])
    return np.lexsort((snapshot.birth_set, *known, lot, school))


def _birth_sets(snapshot: Snapshot, children: Column) -> Column:
    """Birth sets numbered in the order they are met: the numbers given are names, not values."""
    taken = snapshot.birth_set[children]
    found, first, number = np.unique(taken, return_index=True, return_inverse=True)
    renumber = np.empty(len(found), dtype="<i4")
    renumber[np.argsort(first)] = np.arange(len(found))
    return np.asarray(np.where(taken < 0, -1, renumber[number]), dtype="<i4")


def _header(snapshot: Snapshot, outcome: Outcome, schools: list[int], children: Column) -> bytes:
    said = {
        "facts": list(snapshot.facts),
        "mode": outcome.mode,
        "schools": [
            [snapshot.schools[i].key, arrangement_to_data(snapshot.schools[i].arrangement)] for i in schools
        ],
        "children": None if snapshot.child_keys is None else [snapshot.child_keys[i] for i in children],
    }
    return canonical_json(said)
