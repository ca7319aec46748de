"""Somebody leaves: what they could open is gone at their next page, whatever was still open in their browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone
from tests.support.around_a_child import Around, make_school
from tests.support.people import TEST

from throughline.core.access.models import Membership, Role, User
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.people.models import Involvement

pytestmark = pytest.mark.django_db


def today() -> dict[str, str]:
    day = timezone.localdate()
    return {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}


def pages(around: Around) -> list[str]:
    return [
        f"/children/{around.child.pk}/circle/",
        f"/children/{around.child.pk}/words/",
        "/pupils/",
        "/home/",
    ]


def end_post(around: Around, signed_in: Callable[[str], Client], **at: object) -> None:
    post = Membership.objects.get(user=around.people["teacher"], **at)
    done = signed_in("admin").post(f"/organisation/posts/{post.pk}/end/", today())
    assert done.status_code == 302, done.text


def test_a_designated_teacher_who_leaves_opens_nothing_from_the_next_click_on(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    teacher = signed_in("teacher")
    for page in pages(around):
        assert teacher.get(page).status_code == 200, page
    assert str(around.child) in teacher.get("/pupils/").text
    end_post(around, signed_in)
    for page in pages(around):
        answer = teacher.get(page)
        assert answer.status_code == 302, page
        assert answer.headers["Location"].startswith("/sign-in/")
    assert not UserSession.objects.filter(user=around.people["teacher"]).exists()
    assert Event.objects.filter(kind="account closed", actor_label="The admin").exists()


def test_an_hour_later_the_password_opens_nothing_either(
    around: Around, signed_in: Callable[[str], Client], client: Client, frozen: Callable[..., object]
) -> None:
    frozen("2026-02-03 09:00")
    teacher = User.objects.get(pk=around.people["teacher"].pk)
    with change("test password", by=TEST):
        teacher.set_password("a long enough password")
        teacher.save()
    post = Membership.objects.get(user=teacher)
    form = {"on_day": "3", "on_month": "2", "on_year": "2026"}
    signed_in("admin").post(f"/organisation/posts/{post.pk}/end/", form)
    frozen("2026-02-03 10:00")
    client.post("/sign-in/staff/", {"login": teacher.email, "password": "a long enough password"})
    assert client.get("/home/").status_code == 302
    assert client.get(f"/children/{around.child.pk}/circle/").status_code == 302


def test_a_teacher_at_two_schools_keeps_the_other_and_stays_signed_in(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    with change("test second post", by=TEST):
        other = make_school("Oak School")
        held = Role.objects.get(code="designated_teacher")
        Membership.objects.create(
            user=around.people["teacher"], role=held, school=other, since=date(2020, 1, 1)
        )
    teacher = signed_in("teacher")
    end_post(around, signed_in, school=around.school)
    assert teacher.get("/home/").status_code == 200
    assert teacher.get(f"/children/{around.child.pk}/circle/").status_code == 404
    assert str(around.child) not in teacher.get("/pupils/").text


def test_a_social_worker_leaves_a_circle_and_the_child_is_gone_at_once(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    worker = signed_in("worker")
    assert str(around.child) in worker.get("/my-children/").text
    row = Involvement.objects.get(user=around.people["worker"])
    form = {"because": "I move to another team", "once_key": "one"}
    for _click in range(2):
        done = worker.post(f"/circle/{row.pk}/end/", form)
        assert (done.status_code, done.headers["Location"]) == (302, "/my-children/")
    assert str(around.child) not in worker.get("/my-children/").text
    assert worker.get(f"/children/{around.child.pk}/circle/").status_code == 404
