"""Whether this web process is alive, for whatever balances the load."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ALIVE = "/alive"


class AliveMiddleware:
    """Answers before anything else runs.

    It never asks the database: a check that did would turn a two-second switch of database into a total outage,
    because every web process would be taken out of service at the same moment.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == ALIVE:
            return HttpResponse("alive\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
        return self.get_response(request)
