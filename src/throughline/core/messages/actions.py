"""Writing messages. Nothing is sent here: the worker sends what was written, once the change is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from ..audit.actor import Actor
from ..audit.change import BATCH, change
from .models import Delivery, Message

ACCOUNT = "account"
"""The kind of everything about signing in: its words hold secrets, and are wiped after an hour."""

TRIES = 3
LONGEST_KEY = 120
LONGEST_SUBJECT = 200


class NotOneAddress(ValueError):
    """A message goes to exactly one e-mail address."""


@dataclass(frozen=True)
class Draft:
    """A message to be written."""

    kind: str
    to: str
    subject: str
    body: str
    key: str
    not_before: datetime | None = None


def write(
    *, by: Actor, kind: str, to: str, subject: str, body: str, key: str, not_before: datetime | None = None
) -> Message:
    """Write one message in the caller's transaction, or return the one that already has this key.

    The action that calls this has asked permission for what the message tells.

    Args:
        by: who writes.
        kind: what the message is about, as a code (``admissions.offer``).
        to: one e-mail address.
        subject: one line; longer than 200 characters is cut.
        body: plain text.
        key: what makes it this message and no other (``offer:<id>``): writing it twice writes it once.
        not_before: the earliest time to send it; at once unless told.

    Raises:
        NotOneAddress: when ``to`` is empty, not an address, or more than one. Nothing was written.
    """
    write_all(by=by, drafts=[Draft(kind, to, subject, body, key, not_before)])
    written: Message = Message.objects.select_related("delivery").get(key=key)
    return written


def write_all(*, by: Actor, drafts: Iterable[Draft]) -> int:
    """Write many messages at once, in statements of many rows; those whose key exists are left as they are.

    Returns:
        How many were new.

    Raises:
        NotOneAddress: naming the first address that will not do. Nothing was written.
    """
    wanted = {draft.key: _checked(draft) for draft in drafts}
    for tries_left in range(TRIES, 0, -1):
        try:
            with change("messages written", by=by):
                return _store_missing(wanted)
        except IntegrityError:
            # Somebody wrote one of them in between: it is found on the next try.
            if tries_left == 1:
                raise
    return 0


def wipe_secrets(*, by: Actor, written_before: datetime) -> int:
    """Remove the words of messages about signing in. Their codes must not outlive their use, not even in the trail."""
    old = Message.objects.filter(kind=ACCOUNT, wiped_at__isnull=True, written_at__lt=written_before)
    rows = list(old.only("id")[:BATCH])
    if not rows:
        return 0
    ids = [row.pk for row in rows]
    with change("sign-in messages wiped", by=by) as opened:
        # Past the guarded door on purpose: it would keep the words it removes as "before". The trail is told below.
        Message._base_manager.filter(pk__in=ids).update(body="", wiped_at=timezone.now())
        for row in rows:
            opened.record(row, ["body"], None, {"body": "(wiped)"})
        unsent = Delivery.objects.filter(message__in=ids, state=Delivery.State.WAITING)
        unsent.update(state=Delivery.State.FAILED, problem="out_of_date")
    return len(rows)


def _checked(draft: Draft) -> Message:
    if not draft.key or len(draft.key) > LONGEST_KEY:
        raise ValueError(
            f"A message needs a key of 1 to {LONGEST_KEY} characters; this has {len(draft.key)}."
        )
    address = draft.to.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise NotOneAddress(
            f"{draft.to!r} is not one e-mail address. No message was written. Correct the address, then try again."
        ) from None
    subject = " ".join(draft.subject.split())[:LONGEST_SUBJECT]
    message = Message(kind=draft.kind, to=address, subject=subject, body=draft.body, key=draft.key)
    message.delivery = Delivery(message=message, not_before=draft.not_before or message.written_at)
    return message


def _store_missing(wanted: dict[str, Message]) -> int:
    known = _known(list(wanted))
    missing = [message for key, message in wanted.items() if key not in known]
    if missing:
        with transaction.atomic():
            Message.objects.bulk_create(missing)
            Delivery.objects.bulk_create([m.delivery for m in missing], batch_size=BATCH)
    return len(missing)


def _known(keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for at in range(0, len(keys), BATCH):
        part = keys[at : at + BATCH]
        found.update(Message.objects.filter(key__in=part).values_list("key", flat=True))
    return found
