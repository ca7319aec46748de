"""What is asked of whom: shown only while it is asked, answered without losing anybody's words, never a name in a message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.support.around_a_child import Around, around_a_child, in_post, join, make_parent
from tests.support.people import TEST

from throughline.core.access.models import Membership, Role, User
from throughline.core.access.viewer import Refused
from throughline.core.audit.change import change
from throughline.core.messages.models import Message
from throughline.core.organisations.models import Agency
from throughline.core.people.models import ContactLimit, Involvement
from throughline.core.requests.actions import (
    MovedOn,
    answer,
    ask,
    pass_on,
    send_back,
    take,
    whom_to_ask,
    withdraw,
)
from throughline.core.requests.jobs import hand_back, remind
from throughline.core.requests.models import Request
from throughline.core.requests.queries import in_my_queues, made_by, of_me, one_request, show
from throughline.core.sharing.models import Override
from throughline.core.sharing.show import Sight, Withheld
from throughline.core.timeline.models import Entry

pytestmark = pytest.mark.django_db
IDENTITY = "people.identity"
PROGRESS: Any = SimpleNamespace(say=lambda *_: None)


@pytest.fixture
def around() -> Around:
    found = around_a_child()
    found.people["nurse"] = in_post("health_professional", name="The nurse", agency=found.agency)
    return found


def asked(around: Around, whom: str = "", by: str = "caseworker", due: date | None = None) -> Request:
    code = whom or f"agency:{around.agency.pk}"
    if whom in around.people:
        code = f"user:{around.people[whom].pk}"
    return ask(
        by=around.viewer(by),
        child_id=around.child.pk,
        kind="requests.question",
        whom=code,
        words="How is the hearing?",
        due=due or timezone.localdate() + timedelta(days=10),
    )


def sees(around: Around, who: str, category: str = IDENTITY) -> bool:
    return Sight(around.viewer(who), [around.child.pk]).may_see(around.child.pk, category)


def test_whoever_takes_a_request_is_shown_what_it_needs_until_it_is_answered(around: Around) -> None:
    row = asked(around)
    assert not sees(around, "nurse")
    take(by=around.viewer("nurse"), request_id=row.pk)
    assert sees(around, "nurse")
    # Its kind needs the name and no more.
    assert not sees(around, "nurse", "people.address")
    answer(by=around.viewer("nurse"), request_id=row.pk, words="Good in both ears.", edition=2)
    assert not sees(around, "nurse")


@pytest.mark.parametrize("end", ["send_back", "withdraw", "pass_on"])
def test_however_it_ends_what_was_lent_is_gone(around: Around, end: str) -> None:
    row = asked(around)
    take(by=around.viewer("nurse"), request_id=row.pk)
    if end == "send_back":
        send_back(by=around.viewer("nurse"), request_id=row.pk, reason="Not ours", edition=2)
    elif end == "withdraw":
        withdraw(by=around.viewer("caseworker"), request_id=row.pk, edition=2)
    else:
        pass_on(by=around.viewer("nurse"), request_id=row.pk, to=around.people["stranger"].pk, edition=2)
        assert sees(around, "stranger")
    assert not sees(around, "nurse")


def test_in_a_queue_nobody_is_named_and_nothing_is_said(around: Around) -> None:
    row = asked(around)
    nurse = around.viewer("nurse")
    (line,) = show(nurse, in_my_queues(nurse), "a queue", named=False)
    assert line.child == "Named once you take it"
    found = one_request(nurse, row.pk)
    assert (found.words, found.answer, found.may_take) == (None, None, True)


def test_what_was_decided_to_withhold_from_somebody_is_not_lent_to_them(around: Around) -> None:
    row = asked(around)
    today = timezone.localdate()
    with change("test override made", by=TEST):
        Override.objects.create(
            child_id=around.child.pk,
            user_id=around.people["nurse"].pk,
            category=IDENTITY,
            grants=False,
            reason="Family of theirs",
            state="approved",
            since=today,
            until=today,
        )
    take(by=around.viewer("nurse"), request_id=row.pk)
    assert not sees(around, "nurse")


def test_a_queue_is_seen_by_those_who_work_there_and_by_nobody_else(around: Around) -> None:
    row = asked(around)
    for who in ("head", "teacher"):
        assert not in_my_queues(around.viewer(who)).exists()
        with pytest.raises(Refused):
            one_request(around.viewer(who), row.pk)
        with pytest.raises(Refused):
            take(by=around.viewer(who), request_id=row.pk)


def test_two_take_one_request_and_the_second_is_told(around: Around) -> None:
    row = asked(around)
    take(by=around.viewer("nurse"), request_id=row.pk)
    with pytest.raises(Refused):
        take(by=around.viewer("stranger"), request_id=row.pk)
    # Pressing twice is not a second taking.
    assert take(by=around.viewer("nurse"), request_id=row.pk).taken_by == around.people["nurse"]


def test_two_answers_at_once_and_neither_loses_a_word(around: Around) -> None:
    row = asked(around, "worker")
    answer(by=around.viewer("worker"), request_id=row.pk, words="First words", edition=1)
    # From another window, opened before: whoever has it in hand may well be two people at one desk.
    with pytest.raises(MovedOn):
        answer(by=around.viewer("worker"), request_id=row.pk, words="Second words", edition=1)
    row.refresh_from_db()
    assert row.answer == "First words"
    answer(by=around.viewer("worker"), request_id=row.pk, words="Second words", edition=2)
    row.refresh_from_db()
    assert row.answer.startswith("First words")
    assert row.answer.endswith("Second words")
    assert row.answered_by == "The worker"


def test_an_answer_and_a_withdrawal_do_not_write_over_each_other(around: Around) -> None:
    row = asked(around, "worker")
    answer(by=around.viewer("worker"), request_id=row.pk, words="Here", edition=1)
    with pytest.raises(Refused):
        withdraw(by=around.viewer("caseworker"), request_id=row.pk, edition=1)
    row.refresh_from_db()
    assert row.state == "answered"


def test_no_message_says_a_word_about_the_child(around: Around) -> None:
    row = asked(around)
    take(by=around.viewer("nurse"), request_id=row.pk)
    answer(by=around.viewer("nurse"), request_id=row.pk, words="Good in both ears.", edition=2)
    messages = list(Message.objects.all())
    assert {message.user_id for message in messages} >= {
        around.people[who].pk for who in ("nurse", "caseworker")
    }
    for message in messages:
        said = f"{message.subject} {message.body}"
        for secret in ("Quillon", "Zephyrine", "hearing", "ears", around.child.reference):
            assert secret not in said


def test_one_reminder_before_and_one_when_late_however_often_the_job_runs(
    around: Around, frozen: Callable[..., Any]
) -> None:
    frozen("2026-02-02 09:00")
    row = asked(around, "worker", due=date(2026, 2, 12))

    def told() -> int:
        remind(PROGRESS)
        remind(PROGRESS)
        return Message.objects.filter(user_id=around.people["worker"].pk).count()

    assert told() == 1, "only that it was asked"
    frozen("2026-02-09 09:00")
    assert told() == 2
    frozen("2026-02-12 09:00")
    assert told() == 2
    frozen("2026-02-13 09:00")
    assert told() == 3
    frozen("2026-02-20 09:00")
    assert told() == 3
    answer(by=around.viewer("worker"), request_id=row.pk, words="Here", edition=1)
    frozen("2026-02-21 09:00")
    assert told() == 3


@pytest.mark.parametrize(("days", "told"), [(2, 1), (3, 1), (4, 2)])
def test_what_is_asked_inside_the_last_three_days_is_not_asked_twice(
    around: Around, frozen: Callable[..., Any], days: int, told: int
) -> None:
    frozen("2026-02-02 09:00")
    asked(around, "worker", due=date(2026, 2, 2) + timedelta(days=days))
    frozen(f"2026-02-{2 + max(days - 3, 0):02} 17:00")
    remind(PROGRESS)
    assert Message.objects.filter(user_id=around.people["worker"].pk).count() == told


def test_what_somebody_took_goes_back_to_the_queue_when_they_leave_the_organisation(around: Around) -> None:
    row = asked(around)
    take(by=around.viewer("nurse"), request_id=row.pk)
    with change("test post ended", by=TEST):
        around.people["nurse"].memberships.update(until=timezone.localdate())
    assert not sees(around, "nurse")
    assert not of_me(around.viewer("nurse")).exists()
    hand_back(PROGRESS)
    hand_back(PROGRESS)
    row.refresh_from_db()
    assert (row.taken_by_id, row.state, row.edition) == (None, "asked", 3)


def test_what_was_asked_of_a_closed_account_goes_to_the_queue_and_else_back_to_whoever_asked(
    around: Around,
) -> None:
    row = asked(around, "worker")
    with change("test account closed", by=TEST):
        User.objects.filter(pk=around.people["worker"].pk).update(is_active=False)
    hand_back(PROGRESS)
    hand_back(PROGRESS)
    row.refresh_from_db()
    assert (row.state, row.user_id, row.agency_id, row.edition) == ("asked", None, around.agency.pk, 2)
    assert in_my_queues(around.viewer("nurse")).get() == row
    other = asked(around, "head")
    with change("test school emptied", by=TEST):
        Membership.objects.filter(school=around.school).exclude(user=around.people["head"]).delete()
        User.objects.filter(pk=around.people["head"].pk).update(is_active=False)
    hand_back(PROGRESS)
    other.refresh_from_db()
    assert other.state == "returned"
    assert "no longer has an account" in other.returned_because


@pytest.mark.parametrize("ended", ["the post", "the involvement"])
@pytest.mark.parametrize("passed_on", [False, True])
def test_what_was_asked_by_name_stays_where_it_was_asked_when_they_go_on_elsewhere(
    around: Around, ended: str, passed_on: bool
) -> None:
    row, holder = asked(around, "worker"), "worker"
    if passed_on:
        holder = "stranger"
        to = around.people[holder].pk
        pass_on(by=around.viewer("worker"), request_id=row.pk, to=to, edition=1)
    today = timezone.localdate()
    with change("test change of post", by=TEST):
        other = Agency.objects.create(code="elm-care", name="Elm Care", kind="social_care")
        Membership.objects.create(
            user=around.people[holder],
            role=Role.objects.get(code="social_worker"),
            agency=other,
            since=date(2020, 1, 1),
        )
        if ended == "the post":
            around.people[holder].memberships.filter(agency=around.agency).update(until=today)
        else:
            Involvement.objects.update(until=today)
    if passed_on and ended == "the involvement":
        # A colleague answers for the agency, and was never in the circle.
        assert of_me(around.viewer(holder)).exists()
        return
    assert not of_me(around.viewer(holder)).exists()
    assert not sees(around, holder)
    with pytest.raises(Refused):
        one_request(around.viewer(holder), row.pk)
    hand_back(PROGRESS)
    hand_back(PROGRESS)
    row.refresh_from_db()
    assert (row.state, row.user_id, row.taken_by_id) == ("asked", None, None)
    assert in_my_queues(around.viewer("nurse")).get() == row
    take(by=around.viewer("nurse"), request_id=row.pk)
    assert sees(around, "nurse")


def test_what_was_asked_of_a_parent_is_over_with_what_they_may_know(around: Around) -> None:
    tie = make_parent(around)
    row = asked(around, "mother")
    assert of_me(around.viewer("mother")).get() == row
    with change("test order made", by=TEST):
        ContactLimit.objects.create(tie=tie, child=around.child, kind="no_contact", keeps_back="everything")
    assert not of_me(around.viewer("mother")).exists()
    with pytest.raises(Refused):
        one_request(around.viewer("mother"), row.pk)
    hand_back(PROGRESS)
    hand_back(PROGRESS)
    row.refresh_from_db()
    assert (row.state, row.edition) == ("returned", 2)
    assert "can no longer be asked" in row.returned_because


def test_a_parent_is_asked_only_about_a_child_they_are_shown(around: Around) -> None:
    tie = make_parent(around)
    mother = f"user:{around.people['mother'].pk}"
    assert mother in {whom.code for whom in whom_to_ask(around.viewer("caseworker"), around.child.pk)}
    with change("test limit made", by=TEST):
        ContactLimit.objects.create(
            tie=tie, child_id=tie.child_id, kind="no_contact", keeps_back="everything"
        )
    assert mother not in {whom.code for whom in whom_to_ask(around.viewer("caseworker"), around.child.pk)}
    with pytest.raises(ValidationError, match="whom to ask"):
        asked(around, "mother")


def test_what_is_asked_of_a_parent_opens_nothing_to_them(around: Around) -> None:
    tie = make_parent(around)
    asked(around, "mother")
    assert sees(around, "mother")
    with change("test limit made", by=TEST):
        ContactLimit.objects.create(
            tie=tie, child_id=tie.child_id, kind="no_contact", keeps_back="everything"
        )
    assert not sees(around, "mother")


def test_nobody_asks_about_a_child_they_may_not_see(around: Around) -> None:
    with pytest.raises(Refused):
        asked(around, "worker", by="stranger")
    with pytest.raises(Refused):
        asked(around, "worker", by="nurse")


def test_a_social_worker_asks_those_around_the_child_and_no_others(around: Around) -> None:
    codes = {whom.code for whom in whom_to_ask(around.viewer("worker"), around.child.pk)}
    assert f"school:{around.school.pk}" in codes
    assert f"user:{around.people['teacher'].pk}" in codes
    assert f"user:{around.people['stranger'].pk}" not in codes


def test_what_i_asked_lists_what_is_open_first(around: Around) -> None:
    first = asked(around, "worker")
    second = asked(around, "teacher")
    answer(by=around.viewer("worker"), request_id=first.pk, words="Here", edition=1)
    assert [row.pk for row in made_by(around.viewer("caseworker"))] == [second.pk, first.pk]


def test_a_day_that_is_past_or_a_year_away_is_not_asked_for(around: Around) -> None:
    for days in (-1, 400):
        with pytest.raises(ValidationError, match="within a year"):
            asked(around, due=timezone.localdate() + timedelta(days=days))


def test_a_parents_name_is_for_those_who_are_shown_how_to_reach_them(around: Around) -> None:
    make_parent(around)
    around.people["psychologist"] = in_post("educational_psychologist", agency=around.agency)
    join(around, "psychologist", "educational_psychologist")
    words = [whom.words for whom in whom_to_ask(around.viewer("psychologist"), around.child.pk)]
    assert "Mother" in words
    assert not [each for each in words if "Rhian" in each]
    row = asked(around, "mother", by="psychologist")
    for who, name in (("psychologist", "A parent or carer"), ("caseworker", "Rhian Zephyrine")):
        assert one_request(around.viewer(who), row.pk).line.asked_of == name
    assert "Rhian" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_whoever_passed_on_what_was_asked_of_them_by_name_has_no_more_part_in_it(around: Around) -> None:
    row = asked(around, "worker")
    pass_on(by=around.viewer("worker"), request_id=row.pk, to=around.people["stranger"].pk, edition=1)
    with change("test involvement ended", by=TEST):
        Involvement.objects.update(until=timezone.localdate())
    with pytest.raises(Refused):
        one_request(around.viewer("worker"), row.pk)
    with pytest.raises(Refused):
        answer(by=around.viewer("worker"), request_id=row.pk, words="Mine after all", edition=2)
    assert one_request(around.viewer("stranger"), row.pk).mine


@pytest.mark.parametrize("end", ["answered", "returned"])
def test_whoever_asked_and_is_nothing_to_the_child_any_more_reads_no_answer(around: Around, end: str) -> None:
    row = asked(around, "head", by="worker")
    if end == "answered":
        answer(by=around.viewer("head"), request_id=row.pk, words="Zqmoved to Elm", edition=1)
    else:
        send_back(by=around.viewer("head"), request_id=row.pk, reason="Zqmoved to Elm", edition=1)
    found = one_request(around.viewer("worker"), row.pk)
    assert "Zqmoved" in f"{found.answer}{found.returned_because}"
    with change("test involvement ended", by=TEST):
        Involvement.objects.update(until=timezone.localdate())
    found = one_request(around.viewer("worker"), row.pk)
    said = found.answer if end == "answered" else found.returned_because
    assert isinstance(said, Withheld)
    assert isinstance(found.line.child, Withheld)


def test_what_was_asked_of_somebody_with_two_posts_stays_where_they_work_with_the_child(
    around: Around,
) -> None:
    with change("test agency made", by=TEST):
        charity = Agency.objects.create(code="elm-charity", name="Elm Charity", kind="charity")
    with change("test post given", by=TEST):
        Membership.objects.create(
            user=around.people["worker"],
            role=Role.objects.get(code="social_worker"),
            agency=charity,
            since=date(2020, 1, 1),
        )
    elsewhere = in_post("social_worker", name="The outsider", agency=charity)
    row = asked(around, "worker")
    with pytest.raises(ValidationError, match="colleague"):
        pass_on(by=around.viewer("worker"), request_id=row.pk, to=elsewhere.pk, edition=1)
    pass_on(by=around.viewer("worker"), request_id=row.pk, to=around.people["stranger"].pk, edition=1)
