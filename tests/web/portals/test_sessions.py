"""A session ends when it is left, when it is ended elsewhere, and when somebody's work here ends."""

from __future__ import annotations

import time
from typing import Any

from allauth.usersessions.models import UserSession
from django.test import Client

from throughline.core.access.models import User
from throughline.core.audit.models import Event
from throughline.web.portals.demonstration import totp_code

from .conftest import SECRET


def test_half_an_hour_without_use_ends_a_session(staff_client: Client, frozen: Any) -> None:
    frozen(time.time() + 31 * 60)
    assert staff_client.get("/home/").headers["Location"] == "/sign-in/?next=%2Fhome%2F"
    assert Event.objects.filter(kind="session ended: not used for too long").exists()


def test_a_session_in_use_goes_on(staff_client: Client, frozen: Any) -> None:
    clock = frozen(time.time())
    for _ in range(3):
        clock.shift(20 * 60)
        assert staff_client.get("/home/").status_code == 200


def test_twelve_hours_end_even_a_session_in_use(staff_client: Client, frozen: Any) -> None:
    clock = frozen(time.time())
    for _ in range(36):
        clock.shift(20 * 60)
        staff_client.get("/home/")
    clock.shift(20 * 60)
    assert staff_client.get("/home/").status_code == 302
    assert Event.objects.filter(kind="session ended: open for too long").exists()


def test_somebody_whose_work_has_ended_is_out_at_their_next_request(
    staff_client: Client, sam: User, close: Any
) -> None:
    close(sam)
    assert staff_client.get("/home/").headers["Location"] == "/sign-in/?next=%2Fhome%2F"
    assert staff_client.post("/signed-in/").status_code == 302
    assert not Event.objects.filter(kind="sessions elsewhere ended").exists()


def test_the_page_names_each_place_and_ends_the_others(
    staff_client: Client, sam: User, password_step: Any
) -> None:
    phone = Client(
        headers={"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1"}
    )
    password_step(phone, sam.email)
    phone.post("/sign-in/second-step/", {"code": totp_code(SECRET, time.time() + 30)})
    assert phone.get("/home/").status_code == 200
    page = staff_client.get("/signed-in/").text
    assert "Safari on iPhone" in page
    assert staff_client.post("/signed-in/").status_code == 302
    assert UserSession.objects.filter(user=sam).count() == 1
    assert phone.get("/home/").status_code == 302
    assert staff_client.get("/signed-in/").status_code == 200
    assert Event.objects.filter(kind="sessions elsewhere ended", actor_id=sam.pk).exists()


def test_a_link_cannot_sign_anybody_out(staff_client: Client) -> None:
    assert "Do you want to sign out?" in staff_client.get("/sign-in/out/").text
    assert staff_client.get("/home/").status_code == 200
    staff_client.post("/sign-in/out/")
    assert staff_client.get("/home/").status_code == 302


def test_pages_of_somebody_signed_in_are_not_kept_by_the_browser(staff_client: Client) -> None:
    assert "no-store" in staff_client.get("/home/").headers["Cache-Control"]


def test_every_act_in_one_session_carries_the_same_mark(staff_client: Client, sam: User) -> None:
    mark = Event.objects.filter(kind="signed in").latest("at").session
    staff_client.post("/signed-in/")
    assert Event.objects.get(kind="sessions elsewhere ended").session == mark
