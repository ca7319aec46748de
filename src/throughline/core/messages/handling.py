"""What staff do with messages on their way: print and post letters, try again, set quiet days."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from ..access.viewer import Refused, require
from ..audit.actor import Actor
from ..audit.change import change
from ..audit.happened import happened
from .addressing import Nowhere, where_may_we_write
from .letters import address_mark, printed
from .models import Channel, Delivery, Message, QuietDay, Sheet

PRINT, RETRY, QUIET_DAYS = "messages.print", "messages.retry", "messages.quiet_days"
TO_TRY_AGAIN = (Delivery.State.FAILED, Delivery.State.HELD)
SECRET_KIND = "account"


class LetterHeld(Exception):
    """A letter may not be posted as things stand. Its page says why, and it waits until somebody has seen to it."""


def letter_to_print(*, by: Actor, message_id: UUID) -> bytes:
    """The sheet to print, with the address of this moment. Asked for again, the same sheet while the address is the same.

    Raises:
        Refused: when the person may not print, or there is no such letter waiting.
        LetterHeld: when we may no longer write there.
    """
    require(by, PRINT)
    message = _waiting_letter(message_id)
    place = where_may_we_write(message, timezone.localdate())
    if isinstance(place, Nowhere):
        _hold(message, place.reason)
        happened("letter held", by=by, about=message, reason=place.reason)
        raise LetterHeld(place.reason)
    mark = address_mark(place)
    last = _last_sheet(message)
    if last is None or last.address_mark != mark:
        pdf = printed(message, place, timezone.localdate())
        last = Sheet.append(message=message, content=pdf.content, pages=pdf.pages, address_mark=mark)
    happened("letter printed", by=by, about=message)
    return bytes(last.content)


def mark_posted(*, by: Actor, message_id: UUID) -> str:
    """Somebody has put the printed sheet into the post; or must not, and then the letter is held.

    Returns:
        Why the letter is held instead; nothing when it is marked as posted.

    Raises:
        Refused: when the person may not, or the letter was not printed.
    """
    require(by, PRINT)
    message = _waiting_letter(message_id)
    last = _last_sheet(message)
    if last is None:
        raise Refused("There is no sheet of this letter.")
    place = where_may_we_write(message, timezone.localdate())
    reason = place.reason if isinstance(place, Nowhere) else ""
    if not isinstance(place, Nowhere) and address_mark(place) != last.address_mark:
        reason = "address_changed"
    # Held rather than refused with an error: an error would undo the holding with everything else.
    if reason:
        _hold(message, reason)
        happened("letter held", by=by, about=message, reason=reason)
        return reason
    _to_print(message).update(state=Delivery.State.SENT, sent_at=timezone.now(), problem="")
    happened("letter posted", by=by, about=message)
    return ""


def was_printed(*, by: Actor, message_id: UUID) -> bool:
    """Whether a letter waits and has been printed, so that somebody may say it is in the post.

    Raises:
        Refused: when the person may not print, or there is no such letter waiting.
    """
    require(by, PRINT)
    return _last_sheet(_waiting_letter(message_id)) is not None


def try_again(*, by: Actor, message_id: UUID) -> None:
    """Let the worker try a message again that failed or is held; everything about it is looked at afresh.

    Raises:
        Refused: when the person may not, there is no such message, or its code has long expired.
    """
    require(by, RETRY)
    rows = Delivery.objects.filter(message_id=message_id, state__in=TO_TRY_AGAIN).exclude(
        message__kind=SECRET_KIND
    )
    found = rows.select_related("message").first()
    if found is None:
        raise Refused("There is no such message to try again.")
    # What Notify gave up is a new message to it, so its old key is forgotten.
    rows.update(
        state=Delivery.State.WAITING,
        attempts=0,
        problem="",
        answer="",
        provider_id=None,
        not_before=timezone.now(),
    )
    happened("message tried again", by=by, about=found.message)


def set_quiet_day(*, by: Actor, day: date, reason: str) -> None:
    """No text that can wait is sent on this day."""
    require(by, QUIET_DAYS)
    with change("quiet day set", by=by):
        QuietDay.objects.update_or_create(day=day, defaults={"reason": reason.strip()[:120]})


def letter_shown(message_id: UUID) -> bytes | None:
    """In a demonstration: the letter as it would have gone, for everybody; nothing where it is held or is no letter.

    Raises:
        Refused: anywhere else.
    """
    if not settings.DEMONSTRATION:
        raise Refused("Letters are shown to everybody only in a demonstration.")
    message = Message.objects.filter(pk=message_id, channel=Channel.LETTER).first()
    place = (
        where_may_we_write(message, timezone.localdate(message.written_at)) if message else Nowhere("nobody")
    )
    if message is None or isinstance(place, Nowhere):
        return None
    return printed(message, place, timezone.localdate(message.written_at)).content


def _waiting_letter(message_id: UUID) -> Message:
    found: Message | None = Message.objects.filter(
        pk=message_id, channel=Channel.LETTER, delivery__state=Delivery.State.TO_PRINT
    ).first()
    if found is None:
        raise Refused("There is no such letter waiting.")
    return found


def _last_sheet(message: Message) -> Sheet | None:
    found: Sheet | None = Sheet.objects.filter(message=message).order_by("-made_at", "-pk").first()
    return found


def _to_print(message: Message) -> QuerySet[Delivery]:
    return Delivery.objects.filter(message=message, state=Delivery.State.TO_PRINT)


def _hold(message: Message, reason: str) -> None:
    _to_print(message).update(state=Delivery.State.HELD, problem=reason)
