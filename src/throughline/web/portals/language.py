"""Choosing a language: kept in a cookie, so that it holds before signing in and after."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from .sign_in import safe_next

YEAR = 365 * 24 * 60 * 60


def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen and go back; by GET, ask which."""
    if request.method != "POST":
        return render(request, "portals/language.html", {"next": safe_next(request)})
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(safe_next(request, reverse("portals.start")))
    if chosen not in dict(settings.LANGUAGES):
        words = {"problem": _("Choose a language."), "next": safe_next(request)}
        return render(request, "portals/language.html", words, status=400)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
