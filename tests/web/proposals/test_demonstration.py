"""The demonstration's files: one waits with some forty differences, one is on the record; built once."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.support.censuses import sent_census
from tests.support.people import TEST
from tests.support.reviewing import a_school_and_its_census

from throughline.core.access.queries import accounts
from throughline.core.access.viewer import viewer_for
from throughline.core.audit.change import change
from throughline.core.exchange.proposal_tables import Difference, Proposal
from throughline.core.people.models import Child
from throughline.web.portals.demonstration import files_to_try
from throughline.web.proposals import demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Path) -> Any:
    settings.HOME = tmp_path
    place = a_school_and_its_census()
    with change("number of a school", by=TEST):
        place.school.urn = "990101"
        place.school.save()
    children = [
        (None, SimpleNamespace(key=child.pk, school="990101")) for child in Child.objects.order_by("pk")
    ]
    plans = [SimpleNamespace(urn="990101", low_age=age, status="Open", name="Ash School") for age in (11, 4)]
    return SimpleNamespace(
        seed="a",
        size=20,
        today=date(2026, 11, 23),
        schools=plans,
        school_ids={"990101": place.school.pk},
        children=lambda: children,
    )


def test_one_file_waits_with_forty_differences_and_one_is_on_the_record(town: Any) -> None:
    for _twice in range(2):
        demo.run(town, lambda *_: None)
    waiting, done = Proposal.objects.order_by("sent_at")
    assert (waiting.state, done.state) == ("review", "committed")
    assert Difference.objects.filter(proposal=waiting).count() == 40
    assert Difference.objects.filter(proposal=done, decision="accept").count() == 6
    assert not waiting.improbable
    assert (waiting.sent_by, done.sent_by) == ("Olwen Office", "Olwen Office")


def test_a_file_is_there_to_be_sent_with_forty_differences_of_its_own(town: Any) -> None:
    demo.run(town, lambda *_: None)
    (path,) = files_to_try()
    office = viewer_for(accounts("school")[0])
    row = sent_census(office, csv.DictReader(io.StringIO(path.read_text())), path.name)
    assert (row.state, row.improbable) == ("review", [])
    assert Difference.objects.filter(proposal=row).count() == 40
