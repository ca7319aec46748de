"""Whom a transfer file is addressed to."""

from __future__ import annotations

from dataclasses import dataclass

from throughline.formats.ctf import NOT_KNOWN

from ...organisations.models import School


@dataclass(frozen=True)
class Destination:
    """Seven characters as a transfer file has them, and the name in words; empty where nobody knows the next school."""

    receiver: str = NOT_KNOWN
    name: str = ""
    school: School | None = None
