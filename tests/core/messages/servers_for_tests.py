"""Mail servers that the tests hand messages to."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

SENT: list[EmailMessage] = []
TRIED: list[str] = []


class Accepts(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        SENT.extend(email_messages)
        return len(email_messages)


class Away(BaseEmailBackend):
    def open(self) -> bool:
        raise ConnectionRefusedError(111, "Connection refused")


class RefusesUnknown(Accepts):
    """Refuses nobody@... for good, and busy@... for now."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        answers: dict[str, Any] = {"nobody": (550, b"no such mailbox"), "busy": (451, b"try later")}
        for message in email_messages:
            TRIED.append(message.to[0])
            answer = answers.get(message.to[0].partition("@")[0])
            if answer:
                raise smtplib.SMTPRecipientsRefused({message.to[0]: answer})
        return super().send_messages(email_messages)
