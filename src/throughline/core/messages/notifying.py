"""Handing messages to GOV.UK Notify, and letters to the printer where there is no Notify."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone

from .letters import address_mark, printed
from .models import Channel, Delivery, Sheet
from .notify import NotAccepted, Notify, ServiceAway, letters_go_by_notify, texts_can_be_sent
from .preparing import Ready
from .sending import FIRST_WAIT


def hand_to_notify(batch: Sequence[Ready]) -> int:
    """Send a prepared batch and store how each message fared; return how many were sent.

    Raises:
        ServiceAway: when it cannot be reached. What was not sent waits; being kept waiting is not an attempt.
    """
    service = Notify()
    sent = 0
    for at, ready in enumerate(batch):
        try:
            sent += _send(ready, service)
        except ServiceAway as away:
            _keep_waiting(batch[at:], away)
            raise
    return sent


def keep_for_printing(batch: Sequence[Ready]) -> int:
    """Letters wait for somebody to print them; the sheet is made then, with the address of that day."""
    return _still_ours(batch).update(state=Delivery.State.TO_PRINT, claim=None, problem="", answer="")


def hold_texts(batch: Sequence[Ready]) -> int:
    """Without a service that sends texts they are held, and say so."""
    _still_ours(batch).update(state=Delivery.State.HELD, claim=None, problem="no_text_service")
    return 0


def hand_on(channel: str, batch: Sequence[Ready]) -> int:
    """Texts and letters by whatever way this authority has."""
    if channel == Channel.LETTER:
        return hand_to_notify(batch) if letters_go_by_notify() else keep_for_printing(batch)
    return hand_to_notify(batch) if texts_can_be_sent() else hold_texts(batch)


def _send(ready: Ready, service: Notify) -> int:
    delivery = ready.delivery
    mine = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state=Delivery.State.SENDING)
    # Asked again before each: while a slow batch was sent, this message may have been taken back.
    if not mine.update(attempts=F("attempts") + 1, claimed_at=timezone.now()):
        return 0
    try:
        key = _handed_over(ready, service)
    except NotAccepted as refused:
        mine.update(state=Delivery.State.FAILED, claim=None, problem="refused", answer=str(refused)[:500])
        return 0
    mine.update(
        state=Delivery.State.SENT, sent_at=timezone.now(), claim=None, problem="", answer="", provider_id=key
    )
    return 1


def _handed_over(ready: Ready, service: Notify) -> UUID:
    message, reference = ready.delivery.message, str(ready.delivery.message_id)
    # An earlier attempt may have arrived without our hearing so. Nobody is to get the same letter twice.
    before = service.sent_before(reference) if ready.delivery.attempts else None
    if before:
        return before
    if message.channel == Channel.TEXT:
        return service.text(ready.place.to, message.body, reference)
    if message.channel == Channel.EMAIL:
        return service.email(ready.place.to, message.subject, message.body, reference)
    pdf = printed(message, ready.place, timezone.localdate())
    key = service.letter(pdf.content, reference)
    Sheet.append(
        message=message, content=pdf.content, pages=pdf.pages, address_mark=address_mark(ready.place)
    )
    return key


def _still_ours(batch: Sequence[Ready]) -> QuerySet[Delivery]:
    """Those of a batch that nobody took back meanwhile: another worker may be sending what was."""
    return Delivery.objects.filter(
        pk__in=[one.delivery.pk for one in batch],
        claim__in={one.delivery.claim for one in batch},
        state=Delivery.State.SENDING,
    )


def _keep_waiting(batch: Sequence[Ready], fault: Exception) -> None:
    _still_ours(batch).update(
        state=Delivery.State.WAITING,
        claim=None,
        not_before=timezone.now() + FIRST_WAIT,
        problem="service_away",
        answer=str(fault)[:500],
    )
