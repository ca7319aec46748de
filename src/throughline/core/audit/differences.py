"""Writing only what is different: a file that says what the record already says writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .tables import Guarded


@dataclass(frozen=True)
class Written:
    """How many rows were added, changed and left as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def write_differences(
    table: type[Guarded],
    wanted: Mapping[Any, Mapping[str, Any]],
    stored: Mapping[Any, Any],
) -> Written:
    """Add the rows that are not stored and change the fields that differ. To be called inside ``change``.

    Args:
        table: the table to write.
        wanted: for each key, the fields the record should have. A field that is not named is left alone.
        stored: the rows there are, by the same keys. Rows that are not wanted are left alone.
    """
    added: list[Any] = []
    changed: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for key, values in wanted.items():
        row = stored.get(key)
        if row is None:
            added.append(table(**values))
            continue
        different = tuple(name for name, value in values.items() if getattr(row, name) != value)
        if different:
            for name in different:
                setattr(row, name, values[name])
            changed[different].append(row)
    if added:
        table.objects.bulk_create(added)
    # One statement per set of fields, so that the trail names only the fields that changed.
    for names, rows in changed.items():
        table.objects.bulk_update(rows, names)
    moved = sum(len(rows) for rows in changed.values())
    return Written(len(added), moved, len(wanted) - len(added) - moved)
