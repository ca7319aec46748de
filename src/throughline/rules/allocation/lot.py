"""Random allocation that anyone can repeat: a lot drawn from a recorded seed.

The draw of one school depends on the seed, the school and the children who take part, never on the order they stand
in, so the recorded seed and method replay it exactly (ADM-22). A fresh draw is a fresh seed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from throughline.rules.allocation.shape import Column

METHOD = "sha256-rank-1"
"""Recorded with every draw: SHA-256 of seed, school and child, each with its length; children in order of the hash."""


@dataclass(frozen=True)
class LotRecord:
    """What is kept of a draw, with the supervisor's name and statement, which are not the kernel's business."""

    method: str
    seed: str
    participants: int
    digest: str


def _part(text: str) -> bytes:
    data = text.encode()
    return len(data).to_bytes(8, "little") + data


def _drawn(
    seed: str, child_keys: Sequence[str], children: list[int], school_keys: Sequence[str], schools: list[int]
) -> list[tuple[int, bytes, int]]:
    """School, hash and row of every applicant, in order."""
    begun = [hashlib.sha256(_part(seed) + _part(key)) for key in school_keys]
    ends = [_part(key) for key in child_keys]
    drawn: list[tuple[int, bytes, int]] = []
    for row, (child, school) in enumerate(zip(children, schools, strict=True)):
        hashed = begun[school].copy()
        hashed.update(ends[child])
        drawn.append((school, hashed.digest(), row))
    return sorted(drawn)


def draw_lots(
    seed: str,
    child_keys: Sequence[str],
    preference_child: Sequence[int] | Column,
    school_keys: Sequence[str],
    preference_school: Sequence[int] | Column,
) -> Column:
    """Draw a lot for every applicant of every school.

    Args:
        seed: the recorded seed, made known only after the list of participants is closed.
        child_keys: a reference per child, unique and unchanging.
        preference_child: index into ``child_keys`` of each preference.
        school_keys: a reference per school, unique and unchanging.
        preference_school: index into ``school_keys`` of each preference.

    Returns:
        u32[m]: 1 is drawn first; 1, 2, 3 ... without gaps at each school.

    Raises:
        ValueError: the columns differ in length, or a child stands twice at one school.
    """
    children = np.asarray(preference_child, dtype=np.int64).tolist()
    schools = np.asarray(preference_school, dtype=np.int64).tolist()
    if len(children) != len(schools):
        raise ValueError("preference_child and preference_school must have one entry per preference")
    drawn = _drawn(seed, child_keys, children, school_keys, schools)
    lots = np.zeros(len(drawn), dtype=np.uint32)
    before: tuple[int, bytes, int] = (-1, b"", -1)
    position = 0
    for entry in drawn:
        if entry[:2] == before[:2]:
            raise ValueError(f"child {child_keys[children[entry[2]]]} stands twice at one school")
        position = position + 1 if entry[0] == before[0] else 1
        lots[entry[2]] = position
        before = entry
    return lots


def lot_record(seed: str, lots: Column) -> LotRecord:
    """What to keep of a draw, so that a replay can be compared."""
    digest = hashlib.sha256(np.sort(lots).astype("<u4").tobytes()).hexdigest()
    return LotRecord(METHOD, seed, len(lots), digest)
