"""Who there is around the demonstration's children, by role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from throughline.core.access.queries import account_by_email
from throughline.core.access.viewer import Viewer, viewer_for
from throughline.core.audit.actor import Actor


@dataclass
class Cast:
    """Who there is, by email address, and the children they work with."""

    by: Actor
    emails: dict[str, list[str]] = field(default_factory=dict)
    agencies: dict[str, Any] = field(default_factory=dict)

    def viewer(self, role: str, at: int = 0) -> Viewer:
        user = account_by_email(self.emails[role][at])
        assert user is not None, f"nobody was made for {role}"  # nosec B101: the demonstration's own people
        return viewer_for(user)
