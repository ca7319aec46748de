"""The demonstration's own pages: who can sign in, and what would have been sent to them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from throughline.core.access.queries import accounts, role_names
from throughline.core.messages.queries import PAGE_SIZE, outbox_page

from .demonstration import DEMONSTRATION_PASSWORD, code_now, files_to_try, situations

SHOWN = 40
BY_PASSWORD = {
    "staff": _("Authority staff"),
    "school": _("Schools and colleges"),
    "professional": _("Professionals"),
    "provider": _("Providers"),
}


@never_cache
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Every account to try, by how they come in: those with a password and a code of this moment, then the others."""
    known = situations()
    groups = [
        {"portal": portal, "label": label, "people": _with_codes(portal, known)}
        for portal, label in BY_PASSWORD.items()
    ]
    words = {
        "groups": [group for group in groups if group["people"] or group["portal"] == "staff"],
        "young_people": _by_code("young_person", known),
        "families": _by_code("family", known),
        "password": DEMONSTRATION_PASSWORD,
        "files": [path.name for path in files_to_try()],
    }
    return render(request, "portals/demonstration.html", words)


def _with_codes(portal: str, known: dict[str, str]) -> list[dict[str, Any]]:
    users = accounts(portal, SHOWN)
    roles = role_names(users)
    return [
        {
            "name": user.name,
            "email": user.email,
            "roles": roles.get(user.pk, []),
            "what": known.get(user.email, ""),
            "code": code_now(user),
        }
        for user in users
    ]


def _by_code(portal: str, known: dict[str, str]) -> list[dict[str, str]]:
    """Those whose situation is known come first: an account that a visitor made has none."""
    order = list(known)
    people = [
        {"name": user.name, "email": user.email, "what": known.get(user.email, "")}
        for user in accounts(portal, SHOWN)
    ]
    return sorted(
        people, key=lambda one: (order.index(one["email"]) if one["what"] else len(order), one["email"])
    )


@never_cache
def file_to_try(_request: HttpRequest, name: str) -> FileResponse:
    """One of the files that visitors may send. Only what was kept for this is ever found."""
    path = next((path for path in files_to_try() if path.name == name), None)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """What would have been sent, latest first."""
    to = request.GET.get("to", "").strip()
    number = request.GET.get("page", "1")
    found = outbox_page(request.viewer, to=to, number=int(number) if number.isdecimal() else 1)  # type: ignore[attr-defined]
    # The lines are already cut to a page; this only draws the links to the others.
    page = Paginator(range(found.total), PAGE_SIZE).get_page(found.number)
    words = {"lines": found.lines, "page": page, "to": to}
    return render(request, "portals/outbox.html", words)
