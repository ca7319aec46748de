"""What a viewer may be told of how long a record is kept: never more than they may know of the child."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ...registry.assembly import installed
from ...sharing.show import Sight
from ..kept import Keeping


def as_told(sight: Sight, child: UUID, keeping: Keeping) -> Keeping:
    """Until when the record is kept, as far as this viewer may know why."""
    return keeping.without(hidden_classes(sight, child, keeping.ends))


def hidden_classes(sight: Sight, child: UUID, codes: Iterable[str]) -> set[str]:
    """Those of these classes of which the viewer may not know that they apply to this child."""
    declared = installed().retention
    return {
        code
        for code in codes
        if code in declared and declared[code].category and not sight.may_know(child, declared[code].category)
    }
