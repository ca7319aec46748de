"""A file put on the record in bulk leaves what the same file leaves a row at a time: record, trail, story, and its undoing."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.exchange.proposals.test_from_file_to_record import (
    FORENAMES,
    child,
    lines,
    put_on,
    record,
    taken_back,
)
from tests.support.censuses import sent_census

from throughline.core.audit import adding
from throughline.core.audit.models import Line
from throughline.core.exchange.proposal_tables import Applied, Difference
from throughline.core.exchange.proposals.deciding import Which, decide_all
from throughline.core.people.findable import FindableName, NameSlip
from throughline.core.timeline.models import Entry

pytestmark = pytest.mark.django_db
PLAINLY, ONE_BY_ONE = 1, 1_000_000
# Keys, marks, references and moments are new each time.
NEW_EACH_TIME = re.compile(
    r"UUID\('[^']*'\)|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|C-[0-9A-Z]{7}|datetime\.datetime\([^()]*\)|C\d{6}T\d+"
    r"|\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|\+00:00)?"
)


def everything() -> dict[str, list[str]]:
    """All that is left, without what is new each time."""
    left: dict[str, Any] = {f"people.{name}": rows for name, rows in record().items()}
    left["trail"] = Line.objects.values("event__kind", "table", "fields", "before", "after", "child_id")
    left["story"] = Entry.objects.values("kind", "on", "facts", "source", "about", "key", "written_by")
    left["applied"] = Applied.objects.values("table", "before", "after", "left")
    left["differences"] = Difference.objects.values("kind", "decision", "skipped", "child_id")
    left["names"] = FindableName.objects.values("kind", "forename", "surname", "born", "surname_sound")
    left["slips"] = NameSlip.objects.values("slip", "word")
    return {name: sorted(NEW_EACH_TIME.sub("new", repr(row)) for row in rows) for name, rows in left.items()}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(drawn=st.tuples(*(lines(number) for number in range(4))))
def test_a_file_in_bulk_leaves_what_it_leaves_one_by_one(
    drawn: tuple[dict[str, Any], ...], officer: Any, ash: Any, oak: Any, monkeypatch: Any
) -> None:
    found = []
    for many in (PLAINLY, ONE_BY_ONE):
        with monkeypatch.context() as now, transaction.atomic():
            now.setattr(adding, "MANY", many)
            for number in range(3):
                child(number, FORENAMES[number], "Rees", ash, born=date(2015, 1 + number, 3))
            proposal = sent_census(officer, drawn)
            if decide_all(by=officer, proposal_id=proposal.pk, which=Which(), decision="accept"):
                put_on(officer, proposal)
                found.append(everything())
                taken_back(officer, proposal)
            found.append(everything())
            transaction.set_rollback(True)
    half = len(found) // 2
    assert found[:half] == found[half:]
