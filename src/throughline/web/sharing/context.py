"""What stands above every page: that one looks through another's eyes, or that an emergency has a record open."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from throughline.core.access.viewer import Viewer
from throughline.core.sharing.queries.emergencies import open_now
from throughline.web.portals.eyes import lent_to


def banners(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Asks the database only for those who can have opened a record, and only about a child's page."""
    return {"lent": lent_to(request), "emergency": _emergency(request)}


def _emergency(request: HttpRequest) -> Any:
    viewer: Viewer | None = getattr(request, "viewer", None)
    match = request.resolver_match
    child = match.kwargs.get("child_id") if match else None
    if viewer is None or not isinstance(child, UUID) or not viewer.may("sharing.emergency"):
        return None
    return open_now(viewer, child)
