"""What every page about a child has around it: who this is, what must be known before reading further, and the tabs.

An area that declares a ``Tab`` wraps its page's view in ``about_child`` and ends it with ``record.page(...)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused, Viewer
from throughline.core.people.record import Opened, kept_record, open_record
from throughline.core.registry.assembly import installed
from throughline.core.sharing.show import Sight
from throughline.web.components.parts import Link
from throughline.web.components.wording import is_withheld
from throughline.web.portals.eyes import Lent, eyes_for, lent_to, sight_for, takes_lent_eyes, with_lent_eyes
from throughline.web.portals.pages import may_open

from .identity import badges, facts, not_shown

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Record:
    """One child's record under one viewer's eyes, for as long as a page is made."""

    viewer: Viewer
    sight: Sight
    child_id: UUID
    opened: Opened
    lent: Lent | None = None

    def page(self, request: HttpRequest, template: str, tab: str, title: str, **context: Any) -> HttpResponse:
        """The page, with the frame around it; the look is recorded."""
        self.sight.record_look(f"record: {tab}")
        return render(request, template, {**self.frame(tab, title), **context})

    def frame(self, tab: str, title: str) -> dict[str, Any]:
        """What ``record/frame.html`` needs. ``tab`` is the name of the page that is open."""
        name = self.opened.name
        who = _("A child’s record") if is_withheld(name) else str(name)
        return {
            "record": self.opened,
            "page_title": f"{title} – {who}" if title else who,
            "bar": {
                "name": name,
                "facts": facts(self.opened),
                "badges": badges(self.opened),
                "withheld": not_shown(self.opened),
            },
            "tabs": self.tabs(tab),
            "tabs_label": _("Pages of this record"),
        }

    def tabs(self, current: str) -> list[Link]:
        """The pages about this child that this viewer may open and that may hold something for them."""
        registry = installed()
        return [
            Link(str(tab.label), self.address(tab.page), current=tab.page == current)
            for tab in registry.tabs
            if may_open(registry.pages[tab.page], self.viewer)
            and (self.lent is None or takes_lent_eyes(registry.pages[tab.page]))
            and self.sight.may_know(self.child_id, tab.category)
        ]

    def address(self, page: str) -> str:
        """Where a page about this child is. Through lent eyes, it stays with them."""
        return self.lent.address(page) if self.lent else reverse(page, args=[self.child_id])


def about_child(view: View | None = None, *, beside: Callable[[UUID], Iterable[UUID]] | None = None) -> Any:
    """Make a view ``(request, record, ...)`` out of an address with a ``child_id``.

    Whoever may not know that the child is on the record is refused. A record that was merged into another leads there,
    for those who may see that one.

    Args:
        view: the page's view.
        beside: gives the keys of other children whom the page names, so that one sight covers all.
    """

    def wrap(inner: View) -> View:
        @wraps(inner)
        def served(request: HttpRequest, child_id: UUID, **arguments: Any) -> HttpResponse:
            viewer = eyes_for(request)
            kept = kept_record(child_id)
            if kept is not None:
                return _to_the_kept_one(request, viewer, kept, arguments)
            sight = sight_for(request, [child_id, *(beside(child_id) if beside else ())])
            record = Record(viewer, sight, child_id, open_record(sight, child_id), lent_to(request))
            return inner(request, record, **arguments)

        return with_lent_eyes(served)

    return wrap(view) if view else wrap


def _to_the_kept_one(
    request: HttpRequest, viewer: Viewer, kept: UUID, arguments: dict[str, Any]
) -> HttpResponse:
    if not Sight(viewer, [kept]).may_know(kept, "people.identity") or request.method not in ("GET", "HEAD"):
        raise Refused("There is no such child for this viewer.")
    match = request.resolver_match
    assert match is not None
    return redirect(reverse(match.view_name, kwargs={"child_id": kept, **arguments}))
