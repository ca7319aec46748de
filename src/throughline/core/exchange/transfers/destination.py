"""Whom a transfer file is addressed to, and when a child leaves who is on a roll still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from throughline.formats.ctf import NOT_KNOWN

from ...organisations.models import School
from ...people.models import Enrolment


@dataclass(frozen=True)
class Destination:
    """Seven characters as a transfer file has them, and the name in words; empty where nobody knows the next school."""

    receiver: str = NOT_KNOWN
    name: str = ""
    school: School | None = None


@dataclass(frozen=True)
class Leaving:
    """The last day of children who are known to leave; ``to`` is the school they go to, whose roll is none they leave."""

    on: date
    to: UUID | None = None

    def ends(self, roll: Enrolment) -> bool:
        """Whether this is a roll they leave."""
        runs = roll.since <= self.on and (roll.until is None or roll.until >= self.on)
        return runs and roll.school_id != self.to
