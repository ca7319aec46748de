"""Plausible content for the gallery. All people and places are invented."""

from typing import Any


def gallery_content() -> dict[str, Any]:
    """Return the context of the gallery page."""
    return {"page_title": "Gallery"}
