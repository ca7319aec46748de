"""What became of a message after it left us: GOV.UK Notify tells us, or is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from ..alerts.actions import raise_alert
from ..audit.actor import THROUGHLINE
from .models import Delivery
from .notify import Notify

ARRIVED = frozenset({"delivered", "received"})
FAILURES: Mapping[str, str] = {
    "permanent-failure": "no_such_address",
    "temporary-failure": "not_reached",
    "technical-failure": "service_fault",
    "validation-failed": "letter_unfit",
    "virus-scan-failed": "letter_unfit",
    "cancelled": "cancelled",
}
ASKED_FOR = timedelta(days=5)
AT_ONCE = 200


def note_receipt(reference: UUID, key: UUID, status: str) -> bool:
    """Keep what became of a message; return whether we know such a message.

    The same receipt twice changes nothing. A message said to have failed for now may still arrive; one that has arrived
    stays arrived, whatever comes late.
    """
    # The service's own key has to fit: a reference alone might be guessed.
    ours = Delivery.objects.filter(message_id=reference, provider_id=key)
    open_states = [Delivery.State.SENT, Delivery.State.FAILED]
    if status in ARRIVED:
        ours.filter(state__in=open_states).update(state=Delivery.State.DELIVERED, problem="", answer="")
    elif status in FAILURES:
        failed = ours.filter(state=Delivery.State.SENT).update(
            state=Delivery.State.FAILED, problem=FAILURES[status], answer=status
        )
        if failed and FAILURES[status] == "no_such_address":
            raise_alert(by=THROUGHLINE, kind="messages.no_such_address", key=f"message:{reference}:{key}")
    return ours.exists()


def ask_for_receipts() -> int:
    """Ask after messages that were handed over lately and of which nothing was heard; return how many.

    Raises:
        ServiceAway: when the service cannot be reached. The next turn asks again.
    """
    waiting = Delivery.objects.filter(
        state=Delivery.State.SENT, provider_id__isnull=False, sent_at__gte=timezone.now() - ASKED_FOR
    )
    rows = list(waiting.order_by("sent_at").values_list("message_id", "provider_id")[:AT_ONCE])
    service = Notify()
    for reference, key in ((reference, key) for reference, key in rows if key):
        note_receipt(reference, key, service.status(key))
    return len(rows)
