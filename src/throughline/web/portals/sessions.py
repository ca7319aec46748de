"""Where you are signed in, and ending the other places."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.audit.happened import happened

# First match wins: every browser also names the ones it descends from.
BROWSERS = (
    ("Edg", "Microsoft Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def signed_in(request: HttpRequest) -> HttpResponse:
    """The places where this account is signed in; by POST, end all but this one."""
    if request.method == "POST":
        end_other_sessions(request, request.user)
        happened("sessions elsewhere ended", by=request.viewer, about=request.user)  # type: ignore[attr-defined]
        messages.success(request, _("You are now signed in only here."))
        return HttpResponseRedirect(reverse("portals.sessions"))
    places = [place(session) for session in UserSession.objects.purge_and_list(request.user)]
    places.sort(key=lambda found: (not found["here"], found["since"]))
    return render(request, "portals/sessions.html", {"places": places, "others": len(places) > 1})


def place(session: UserSession) -> dict[str, Any]:
    """One place, in words."""
    agent = session.user_agent
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    device = next((name for mark, name in DEVICES if mark in agent), "")
    if browser and device:
        words = _("%(browser)s on %(device)s") % {"browser": browser, "device": device}
    else:
        words = browser or device or _("A browser we do not recognise")
    return {"words": words, "since": session.created_at, "address": session.ip, "here": session.is_current()}
