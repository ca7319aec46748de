"""What the worker does with the outbox."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from ..audit.actor import THROUGHLINE
from ..work.progress import Progress
from .actions import wipe_secrets
from .sending import MailServerAway, claim_batch, hand_over, show_only, take_back_lost

logger = logging.getLogger("throughline.messages")
SECRETS_LIVE = timedelta(hours=1)


def send(progress: Progress) -> None:
    """Send everything that is due. When the mail server is away the messages wait, and the next turn tries again."""
    take_back_lost()
    sent = 0
    while batch := claim_batch():
        if settings.DEMONSTRATION:
            show_only(batch)
            sent += len(batch)
        else:
            try:
                sent += hand_over(batch)
            except MailServerAway as away:
                logger.warning(
                    "The mail server cannot be reached (%s). Messages are kept and tried again.", away
                )
                return
        progress.say(sent, 0)


def purge(progress: Progress) -> None:
    """Wipe the words of messages about signing in once they are an hour old."""
    wiped = 0
    while done := wipe_secrets(by=THROUGHLINE, written_before=timezone.now() - SECRETS_LIVE):
        wiped += done
        progress.say(wiped, 0)
