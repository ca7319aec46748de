"""What is asked of the outbox: one message to one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughline.formats.pdf.document import Block

from .models import Channel


class NotOneAddress(ValueError):
    """A message goes to exactly one e-mail address, or to one person whose address is found when it is sent."""


@dataclass(frozen=True)
class Draft:
    """A message to be written.

    Say to whom by ``to`` (an e-mail address, as for a code to sign in) or, better, by ``adult`` or ``user``: then it is
    sent where that person is to be reached on the day it goes, and not at all when they may no longer be told.
    ``about_child`` says which child it concerns. ``channel`` may be empty: the person's own choice then decides.
    """

    kind: str
    to: str
    subject: str
    body: str
    key: str
    not_before: datetime | None = None
    channel: str = Channel.EMAIL
    adult: UUID | None = None
    user: UUID | None = None
    about_child: UUID | None = None
    lang: str = "en-gb"
    blocks: tuple[Block, ...] = ()
