"""A school's children with families, homes and circles, and the pages that show them: imported once Django is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from unittest import mock
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings
from tests.support.around_one_child import LONG_AGO, Around, make_around
from tests.support.officers import client_of
from tests.support.people import TEST

from throughline.core.access.viewer import Viewer, viewer_for
from throughline.core.audit.change import change
from throughline.core.people.models import Address, Adult, Child, Enrolment, Fact, Residence, Tie
from throughline.core.people.queries import show_children
from throughline.core.sharing.show import Sight
from throughline.rules.sharing.decide import Decision, Detail, Reason
from throughline.web.components.parts import Cell, Column
from throughline.web.record.overview import overview

EVERYTHING = Decision(Detail.FULL, Reason.RULE)


class Everything(Sight):
    """Eyes that see everything and ask nothing."""

    def __init__(self, viewer: Viewer, children: Any, **_others: Any) -> None:
        self.viewer, self.lent_to = viewer, None
        self.children = list(children)
        self.shown: dict[str, set[UUID]] = {}

    def decision(self, child: UUID, category: str) -> Decision:  # noqa: ARG002
        return EVERYTHING

    def readers(self, child: UUID) -> frozenset[str]:  # noqa: ARG002
        return frozenset()


@dataclass
class Scene:
    """The children, whoever looks, and two pages."""

    around: Around
    children: list[Child]
    viewers: dict[str, Viewer]
    sessions: dict[str, Any]

    def child_page(self, who: str) -> Any:
        """The first page of a child's record, as it is served."""
        return overview(self._request(who), child_id=self.around.child.pk)

    def list_page(self, who: str) -> Any:
        """A list with a name, a birth, a number and a home each."""
        return self._listed(who, self.children)

    def queries(self, who: str, number: int) -> int:
        """How many questions a list of so many children asks; what the trail writes is another matter."""
        with CaptureQueriesContext(connection) as found:
            self._listed(who, self.children[:number])
        return sum(query["sql"].startswith("SELECT") for query in found.captured_queries)

    @contextmanager
    def eyes_that_see_everything(self) -> Iterator[None]:
        """While it lasts, nothing is decided."""
        sight: Callable[..., Sight] = lambda request, children: Everything(request.viewer, children)  # noqa: E731
        with (
            mock.patch("throughline.web.record.frame.sight_for", sight),
            mock.patch("throughline.core.people.queries.Sight", Everything),
        ):
            yield

    def _listed(self, who: str, children: list[Child]) -> str:
        shown = show_children(self.viewers[who], children, "a list")
        columns = [Column(each) for each in ("Name", "Born", "Number", "Home")]
        rows = [[Cell(c.name, note=c.reference), c.born, c.upn, c.address] for c in shown]
        request = self._request(who)
        words = {"areas": [("Children", rows)], "columns": columns, "table": _no_rules()}
        return render_to_string("sharing/rules.html", words, request)

    def _request(self, who: str) -> Any:
        request = RequestFactory().get("/")
        request.viewer, request.user = self.viewers[who], self.around.user(who)
        request.session = self.sessions[who]
        return request


PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def make(number: int) -> Scene:
    """So many children of one school. Pages name their files as they are: nothing has been gathered for serving."""
    override_settings(STORAGES={**settings.STORAGES, "staticfiles": PLAIN}).enable()
    around = make_around()
    with change("children for a bench", by=TEST):
        children = Child.objects.bulk_create(
            Child(
                reference=f"B-{n}", forename=f"Child{n}", surname="Rees", born="2015-01-01", upn=f"A{n:012}"
            )
            for n in range(number)
        )
        _around_each(around, children)
    people = {who: around.user(who) for who in ("caseworker", "designated_teacher")}
    return Scene(
        around,
        children,
        {who: viewer_for(user) for who, user in people.items()},
        {who: client_of(user).session for who, user in people.items()},
    )


def _around_each(around: Around, children: list[Child]) -> None:
    adult = Adult.objects.create(forename="Ann", surname="Rees")
    homes = Address.objects.bulk_create(
        Address(lines=f"{n} Invented Road", postcode="WM1 1AA") for n in range(len(children))
    )
    Enrolment.objects.bulk_create(
        Enrolment(child=child, school=around.school, since=LONG_AGO) for child in children
    )
    Residence.objects.bulk_create(
        Residence(child=child, address=home, since=LONG_AGO)
        for child, home in zip(children, homes, strict=True)
    )
    Tie.objects.bulk_create(Tie(child=child, adult=adult, kind="mother") for child in children)
    Fact.objects.bulk_create(
        Fact(child=child, kind="free_meals", source="The school", since=LONG_AGO) for child in children
    )


def _no_rules() -> Any:
    """What the template asks besides its rows."""
    signed = SimpleNamespace(owner="", review_by=LONG_AGO, status="")
    return SimpleNamespace(signed=signed, local_rules=0)
