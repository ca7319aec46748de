"""Django's door for e-mail: whatever Django or a library sends becomes rows of the outbox."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from ..audit.actor import THROUGHLINE
from ..audit.tables import new_key
from .actions import ACCOUNT, Draft, write_all

KIND_HEADER = "X-Throughline-Kind"


class AttachmentsAreNotSent(ValueError):
    """Files about people do not travel by e-mail: the message says where to sign in and open them."""


class OutboxBackend(BaseEmailBackend):
    """Writes one message for each recipient, whether they were named in To, Cc or Bcc.

    Everything that comes this way is about signing in unless a header ``X-Throughline-Kind`` says otherwise, so its
    words are wiped after an hour. It is visible in the outbox at once, and sent by the worker within seconds.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        try:
            drafts = [draft for message in email_messages for draft in _drafts(message)]
            write_all(by=THROUGHLINE, drafts=drafts)
        except ValueError:
            if not self.fail_silently:
                raise
            return 0
        return len(email_messages)


def _drafts(message: EmailMessage) -> Iterator[Draft]:
    if message.attachments:
        raise AttachmentsAreNotSent("The message has attachments, which are not sent. Nothing was written.")
    kind = str(message.extra_headers.get(KIND_HEADER, ACCOUNT))
    for address in dict.fromkeys(message.recipients()):
        yield Draft(kind, address, str(message.subject), str(message.body), f"mail:{new_key()}")
