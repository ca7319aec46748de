"""Saving from a form, once."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from throughline.core.audit.actor import THROUGHLINE
from throughline.core.audit.once import once, saved_before

# The name of the hidden field that the {% once_key %} tag writes.
ONCE = "once_key"


def new_once_key() -> str:
    """A fresh one-use key, for the hidden field of a form."""
    return uuid4().hex


def save_once(request: HttpRequest, act: Callable[[], str]) -> HttpResponse:
    """Do ``act`` once for this form's key and go to the address it returns.

    A form that arrives without a key (an old bookmark, a hand-made request) is given one of its own.
    """
    key = request.POST.get(ONCE) or new_once_key()
    viewer = getattr(request, "viewer", None)
    return HttpResponseRedirect(once(f"{request.path}:{key}", by=viewer or THROUGHLINE, act=act))


def is_repeated(request: HttpRequest) -> bool:
    """Whether this form was saved before, so that what it asked for is done and cannot be asked for again.

    ``save_once`` then gives the first answer; without asking this first, a second click would find nothing to do.
    """
    key = request.POST.get(ONCE)
    viewer = getattr(request, "viewer", None)
    return bool(key) and saved_before(f"{request.path}:{key}", by=viewer or THROUGHLINE)
