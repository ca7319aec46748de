"""The authority every page is dressed for, remembered for a minute: no page asks the database only for its name."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from throughline.core.organisations.queries import our_authority

from . import brand

KEPT_SECONDS = 60

_kept: list[tuple[float, dict[str, Any]]] = []


def authority_shown() -> dict[str, Any]:
    """The authority's name, short name, colour and logo; a neutral look for whatever has not been said."""
    return neutral() | dict(getattr(settings, "AUTHORITY", {})) | recorded()


def neutral() -> dict[str, Any]:
    return {
        "name": "Local authority",
        "short_name": "Council",
        "colour": brand.DEFAULT_COLOUR,
        "logo_url": "",
    }


def recorded() -> dict[str, Any]:
    """What the record says of our authority; nothing before it is set up, or while the database cannot answer."""
    if _kept and time.monotonic() - _kept[0][0] < KEPT_SECONDS:
        return _kept[0][1]
    try:
        row = our_authority()
    except DatabaseError:
        # An error page must still be readable: it then has the neutral look.
        return {}
    if row is None:
        return {}
    found = {"name": row.name, "short_name": row.short_name or row.name, "colour": row.colour}
    said = {name: value for name, value in found.items() if value}
    _kept[:] = [(time.monotonic(), said)]
    return said


def forget_authority() -> None:
    """Ask the database next time: for tests, and for whoever has just changed the authority."""
    _kept.clear()
