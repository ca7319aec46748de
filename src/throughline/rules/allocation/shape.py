"""The columns of a snapshot: their names, their types, and how they hang together."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from throughline.rules.allocation.arrangement import Arrangement

Column: TypeAlias = npt.NDArray[Any]

EVERYONE_FACT = "everyone"
"""The fact that is true of every child and therefore needs no bit."""

MAX_FACTS = 32

COLUMN_TYPES: dict[str, str] = {
    "named": "<i4",
    "birth_set": "<i4",
    "late": "<u1",
    "secured": "<i4",
    "start": "<i8",
    "school": "<i4",
    "held_facts": "<u4",
    "distance": "<u4",
    "score": "<i4",
    "band": "<u1",
    "lot": "<u4",
}
"""The columns in their canonical order, with their type."""

PER_CHILD = ("named", "birth_set", "late", "secured")
PER_PREFERENCE = ("school", "held_facts", "distance", "score", "band", "lot")


class SnapshotError(ValueError):
    """The snapshot cannot be decided; the message says what is wrong and where."""


@dataclass(frozen=True)
class School:
    """One school in the round. ``key`` is its URN or any text that never changes."""

    key: str
    arrangement: Arrangement


@dataclass(frozen=True, eq=False)
class SnapshotColumns:
    """One round's input, as a structure of arrays. Children may stand in any order.

    Attributes:
        facts: name of bit i in ``held_facts``, at most 32; the fact "everyone" needs no bit.
        schools: every school that a preference, a plan or a secured place refers to.
        named: i32[n], index of the school named in the child's plan, -1 none (a named child leaves the market).
        birth_set: i32[n], children of one multiple birth share a number, -1 none.
        late: u8[n], 1 is late without good reason.
        secured: i32[n], index of the school where the child already holds a place, -1 none (re-allocation).
        start: i64[n + 1], the preferences of child c are rows ``start[c]`` to ``start[c + 1]``, in order of preference.
        school: i32[m], index into ``schools``.
        held_facts: u32[m], bit set of the facts true of this child at this school.
        distance: u32[m], whole units as published (ADM-21).
        score: i32[m], test score, -1 not tested.
        band: u8[m], 1 is the first band, 0 not tested.
        lot: u32[m], the recorded draw, unique within a school, smaller is drawn earlier.
        child_keys: opaque references, one a child; they give the digest its order and nothing else.

    Raises:
        SnapshotError: when a column does not fit its type. ``validate`` checks what the columns say.
    """

    facts: tuple[str, ...]
    schools: tuple[School, ...]
    named: Column
    birth_set: Column
    late: Column
    secured: Column
    start: Column
    school: Column
    held_facts: Column
    distance: Column
    score: Column
    band: Column
    lot: Column
    child_keys: tuple[str, ...] | None = None
    known_good: list[bool] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        for name, dtype in COLUMN_TYPES.items():
            object.__setattr__(self, name, _column(name, getattr(self, name), dtype))

    @property
    def children(self) -> int:
        """How many children."""
        return len(self.named)

    @property
    def preferences(self) -> int:
        """How many preferences."""
        return len(self.school)

    def child_of(self) -> Column:
        """i32[m]: the child of each preference. Worked out once, for it depends on nothing but the shape."""
        return self._child_of

    @cached_property
    def _child_of(self) -> Column:
        child = np.repeat(np.arange(self.children, dtype=np.int32), np.diff(self.start))
        child.flags.writeable = False
        return child


def _column(name: str, value: Any, dtype: str) -> Column:
    """The value as a read-only column of the given type.

    Raises:
        SnapshotError: when it is not one-dimensional, not whole numbers, or outside the type's range.
    """
    try:
        given = np.asarray(value)
    except ValueError as error:
        raise SnapshotError(f"{name} is not a column of numbers") from error
    wanted = np.dtype(dtype)
    if given.ndim != 1:
        raise SnapshotError(f"{name} has {given.ndim} dimensions, expected 1")
    if given.dtype != wanted:
        if given.size and given.dtype.kind not in "iub":
            raise SnapshotError(f"{name} holds {given.dtype}, expected whole numbers")
        limits = np.iinfo(wanted)
        if given.size and (int(given.min()) < limits.min or int(given.max()) > limits.max):
            raise SnapshotError(f"{name} has a value outside {limits.min} to {limits.max}")
    column = np.ascontiguousarray(given, dtype=wanted).view()
    column.flags.writeable = False
    return column
