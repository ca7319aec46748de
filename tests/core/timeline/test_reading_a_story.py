"""A story is read a page at a time; each line is shown as its kind allows, and what is not shown is counted in kinds only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support.people import TEST, viewer
from tests.support.records import Rich, long_story, rich_record

from throughline.core.audit.change import change
from throughline.core.people.actions import end_fact, record_fact
from throughline.core.people.models import Fact
from throughline.core.people.schooling import leave_school, put_on_roll
from throughline.core.registry.assembly import installed
from throughline.core.sharing.show import Sight
from throughline.core.timeline.actions import Told, tell
from throughline.core.timeline.models import Entry
from throughline.core.timeline.queries import PAGE, Wanted, groups, marks, story
from throughline.rules.sharing.decide import Detail

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich() -> Rich:
    return rich_record()


def eyes(rich: Rich, *roles: str) -> Sight:
    return Sight(viewer(roles=roles or ("safeguarding_lead",)), [rich.child.pk])


def everything(sight: Sight, rich: Rich, wanted: Wanted | None = None) -> list[object]:
    """Every line, by turning all the pages."""
    found, mark = [], ""
    while True:
        page = story(sight, rich.child.pk, wanted, before=mark)
        found += [line.id for line in page.lines]
        if not page.earlier:
            return found
        mark = page.earlier


def test_turning_the_pages_meets_every_line_once_and_the_latest_first(rich: Rich) -> None:
    long_story(rich.child, 3 * PAGE)
    found = everything(eyes(rich), rich)
    stored = Entry.objects.filter(child_id=rich.child.pk).order_by("-on", "-id").values_list("id", flat=True)
    assert found == list(stored)


def test_turning_back_meets_the_same_page_again(rich: Rich) -> None:
    long_story(rich.child, 3 * PAGE)
    sight = eyes(rich)
    first = story(sight, rich.child.pk)
    second = story(sight, rich.child.pk, before=first.earlier)
    back = story(sight, rich.child.pk, after=second.later)
    assert [line.id for line in back.lines] == [line.id for line in first.lines]
    assert (first.later, back.later) == ("", "")
    assert len(second.lines) == PAGE
    assert second.later
    assert second.earlier


def test_many_lines_of_one_day_are_neither_lost_nor_repeated(rich: Rich) -> None:
    day = timezone.localdate()
    with change("test lines", by=TEST):
        tell(
            by=TEST,
            lines=[Told(rich.child.pk, "people.noted", day, {"words": str(n)}) for n in range(2 * PAGE + 3)],
        )
    found = everything(eyes(rich), rich)
    assert len(found) == len(set(found)) == Entry.objects.filter(child_id=rich.child.pk).count()


@pytest.mark.parametrize("mark", ["nonsense", "2026-01-01_", "_", "2026-13-01_00"])
def test_a_mark_that_is_none_of_ours_opens_the_first_page(rich: Rich, mark: str) -> None:
    assert story(eyes(rich), rich.child.pk, before=mark).lines == story(eyes(rich), rich.child.pk).lines


def test_each_line_is_shown_as_its_kind_allows(rich: Rich) -> None:
    """A caseworker may know that youth justice is involved and no more; a records officer not even that."""
    caseworker = story(eyes(rich, "caseworker"), rich.child.pk)
    justice = [line for line in caseworker.lines if line.told == Detail.EXISTS]
    assert len(justice) == 1
    assert justice[0].words == ""
    assert str(justice[0].label) == ""
    assert justice[0].source == ""
    officer = story(eyes(rich, "records_officer"), rich.child.pk)
    kinds = installed().entries
    sight = eyes(rich, "records_officer")
    hidden = [kind for kind in kinds.values() if not sight.may_know(rich.child.pk, kind.category)]
    assert officer.kinds_not_shown == len(hidden) > 0
    assert not any("outh justice" in line.words for line in officer.lines)


def test_nothing_of_what_is_hidden_is_counted(rich: Rich) -> None:
    before = marks(eyes(rich, "records_officer"), rich.child.pk)
    with change("test line", by=TEST):
        tell(
            by=TEST, lines=[Told(rich.child.pk, "people.justice_began", timezone.localdate(), {"fact": "X"})]
        )
    assert marks(eyes(rich, "records_officer"), rich.child.pk) == before
    assert marks(eyes(rich, "safeguarding_lead"), rich.child.pk) != before


def test_what_is_hidden_makes_no_page_shorter(rich: Rich) -> None:
    long_story(rich.child, PAGE)
    hidden = [
        Told(rich.child.pk, "people.justice_began", timezone.localdate(), {"fact": str(n)})
        for n in range(PAGE)
    ]
    with change("test lines", by=TEST):
        tell(by=TEST, lines=hidden)
    assert len(story(eyes(rich, "records_officer"), rich.child.pk).lines) == PAGE


def test_groups_and_years_choose_the_same_lines_for_the_list_and_the_picture(rich: Rich) -> None:
    long_story(rich.child, 60)
    sight = eyes(rich)
    school = next(group for group in groups(sight, rich.child.pk) if str(group.label) == "School")
    year = timezone.localdate().year
    wanted = Wanted(frozenset({school.key}), year - 3, year - 1)
    page = story(sight, rich.child.pk, wanted)
    assert page.lines
    assert {line.group for line in page.lines} == {"School"}
    assert {line.on.year for line in page.lines} <= set(range(year - 3, year))
    assert sum(mark.count for mark in marks(sight, rich.child.pk, wanted)) == len(page.lines)


def test_a_line_that_a_later_one_corrects_says_so_where_the_later_one_may_be_known(rich: Rich) -> None:
    wrong = Entry.objects.filter(child_id=rich.child.pk, kind="people.enrolled").order_by("id")[0]
    for kind, known in (("people.justice_began", False), ("people.noted", True)):
        with change("test correction", by=TEST):
            later = Told(
                rich.child.pk, kind, timezone.localdate(), {"words": "X", "fact": "X"}, corrects=wrong.pk
            )
            tell(by=TEST, lines=[later])
        lines = story(eyes(rich, "records_officer"), rich.child.pk).lines
        assert {line.id for line in lines if line.corrected} == ({wrong.pk} if known else set())
        assert any(line.corrects for line in lines) == known


def test_a_line_corrected_under_a_record_that_was_merged_is_still_said_to_be_corrected(rich: Rich) -> None:
    kept, gone = rich.child.pk, rich.sister.pk
    with change("test correction", by=TEST):
        tell(by=TEST, lines=[Told(gone, "people.noted", timezone.localdate(), {"words": "X"}, key="wrong")])
        wrong = Entry.objects.get(key="wrong").pk
        answer = Told(gone, "people.noted", timezone.localdate(), {"words": "Y"}, corrects=wrong)
        tell(by=TEST, lines=[answer])
    lines = story(eyes(rich, "records_officer"), kept, records=[kept, gone]).lines
    assert {line.id for line in lines if line.corrected} == {wrong}


def test_a_page_costs_two_queries_and_the_picture_one_however_long_the_story(rich: Rich) -> None:
    sight = eyes(rich)
    for more in (0, 300):
        long_story(rich.child, more)
        with CaptureQueriesContext(connection) as asked:
            story(sight, rich.child.pk)
            marks(sight, rich.child.pk)
        assert len(asked) == 3


def test_enrolling_leaving_and_facts_tell_their_lines_once(rich: Rich) -> None:
    child, today = rich.sister, timezone.localdate()
    row = put_on_roll(by=TEST, child_id=child.pk, school_id=rich.school.pk, since=today - timedelta(days=9))
    put_on_roll(by=TEST, child_id=child.pk, school_id=rich.school.pk, since=today - timedelta(days=9))
    leave_school(by=TEST, enrolment_id=row.pk, on=today)
    fact = record_fact(
        by=TEST, child=child, kind="child_in_need", source="Children’s social care", since=today
    )
    end_fact(by=TEST, fact=fact, on=today)
    told = Entry.objects.filter(child_id=child.pk).order_by("id").values_list("kind", flat=True)
    assert list(told) == [
        "people.enrolled",
        "people.left_school",
        "people.protection_began",
        "people.protection_ended",
    ]


def test_a_fact_without_a_first_day_tells_nothing_that_nobody_knows(rich: Rich) -> None:
    before = Entry.objects.count()
    record_fact(by=TEST, child=rich.sister, kind="free_meals", source="Check")
    assert Entry.objects.count() == before
    assert Fact.objects.filter(child=rich.sister).count() == 1


def test_moving_to_a_restricted_address_is_told_only_to_those_who_may_see_it() -> None:
    rich = rich_record(restricted=True)
    lines = Entry.objects.filter(child_id=rich.child.pk, kind__startswith="people.moved_home")
    assert [line.kind for line in lines] == ["people.moved_home_kept"]
    seen = {str(line.words) for line in story(eyes(rich, "caseworker"), rich.child.pk).lines}
    assert not any("address" in words for words in seen)
