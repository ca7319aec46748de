"""What is looked at again the moment before a message goes: is it quiet, and where may we write to this person now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from .addressing import Nowhere, Place, where_may_we_write
from .kinds import kind_of
from .models import Channel, Delivery, Message, QuietDay
from .quiet import earliest


@dataclass(frozen=True)
class Ready:
    """A message that may go now, and where."""

    delivery: Delivery
    place: Place


def prepared(batch: Iterable[Delivery]) -> list[Ready]:
    """Those of a claimed batch that may go. The others wait for the morning, or are held with the reason."""
    now, today = timezone.now(), timezone.localdate()
    days = quiet_days(today)
    found = (_prepared(delivery, now, today, days) for delivery in batch)
    return [ready for ready in found if ready]


def quiet_days(today: date) -> frozenset[date]:
    """The quiet days that are still to come."""
    return frozenset(QuietDay.objects.filter(day__gte=today).values_list("day", flat=True))


def may_go_from(message: Message, moment: datetime, days: frozenset[date]) -> datetime:
    """The first moment at which this message may go."""
    return earliest(
        moment,
        channel=message.channel,
        urgent=kind_of(message.kind).urgent,
        quiet_days=days,
        zone=ZoneInfo(settings.TIME_ZONE),
    )


def _prepared(delivery: Delivery, now: datetime, today: date, days: frozenset[date]) -> Ready | None:
    mine = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state=Delivery.State.SENDING)
    opens = may_go_from(delivery.message, now, days)
    if opens > now:
        mine.update(state=Delivery.State.WAITING, claim=None, not_before=opens)
        return None
    place = where_may_we_write(delivery.message, today)
    if isinstance(place, Nowhere):
        mine.update(state=Delivery.State.HELD, claim=None, problem=place.reason, sent_to="")
        return None
    if delivery.message.channel != Channel.LETTER and delivery.sent_to != place.to != delivery.message.to:
        mine.update(sent_to=place.to)
        delivery.sent_to = place.to
    return Ready(delivery, place)
