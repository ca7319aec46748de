"""A tag for work that takes a while."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("components/tags/progress.html")
def progress(
    label: str,
    done: int,
    total: int,
    check_url: str,
    key: str = "progress",
    note: str = "",
    finished: bool | None = None,
) -> dict[str, Any]:
    """``{% progress "Reading the file" done total url %}``: how far long work has come.

    Where JavaScript runs, the part of the page with this ``key`` is fetched again from ``check_url`` every few seconds
    until ``finished`` (taken from done and total when not given); elsewhere "Check again" is a link. The page at ``check_url`` holds the
    same tag with the same key.
    """
    share = min(100, done * 100 // total) if total else 0
    over = finished if finished is not None else total > 0 and done >= total
    return {"label": label, "done": done, "total": total, "share": share, "check_url": check_url} | {
        "key": key,
        "note": note,
        "finished": over,
    }
