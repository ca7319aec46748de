"""Whose eyes a page is made for: the signed-in person's own, or another's that were lent to them for one page.

A page about a child asks ``sight_for`` and never makes a ``Sight`` of its own, so that showing what somebody else would
see runs the very code that would run for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from throughline.core.access.viewer import Viewer
from throughline.core.registry.sockets import Page
from throughline.core.sharing.show import Sight

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Lent:
    """Somebody's eyes, lent: whose, to whom, in words, and where a page is served through them.

    ``readers`` is what they are taken to be to every child, for somebody in a role who is nobody in particular.
    """

    eyes: Viewer
    borrower: Viewer
    words: str
    way_back: str
    address: Callable[[str], str]
    readers: frozenset[str] | None = None


def lent_to(request: HttpRequest) -> Lent | None:
    """The eyes that were lent for this page, if any."""
    found: Lent | None = getattr(request, "lent", None)
    return found


def eyes_for(request: HttpRequest) -> Viewer:
    """Whoever this page is made for."""
    lent = lent_to(request)
    viewer: Viewer = lent.eyes if lent else request.viewer  # type: ignore[attr-defined]
    return viewer


def sight_for(request: HttpRequest, children: Iterable[UUID]) -> Sight:
    """What whoever this page is made for may see about some children."""
    lent = lent_to(request)
    if lent is None:
        return Sight(eyes_for(request), children)
    return Sight(lent.eyes, children, readers=lent.readers, lent_to=lent.borrower)


def with_lent_eyes(view: View) -> View:
    """Mark a view as one that asks ``sight_for``: only such a page is ever served through lent eyes."""
    view.takes_lent_eyes = True  # type: ignore[attr-defined]
    return view


def takes_lent_eyes(page: Page) -> bool:
    """Whether a page shows what the lent eyes see. Any other would show the borrower's own sight under another's name."""
    return bool(getattr(import_string(page.view), "takes_lent_eyes", False))
