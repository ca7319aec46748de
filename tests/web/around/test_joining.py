"""Somebody joins: invited by the administrator of their own organisation, with a password that only they choose."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.support.around_a_child import Around
from tests.support.people import make_user

from throughline.core.access.models import User
from throughline.core.access.viewer import viewer_for
from throughline.core.messages.models import Message

pytestmark = pytest.mark.django_db


def form(**more: str) -> dict[str, str]:
    day = timezone.localdate()
    since = {"since_day": str(day.day), "since_month": str(day.month), "since_year": str(day.year)}
    return {"email": "new@example.org", "name": "Noor Haddad", "role": "designated_teacher", **since, **more}


def link(to: str = "new@example.org") -> str:
    found = re.search(
        r"https?://[^/]+(/sign-in/invited/\S+)", Message.objects.filter(to=to).latest("written_at").body
    )
    assert found
    return found.group(1)


def test_a_new_teacher_is_invited_chooses_a_password_and_comes_in(
    around: Around, signed_in: Callable[[str], Client], client: Client
) -> None:
    done = signed_in("admin").post(f"/organisation/school:{around.school.pk}/invite/", form(once_key="one"))
    assert done.headers["Location"] == "/organisation/"
    address = link()
    assert "new@example.org" in client.get(address).text
    assert "too short" in client.post(address, {"password": "short"}).text.lower()
    assert (
        client.post(address, {"password": "a long enough password"}).headers["Location"] == "/sign-in/staff/"
    )
    client.post("/sign-in/staff/", {"login": "new@example.org", "password": "a long enough password"})
    # Nothing opens before a second step is set up.
    assert client.get("/pupils/").headers["Location"] == "/sign-in/second-step/yours/"
    assert viewer_for(User.objects.get(email="new@example.org")).roles == {"designated_teacher"}


def test_an_invitation_works_once_and_a_wrong_one_says_no_more_than_an_old_one(
    around: Around, signed_in: Callable[[str], Client], client: Client
) -> None:
    signed_in("admin").post(f"/organisation/school:{around.school.pk}/invite/", form())
    address = link()
    client.post(address, {"password": "a long enough password"})
    # The first page after it still says that the password was kept.
    client.get(address)
    used = client.get(address)
    assert used.status_code == 404
    wrong = client.get(f"/sign-in/invited/{around.people['teacher'].pk}/aaaaaa-bbbbbbbb/")
    nobody = client.get(f"/sign-in/invited/{around.child.pk}/aaaaaa-bbbbbbbb/")
    faces = {page.text.partition("<main")[2].partition("</main>")[0] for page in (used, wrong, nobody)}
    assert len(faces) == 1


def test_a_second_click_adds_nobody_twice_and_writes_one_message(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    admin = signed_in("admin")
    for _click in range(2):
        admin.post(f"/organisation/school:{around.school.pk}/invite/", form(once_key="same"))
    assert User.objects.filter(email="new@example.org").count() == 1
    assert Message.objects.filter(to="new@example.org").count() == 1


def test_what_was_typed_stays_when_it_is_refused(around: Around, signed_in: Callable[[str], Client]) -> None:
    parent = make_user(portal="family")
    page = signed_in("admin").post(
        f"/organisation/school:{around.school.pk}/invite/", form(email=parent.email)
    )
    assert page.status_code == 200
    assert "cannot be used here" in page.text
    assert "Noor Haddad" in page.text


def test_the_system_administrator_makes_the_first_administrator_of_an_organisation(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    system = signed_in("system")
    added = system.post("/accounts/organisations/new/", {"name": "Elm Charity", "kind": "charity"})
    place = added.headers["Location"]
    assert "Nobody signs in" in system.get(place).text
    done = system.post(f"{place}invite/", form(role="agency_administrator", email="first@example.org"))
    assert done.status_code == 302
    assert viewer_for(User.objects.get(email="first@example.org")).may("access.manage_own")
    assert "Elm Charity" in system.get("/accounts/?q=elm").text


def test_the_system_administrator_ends_a_caseworkers_post_and_never_their_own(
    around: Around, signed_in: Callable[[str], Client]
) -> None:
    system = signed_in("system")
    page = system.get("/accounts/authority:ours/").text
    assert "The caseworker" in page
    assert "This is you" in page
    mine = around.people["system"].memberships.get()
    assert system.get(f"/accounts/posts/{mine.pk}/end/").status_code == 404
    theirs = around.people["caseworker"].memberships.get()
    day = timezone.localdate()
    system.post(
        f"/accounts/posts/{theirs.pk}/end/",
        {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)},
    )
    assert not User.objects.get(pk=around.people["caseworker"].pk).is_active
