"""What every page carries: the authority, the menu, who is signed in, and the links below."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.registry.assembly import installed
from throughline.core.registry.sockets import Text

from .second_step import needs_second_step
from .shells import shell_of

DEMONSTRATION = "portals.demonstration"
OWN_NAMES = {"en-gb": "English", "cy": "Cymraeg"}


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the shell around a page."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    shell = shell_of(viewer.portal if viewer else "public")
    inside = viewer is not None and not needs_second_step(request, viewer)
    home = reverse("portals.home") if inside else reverse("portals.start")
    return {
        "shell": shell,
        "service_name": shell.name,
        "service_url": home,
        "home_url": home,
        "navigation": menu(request, viewer) if viewer and inside else [],
        "account": account(viewer, inside) if viewer else None,
        "languages": languages(),
        "footer_links": footer_links(),
        "demonstration": DEMONSTRATION in installed().pages,
    }


def menu(request: HttpRequest, viewer: Viewer) -> list[dict[str, Any]]:
    """The portal's menu: only pages this viewer may open, the present one marked."""
    registry = installed()
    found = []
    for item in registry.menu:
        page = registry.pages[item.page]
        if item.portal == viewer.portal and (not page.permission or viewer.may(page.permission)):
            found.append(line(request, item.label, reverse(item.page)))
    # Home alone is no menu: the service's own name leads there too.
    return [line(request, _("Home"), reverse("portals.home")), *found] if found else []


def line(request: HttpRequest, text: Text, address: str) -> dict[str, Any]:
    return {"text": text, "href": address, "current": request.path.startswith(address)}


def account(viewer: Viewer, inside: bool) -> dict[str, str]:
    """Who is signed in, and the way out."""
    address = reverse("portals.sessions") if inside else ""
    return {"name": viewer.label, "href": address, "sign_out_url": reverse("account_logout")}


def languages() -> list[dict[str, Any]]:
    """The languages offered, each in its own name. Choosing one is a form: a link must not change anything."""
    if len(settings.LANGUAGES) < 2:
        return []
    now = get_language()
    return [
        {
            "code": code,
            "name": OWN_NAMES.get(code, name),
            "current": code == now,
            "post": reverse("portals.language"),
        }
        for code, name in settings.LANGUAGES
    ]


def footer_links() -> list[dict[str, str]]:
    """What every public service must say about itself, on every page."""
    links = [
        {"text": _("Accessibility"), "href": reverse("portals.accessibility")},
        {"text": _("Privacy"), "href": reverse("portals.privacy")},
        {"text": _("Cookies"), "href": reverse("portals.cookies")},
    ]
    if DEMONSTRATION in installed().pages:
        links.append({"text": _("Demonstration sign-ins"), "href": reverse(DEMONSTRATION)})
    return links
