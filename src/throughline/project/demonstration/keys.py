"""Keys and references that come out the same every time the same town is made."""

from __future__ import annotations

from random import Random
from uuid import UUID

# Any day will do, as long as it is always the same: the key of a row only has to be in order of making.
FIRST_MILLISECOND = 1_767_225_600_000
ALPHABET = "23456789BCDFGHJKMNPQRTVWXZ"


class Keys:
    """UUIDs of version 7 and short references, drawn from the town's own seed."""

    def __init__(self, seed: str) -> None:
        self._rng = Random(f"{seed}:keys")
        self._made = 0
        self._references: set[str] = set()

    def key(self) -> UUID:
        self._made += 1
        bits = self._rng.getrandbits(74)
        value = (
            (FIRST_MILLISECOND + self._made) << 80
            | 7 << 76
            | (bits >> 62) << 64
            | 2 << 62
            | bits & (1 << 62) - 1
        )
        return UUID(int=value)

    def reference(self, prefix: str) -> str:
        while True:
            found = f"{prefix}-" + "".join(self._rng.choices(ALPHABET, k=7))
            if found not in self._references:
                self._references.add(found)
                return found
