"""The demonstration's own pages: who can sign in, and what would have been sent to them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from throughline.core.access.queries import accounts, role_names
from throughline.core.messages.queries import PAGE_SIZE, outbox_page

from .demonstration import DEMONSTRATION_PASSWORD, code_now, situations

SHOWN = 40


@never_cache
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Every staff account with its code of this moment, and some families."""
    staff = accounts("staff", SHOWN)
    roles = role_names(staff)
    people = [
        {"name": user.name, "email": user.email, "roles": roles.get(user.pk, []), "code": code_now(user)}
        for user in staff
    ]
    known = situations()
    # Those whose situation is known come first: an account that a visitor made has none.
    families = sorted(
        (
            {"name": user.name, "email": user.email, "what": known.get(user.email, "")}
            for user in accounts("family", SHOWN)
        ),
        key=lambda one: (list(known).index(one["email"]) if one["what"] else len(known), one["email"]),
    )
    words = {"staff": people, "families": families, "password": DEMONSTRATION_PASSWORD}
    return render(request, "portals/demonstration.html", words)


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
