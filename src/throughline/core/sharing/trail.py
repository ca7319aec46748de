"""Lines of the trail as one reader may see them: which fields always, what they held only where the category allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps

from throughline.rules.sharing.decide import Reason

from ..access.viewer import Viewer
from ..registry.assembly import installed
from .show import Sight, Withheld


@dataclass(frozen=True)
class FieldShown:
    """One field of a row that was changed. ``before`` and ``after`` may be withheld."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class LineShown:
    """One row that was touched, or one child that was looked at."""

    table: str
    object_id: str
    child_id: UUID | None
    names: tuple[str, ...]
    fields: tuple[FieldShown, ...]
    # The certificate of disposal under which the values went, where they did.
    certificate: str = ""


def lines_shown(viewer: Viewer, lines: Iterable[Any]) -> list[LineShown]:
    """Lines of the trail for this reader, in a fixed number of queries; the look at what is shown is recorded."""
    rows = list(lines)
    values = _Values(viewer, {row.child_id for row in rows if row.child_id})
    shown = [_line(row, values) for row in rows]
    values.sight.record_look("values in the trail")
    return shown


def _line(row: Any, values: _Values) -> LineShown:
    before, after = row.before or {}, row.after or {}
    names = [name for name in row.fields if name in before or name in after]
    fields = tuple(
        FieldShown(name, values.value(row, name, before.get(name)), values.value(row, name, after.get(name)))
        for name in names
    )
    gone = (row.gone or {}).get("values") or [""]
    return LineShown(row.table, row.object_id, row.child_id, tuple(row.fields), fields, gone[0])


class _Values:
    """Which values may be shown. What no rule speaks of is withheld, unless its table is about nobody."""

    def __init__(self, viewer: Viewer, children: set[UUID]) -> None:
        self.sight = Sight(viewer, children)
        self._categories = {label.lower(): held.categories for label, held in installed().fields.items()}

    def value(self, row: Any, name: str, value: Any) -> Any:
        categories = self._categories.get(row.table)
        if categories is None:
            return value if self._about_nobody(row) else Withheld(Reason.NO_RULE, "")
        category = categories.get(name)
        if category is None or row.child_id is None:
            return Withheld(Reason.NO_RULE, category or "")
        return self.sight.value(row.child_id, category, value)

    @staticmethod
    def _about_nobody(row: Any) -> bool:
        """A table that is installed and declares no field about a person; what became of others nobody knows."""
        if row.child_id is not None or row.table.count(".") != 1:
            return False
        try:
            apps.get_model(row.table)
        except LookupError:
            return False
        return True
