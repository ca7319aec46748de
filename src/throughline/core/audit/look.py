"""Looking is an event too."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from .actor import Actor
from .change import leave, line_about


def look(
    viewer: Actor, what: str, children: Iterable[UUID], shown: Iterable[str] = (), reason: str = ""
) -> None:
    """Record that the viewer was shown these categories about these children.

    Args:
        viewer: who looked.
        what: the page or export, as a short phrase.
        children: whose information was on it.
        shown: the categories that were shown.
        reason: why, where a reason is asked for.
    """
    seen = list(dict.fromkeys(children))
    if not seen:
        return
    categories = sorted(set(shown))
    with transaction.atomic():
        lines = [line_about("people.child", child, child, categories) for child in seen]
        leave(what, by=viewer, lines=lines, looked=True, reason=reason, last=True)
