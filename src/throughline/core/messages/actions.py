"""Writing messages. Nothing is sent here: the worker sends what was written, once the change is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from throughline.formats.pdf.plain_data import kept_blocks

from ..audit.actor import Actor
from ..audit.change import BATCH, change
from .choosing import with_channels
from .drafts import Draft, NotOneAddress
from .models import Channel, Delivery, Message
from .naming import NamesTheChild, check_none_is_named
from .preparing import may_go_from, quiet_days

__all__ = [
    "ACCOUNT",
    "Draft",
    "NamesTheChild",
    "NotOneAddress",
    "TooLong",
    "wipe_secrets",
    "write",
    "write_all",
]

ACCOUNT = "account"
"""The kind of everything about signing in: its words hold secrets, and are wiped after an hour."""

TRIES = 3
LONGEST_KEY = 120
LONGEST_SUBJECT = 200
LONGEST_TEXT = 612
"""Four texts joined; GOV.UK Notify counts and bills each part of 153 characters."""


class TooLong(ValueError):
    """A text message is longer than a telephone shows in one piece."""


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
        NamesTheChild: when one says who the child is. Nothing was written.
        TooLong: when a text message does not fit. Nothing was written.
    """
    asked = with_channels(drafts)
    check_none_is_named(asked)
    days = quiet_days(timezone.localdate()) if any(d.channel == Channel.TEXT for d in asked) else frozenset()
    wanted = {draft.key: _checked(draft, days) for draft in asked}
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


def _checked(draft: Draft, days: frozenset[date]) -> Message:
    if not draft.key or len(draft.key) > LONGEST_KEY:
        raise ValueError(
            f"A message needs a key of 1 to {LONGEST_KEY} characters; this has {len(draft.key)}."
        )
    if draft.channel == Channel.TEXT and len(draft.body) > LONGEST_TEXT:
        raise TooLong(f"A text message has at most {LONGEST_TEXT} characters; this has {len(draft.body)}.")
    message = Message(
        kind=draft.kind,
        channel=Channel(draft.channel),
        to=_fixed_address(draft),
        adult_id=draft.adult,
        user_id=draft.user,
        about_child_id=draft.about_child,
        lang=draft.lang,
        subject=" ".join(draft.subject.split())[:LONGEST_SUBJECT],
        body=draft.body,
        blocks=kept_blocks(draft.blocks),
        key=draft.key,
    )
    opens = may_go_from(message, draft.not_before or message.written_at, days)
    message.delivery = Delivery(message=message, not_before=opens)
    return message


def _fixed_address(draft: Draft) -> str:
    """The one e-mail address, or nothing where a person is named whose address is found later."""
    address = draft.to.strip()
    if not address and bool(draft.adult) != bool(draft.user):
        return ""
    try:
        validate_email(address)
    except ValidationError:
        address = ""
    if not address or draft.adult or draft.user or draft.channel != Channel.EMAIL:
        raise NotOneAddress(
            f"{draft.to!r} is not one e-mail address, or is not the only one to write to. No message was written. "
            "Correct the address, or name one person, then try again."
        )
    return address


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
