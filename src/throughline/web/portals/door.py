"""Every request passes here: who is it, from where, are they still there."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from throughline.core.access.viewer import Viewer, viewer_for
from throughline.core.audit.actor import acting_from

SEEN = "seen_at"
# Writing the session at every request would cost a write per page; once a minute is exact enough for half an hour.
SEEN_STEP = 60


class DoorMiddleware:
    """Gives the request its viewer, ends idle sessions, and tells the trail where the request comes from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = self._viewer(request)  # type: ignore[attr-defined]
        with acting_from(_session_mark(request), request.META.get("REMOTE_ADDR", "")):
            response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _viewer(self, request: HttpRequest) -> Viewer | None:
        user = request.user
        if not user.is_authenticated:
            return None
        now = int(time.time())
        seen = request.session.get(SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS or not user.is_active:
            logout(request)
            return None
        if SEEN not in request.session or now - seen > SEEN_STEP:
            request.session[SEEN] = now
        return viewer_for(user)


def _session_mark(request: HttpRequest) -> str:
    key = request.session.session_key or ""
    return hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""
