"""Alerts as a team works with them: who is shown which, and two people at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support.around_a_child import make_child
from tests.support.people import TEST, make_user
from tests.support.records import staff

from throughline.core.access.viewer import Refused
from throughline.core.alerts.actions import raise_alert
from throughline.core.alerts.models import Alert
from throughline.core.alerts.queries import ON_A_PAGE, Asked, Place, alerts_for, one_alert, waiting_for
from throughline.core.alerts.working import MovedOn, close, reopen, take
from throughline.core.audit.change import change
from throughline.core.people.alerts_shown import show_alerts
from throughline.core.sharing.show import Withheld

pytestmark = pytest.mark.django_db
URGENT, ORDINARY, OTHERS = "people.restricted_opened", "sharing.decided", "people.same_number"


@pytest.fixture
def lead() -> Any:
    return staff("safeguarding_lead", "Delyth Lead")[0]


@pytest.fixture
def second() -> Any:
    return staff("safeguarding_lead", "Callum Second")[0]


def raised(kind: str = ORDINARY, minutes_ago: int = 0, **more: Any) -> Alert:
    alert = raise_alert(by=TEST, kind=kind, **more)
    with change("test alert dated", by=TEST):
        alert.raised_at = timezone.now() - timedelta(minutes=minutes_ago)
        alert.save()
    return alert


def keys(viewer: Any, asked: Asked = Asked()) -> list[Any]:  # noqa: B008
    return [row.pk for row in alerts_for(viewer, asked).found]


def test_the_urgent_come_first_then_the_latest(lead: Any) -> None:
    old, new = raised(minutes_ago=9), raised(minutes_ago=1)
    urgent = raised(URGENT, minutes_ago=60)
    assert keys(lead) == [urgent.pk, new.pk, old.pk]


def test_each_is_shown_to_those_whose_permission_its_kind_names(lead: Any) -> None:
    theirs = raised(OTHERS)
    assert keys(lead) == []
    with pytest.raises(Refused):
        one_alert(lead, theirs.pk)
    officer, _client = staff("records_officer")
    assert keys(officer) == [theirs.pk]


def test_nobody_is_shown_an_alert_about_their_own_doing(lead: Any, second: Any) -> None:
    alert = raised(URGENT, user_id=lead.user_id)
    assert keys(lead) == []
    assert waiting_for(lead).all == 0
    for act in (
        lambda: one_alert(lead, alert.pk),
        lambda: take(by=lead, alert_id=alert.pk),
        lambda: close(by=lead, alert_id=alert.pk, outcome="Nothing to see"),
    ):
        with pytest.raises(Refused):
            act()
    assert keys(second) == [alert.pk]


def test_pages_follow_each_other_without_a_gap_or_a_repeat(lead: Any) -> None:
    wanted = {raised(URGENT if at % 3 else ORDINARY, minutes_ago=at % 5).pk for at in range(ON_A_PAGE + 7)}
    first = alerts_for(lead, Asked())
    assert first.following is not None
    raised(URGENT)
    second = alerts_for(lead, Asked(), Place.read(str(first.following)))
    assert second.following is None
    found = [row.pk for row in (*first.found, *second.found)]
    assert len(found) == len(set(found)) == len(wanted)
    assert set(found) == wanted


def test_a_place_that_says_nothing_is_the_beginning() -> None:
    assert [Place.read(text) for text in ("", "x", "1.2", "1.x.y", "1.9999999999999999999999.0")] == [
        None
    ] * 5


def test_alerts_are_found_by_kind_and_state(lead: Any) -> None:
    opened, urgent, mine, done = raised(), raised(URGENT), raised(), raised()
    take(by=lead, alert_id=mine.pk)
    close(by=lead, alert_id=done.pk, outcome="Asked, and it was in order.")
    assert set(keys(lead)) == {opened.pk, urgent.pk, mine.pk}
    assert keys(lead, Asked(kind=URGENT)) == [urgent.pk]
    assert set(keys(lead, Asked(state="open"))) == {opened.pk, urgent.pk}
    assert keys(lead, Asked(state="mine")) == [mine.pk]
    assert keys(lead, Asked(state="closed")) == [done.pk]
    assert (waiting_for(lead).all, waiting_for(lead).urgent, waiting_for(lead).mine) == (3, 1, 1)


def test_of_two_who_take_it_one_has_it_and_the_other_is_told(lead: Any, second: Any) -> None:
    alert = raised()
    take(by=lead, alert_id=alert.pk)
    with pytest.raises(MovedOn):
        take(by=second, alert_id=alert.pk)
    assert one_alert(second, alert.pk).taken_by == "Delyth Lead"
    assert take(by=lead, alert_id=alert.pk).taken_by == "Delyth Lead"
    take(by=second, alert_id=alert.pk, from_id=lead.user_id)
    with pytest.raises(MovedOn):
        close(by=lead, alert_id=alert.pk, outcome="Mine still?")
    assert one_alert(lead, alert.pk).taken_by == "Callum Second"


def test_it_closes_with_words_and_opens_again_with_a_reason_and_neither_is_lost(
    lead: Any, second: Any
) -> None:
    alert = raised()
    with pytest.raises(ValidationError):
        close(by=lead, alert_id=alert.pk, outcome="  ")
    done = close(by=lead, alert_id=alert.pk, outcome="It was in order.")
    assert (done.state, done.closed_by, done.outcome) == ("closed", "Delyth Lead", "It was in order.")
    with pytest.raises(MovedOn):
        close(by=second, alert_id=alert.pk, outcome="And again")
    with pytest.raises(ValidationError):
        reopen(by=second, alert_id=alert.pk, reason="")
    again = reopen(by=second, alert_id=alert.pk, reason="It happened again.")
    assert (again.state, again.taken_by, again.closed_at) == ("open", "", None)
    with pytest.raises(MovedOn):
        reopen(by=lead, alert_id=alert.pk, reason="Too late")
    words = close(by=second, alert_id=alert.pk, outcome="Spoken with.").outcome
    assert words == "It was in order.\n\nOpened again by Callum Second: It happened again.\n\nSpoken with."


def test_a_child_is_named_to_those_who_see_them_and_the_doer_to_all_who_look(lead: Any) -> None:
    with change("test child made", by=TEST):
        child = make_child()
    doer = make_user(name="Nosy Neighbour")
    for kind in (URGENT, "audit.many_lookers"):
        raise_alert(by=TEST, kind=kind, child_id=child.pk, user_id=doer.pk)
    officer, _client = staff("data_protection_officer")
    (seen,) = show_alerts(lead, alerts_for(lead, Asked(kind=URGENT)).found, "alerts")
    (kept,) = show_alerts(officer, alerts_for(officer, Asked()).found, "alerts")
    assert (seen.child, seen.may_open_child) == (str(child), True)
    assert (isinstance(kept.child, Withheld), kept.may_open_child) == (True, False)
    assert seen.person == kept.person == "Nosy Neighbour"


def test_a_parent_is_named_only_to_those_who_may_know_the_childs_parents() -> None:
    with change("test child made", by=TEST):
        child = make_child()
    parent = make_user(name="Rhian Zephyrine", portal="family")
    raise_alert(by=TEST, kind="audit.many_lookers", child_id=child.pk, user_id=parent.pk)
    officer, _client = staff("data_protection_officer")
    (kept,) = show_alerts(officer, alerts_for(officer, Asked()).found, "alerts")
    assert isinstance(kept.person, Withheld)


def test_a_page_costs_the_same_queries_however_many_there_are(lead: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            show_alerts(lead, alerts_for(lead, Asked()).found, "alerts")
        return len(asked)

    def more(count: int) -> None:
        for _each in range(count):
            with change("test child made", by=TEST):
                child = make_child()
            raised(URGENT, child_id=child.pk, user_id=make_user().pk)

    more(2)
    few = cost()
    more(12)
    assert cost() == few <= 16
