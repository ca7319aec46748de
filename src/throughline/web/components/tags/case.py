"""Tags for finding one's way and for case work: navigation, identity bar, filters, timeline, counts, paging."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.http import QueryDict

from throughline.web.components.parts import Count, Event, Filter, Link, Status

register = template.Library()


@register.inclusion_tag("components/tags/back_link.html")
def back_link(href: str, text: str = "") -> dict[str, Any]:
    """``{% back_link url %}``: to where the reader came from."""
    return {"href": href, "text": text}


@register.inclusion_tag("components/tags/breadcrumbs.html")
def breadcrumbs(links: Sequence[Link]) -> dict[str, Any]:
    """``{% breadcrumbs links %}``: the way down to this page; the last one may be without an address."""
    return {"links": links}


@register.inclusion_tag("components/tags/sub_navigation.html")
def sub_navigation(links: Sequence[Link], label: str) -> dict[str, Any]:
    """``{% sub_navigation links "Pages about Amira" %}``: the pages of one record; on a phone, a list that opens."""
    current = next((link.text for link in links if link.current), "")
    return {"links": links, "label": label, "current": current}


@register.inclusion_tag("components/tags/side_navigation.html")
def side_navigation(links: Sequence[Link], label: str) -> dict[str, Any]:
    """``{% side_navigation links "Sections" %}``: the sections of a long document or set of settings."""
    return {"links": links, "label": label}


@register.inclusion_tag("components/tags/identity_bar.html")
def identity_bar(
    name: Any, facts: Sequence[Any] = (), badges: Sequence[Status] = (), withheld: Any = "", level: int = 1
) -> dict[str, Any]:
    """``{% identity_bar name facts badges withheld %}``: who this is, on every page of a record.

    ``facts`` are ``Row``s; ``withheld`` says in a sentence what the reader may not see and why. ``level=0``: no heading.
    """
    return {"name": name, "facts": facts, "badges": badges, "withheld": withheld, "level": level}


@register.inclusion_tag("components/tags/side_filter.html")
def side_filter(
    form: Any, selected: Sequence[Filter] = (), clear: str = "", action: str = "", method: str = "get"
) -> dict[str, Any]:
    """``{% side_filter form selected clear_url %}``: a form sent by GET, and the filters now in force.

    One that asks for a name is sent by POST, so that no name stands in an address.
    """
    return {"form": form, "selected": selected, "clear": clear, "action": action, "method": method}


@register.inclusion_tag("components/tags/timeline.html")
def timeline(events: Sequence[Event], level: int = 2) -> dict[str, Any]:
    """``{% timeline events %}``: what happened, in the order given."""
    return {"events": events, "level": level}


@register.inclusion_tag("components/tags/stat_cards.html")
def stat_cards(counts: Sequence[Count], label: str) -> dict[str, Any]:
    """``{% stat_cards counts "Your caseload" %}``: numbers that are links to what they count."""
    return {"counts": counts, "label": label}


def page_address(query: str | QueryDict, number: int) -> str:
    """Return the query of another page, keeping every filter now in force."""
    kept = QueryDict(query, mutable=True) if isinstance(query, str) else query.copy()
    kept["page"] = str(number)
    return "?" + kept.urlencode()


@register.inclusion_tag("components/tags/pagination.html", takes_context=True)
def pagination(context: Any, page: Any, query: str | None = None) -> dict[str, Any]:
    """``{% pagination page %}``: the pages of a list. Filters in the address are kept."""
    request = context.get("request")
    kept: Any = query if query is not None else (request.GET if request else "")
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = [
        {"number": n, "href": page_address(kept, n), "current": n == page.number}
        if isinstance(n, int)
        else {}
        for n in numbers
    ]
    before = page_address(kept, page.previous_page_number()) if page.has_previous() else ""
    after = page_address(kept, page.next_page_number()) if page.has_next() else ""
    return {"page": page, "items": items, "before": before, "after": after}
