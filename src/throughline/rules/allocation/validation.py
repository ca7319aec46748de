"""Whether a snapshot can be decided at all: every reference in range, every preference once, every lot its own."""

from __future__ import annotations

import numpy as np

from throughline.rules.allocation.shape import (
    EVERYONE_FACT,
    MAX_FACTS,
    PER_CHILD,
    PER_PREFERENCE,
    Column,
    SnapshotColumns,
    SnapshotError,
)


def validate_snapshot(snapshot: SnapshotColumns) -> None:
    """Raise ``SnapshotError`` naming the first thing that is wrong. See ``Snapshot.validate``."""
    _lengths(snapshot)
    _names(snapshot)
    schools = len(snapshot.schools)
    _within("school", snapshot.school, 0, schools - 1)
    for name in ("named", "secured"):
        _within(name, getattr(snapshot, name), -1, schools - 1)
    _within("birth_set", snapshot.birth_set, -1, None)
    _within("late", snapshot.late, 0, 1)
    _within("score", snapshot.score, -1, None)
    _bands(snapshot)
    _each_once(snapshot)


def _within(name: str, column: Column, low: int, high: int | None) -> None:
    if not column.size:
        return
    if int(column.min()) < low or (high is not None and int(column.max()) > high):
        wrong = (column < low) if high is None else (column < low) | (column > high)
        at = int(np.argmax(wrong))
        allowed = f"{low} or more" if high is None else f"{low} to {high}"
        raise SnapshotError(f"{name}[{at}] is {int(column[at])}, expected {allowed}")


def _lengths(snapshot: SnapshotColumns) -> None:
    children, rows, start = len(snapshot.named), len(snapshot.school), snapshot.start
    for names, size in ((PER_CHILD, children), (PER_PREFERENCE, rows)):
        for name in names:
            if len(getattr(snapshot, name)) != size:
                raise SnapshotError(f"{name} has {len(getattr(snapshot, name))} entries, expected {size}")
    if len(start) != children + 1:
        raise SnapshotError(f"start has {len(start)} entries, expected {children + 1}")
    if int(start[0]) != 0 or int(start[-1]) != rows or (np.diff(start) < 0).any():
        raise SnapshotError(f"start must rise from 0 to {rows}, the number of preferences")
    if rows >= 1 << 31 or children >= 1 << 31:
        raise SnapshotError("more than 2,147,483,647 preferences or children")


def _names(snapshot: SnapshotColumns) -> None:
    if len(snapshot.facts) > MAX_FACTS:
        raise SnapshotError(f"{len(snapshot.facts)} facts, expected at most {MAX_FACTS}")
    if len(set(snapshot.facts)) != len(snapshot.facts) or EVERYONE_FACT in snapshot.facts:
        raise SnapshotError('a fact is listed twice, or "everyone" is listed, which needs no bit')
    if len(snapshot.facts) < MAX_FACTS and snapshot.held_facts.size:
        _within("held_facts", snapshot.held_facts, 0, (1 << len(snapshot.facts)) - 1)
    seen: set[str] = set()
    for school in snapshot.schools:
        if school.key in seen:
            raise SnapshotError(f"school key {school.key!r} is used twice")
        seen.add(school.key)
        if school.arrangement.admission_number < 0:
            raise SnapshotError(f"school {school.key} has a negative admission number")
    keys = snapshot.child_keys
    if keys is not None and (len(keys) != snapshot.children or len(set(keys)) != len(keys)):
        raise SnapshotError(f"child_keys must be {snapshot.children} different references")


def _bands(snapshot: SnapshotColumns) -> None:
    bands = [s.arrangement.bands for s in snapshot.schools]
    if not any(bands):
        return
    for school, its in zip(snapshot.schools, bands, strict=True):
        if its is not None and not 1 <= len(its.shares) <= 100:
            raise SnapshotError(f"school {school.key} has {len(its.shares)} bands, expected 1 to 100")
        if its is not None and min(its.shares) < 0:
            raise SnapshotError(f"school {school.key} has a band with fewer than no places")
    most = np.array([len(its.shares) if its else 255 for its in bands])[snapshot.school]
    wrong = snapshot.band > most
    if wrong.any():
        at = int(np.argmax(wrong))
        school = snapshot.schools[int(snapshot.school[at])]
        raise SnapshotError(
            f"band[{at}] is {int(snapshot.band[at])}, but school {school.key} has {int(most[at])} bands"
        )


def _each_once(snapshot: SnapshotColumns) -> None:
    if not snapshot.preferences:
        return
    school = snapshot.school.astype(np.uint64)
    pair = (snapshot.child_of().astype(np.uint64) << np.uint64(31)) | school
    pair.sort()
    same = pair[1:] == pair[:-1]
    if same.any():
        twice = int(pair[int(np.argmax(same))])
        key = snapshot.schools[twice & ((1 << 31) - 1)].key
        raise SnapshotError(f"child {twice >> 31} names school {key} twice")
    drawn = (school << np.uint64(32)) | snapshot.lot
    drawn.sort()
    same = drawn[1:] == drawn[:-1]
    if same.any():
        twice = int(drawn[int(np.argmax(same))])
        raise SnapshotError(
            f"two children hold lot {twice & 0xFFFFFFFF} at school {snapshot.schools[twice >> 32].key}"
        )
