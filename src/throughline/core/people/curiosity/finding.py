"""From looks to alerts: which looks of the last hour were private, or were at a child whom nothing ties to the looker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import partial
from uuid import UUID

from django.utils import timezone

from ...access.models import User
from ...access.viewer import viewer_for
from ...alerts.unusual import raise_unusual
from ...audit.unusual import Pair, Suspicion
from ...registry.assembly import installed
from ...sharing.models import BrokenGlass
from ...sharing.show import lent_to_viewer, overrides_for, readers_for
from ...work.progress import Progress
from .knowing import in_circles, looked_at, lookers, on_rolls
from .reasons import ALERT_OF, REASONS, Looker, closeness


def curiosity(progress: Progress) -> None:
    """The job. Each finding is one alert for that person, child and day, however often it runs."""
    found = Findings(timezone.localdate())
    alerts = dict.fromkeys(reason.alert for reason in REASONS)
    raise_unusual(progress, suspicions=[Suspicion(alert, partial(found.of, alert)) for alert in alerts])


class Findings:
    """The findings among many pairs, worked out once and asked for once for each alert."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._found: dict[frozenset[Pair], dict[Pair, frozenset[str]]] = {}

    def of(self, alert: str, pairs: Collection[Pair]) -> dict[Pair, list[str]]:
        """Those pairs that this alert is about, each with its reasons."""
        asked = frozenset(pairs)
        if asked not in self._found:
            self._found = {asked: findings(asked, self.on)}
        found = {
            pair: sorted(code for code in codes if ALERT_OF[code] == alert)
            for pair, codes in self._found[asked].items()
        }
        return {pair: codes for pair, codes in found.items() if codes}


def findings(pairs: Collection[Pair], on: date) -> dict[Pair, frozenset[str]]:
    """What is unusual about each pair of somebody who looked and a child."""
    people = lookers({looker for looker, _child in pairs}, on)
    asked = [(looker, child) for looker, child in pairs if looker in people]
    children = looked_at({child for _looker, child in asked}, on)
    circles = in_circles(list(people), list(children), on)
    found = {
        (looker, child): closeness(people[looker], children[child], at_work=(looker, child) in circles)
        for looker, child in asked
    }
    for pair in without_tie([pair for pair in asked if pair not in circles], people, on):
        found[pair] |= {"no_tie"}
    return {pair: codes for pair, codes in found.items() if codes}


def without_tie(pairs: Collection[Pair], people: dict[UUID, Looker], on: date) -> Iterator[Pair]:
    """Those pairs in which nothing ties somebody who works by involvement to the child.

    What is not settled by a school's roll is asked of the rules of sharing, person by person: there are few.
    """
    working = [pair for pair in pairs if _works_by_involvement(people[pair[0]])]
    rolls = on_rolls(
        {school for looker, _child in working for school in people[looker].schools},
        {child for _looker, child in working},
        on,
    )
    left: dict[UUID, list[UUID]] = defaultdict(list)
    for looker, child in working:
        if not any((school, child) in rolls for school in people[looker].schools):
            left[looker].append(child)
    for user in User.objects.filter(pk__in=left):
        for child in _unknown(user, left[user.pk], on):
            yield user.pk, child


def _unknown(user: User, children: list[UUID], on: date) -> Iterable[UUID]:
    viewer = viewer_for(user, on)
    readers, lent = readers_for(viewer, children), lent_to_viewer(viewer, children)
    # An emergency has an alert and a review of its own, a decision was approved by somebody else.
    excused = set(overrides_for(viewer, children))
    opened = BrokenGlass.objects.filter(user_id=user.pk, child_id__in=children, ends_at__date__gte=on)
    excused |= set(opened.values_list("child_id", flat=True))
    return [
        child for child in children if not readers.get(child) and not lent.get(child) and child not in excused
    ]


def _works_by_involvement(looker: Looker) -> bool:
    """Whether every role of theirs reaches only children to whom something ties them."""
    declared = installed().roles
    return bool(looker.roles) and all(role in declared and declared[role].reach for role in looker.roles)
