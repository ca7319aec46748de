"""The demonstration has children whose records are worth looking at."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.people import viewer

from throughline.core.people.models import Child, Enrolment, FormerName, Residence
from throughline.core.people.record import addresses, education, siblings_of
from throughline.core.sharing.show import Sight
from throughline.core.timeline.models import Entry
from throughline.core.timeline.queries import story
from throughline.project.demonstration import building
from throughline.project.demonstration.town import make_town
from throughline.web.record import demo

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_some_children_have_earlier_homes_and_schools_a_gap_and_a_story(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = make_town("test", 600, TODAY)
    monkeypatch.setattr(building, "make_town", lambda *_given: town)
    whole = building.installed()
    monkeypatch.setattr(
        building, "installed", lambda: whole.__class__(**{**vars(whole), "demonstration": ()})
    )
    building.build(size=600, seed="test", today=TODAY)
    assert demo.run(town, lambda *_said: None) == {"fuller records": demo.MOST}
    child = Child.objects.get(pk=FormerName.objects.order_by("id").values_list("child_id", flat=True)[0])
    sight = Sight(viewer(roles=["safeguarding_lead"], on=TODAY), [child.pk, *siblings_of(child.pk)])
    learned = education(sight, child.pk)
    assert len(learned.attended) == 3
    assert len(learned.gaps) == 1
    assert len(story(sight, child.pk).lines) > 10
    assert addresses(sight, child.pk)
    counted = [table.objects.count() for table in (Entry, Residence, Enrolment, FormerName)]
    demo.run(town, lambda *_said: None)
    assert [table.objects.count() for table in (Entry, Residence, Enrolment, FormerName)] == counted
