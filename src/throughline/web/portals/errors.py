"""When something goes wrong: what happened, what was kept, what to do next.

These pages carry no form and say nothing about the address, so that a page somebody may not open and a page that
does not exist are the same to the last byte.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from throughline.web.components.authority import authority_shown

from .shells import shell_of


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "portals/errors/bad_request.html", status=400)


def not_allowed(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Somebody who may not is answered as if there were nothing there."""
    return not_found(request, exception)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "portals/errors/not_found.html", status=404)


def fault(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Our own mistake. The page asks nothing of the session and survives a silent database: either may be what failed."""
    words = {"authority": authority_shown(), "service_name": shell_of("public").name}
    return HttpResponse(render_to_string("portals/errors/fault.html", words), status=500)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that came without its key: a page left open too long, or somebody else's page posting here."""
    return render(request, "portals/errors/forgery.html", status=403)


def too_many(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "portals/errors/too_many.html", status=429)
