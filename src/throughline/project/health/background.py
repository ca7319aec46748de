"""Whether the background work is done."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from throughline.core.messages.queries import outbox_state
from throughline.core.people.search import out_of_step
from throughline.core.work.queries import failed_since, last_heard, waiting_since

from .finding import Problems

SILENT_AFTER = timedelta(minutes=2)
LATE_AFTER = timedelta(minutes=10)
RECENTLY = timedelta(days=1)


def worker_alive() -> Problems:
    """A worker is running."""
    heard = last_heard()
    if heard is None:
        yield "warning", "No worker is running, so nothing is sent.", "Start one: `throughline worker`."
    elif timezone.now() - heard > SILENT_AFTER:
        yield (
            "error",
            f"The worker was last heard from at {timezone.localtime(heard):%H:%M on %-d %B %Y}.",
            "Restart it: what it had in hand is taken up again.",
        )


def work_waiting() -> Problems:
    """Work starts soon after it is asked for."""
    since = waiting_since()
    if since and timezone.now() - since > LATE_AFTER:
        yield (
            "error",
            f"Work has been waiting since {timezone.localtime(since):%H:%M on %-d %B %Y}.",
            "See that a worker runs; start a second if one cannot keep up.",
        )


def work_given_up() -> Problems:
    """No work was given up."""
    failed = failed_since(timezone.now() - RECENTLY)
    if failed:
        yield (
            "warning",
            f"{failed} pieces of work were given up in the last day.",
            "See what stopped them, then ask for them again.",
        )


def outbox() -> Problems:
    """Messages leave."""
    state = outbox_state()
    if state.waiting_since and timezone.now() - state.waiting_since > LATE_AFTER:
        yield (
            "error",
            f"{state.waiting} messages have been waiting since "
            f"{timezone.localtime(state.waiting_since):%H:%M on %-d %B %Y}.",
            "See that a worker runs and that the mail server (THROUGHLINE_EMAIL_HOST) answers.",
        )
    if state.failed:
        yield (
            "warning",
            f"{state.failed} messages could not be sent.",
            "See why in the outbox; tell those people another way.",
        )


def search_index() -> Problems:
    """Every child can be found."""
    missing, extra = out_of_step()
    if missing or extra:
        yield (
            "warning",
            f"A search would miss {missing} children, and looks among {extra} it should not.",
            "A worker puts this right every night, and soon after an upgrade. If it stays, report it.",
        )
