"""Every local authority code there has ever been, with the day it ended. Source: data standards section 1.6."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from throughline.formats.code_lists import code_list


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority by its three-digit code.

    Attributes:
        code: three digits.
        name: without "Pre LGR".
        nation: ``England``, ``Wales`` or ``other`` (overseas and island establishments).
        region: English region, where known.
        ons: nine-character code of today; empty where unknown or abolished.
        ons_before: an earlier nine-character code; the three digits stay when these change.
        since: first day, where it is known to be later than the register.
        until: last day; none while it exists.
    """

    code: str
    name: str
    nation: str
    region: str = ""
    ons: str = ""
    ons_before: str = ""
    since: date | None = None
    until: date | None = None

    def existed(self, day: date) -> bool:
        """Whether it was an authority on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@cache
def authorities() -> dict[str, Authority]:
    """Every authority by its three-digit code."""
    return {entry["code"]: Authority(**entry) for entry in code_list("authorities")["authorities"]}
