"""Everything one allocation round is decided from, as arrays.

A snapshot is taken once, sealed as bytes, and can be decided again years later with the same result. It holds no
names and no addresses: children are rows, and ``child_keys`` (optional) are opaque references.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from throughline.rules.allocation.arrangement_data import (
    ArrangementError,
    arrangement_from_data,
    arrangement_to_data,
)
from throughline.rules.allocation.shape import (
    COLUMN_TYPES,
    EVERYONE_FACT,
    MAX_FACTS,
    PER_CHILD,
    PER_PREFERENCE,
    Column,
    School,
    SnapshotColumns,
    SnapshotError,
)
from throughline.rules.allocation.storage import StorageError, seal, unseal
from throughline.rules.allocation.validation import validate_snapshot

__all__ = [
    "COLUMN_TYPES",
    "EVERYONE_FACT",
    "MAX_FACTS",
    "PER_CHILD",
    "PER_PREFERENCE",
    "Column",
    "School",
    "Snapshot",
    "SnapshotError",
]

_KIND = "snapshot-1"


@dataclass(frozen=True, eq=False)
class Snapshot(SnapshotColumns):
    """One round's input. The columns are described at ``SnapshotColumns``."""

    def validate(self) -> None:
        """Check what the columns say, once.

        Raises:
            SnapshotError: names the first thing wrong: lengths, an index out of range, a school named twice by a
                child, a lot drawn twice at a school, a fact or key listed twice, a band the school does not have.
        """
        if not self.known_good:
            validate_snapshot(self)
            self.known_good.append(True)

    def to_bytes(self) -> bytes:
        """The snapshot as bytes: versioned, compressed, with a digest of its content; the same for the same rows."""
        header = {
            "facts": list(self.facts),
            "schools": [[s.key, arrangement_to_data(s.arrangement)] for s in self.schools],
            "child_keys": None if self.child_keys is None else list(self.child_keys),
        }
        return seal(_KIND, header, {name: getattr(self, name) for name in COLUMN_TYPES}, COLUMN_TYPES)

    @classmethod
    def from_bytes(cls, data: bytes) -> Snapshot:
        """Read what ``to_bytes`` wrote.

        Raises:
            SnapshotError: cut short, changed, of another version, or not a snapshot. Nothing is guessed.
        """
        try:
            header, columns = unseal(_KIND, data, COLUMN_TYPES)
            schools = tuple(
                School(str(key), arrangement_from_data(value)) for key, value in header["schools"]
            )
            keys = header["child_keys"]
            snapshot = cls(
                facts=tuple(header["facts"]),
                schools=schools,
                child_keys=None if keys is None else tuple(keys),
                **dict[str, Any](columns),
            )
        except (StorageError, ArrangementError) as error:
            raise SnapshotError(f"this is not a readable snapshot: {error}") from error
        except (KeyError, TypeError, ValueError) as error:
            raise SnapshotError(
                "this is not a readable snapshot: its header does not have the expected shape"
            ) from error
        snapshot.validate()
        return snapshot
