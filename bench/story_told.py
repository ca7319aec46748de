"""Stories to measure on, and somebody who reads them. Imported once Django has been started on a database of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from tests.support.officers import client_of, member
from tests.support.people import TEST

from throughline.core.access.viewer import viewer_for
from throughline.core.audit.change import change
from throughline.core.audit.tables import new_key
from throughline.core.people.models import Child
from throughline.core.sharing.show import Sight
from throughline.core.timeline.models import Entry
from throughline.core.timeline.queries import PAGE, story

PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
BORN = date(2008, 3, 14)
KINDS = ("people.noted", "people.enrolled", "people.fact_began", "people.joined_circle")
FACTS = {
    "words": "Read aloud in assembly.",
    "school": "A school",
    "fact": "A fact",
    "who": "Somebody",
    "role": "Role",
}
EACH = 200


def told(others: int, *lengths: int) -> list[UUID]:
    """Children with stories of these lengths, among others' lines."""
    with change("stories told", by=TEST):
        children = [
            Child.objects.create(reference=f"C-{length}", forename="Ami", surname="Long", born=BORN)
            for length in lengths
        ]
    for _child in range(others // EACH):
        Entry.append_all(_lines(new_key(), EACH))
    for child, length in zip(children, lengths, strict=True):
        Entry.append_all(_lines(child.pk, length))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    call_command("createcachetable", verbosity=0)
    return [child.pk for child in children]


def _lines(child: UUID, count: int) -> list[Entry]:
    return [
        Entry(
            child_id=child,
            on=BORN + timedelta(days=at * 6_500 // count),
            kind=KINDS[at % 4],
            facts=FACTS,
            source="SEND casework",
            written_by="A caseworker",
            key=f"{child}:{at}",
        )
        for at in range(count)
    ]


def raw(child: UUID) -> list[Any]:
    """The rows of a page as the database gives them, and nothing else."""
    sql, values = _rows(child).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def latest(child: UUID) -> list[UUID]:
    """The keys of the lines that a first page holds."""
    return [row.pk for row in _rows(child)]


def _rows(child: UUID) -> Any:
    return Entry.objects.filter(child_id=child).order_by("-on", "-id")[:PAGE]


class Reader:
    """A safeguarding lead, signed in."""

    def __init__(self) -> None:
        user = member("safeguarding_lead", "A reader")
        self.viewer = viewer_for(user)
        self.client: Client = client_of(user)
        # Whatever was collected last is no part of what is measured.
        override_settings(STORAGES=settings.STORAGES | {"staticfiles": {"BACKEND": PLAIN}}).enable()
        self._sights: dict[UUID, Sight] = {}

    def shown(self, child: UUID) -> list[UUID]:
        """The lines of the first page as they are shown, for eyes that have been made."""
        sight = self._sights.get(child) or Sight(self.viewer, [child])
        self._sights[child] = sight
        return [line.id for line in story(sight, child).lines]

    def page(self, child: UUID) -> bytes:
        """The whole first page, as the browser gets it."""
        answer = self.client.get(reverse("record.story", args=[child]), secure=True, SERVER_NAME="localhost")
        assert answer.status_code == 200, answer.status_code
        return bytes(answer.content)
