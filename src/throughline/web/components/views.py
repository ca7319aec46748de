"""The two pages that belong to the look itself: the authority's colours, and the gallery."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import brand
from .authority import authority_shown
from .gallery import gallery_content


def authority_of(_request: HttpRequest) -> dict[str, Any]:
    """Return the authority's name, short_name, colour and logo_url, with a neutral look when there are none."""
    return authority_shown()


def look(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what every page needs to look like the authority's own."""
    return {"authority": authority_of(request)}


@require_safe
def brand_css(request: HttpRequest) -> HttpResponse:
    """Serve the accent colour as a style sheet, because no page may carry a style of its own."""
    variables = brand.brand_variables(authority_of(request)["colour"])
    body = ":root{" + "".join(f"{name}:{value};" for name, value in variables.items()) + "}\n"
    response = HttpResponse(body, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component with plausible content. For development and tests; not a page of the service."""
    done = request.GET.get("done", "")
    return render(request, "components/gallery.html", gallery_content(int(done) if done.isdecimal() else 412))
