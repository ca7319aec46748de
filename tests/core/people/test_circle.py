"""The circle: what somebody may see begins when they join it and ends when they leave."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.support.around_a_child import Around, around_a_child, in_post, join, make_child, make_parent
from tests.support.people import TEST

from throughline.core.access.viewer import Refused
from throughline.core.audit.change import change
from throughline.core.people.circle import join_circle, leave_circle
from throughline.core.people.circle_shown import (
    children_i_work_with,
    circle_of,
    people_to_bring_in,
    show_my_children,
)
from throughline.core.people.models import Involvement
from throughline.core.registry.assembly import installed
from throughline.core.sharing.models import Override
from throughline.core.sharing.show import Sight, Withheld
from throughline.core.timeline.models import Entry

pytestmark = pytest.mark.django_db
IDENTITY = "people.identity"


@pytest.fixture
def around() -> Around:
    return around_a_child()


def sees(around: Around, who: str) -> bool:
    return Sight(around.viewer(who), [around.child.pk]).may_see(around.child.pk, IDENTITY)


def bring_in(
    around: Around, who: str, role: str, by: str = "caseworker", because: str = "To help"
) -> Involvement:
    return join_circle(
        by=around.viewer(by),
        child_id=around.child.pk,
        user_id=around.people[who].pk,
        role=role,
        because=because,
    )


def test_somebody_sees_the_child_from_the_moment_they_join_and_not_after_they_leave(around: Around) -> None:
    assert not sees(around, "stranger")
    row = bring_in(around, "stranger", "social_worker")
    assert row.agency == around.agency
    assert sees(around, "stranger")
    leave_circle(by=around.viewer("caseworker"), involvement_id=row.pk, because="The work is done")
    assert not sees(around, "stranger")


def test_what_was_decided_for_somebody_is_over_when_they_leave_and_what_was_withheld_is_not(
    around: Around,
) -> None:
    row = bring_in(around, "stranger", "social_worker")
    today, child = timezone.localdate(), around.child.pk
    decided = {"child_id": child, "user_id": around.people["stranger"].pk, "state": "approved"}
    with change("test decisions made", by=TEST):
        for category, grants in (("people.youth_justice", True), (IDENTITY, True), ("people.family", False)):
            Override.objects.create(
                category=category, grants=grants, reason="x", since=today, until=today, **decided
            )
    sight = Sight(around.viewer("stranger"), [child])
    assert sight.may_see(child, "people.youth_justice")
    leave_circle(by=around.viewer("caseworker"), involvement_id=row.pk, because="The work is done")
    sight = Sight(around.viewer("stranger"), [child])
    assert not sight.may_know(child, "people.youth_justice")
    assert not sight.may_know(child, IDENTITY)
    bring_in(around, "stranger", "social_worker")
    assert not Sight(around.viewer("stranger"), [child]).may_know(child, "people.family")


def test_joining_and_leaving_are_told_in_the_story(around: Around) -> None:
    row = bring_in(around, "stranger", "social_worker")
    leave_circle(by=around.viewer("stranger"), involvement_id=row.pk, because="I move to another team")
    kinds = list(Entry.objects.filter(child_id=around.child.pk).order_by("id").values_list("kind", flat=True))
    assert kinds == ["people.joined_circle_for_protection", "people.left_circle_for_protection"]
    assert Entry.objects.filter(facts__who="The stranger").count() == 2


def test_a_youth_justice_worker_is_named_only_to_those_who_may_know_of_youth_justice(around: Around) -> None:
    youth = in_post("youth_justice_worker", agency=around.agency)
    join_circle(
        by=around.viewer("caseworker"),
        child_id=around.child.pk,
        user_id=youth.pk,
        role="youth_justice_worker",
        because="A court order",
    )
    child = around.child.pk

    def named(readers: str) -> bool:
        who = around.viewer("caseworker")
        sight = Sight(who, [child], readers=frozenset({readers}))
        return str(youth) in [member.name for member in circle_of(who, child, sight).now]

    assert named("role:safeguarding_lead")
    assert named("role:caseworker"), "a caseworker may know that youth justice is involved, if not how"
    assert not named("role:special_needs_lead")
    assert not named("role:health_professional")
    assert not named("responsible_parent")
    line = Entry.objects.get(child_id=child)
    assert installed().entries[line.kind].category == "people.youth_justice"


def test_everybody_may_leave_by_themselves_and_nobody_may_end_another(around: Around) -> None:
    row = bring_in(around, "stranger", "social_worker")
    with pytest.raises(Refused):
        leave_circle(by=around.viewer("worker"), involvement_id=row.pk, because="I wish it")
    leave_circle(by=around.viewer("stranger"), involvement_id=row.pk, because="I move to another team")
    with pytest.raises(ValidationError, match="ended already"):
        leave_circle(by=around.viewer("caseworker"), involvement_id=row.pk, because="Again")


def test_nobody_is_brought_in_twice_nor_in_a_role_they_do_not_hold(around: Around) -> None:
    with pytest.raises(ValidationError, match="already"):
        bring_in(around, "worker", "social_worker")
    with pytest.raises(ValidationError, match="do not hold"):
        bring_in(around, "stranger", "police_officer")
    with pytest.raises(ValidationError, match="why"):
        bring_in(around, "stranger", "social_worker", because=" ")


def test_a_social_worker_brings_nobody_in(around: Around) -> None:
    with pytest.raises(Refused):
        bring_in(around, "stranger", "social_worker", by="worker")


def test_a_parent_is_never_brought_in_as_somebody_who_works_with_the_child(around: Around) -> None:
    make_parent(around)
    with pytest.raises(ValidationError):
        bring_in(around, "mother", "parent")


def test_somebody_without_an_account_is_named_and_opens_nothing(around: Around) -> None:
    row = join_circle(
        by=around.viewer("caseworker"),
        child_id=around.child.pk,
        role="Family doctor",
        name="Dr Osgood",
        because="Prescribes",
    )
    assert (row.user_id, row.name) == (None, "Dr Osgood")


def test_the_circle_shows_family_and_school_beside_those_who_were_brought_in(around: Around) -> None:
    make_parent(around)
    viewer = around.viewer("caseworker")
    circle = circle_of(viewer, around.child.pk, Sight(viewer, [around.child.pk]))
    assert [member.name for member in circle.now] == ["The worker"]
    assert [member.name for member in circle.family] == ["Rhian Zephyrine"]
    assert [member.name for member in circle.school] == ["The teacher", "The head"]


def test_a_professional_is_not_told_a_parents_name_where_the_rules_keep_it_back(around: Around) -> None:
    make_parent(around)
    around.people["psychologist"] = in_post("educational_psychologist", agency=around.agency)
    join(around, "psychologist", "educational_psychologist")
    viewer = around.viewer("psychologist")
    (mother,) = circle_of(viewer, around.child.pk, Sight(viewer, [around.child.pk])).family
    assert isinstance(mother.name, Withheld)
    assert mother.role == "Mother"


def test_whoever_may_only_know_that_there_is_a_circle_is_told_how_many(around: Around) -> None:
    around.people["volunteer"] = in_post("community_worker", agency=around.agency)
    join(around, "volunteer", "community_worker")
    viewer = around.viewer("volunteer")
    circle = circle_of(viewer, around.child.pk, Sight(viewer, [around.child.pk]))
    assert [member.is_me for member in circle.now] == [True]
    assert (circle.hidden, circle.family, circle.school) == (1, (), ())


def test_the_circle_of_a_child_one_has_no_tie_to_does_not_exist(around: Around) -> None:
    viewer = around.viewer("stranger")
    with pytest.raises(Refused):
        circle_of(viewer, around.child.pk, Sight(viewer, [around.child.pk]))


def test_somebody_whose_role_ended_is_in_no_circle_though_nobody_took_them_out(around: Around) -> None:
    assert sees(around, "worker")
    with change("test post ended", by=TEST):
        around.people["worker"].memberships.update(until=timezone.localdate())
    assert not sees(around, "worker")
    assert not children_i_work_with(around.viewer("worker")).exists()


def test_my_children_are_one_list_whatever_their_school_in_a_fixed_number_of_queries(around: Around) -> None:
    def look() -> int:
        viewer = around.viewer("worker")
        with CaptureQueriesContext(connection) as asked:
            names = [one.name for one in show_my_children(viewer, children_i_work_with(viewer))]
        assert str(around.child) in names
        return len(asked)

    first = look()
    for number in range(5):
        with change("test children made", by=TEST):
            child = make_child(forename=f"Other{number}")
        join(Around(child, around.school, around.agency, around.people), "worker", "social_worker")
    assert look() == first


def test_whoever_left_yesterday_has_the_child_on_no_list(around: Around) -> None:
    join(around, "stranger", "social_worker", until=timezone.localdate() - timedelta(days=1))
    assert not children_i_work_with(around.viewer("stranger")).exists()


def test_people_are_found_by_name_role_or_organisation_and_administrators_never(around: Around) -> None:
    in_post("agency_administrator", name="The administrator", agency=around.agency)
    viewer = around.viewer("caseworker")
    assert {one.name for one in people_to_bring_in(viewer, "social ash")} == {"The worker", "The stranger"}
    assert not people_to_bring_in(viewer, "administrator")
    assert not people_to_bring_in(around.viewer("worker"), "social ash")
