"""What somebody searches for, kept out of addresses: those are written to histories, logs and other people's screens.

A search form is sent by POST under a name of its own. The answer leads to an address that holds the words sealed, for
this person alone, so that the page can still be reloaded, paged through and gone back to.
"""

from __future__ import annotations

import base64
import hashlib
import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.utils.encoding import force_bytes
from django.utils.http import urlencode

from throughline.core.access.viewer import Viewer

SEALED = "s"
LONGEST = 200


def to_results(request: HttpRequest, name: str) -> HttpResponseRedirect | None:
    """Where a search form that was just sent leads; none when none was sent. ``name`` is that of its field."""
    if request.method != "POST" or name not in request.POST:
        return None
    words = " ".join(request.POST[name].split())[:LONGEST]
    query = urlencode({SEALED: seal(viewer_of(request), words)}) if words else ""
    return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)


def sought(request: HttpRequest) -> str:
    """The words that the address holds sealed; empty when it holds none that this person sealed today."""
    try:
        said = _cipher().decrypt(force_bytes(request.GET.get(SEALED, "")), ttl=settings.SESSION_COOKIE_AGE)
    except InvalidToken:
        return ""
    whose, words = json.loads(said)
    return str(words) if whose == str(viewer_of(request).user_id) else ""


def to_filtered(request: HttpRequest, name: str) -> HttpResponseRedirect | None:
    """Where a form of filters that was just sent leads: the words of one field sealed, the rest as it is."""
    if request.method != "POST" or name not in request.POST:
        return None
    asked = QueryDict(mutable=True)
    for field, values in request.POST.lists():
        if field not in (name, "csrfmiddlewaretoken", SEALED):
            asked.setlist(field, [value for value in values if value])
    if words := " ".join(request.POST[name].split())[:LONGEST]:
        asked[SEALED] = seal(viewer_of(request), words)
    return HttpResponseRedirect(f"{request.path}?{asked.urlencode()}" if asked else request.path)


def filtered(request: HttpRequest, name: str) -> QueryDict:
    """The filters in the address, with the words that it holds sealed as the field they were typed in."""
    asked = request.GET.copy()
    asked.setlist(name, [words] if (words := sought(request)) else [])
    asked.pop(SEALED, None)
    return asked


def seal(viewer: Viewer, words: str) -> str:
    """The words as an address may hold them."""
    return _cipher().encrypt(force_bytes(json.dumps([str(viewer.user_id), words]))).decode()


def viewer_of(request: HttpRequest) -> Viewer:
    found: Viewer = request.viewer  # type: ignore[attr-defined]
    return found


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = [hashlib.sha256(b"throughline sought" + force_bytes(key)).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])
