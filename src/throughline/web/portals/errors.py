"""When something goes wrong: what happened, what was kept, what to do next.

These pages carry no form and say nothing about the address, so that a page somebody may not open and a page that
does not exist are the same to the last byte. Only who could not be served because somebody else was writing is handed
back what they sent.
"""

from __future__ import annotations

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.template.loader import render_to_string

from throughline.core.audit.busy import is_busy
from throughline.web.components.authority import authority_shown

from .shells import shell_of

WAIT_SECONDS = 30


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "portals/errors/bad_request.html", status=400)


def not_allowed(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Somebody who may not is answered as if there were nothing there."""
    return not_found(request, exception)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "portals/errors/not_found.html", status=404)


def fault(request: HttpRequest) -> HttpResponse:
    """Our own mistake. The page asks nothing of the session and survives a silent database: either may be what failed."""
    if is_busy(sys.exc_info()[1]):
        return busy(request)
    return _alone("fault", 500)


def busy(request: HttpRequest) -> HttpResponse:
    """Somebody else was writing for longer than one waits. Nothing was saved; what was typed can be sent again as it is."""
    sent = request.method == "POST"
    typed = _typed(request) if sent else []
    answer = _alone("busy", 503, sent=sent, typed=typed, again=request.get_full_path())
    answer["Retry-After"] = str(WAIT_SECONDS)
    answer["Cache-Control"] = "no-store"
    return answer


def _alone(page: str, status: int, **more: Any) -> HttpResponse:
    """A page that needs neither the session nor the database."""
    words = {"authority": authority_shown(), "service_name": shell_of("public").name, **more}
    return HttpResponse(render_to_string(f"portals/errors/{page}.html", words), status=status)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, once-only key and all; nothing where files or a password came along, which no page hands back."""
    try:
        sent, files = request.POST, request.FILES
    except (UnreadablePostError, RawPostDataException, MultiPartParserError):
        return []
    if files or any("password" in name.lower() for name in sent):
        return []
    return [(name, str(value)) for name, values in sent.lists() for value in values]


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that came without its key: a page left open too long, or somebody else's page posting here."""
    return render(request, "portals/errors/forgery.html", status=403)


def too_many(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "portals/errors/too_many.html", status=429)
