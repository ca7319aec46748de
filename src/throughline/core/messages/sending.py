"""Handing messages on: claimed in batches, tried again later when that fails, taken back when a worker dies."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.utils import timezone

from ..audit.tables import new_key
from .models import Channel, Delivery

BATCH = 50
ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
CLAIM = timedelta(minutes=5)
REFUSED_FOR_GOOD = 500


class MailServerAway(Exception):
    """The mail server cannot be reached. What was to be sent is kept and tried again."""


def back_off(attempts: int) -> timedelta:
    """How long to wait after a failed attempt: a minute, then twice as long each time, four hours at most."""
    return min(FIRST_WAIT * int(2 ** min(max(attempts - 1, 0), 10)), LONGEST_WAIT)


def take_back_lost() -> int:
    """Messages claimed by a worker that died go back to waiting."""
    lost = Delivery.objects.filter(state=Delivery.State.SENDING, claimed_at__lt=timezone.now() - CLAIM)
    return lost.update(state=Delivery.State.WAITING, claim=None)


def claim_batch(channel: str = Channel.EMAIL) -> list[Delivery]:
    """The next messages of a channel that are due, now this caller's and nobody else's."""
    now = timezone.now()
    due = Delivery.objects.filter(state=Delivery.State.WAITING, not_before__lte=now, message__channel=channel)
    ids = list(due.order_by("not_before").values_list("pk", flat=True)[:BATCH])
    if not ids:
        return []
    claim = new_key()
    mine = Delivery.objects.filter(pk__in=ids, state=Delivery.State.WAITING, not_before__lte=now)
    mine.update(state=Delivery.State.SENDING, claim=claim, claimed_at=now)
    return list(Delivery.objects.filter(claim=claim).select_related("message").order_by("not_before", "pk"))


def show_only(batch: Iterable[Delivery]) -> None:
    """In a demonstration nothing leaves the machine: the message's page is where it arrives."""
    rows = Delivery.objects.filter(pk__in=[d.pk for d in batch], state=Delivery.State.SENDING)
    rows.update(state=Delivery.State.SENT, shown_only=True, sent_at=timezone.now(), claim=None)


def hand_over(batch: list[Delivery]) -> int:
    """Send a batch through the mail server and store how each message fared; return how many were sent.

    Raises:
        MailServerAway: when it cannot be reached. The batch waits; being kept waiting is not an attempt.
    """
    connection = get_connection(settings.SENDING_BACKEND)
    try:
        connection.open()
    except OSError as fault:
        _keep_waiting(batch, fault)
        raise MailServerAway(str(fault)) from fault
    try:
        return sum(_send(delivery, connection) for delivery in batch)
    finally:
        connection.close()


def _keep_waiting(batch: list[Delivery], fault: OSError) -> None:
    claim = batch[0].claim
    rows = Delivery.objects.filter(claim=claim, state=Delivery.State.SENDING)
    answer = f"{type(fault).__name__}: {fault}"[:500]
    when = timezone.now() + FIRST_WAIT
    rows.update(
        state=Delivery.State.WAITING, claim=None, not_before=when, problem="server_away", answer=answer
    )


def _send(delivery: Delivery, connection: Any) -> bool:
    mine = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state=Delivery.State.SENDING)
    # Asked again before each: while a slow batch was sent, this message may have been taken back.
    if not mine.update(attempts=F("attempts") + 1, claimed_at=timezone.now()):
        return False
    try:
        _email(delivery, connection).send()
    except (OSError, ValueError) as fault:
        mine.update(**_failed(delivery.attempts + 1, fault))
        return False
    mine.update(state=Delivery.State.SENT, sent_at=timezone.now(), claim=None, problem="", answer="")
    return True


def _email(delivery: Delivery, connection: Any) -> EmailMessage:
    message = delivery.message
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[delivery.sent_to or message.to],
        # The same mark at every attempt lets the recipient's mail system see a repeat for what it is.
        headers={"Message-ID": f"<{message.pk}@{_domain()}>"},
        connection=connection,
    )


def _domain() -> str:
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].strip("> ") or "localhost"


def _failed(attempts: int, fault: Exception) -> dict[str, Any]:
    values: dict[str, Any] = {"claim": None, "answer": f"{type(fault).__name__}: {fault}"[:500]}
    if _for_good(fault):
        return values | {"state": Delivery.State.FAILED, "problem": "refused"}
    if attempts >= ATTEMPTS:
        return values | {"state": Delivery.State.FAILED, "problem": "given_up"}
    when = timezone.now() + back_off(attempts)
    return values | {"state": Delivery.State.WAITING, "problem": "not_accepted", "not_before": when}


def _for_good(fault: Exception) -> bool:
    """The server said that trying again cannot help (a code of 500 or above), or the message itself is unfit."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= REFUSED_FOR_GOOD for code, _ in fault.recipients.values())
    if isinstance(fault, smtplib.SMTPResponseException):
        return int(fault.smtp_code) >= REFUSED_FOR_GOOD
    return isinstance(fault, ValueError)
