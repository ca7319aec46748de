"""The board of alerts and one alert's page, as those who look at them meet them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.support.around_a_child import make_child
from tests.support.people import TEST, make_user
from tests.support.records import staff

from throughline.core.alerts.actions import raise_alert
from throughline.core.alerts.models import Alert
from throughline.core.alerts.queries import ON_A_PAGE
from throughline.core.alerts.working import take
from throughline.core.audit.change import change
from throughline.core.people.models import Child
from throughline.core.registry.assembly import installed
from throughline.web.alerts.board import card

pytestmark = pytest.mark.django_db
URGENT, FAMILY = "people.restricted_opened", "people.looked_at_family"
BOARD = "/alerts/"


@pytest.fixture
def child() -> Child:
    with change("test child made", by=TEST):
        return make_child()


def raised(child: Child | None = None, kind: str = FAMILY, **more: Any) -> Alert:
    doer = make_user(name="Nosy Parker")
    return raise_alert(by=TEST, kind=kind, child_id=child.pk if child else None, user_id=doer.pk, **more)


def at(alert: Alert, page: str = "one") -> str:
    return reverse(f"alerts.{page}", args=[alert.pk])


def test_the_lead_finds_the_child_and_the_officer_does_not(child: Child) -> None:
    alert = raised(
        child, details={"count": 2, "reasons": ["tied", "unknown"], "first": "2026-12-01T09:00:00+00:00"}
    )
    _lead, lead = staff("safeguarding_lead")
    _dpo, officer = staff("data_protection_officer")
    for page in (BOARD, at(alert)):
        assert str(child) in lead.get(page).text
        assert str(child) not in officer.get(page).text
        assert "Nosy Parker" in officer.get(page).text
    said = officer.get(at(alert)).text
    assert "recorded as an adult in the child" in said
    assert reverse("record.child", args=[child.pk]) not in said
    assert f"{reverse('trail.search')}?who=Nosy+Parker&amp;since_day=30&amp;since_month=11" in said
    assert reverse("record.child", args=[child.pk]) in lead.get(at(alert)).text
    assert reverse("trail.search") not in lead.get(at(alert)).text


def test_the_childs_page_tells_of_alerts_and_nobody_of_one_about_their_own_doing(child: Child) -> None:
    mine, lead = staff("safeguarding_lead")
    _other, second = staff("safeguarding_lead")
    worker, at_work = staff("caseworker")
    page = reverse("record.child", args=[child.pk])
    sentence, hint = "to whom they are tied privately", "A team has been asked to look at something"
    alert = raise_alert(by=TEST, kind=FAMILY, child_id=child.pk, user_id=mine.user_id)
    assert sentence not in lead.get(page).text
    assert sentence in second.get(page).text
    assert hint in at_work.get(page).text
    with change("test alert turned", by=TEST):
        alert.user_id = worker.user_id
        alert.save()
    assert hint not in at_work.get(page).text
    assert sentence in lead.get(page).text


def test_the_links_to_the_trail_lead_to_a_search_that_answers(child: Child) -> None:
    alert = raised(child)
    _dpo, officer = staff("data_protection_officer")
    ways = officer.get(at(alert)).context["ways"]
    assert len(ways) == 3
    for way in ways[:2]:
        answer = officer.get(way.href)
        assert answer.status_code == 200
        assert not answer.context["filter"].errors
        assert answer.context["in_use"]
    assert officer.get(ways[2].href).context["answered"]


def test_it_is_taken_closed_in_words_and_opened_again(child: Child) -> None:
    alert = raised(child)
    _viewer, lead = staff("safeguarding_lead", "Delyth Lead")
    assert "I am looking at it" in lead.get(at(alert)).text
    assert lead.post(at(alert, "take"), {"once_key": "a"}, follow=True).status_code == 200
    assert lead.post(at(alert, "take"), {"once_key": "a"}).status_code == 302
    assert "Take it over" not in lead.get(at(alert)).text
    empty = lead.post(at(alert), {"outcome": " ", "once_key": "b"})
    assert "Write what you found and what was done" in empty.text
    words = {"outcome": "Spoke with them.", "once_key": "c"}
    for _click in range(2):
        assert lead.post(at(alert), words).headers["Location"] == at(alert)
    closed = lead.get(at(alert)).text
    assert "Spoke with them." in closed
    assert "Close the alert" not in closed
    assert alert.pk not in [row.pk for row in Alert.objects.exclude(state="closed")]
    for _click in range(2):
        lead.post(at(alert, "reopen"), {"reason": "It went on.", "once_key": "d"})
    assert "Opened again by Delyth Lead: It went on." in lead.get(at(alert)).text


def test_of_two_the_second_is_told_and_keeps_what_was_typed() -> None:
    alert = raised()
    first, _client = staff("safeguarding_lead", "Delyth Lead")
    _viewer, second = staff("safeguarding_lead", "Callum Second")
    take(by=first, alert_id=alert.pk)
    late = second.post(at(alert, "take"), {"once_key": "a"}, follow=True).text
    assert "A colleague changed this a moment ago" in late
    assert "Delyth Lead is looking at this" in late
    kept = second.post(at(alert), {"outcome": "What I found out", "once_key": "b"}).text
    assert "A colleague saved this a moment ago" in kept
    assert "What I found out" in kept
    second.post(at(alert, "take"), {"holder": first.user_id, "once_key": "c"})
    assert Alert.objects.get().taken_by == "Callum Second"


def test_an_alert_for_others_is_answered_as_one_that_is_not_there() -> None:
    alert = raised(kind="people.same_number")
    mine, lead = staff("safeguarding_lead")
    own = raise_alert(by=TEST, kind=FAMILY, user_id=mine.user_id)
    for kept in (alert, own):
        for page in ("one", "take", "reopen"):
            assert lead.get(at(kept, page)).status_code == 404
            assert lead.post(at(kept, page), {"once_key": page}).status_code == 404
    assert str(own.pk) not in lead.get(BOARD).text


def test_the_board_pages_filters_and_says_when_it_is_empty() -> None:
    _viewer, lead = staff("safeguarding_lead")
    assert "There is nothing to look at" in lead.get(BOARD).text
    for _each in range(ON_A_PAGE + 1):
        raised()
    first = lead.get(BOARD)
    assert all(at(alert) in first.text for alert in Alert.objects.order_by("-raised_at", "-pk")[:ON_A_PAGE])
    assert len(first.context["rows"]) == ON_A_PAGE
    assert len(lead.get(first.context["older"]).context["rows"]) == 1
    assert "No alert matches" in lead.get(BOARD + "?state=closed").text
    assert lead.get(BOARD + f"?kind={URGENT}").context["rows"] == []
    assert len(lead.get(BOARD + "?kind=nothing&behind=x").context["rows"]) == ON_A_PAGE


def test_the_board_costs_the_same_queries_however_many_there_are() -> None:
    _viewer, lead = staff("safeguarding_lead")

    def cost(count: int) -> int:
        for _each in range(count):
            with change("test child made", by=TEST):
                child = make_child()
            raised(child)
        with CaptureQueriesContext(connection) as asked:
            lead.get(BOARD)
        return len(asked)

    cost(1)
    assert cost(2) == cost(12)


def test_the_home_page_says_how_many_wait_and_how_many_are_urgent() -> None:
    viewer, lead = staff("safeguarding_lead")
    assert card(viewer) == []
    raised()
    raised(kind="sharing.decided")
    mine = raised(kind="sharing.decided")
    take(by=viewer, alert_id=mine.pk)
    (item,) = card(viewer)
    assert (item.title, item.text) == ("3 alerts to look at, 1 urgent", "1 is in your hands.")
    assert "3 alerts to look at, 1 urgent" in lead.get("/home/").text
    other, _client = staff("caseworker")
    assert card(other) == []


def test_every_role_that_an_alert_is_for_may_open_the_board() -> None:
    registry = installed()
    board = set(registry.permissions["alerts.look"].roles)
    for kind in registry.alerts.values():
        staffed = set(registry.permissions[kind.permission].roles)
        assert staffed <= board, f"{kind.code} is for {staffed - board}, who cannot open the board"
