"""Joiners, movers and leavers: an organisation's own staff and no others, and an account that dies with the job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.support.around_a_child import Around, around_a_child, in_post, make_school
from tests.support.people import TEST, make_user

from throughline.core.access.actions import end_roles
from throughline.core.access.invitations import accept_invitation, invitation_for, invited
from throughline.core.access.jobs import close
from throughline.core.access.models import Membership, User
from throughline.core.access.places import place_of, places_managed
from throughline.core.access.posts import join, leave, move
from throughline.core.access.queries import role_names
from throughline.core.access.staff_lists import organisations_found
from throughline.core.access.viewer import Refused, viewer_for
from throughline.core.audit.change import change
from throughline.core.audit.happened import happened

pytestmark = pytest.mark.django_db
PROGRESS: Any = SimpleNamespace(say=lambda *_: None)


@pytest.fixture
def around() -> Around:
    found = around_a_child()
    found.people["admin"] = in_post("school_administrator", name="The admin", school=found.school)
    return found


def post_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def add(
    around: Around, email: str = "new@example.org", role: str = "designated_teacher", **more: Any
) -> Membership:
    place = more.pop("place", place_of(around.school))
    return join(by=around.viewer("admin"), place=place, email=email, name="New Starter", role=role, **more)


def test_an_administrator_joins_somebody_who_can_then_choose_a_password_once(around: Around) -> None:
    user = add(around).user
    word = invitation_for(user)
    assert invited(user.pk, word) == user
    accept_invitation(user=user, password="a long enough password")
    assert invited(user.pk, word) is None
    assert viewer_for(user).schools == {around.school.pk}


def test_a_weak_password_is_refused_and_the_invitation_stays_good(around: Around) -> None:
    user = add(around).user
    word = invitation_for(user)
    with pytest.raises(ValidationError):
        accept_invitation(user=user, password="1234")
    assert invited(User.objects.get(pk=user.pk).pk, word) == user


def test_a_post_that_begins_later_gives_nothing_before_its_day(around: Around) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    user = add(around, since=tomorrow).user
    assert not viewer_for(user).roles
    assert viewer_for(user, tomorrow).roles == {"designated_teacher"}
    close(PROGRESS)
    assert User.objects.get(pk=user.pk).is_active


def test_an_administrator_has_no_say_at_another_school(around: Around) -> None:
    with change("test school made", by=TEST):
        other = make_school("Oak School")
    elsewhere = in_post("head_teacher", school=other)
    with pytest.raises(Refused):
        add(around, place=place_of(other))
    with pytest.raises(Refused):
        leave(by=around.viewer("admin"), post_id=post_of(elsewhere).pk)
    with pytest.raises(Refused):
        move(by=around.viewer("admin"), post_id=post_of(elsewhere).pk, role="school_office")


@pytest.mark.parametrize("role", ["caseworker", "social_worker", "system_administrator", "nothing"])
def test_only_roles_of_the_schools_own_portal_are_given(around: Around, role: str) -> None:
    with pytest.raises(ValidationError):
        add(around, role=role)
    assert not User.objects.filter(email="new@example.org").exists()


def test_nobody_gives_takes_or_changes_a_post_of_their_own(around: Around) -> None:
    admin = around.people["admin"]
    with pytest.raises(Refused):
        add(around, email=admin.email, role="head_teacher")
    with pytest.raises(Refused):
        move(by=around.viewer("admin"), post_id=post_of(admin).pk, role="head_teacher")
    with pytest.raises(Refused):
        leave(by=around.viewer("admin"), post_id=post_of(admin).pk)


def test_a_head_teacher_manages_no_accounts(around: Around) -> None:
    assert not places_managed(around.viewer("head"), timezone.localdate())
    with pytest.raises(Refused):
        leave(by=around.viewer("head"), post_id=post_of(around.people["teacher"]).pk)


def test_the_address_of_a_parent_cannot_be_used_and_nothing_is_said_about_whose_it_is(around: Around) -> None:
    parent = make_user(portal="family")
    with pytest.raises(ValidationError, match="cannot be used here"):
        add(around, email=parent.email.upper())


def test_the_last_post_ended_closes_the_account_at_once(around: Around) -> None:
    teacher = around.people["teacher"]
    assert leave(by=around.viewer("admin"), post_id=post_of(teacher).pk)
    assert not User.objects.get(pk=teacher.pk).is_active
    assert not around.viewer("teacher").roles
    with pytest.raises(ValidationError, match="ended already"):
        leave(by=around.viewer("admin"), post_id=post_of(teacher).pk)


def test_somebody_with_a_post_at_two_schools_keeps_the_other(around: Around) -> None:
    teacher = around.people["teacher"]
    with change("test school made", by=TEST):
        other = make_school("Oak School")
        Membership.objects.create(
            user=teacher, role=post_of(teacher).role, school=other, since=date(2020, 1, 1)
        )
    here = Membership.objects.get(user=teacher, school=around.school)
    assert not leave(by=around.viewer("admin"), post_id=here.pk)
    assert User.objects.get(pk=teacher.pk).is_active
    assert around.viewer("teacher").schools == {other.pk}


def test_whoever_leaves_later_is_there_until_that_day_and_closed_on_it(
    around: Around, frozen: Callable[..., Any]
) -> None:
    frozen("2026-02-03 09:00")
    teacher = around.people["teacher"]
    leave(by=around.viewer("admin"), post_id=post_of(teacher).pk, on=date(2026, 2, 10))
    close(PROGRESS)
    assert around.viewer("teacher").roles == {"designated_teacher"}
    frozen("2026-02-10 00:30")
    assert not around.viewer("teacher").roles
    close(PROGRESS)
    close(PROGRESS)
    assert not User.objects.get(pk=teacher.pk).is_active


def test_moving_ends_one_role_and_begins_another_on_the_same_day(around: Around) -> None:
    teacher = around.people["teacher"]
    move(by=around.viewer("admin"), post_id=post_of(teacher).pk, role="school_office")
    assert around.viewer("teacher").roles == {"school_office"}
    assert User.objects.get(pk=teacher.pk).is_active


def test_somebody_who_comes_back_is_given_a_new_password(around: Around) -> None:
    teacher = around.people["teacher"]
    with change("test password", by=TEST):
        teacher.set_password("a long enough password")
        teacher.save()
    leave(by=around.viewer("admin"), post_id=post_of(teacher).pk)
    again = add(around, email=teacher.email).user
    assert again.pk == teacher.pk
    assert again.is_active
    assert not again.check_password("a long enough password")


def test_an_account_that_nobody_used_for_90_days_is_closed(
    around: Around, frozen: Callable[..., Any]
) -> None:
    frozen("2026-02-03 09:00")
    with change("test accounts aged", by=TEST):
        User.objects.filter(pk__in=[u.pk for u in around.people.values()]).update(
            joined=timezone.now() - timedelta(days=400)
        )
    frozen("2025-12-01 09:00")
    happened("signed in", by=around.viewer("teacher"), about=around.people["teacher"])
    frozen("2026-02-03 09:00")
    close(PROGRESS)
    still = {name for name in around.people if User.objects.get(pk=around.people[name].pk).is_active}
    # The authority's own accounts are for its administrator to close.
    assert still == {"teacher", "caseworker"}


def test_roles_are_told_as_they_are_held_today(around: Around) -> None:
    today = timezone.localdate()
    user = add(around, since=today - timedelta(days=9)).user
    add(around, role="school_office", since=today + timedelta(days=9))
    with change("leaves later", by=TEST):
        Membership.objects.filter(user=user, role__code="designated_teacher").update(
            until=today + timedelta(days=5)
        )
    assert role_names([user]) == {user.pk: ["Designated teacher"]}
    end_roles(by=TEST, user=user)
    assert role_names([user]) == {}
    assert not Membership.objects.filter(user=user, until__gt=today).exists(), (
        "none comes back with the account"
    )


def test_a_school_is_found_with_as_many_as_hold_a_post_there_today(
    around: Around, viewer: Callable[..., Any]
) -> None:
    today = timezone.localdate()

    def counted() -> int:
        ((_place, count),) = organisations_found(viewer("access.manage"), around.school.name)
        return count

    before = counted()
    leaving, coming = (
        add(around, "leaving@example.org"),
        add(around, "c@example.org", since=today + timedelta(9)),
    )
    with change("leaves later", by=TEST):
        Membership.objects.filter(pk=leaving.pk).update(until=today + timedelta(days=5))
    assert counted() == before + 1, f"{coming.user} has not begun"
