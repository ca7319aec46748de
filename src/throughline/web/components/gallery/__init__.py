"""Plausible content for the gallery. All people and places are invented, and so are the numbers."""

from typing import Any

from throughline.web.components.parts import Link

from .board import board
from .pictures import pictures
from .questions import AboutForm, answered_badly
from .record import HEALTH, record


def layout() -> dict[str, Any]:
    """Return what the layout itself needs: names, menu, crumbs and footer."""
    menu = [
        ("Home", False),
        ("Children", True),
        ("Admissions", False),
        ("Deadlines", False),
        ("Reports", False),
    ]
    return {
        "page_title": "Gallery",
        "service_name": "Education records",
        "service_url": "#",
        "navigation": [Link(text, "#", current=current) for text, current in menu],
        "account": {"name": "Rhian Okafor", "href": "#", "sign_out_url": ""},
        "languages": [
            {"code": "en", "name": "English", "current": True},
            {"code": "cy", "name": "Cymraeg", "href": "#"},
        ],
        "crumbs": [Link("Home", "#"), Link("Children", "#"), Link("Gallery", "")],
        "footer_links": [
            Link("Help", "#"),
            Link("Privacy", "#"),
            Link("Accessibility", "#"),
            Link("Contact us", "#"),
        ],
    }


def gallery_content(done: int = 412) -> dict[str, Any]:
    """Return the context of the gallery page; ``done`` is how far its long work has come."""
    forms = {"about": AboutForm(), "form": answered_badly(), "withheld": HEALTH, "nothing": None}
    return layout() | record() | board(done) | pictures() | forms
