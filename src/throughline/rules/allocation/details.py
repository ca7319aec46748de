"""Reading ``Arrangement.details``, which may hold anything an officer wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from throughline.rules.allocation.arrangement import Arrangement


def detail_table(arrangement: Arrangement, key: str) -> Mapping[str, object]:
    """The table under ``key``; empty when absent or not a table."""
    held = arrangement.details.get(key)
    return held if isinstance(held, Mapping) else {}


def detail_list(arrangement: Arrangement, key: str) -> Sequence[object]:
    """The list under ``key``; empty when absent or not a list."""
    held = arrangement.details.get(key)
    return held if isinstance(held, list | tuple) else ()


def is_given(value: object) -> bool:
    """Whether a definition says anything. No and zero say something, and so does an empty list; blank text does not."""
    return value is not None and (not isinstance(value, str) or bool(value.strip()))
