"""The first page says what needs doing today, for whoever answers for the data and whoever answers for children."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.support.around_one_child import make_around
from tests.support.people import TEST

from throughline.core.access.viewer import viewer_for
from throughline.core.audit.change import change
from throughline.core.audit.models import Examination
from throughline.core.people.models import Child
from throughline.core.retention.models import Certificate, Pack
from throughline.core.sharing.models import Override, Rule
from throughline.web.portals.home import items_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def around() -> Any:
    return make_around()


def first_page(around: Any, role: str) -> dict[str, Any]:
    viewer = viewer_for(around.user(role))
    return {str(item.title): item for item in items_for("staff", viewer)}


def asked_for_everything(child: Child, due: date) -> Pack:
    with change("asked for a test", by=TEST):
        pack: Pack = Pack.objects.create(
            child=child,
            received_on=due - timedelta(days=30),
            due_on=due,
            identity_checked="Passport",
            opened_by="x",
        )
    return pack


def another_child(at: int) -> Child:
    with change("a child for a test", by=TEST):
        child: Child = Child.objects.create(
            reference=f"C-F1RST{at}", forename=f"Nia{at}", surname="Vaughan", born=date(2014, 1, 1)
        )
    return child


def test_requests_for_a_copy_are_first_for_whoever_answers_them_and_name_nobody_to_the_data_protection_officer(
    around: Any,
) -> None:
    today = timezone.localdate()
    asked_for_everything(around.child, today - timedelta(days=2))
    mine = first_page(around, "safeguarding_lead")["Subject access requests to answer"]
    assert (mine.count, mine.due, str(mine.tag), mine.urgent) == (
        1,
        today - timedelta(days=2),
        "1 late",
        True,
    )
    assert first_page(around, "data_protection_officer")["Subject access requests being answered"].count == 1
    assert "Mia Rees" in around.staff("safeguarding_lead").get(mine.link).content.decode()
    for role in ("data_protection_officer", "records_officer"):
        said = around.staff(role).get(mine.link).content.decode()
        assert "Mia Rees" not in said
        assert "Not shown to you" in said
        assert "2 days late" in said
    assert around.staff("caseworker").get(mine.link).status_code == 404


def test_what_was_answered_waits_for_nobody(around: Any) -> None:
    pack = asked_for_everything(around.child, timezone.localdate())
    with change("answered for a test", by=TEST):
        pack.state = "released"
        pack.save()
    titles = first_page(around, "safeguarding_lead")
    assert not [title for title in titles if title.startswith("Subject access")]


def test_the_data_protection_officer_is_told_how_the_trail_stands(around: Any) -> None:
    item = first_page(around, "data_protection_officer")["The trail"]
    assert "not been held against its seals yet" in str(item.text)
    Examination.objects.create(seals=1, events=1, head="a", broken="")
    item = first_page(around, "data_protection_officer")["The trail"]
    assert (item.tag, item.urgent) == ("", False)
    Examination.objects.create(seals=1, events=1, head="", broken="Event 4 was altered.")
    item = first_page(around, "data_protection_officer")["The trail"]
    assert (str(item.tag), item.urgent) == ("Not whole", True)
    assert "The trail" not in first_page(around, "caseworker")


def test_rules_to_come_and_certificates_are_counted_for_whoever_answers_for_them(around: Any) -> None:
    day = timezone.localdate() + timedelta(days=5)
    with change("rules for a test", by=TEST):
        Rule.objects.create(category="people.family", reader="role:caseworker", detail="none", since=day)
        Rule.objects.create(
            category="people.family",
            reader="role:caseworker",
            edition=2,
            detail="none",
            since=day,
            withdrawn=True,
        )
        Certificate.objects.create(
            reference="D-1", proposed_by="x", approved_by="y", retention=["main"], counts={}, digest="0" * 64
        )
    found = first_page(around, "data_protection_officer")
    assert found["Rules about sharing that are to come"].count == 1
    assert found["Certificates of disposal"].count == 1
    assert "Rules about sharing that are to come" not in first_page(around, "caseworker")


def decision(around: Any, until: date, **more: Any) -> None:
    with change("decided for a test", by=TEST):
        Override.objects.create(
            child_id=around.child.pk,
            user_id=around.user("health_professional").pk,
            category="people.family",
            grants=True,
            reason="x",
            since=timezone.localdate() - timedelta(days=1),
            until=until,
            proposed_by="x",
            **({"state": "approved"} | more),
        )


def test_a_decision_that_ends_soon_is_said_before_its_day(around: Any) -> None:
    today = timezone.localdate()
    decision(around, today + timedelta(days=40))
    assert "A decision about sharing ends soon" not in first_page(around, "safeguarding_lead")
    decision(around, today + timedelta(days=4))
    item = first_page(around, "safeguarding_lead")["A decision about sharing ends soon"]
    assert item.due == today + timedelta(days=4)
    assert around.staff("safeguarding_lead").get(item.link).status_code == 200
    assert "A decision about sharing ends soon" not in first_page(around, "data_protection_officer")


@pytest.mark.parametrize(
    ("role", "queries"),
    [("data_protection_officer", 8), ("system_administrator", 5), ("safeguarding_lead", 21)],
)
def test_a_first_page_costs_the_same_however_much_waits(
    around: Any, django_assert_num_queries: Any, role: str, queries: int
) -> None:
    viewer = viewer_for(around.user(role))
    asked_for_everything(around.child, timezone.localdate())
    decision(around, timezone.localdate() + timedelta(days=4))
    items_for("staff", viewer)
    with django_assert_num_queries(queries):
        items_for("staff", viewer)
    for at in range(12):
        asked_for_everything(another_child(at), timezone.localdate())
    decision(around, timezone.localdate() + timedelta(days=5))
    with django_assert_num_queries(queries):
        items_for("staff", viewer)
