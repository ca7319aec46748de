"""The gallery by itself, without what the portals put around every page."""

import copy
from typing import Any

import pytest

PORTAL = "throughline.web.portals.context.portal"


@pytest.fixture
def without_portals(settings: Any) -> None:
    """The gallery brings its own menu and names, so the portals' are left out."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"].remove(PORTAL)
    settings.TEMPLATES = templates
