"""How the trail stands, for whoever answers for it: sealed until when, and what its last examination found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .actor import Actor, require
from .queries import SEARCH
from .sealing import latest_head
from .verifying import last_examination


@dataclass(frozen=True)
class Standing:
    """The latest seal, the latest examination, and whether that found something altered."""

    sealed_at: datetime | None
    examined_at: datetime | None
    broken: bool


def standing(viewer: Actor) -> Standing:
    """Two queries, however long the trail is: nothing is counted here, and nothing examined."""
    require(viewer, SEARCH)
    head, found = latest_head(), last_examination()
    return Standing(head.at if head else None, found[0] if found else None, bool(found and found[1]))
