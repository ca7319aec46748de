"""What the independent checker found, kept as data with the run and put in words when it is read."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from typing import Any


def finding_row(finding: Any) -> dict[str, Any]:
    """A finding as the run keeps it: its code, the child, the school and the numbers."""
    row = (
        asdict(finding) if is_dataclass(finding) and not isinstance(finding, type) else {"said": str(finding)}
    )
    return {name: value for name, value in row.items() if value not in (None, "", -1)}
