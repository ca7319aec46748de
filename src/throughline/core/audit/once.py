"""A save happens once. A double click, a lost connection or a second try is given the first answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db import IntegrityError, transaction

from .actor import Actor
from .models import SavedOnce


def once(key: str, *, by: Actor, act: Callable[[], str]) -> str:
    """Run ``act`` and keep its answer under the key; when the key has been used, return the answer kept.

    The key, the act and the answer are one transaction: either all of it is stored or none.

    Args:
        key: the one-use key the form carried.
        by: who saves. A key belongs to one person: another's is another key.
        act: does the work and returns the address to go to next.
    """
    stored = _stored(key, by)
    earlier = SavedOnce.objects.filter(key=stored).first()
    if earlier:
        return earlier.answer
    try:
        with transaction.atomic():
            mark = SavedOnce.objects.create(key=stored, actor_id=by.actor_id, answer="")
            mark.answer = act()
            mark.save(update_fields=["answer"])
            return mark.answer
    except IntegrityError:
        earlier = SavedOnce.objects.filter(key=stored).first()
        if earlier is None:
            raise
        return earlier.answer


def saved_before(key: str, *, by: Actor) -> bool:
    """Whether ``once`` has kept an answer under this person's key."""
    return SavedOnce.objects.filter(key=_stored(key, by)).exists()


def _stored(key: str, by: Actor) -> str:
    return hashlib.sha256(f"{by.actor_id}:{key}".encode()).hexdigest()
