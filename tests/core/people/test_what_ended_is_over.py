"""What tied somebody to a child is over: so is what they saw by it, whatever else they hold or were granted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.support.around_a_child import Around, around_a_child, make_parent
from tests.support.people import TEST

from throughline.core.access.models import Membership, Role
from throughline.core.audit.change import change
from throughline.core.organisations.models import Agency
from throughline.core.people.circle_shown import children_i_work_with
from throughline.core.people.models import Tie
from throughline.core.registry.assembly import installed, readers_of
from throughline.core.sharing.models import Override
from throughline.core.sharing.show import Sight

pytestmark = pytest.mark.django_db
IDENTITY = "people.identity"


@pytest.fixture
def around() -> Around:
    return around_a_child()


def sees(around: Around, who: str, category: str = IDENTITY) -> bool:
    return Sight(around.viewer(who), [around.child.pk]).may_see(around.child.pk, category)


def grant(around: Around, who: str, category: str = IDENTITY) -> None:
    today = timezone.localdate()
    with change("test decision made", by=TEST):
        Override.objects.create(
            child_id=around.child.pk,
            user_id=around.people[who].pk,
            category=category,
            grants=True,
            reason="To help",
            state="approved",
            since=today,
            until=today + timedelta(days=30),
        )


@pytest.mark.parametrize("elsewhere", ["health_professional", "social_worker"])
def test_whoever_leaves_an_agency_leaves_its_circles_though_they_work_at_another(
    around: Around, elsewhere: str
) -> None:
    assert sees(around, "worker")
    today = timezone.localdate()
    with change("test post elsewhere", by=TEST):
        other = Agency.objects.create(code="other", name="Elm Care", kind="social_care")
        role = Role.objects.get(code=elsewhere)
        Membership.objects.create(
            user=around.people["worker"], role=role, agency=other, since=today - timedelta(days=9)
        )
    assert sees(around, "worker")
    with change("test post ended", by=TEST):
        Membership.objects.filter(user=around.people["worker"], agency=around.agency).update(until=today)
    assert not sees(around, "worker")
    assert not children_i_work_with(around.viewer("worker")).exists()


def test_another_role_at_the_agency_does_not_carry_an_involvement(around: Around) -> None:
    with change("test posts changed", by=TEST):
        at = {"user": around.people["worker"]}
        Membership.objects.filter(**at).update(agency=Agency.objects.create(code="o", name="Elm Care"))
        role = Role.objects.get(code="agency_administrator")
        Membership.objects.create(
            **at, role=role, agency=around.agency, since=timezone.localdate() - timedelta(days=9)
        )
    assert not sees(around, "worker")


def test_what_was_granted_to_a_carer_ends_with_what_tied_them_to_the_child(around: Around) -> None:
    tie = make_parent(around, lives_with_child=False)
    with change("test order made", by=TEST):
        tie.limits.create(child=around.child, kind="no_contact", keeps_back="everything")
    grant(around, "mother")
    # Whoever granted it knew of the order.
    assert sees(around, "mother")
    with change("test tie ended", by=TEST):
        Tie.objects.filter(pk=tie.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert not sees(around, "mother")


def test_a_carer_sees_nothing_before_the_day_on_which_the_child_comes_to_them(around: Around) -> None:
    day = timezone.localdate()
    tie = make_parent(around, lives_with_child=True, since=day + timedelta(days=1))
    assert not sees(around, "mother")
    with change("test day come", by=TEST):
        Tie.objects.filter(pk=tie.pk).update(since=day)
    assert sees(around, "mother")


def test_that_somebody_is_family_at_all_is_no_reader_that_a_rule_may_name() -> None:
    assert "tied" in installed().relationships
    assert "tied" not in readers_of(installed())
