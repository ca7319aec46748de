"""Pages are served from what modules declare. Each is wrapped in its policy; none can be reached without one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.module_loading import import_string

from throughline.core.access.viewer import Refused, Viewer
from throughline.core.registry.assembly import Registry
from throughline.core.registry.sockets import Page

from .second_step import needs_second_step, to_second_step
from .sign_in import to_sign_in

View = Callable[..., HttpResponse]


def page_addresses(registry: Registry) -> list[URLPattern]:
    """One address per declared page."""
    return [path(page.path, guarded(page), name=page.name) for page in registry.pages.values()]


def guarded(page: Page) -> View:
    """The page's view behind its policy.

    Somebody who may not open a page is told exactly what they would be told if there were no such page.
    """
    view: View = import_string(page.view)

    @wraps(view)
    def served(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if page.portal != "public":
            viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
            if viewer is None:
                return to_sign_in(request)
            if not may_open(page, viewer):
                raise Http404
            if needs_second_step(request, viewer):
                return to_second_step(request)
        try:
            return view(request, **arguments)
        except Refused as refusal:
            raise Http404 from refusal

    served.page = page  # type: ignore[attr-defined]
    return served


def may_open(page: Page, viewer: Viewer) -> bool:
    """Whether the page belongs to the viewer's portal and needs nothing they lack."""
    theirs = page.portal in (viewer.portal, "signed_in")
    return theirs and (not page.permission or viewer.may(page.permission))
