"""What every import answers: how many rows it added, changed, left as they were and left out, and what was odd."""

from __future__ import annotations

from dataclasses import dataclass

from throughline.formats.reading import Finding


@dataclass(frozen=True)
class Counts:
    """One file's effect on the record. A file brought in a second time adds and changes nothing."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def rows(self) -> int:
        return self.added + self.changed + self.unchanged + self.rejected
