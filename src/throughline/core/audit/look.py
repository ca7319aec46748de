"""Looking is an event too."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from .actor import Actor, origin
from .models import Event, Line


def look(viewer: Actor, what: str, children: Iterable[UUID], shown: Iterable[str] = ()) -> None:
    """Record that the viewer was shown these categories about these children.

    Args:
        viewer: who looked.
        what: the page or export, as a short phrase.
        children: whose information was on it.
        shown: the categories that were shown.
    """
    seen = list(dict.fromkeys(children))
    if not seen:
        return
    categories = sorted(set(shown))
    with transaction.atomic():
        event = Event.append(
            kind=what,
            looked=True,
            actor_id=viewer.actor_id,
            actor_label=viewer.actor_label,
            session=origin().session,
            address=origin().address,
        )
        Line.append_all(
            [
                Line(event=event, table="people.child", object_id=str(c), child_id=c, fields=categories)
                for c in seen
            ]
        )
