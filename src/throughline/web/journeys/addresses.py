"""Where the pages of a journey are: all that the check page needs to know of its route."""

from __future__ import annotations

from typing import Protocol

from .steps import Step


class Addresses(Protocol):
    """Knows the address of each step."""

    def of(self, step: Step) -> str: ...
