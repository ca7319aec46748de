"""Every request passes here: who is it, from where, are they still there."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from throughline.core.access.viewer import Viewer, viewer_for
from throughline.core.audit.actor import acting_from

BEGAN = "began_at"
SEEN = "seen_at"
# Writing the session at every request would cost a write per page; once a minute is exact enough for half an hour.
SEEN_STEP = 60


class DoorMiddleware:
    """Gives the request its viewer, ends idle sessions, and tells the trail where the request comes from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = self._viewer(request)  # type: ignore[attr-defined]
        with acting_from(session_mark(request), client_address(request)):
            response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _viewer(self, request: HttpRequest) -> Viewer | None:
        user = request.user
        if not user.is_authenticated:
            return None
        now = int(time.time())
        ended = why_ended(request, now)
        if ended or not user.is_active:
            request.ended_because = ended  # type: ignore[attr-defined]
            logout(request)
            return None
        if SEEN not in request.session or now - request.session[SEEN] > SEEN_STEP:
            request.session[SEEN] = now
            request.session.setdefault(BEGAN, now)
        return viewer_for(user)


def why_ended(request: HttpRequest, now: int) -> str:
    """Why this session is over, as the trail says it; empty while it is not."""
    if now - request.session.get(SEEN, now) > settings.SESSION_IDLE_SECONDS:
        return "session ended: not used for too long"
    # Every write prolongs the session's own age, so the day's limit is counted from when it began.
    if now - request.session.get(BEGAN, now) > settings.SESSION_COOKIE_AGE:
        return "session ended: open for too long"
    return ""


def client_address(request: HttpRequest) -> str:
    """Where the request comes from: the address that limits are counted by, and the one the trail keeps."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        # Reached without any address, as over a socket of the machine itself. Only sign-in insists on one.
        return ""


def session_mark(request: HttpRequest) -> str:
    """A session as the trail names it: enough to follow it, useless to enter it."""
    key = request.session.session_key or ""
    return hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""
