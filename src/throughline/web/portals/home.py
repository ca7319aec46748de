"""The first pages: before signing in, after it, and what the service says about itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from throughline.core.access.viewer import Viewer
from throughline.core.registry.assembly import installed
from throughline.core.registry.sockets import HomeItem

from .shells import shell_of


def start(request: HttpRequest) -> HttpResponse:
    """What this service is, and the doors into it."""
    return render(request, "portals/start.html", {"items": items_for("public", None)})


def home(request: HttpRequest) -> HttpResponse:
    """What is asked of this person first, then everything else their portal has for them."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    items = items_for(viewer.portal, viewer)
    # What is urgent and has no day of its own stands with what is due today.
    first = [item for item in items if item.due or item.urgent]
    due = sorted(first, key=lambda item: item.due or viewer.on)
    rest = [item for item in items if not (item.due or item.urgent)]
    return render(request, "portals/home.html", {"due": due, "items": rest, "shell": shell_of(viewer.portal)})


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/privacy.html")


def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "portals/cookies.html")


def items_for(portal: str, viewer: Viewer | None) -> list[HomeItem]:
    """Everything that modules put on a portal's first page, in their order."""
    cards = [card for card in installed().cards if card.portal == portal]
    return [item for card in cards for item in import_string(card.build)(viewer)]
