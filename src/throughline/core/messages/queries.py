"""Reading the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from ..access.viewer import Refused, require
from ..audit.actor import Actor
from ..audit.look import look
from .actions import ACCOUNT
from .addressing import mobile
from .handling import QUIET_DAYS, RETRY, TO_TRY_AGAIN
from .models import Channel, Delivery, Message, QuietDay
from .wording import WORDS_HELD_BACK, WORDS_WIPED, Text, state_words

SEE = "messages.see"
PAGE_SIZE = 25
CATEGORY = "messages.message"
STATES: dict[str, Text] = {state.value: state.label for state in Delivery.State}
CHANNELS: dict[str, Text] = {channel.value: channel.label for channel in Channel}
WITH = ("delivery", "adult", "user")


@dataclass(frozen=True)
class MessageShown:
    """One message as a page shows it. ``body`` says so itself when the words are held back or were wiped."""

    id: UUID
    kind: str
    channel: str
    to: str
    subject: str
    body: Text
    state: str
    says: Text
    answer: str
    written_at: datetime
    sent_at: datetime | None
    not_before: datetime
    can_try_again: bool
    to_print: bool

    @property
    def channel_words(self) -> Text:
        return CHANNELS[self.channel]

    @property
    def is_letter(self) -> bool:
        return self.channel == Channel.LETTER and self.state != Delivery.State.HELD


@dataclass(frozen=True)
class OutboxPage:
    """A page of messages, the latest first."""

    lines: tuple[MessageShown, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class OutboxState:
    """What ``throughline doctor`` wants to know."""

    waiting: int
    failed: int
    waiting_since: datetime | None


def outbox_page(
    viewer: Actor | None, *, to: str = "", state: str = "", channel: str = "", number: int = 1
) -> OutboxPage:
    """What was written, latest first; in a demonstration for everyone, otherwise for those who may see messages.

    Args:
        viewer: who looks; None for somebody who has not signed in.
        to: only messages to this address.
        state: only deliveries in this state.
        channel: only messages by this channel.
        number: which page; a number out of range gives the nearest.

    Raises:
        Refused: when the viewer may not see messages and this is not a demonstration.
    """
    _require_sight(viewer)
    found = _matching(to.strip(), state)
    if channel:
        found = found.filter(channel=channel)
    page = Paginator(found, PAGE_SIZE).get_page(number)
    lines = tuple(_shown(message) for message in page.object_list)
    return OutboxPage(lines, page.number, page.paginator.num_pages, page.paginator.count)


def message(viewer: Actor | None, message_id: UUID) -> MessageShown | None:
    """One message, or None when there is none.

    Raises:
        Refused: when the viewer may not see messages and this is not a demonstration.
    """
    _require_sight(viewer)
    found = Message.objects.select_related(*WITH).filter(pk=message_id).first()
    if found and viewer is not None and found.about_child_id:
        look(viewer, "message read", [found.about_child_id], [CATEGORY])
    return _shown(found) if found else None


def may_be_tried_again(viewer: Actor, message_id: UUID) -> bool:
    """Whether there is such a message and it failed or is held.

    Raises:
        Refused: when the viewer may not try messages again.
    """
    require(viewer, RETRY)
    found = Message.objects.select_related("delivery").filter(pk=message_id).first()
    return found is not None and _can_be_tried_again(found)


def counts(viewer: Actor) -> dict[str, int]:
    """How many messages are in each state.

    Raises:
        Refused: when the viewer may not see messages.
    """
    require(viewer, SEE)
    found = Delivery.objects.order_by().values_list("state").annotate(number=Count("pk"))
    return dict(found)


def quiet_days_ahead(viewer: Actor) -> list[QuietDay]:
    """The days on which no text that can wait is sent, from today on.

    Raises:
        Refused: when the viewer may not set them.
    """
    require(viewer, QUIET_DAYS)
    return list(QuietDay.objects.filter(day__gte=timezone.localdate()).order_by("day")[:100])


def outbox_state() -> OutboxState:
    """How many messages wait or have failed, and since when the first should have gone. Names nobody."""
    waiting = Delivery.objects.filter(state__in=[Delivery.State.WAITING, Delivery.State.SENDING])
    first = waiting.order_by("not_before").values_list("not_before", flat=True).first()
    failed = Delivery.objects.filter(state=Delivery.State.FAILED).count()
    return OutboxState(waiting.count(), failed, first)


def _require_sight(viewer: Actor | None) -> None:
    if settings.DEMONSTRATION or (viewer is not None and viewer.may(SEE)):
        return
    raise Refused("The outbox is shown to those who may see messages.")


def _matching(to: str, state: str) -> QuerySet[Message]:
    found: QuerySet[Message] = Message.objects.select_related(*WITH).order_by("-written_at", "-pk")
    if to:
        theirs = Q(to__iexact=to) | Q(delivery__sent_to__iexact=mobile(to) or to) | Q(user__email__iexact=to)
        found = found.filter(theirs | Q(adult__email__iexact=to) | Q(adult__user__email__iexact=to))
    return found.filter(delivery__state=state) if state else found


def _shown(message: Message) -> MessageShown:
    delivery = message.delivery
    return MessageShown(
        id=message.pk,
        kind=message.kind,
        channel=message.channel,
        to=_recipient(message),
        subject=message.subject,
        body=_words(message),
        state=delivery.state,
        says=state_words(delivery),
        answer=delivery.answer,
        written_at=message.written_at,
        sent_at=delivery.sent_at,
        not_before=delivery.not_before,
        can_try_again=_can_be_tried_again(message),
        to_print=delivery.state == Delivery.State.TO_PRINT,
    )


def _can_be_tried_again(message: Message) -> bool:
    return message.delivery.state in TO_TRY_AGAIN and message.kind != ACCOUNT


def _recipient(message: Message) -> str:
    """An address, or the name of the person where that is not known yet or is their home."""
    return message.delivery.sent_to or message.to or str(message.adult or message.user or "")


def _words(message: Message) -> Text:
    if message.wiped_at:
        return WORDS_WIPED
    # Whoever reads another person's code can sign in as them.
    if message.kind == ACCOUNT and not settings.DEMONSTRATION:
        return WORDS_HELD_BACK
    return message.body
