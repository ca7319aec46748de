"""GOV.UK Notify, which many councils already send by: texts, letters and, where wished, e-mails.

https://docs.notifications.service.gov.uk/python.html
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

PATIENCE = 20
NOT_OUR_TURN = 429
WRONG_KEY = (401, 403)
SERVER_FAULT = 500


class ServiceAway(Exception):
    """The service cannot be reached, is busy or does not know us. What was to be sent is kept and tried again."""


class NotAccepted(Exception):
    """The service will not send this message to this address, however often it is asked."""


def notify_is_set_up() -> bool:
    """Whether there is a key to send with."""
    return bool(settings.NOTIFY_KEY)


def texts_can_be_sent() -> bool:
    return notify_is_set_up() and bool(settings.NOTIFY_TEXT_TEMPLATE)


def letters_go_by_notify() -> bool:
    return notify_is_set_up() and not settings.LETTERS_ARE_PRINTED


def emails_go_by_notify() -> bool:
    return notify_is_set_up() and bool(settings.NOTIFY_EMAIL_TEMPLATE)


class Notify:
    """The client, in our words. References are ours; every send answers with the service's own key for it."""

    def __init__(self) -> None:
        # The library ships no types.
        self._client: Any = NotificationsAPIClient(  # type: ignore[no-untyped-call]
            settings.NOTIFY_KEY, base_url=settings.NOTIFY_URL, timeout=PATIENCE
        )

    def text(self, to: str, words: str, reference: str) -> UUID:
        said = {"message": words}
        template = settings.NOTIFY_TEXT_TEMPLATE
        return self._sent(lambda: self._client.send_sms_notification(to, template, said, reference))

    def email(self, to: str, subject: str, words: str, reference: str) -> UUID:
        said = {"subject": subject, "message": words}
        template = settings.NOTIFY_EMAIL_TEMPLATE
        return self._sent(lambda: self._client.send_email_notification(to, template, said, reference))

    def letter(self, content: bytes, reference: str) -> UUID:
        return self._sent(
            lambda: self._client.send_precompiled_letter_notification(reference, io.BytesIO(content))
        )

    def sent_before(self, reference: str) -> UUID | None:
        """The service's key for a message with our reference: asked before anything is tried a second time."""
        found = (
            _asked(lambda: self._client.get_all_notifications(reference=reference)).get("notifications") or []
        )
        return UUID(found[0]["id"]) if found else None

    def status(self, key: UUID) -> str:
        """How far the service has got with a message, in its own words."""
        return str(_asked(lambda: self._client.get_notification_by_id(str(key)))["status"])

    def _sent(self, act: Callable[[], Any]) -> UUID:
        return UUID(_asked(act)["id"])


def _asked(act: Callable[[], Any]) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = act()
    except APIError as fault:
        words = f"{fault.status_code}: {fault.message}"
        away = fault.status_code >= SERVER_FAULT or fault.status_code in (*WRONG_KEY, NOT_OUR_TURN)
        raise (ServiceAway if away else NotAccepted)(words) from fault
    return answer
