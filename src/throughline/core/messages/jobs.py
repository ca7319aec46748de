"""What the worker does with the outbox."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from ..audit.actor import THROUGHLINE
from ..work.progress import Progress
from .actions import wipe_secrets
from .models import Channel
from .notify import NotAccepted, ServiceAway, emails_go_by_notify, notify_is_set_up
from .notifying import hand_on, hand_to_notify
from .preparing import Ready, prepared
from .receipts import ask_for_receipts
from .sending import MailServerAway, claim_batch, hand_over, show_only, take_back_lost

logger = logging.getLogger("throughline.messages")
SECRETS_LIVE = timedelta(hours=1)


def send(progress: Progress) -> None:
    """Send everything that is due. Where a server is away its messages wait, and the next turn tries again."""
    take_back_lost()
    sent = 0
    for channel in Channel.values:
        try:
            while batch := claim_batch(channel):
                sent += _sent(channel, prepared(batch))
                progress.say(sent, 0)
        except (MailServerAway, ServiceAway) as away:
            logger.warning("What sends %s cannot be reached (%s). It is kept and tried again.", channel, away)


def _sent(channel: str, ready: list[Ready]) -> int:
    if settings.DEMONSTRATION:
        show_only([one.delivery for one in ready])
        return len(ready)
    if channel != Channel.EMAIL:
        return hand_on(channel, ready)
    if emails_go_by_notify():
        return hand_to_notify(ready)
    return hand_over([one.delivery for one in ready]) if ready else 0


def receipts(progress: Progress) -> None:
    """Ask GOV.UK Notify what became of messages, where it does not tell us by itself."""
    if settings.NOTIFY_RECEIPT_TOKEN or not notify_is_set_up():
        return
    try:
        progress.say(ask_for_receipts(), 0)
    except (ServiceAway, NotAccepted) as away:
        logger.warning("Receipts could not be asked for (%s). They are asked for again.", away)


def purge(progress: Progress) -> None:
    """Wipe the words of messages about signing in once they are an hour old."""
    wiped = 0
    while done := wipe_secrets(by=THROUGHLINE, written_before=timezone.now() - SECRETS_LIVE):
        wiped += done
        progress.say(wiped, 0)
