"""A family reads what is kept, who is involved, what was decided and who looked; and nothing that puts somebody at risk."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.support.around_one_child import LONG_AGO, Around, make_around
from tests.support.officers import client_of
from tests.support.people import TEST, make_user

from throughline.core.access.models import Role
from throughline.core.access.viewer import viewer_for
from throughline.core.audit.change import change
from throughline.core.audit.look import look
from throughline.core.people.models import Address, Child, Involvement
from throughline.core.sharing.actions import break_glass, review_emergency
from throughline.core.sharing.models import BrokenGlass

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Around:
    return make_around()


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def read(scene: Around, who: str = "mother", page: str = "family.child") -> str:
    response = client_of(scene.users[who]).get(reverse(page, args=[scene.child.pk]))
    assert response.status_code == 200
    return text(response)


def looked(scene: Around, who: str) -> None:
    user = scene.users.get(who) or scene.user(who)
    look(viewer_for(user), "a page", [scene.child.pk], ["people.identity"])


def test_a_mother_reads_the_record_and_who_is_involved_and_why(scene: Around) -> None:
    page = read(scene)
    for words in (
        "Mia Rees",
        "2 March 2015",
        "Ash School",
        "7 Hidden Lane",
        "The social worker",
        "To help the family",
    ):
        assert words in page
    assert "Answers for every pupil of the school" in page


def test_home_leads_to_each_childs_record(scene: Around) -> None:
    assert "Mia Rees: the record" in text(client_of(scene.users["mother"]).get(reverse("portals.home")))


def test_a_father_with_a_prohibited_steps_order_finds_neither_the_address_nor_the_school(
    scene: Around,
) -> None:
    """Not in the record, not in the circle, not in who looked, not in what was decided, nor through any other door."""
    looked(scene, "designated_teacher")
    page = read(scene, "father")
    assert "Mia Rees" in page
    for words in ("Hidden Lane", "WM1", "Ash School", "social worker)", "To help the family"):
        assert words not in page
    assert "We cannot show you this." in page
    assert "We cannot show you who has looked." in read(scene, "father", "family.looks")
    client = client_of(scene.users["father"])
    for name in ("record.child", "record.addresses", "record.education", "record.family", "record.story"):
        assert client.get(reverse(name, args=[scene.child.pk])).status_code == 404


def test_who_looked_is_told_by_role_and_place_and_never_by_name(scene: Around) -> None:
    looked(scene, "designated_teacher")
    looked(scene, "caseworker")
    page = read(scene, page="family.looks")
    assert "Designated teacher Ash School" in page
    assert "Education caseworker" in page
    assert "The designated teacher" not in page
    assert "The caseworker" not in page


def test_many_looks_of_one_day_are_one_line(scene: Around) -> None:
    for _time in range(3):
        looked(scene, "caseworker")
    assert read(scene, page="family.looks").count("Education caseworker") == 1


def test_looks_of_safeguarding_and_of_other_family_are_not_told(scene: Around) -> None:
    looked(scene, "safeguarding_lead")
    looked(scene, "father")
    page = read(scene)
    assert "Safeguarding lead" not in page.split("Who may see what")[0]
    assert "Nobody that we may tell you of has looked in the past year." in page
    assert "Some looks are never listed, for anybody" in page


def test_a_look_in_an_emergency_is_told_only_once_it_was_reviewed(scene: Around) -> None:
    teacher = viewer_for(scene.elsewhere("head_teacher"))
    break_glass(by=teacher, child_id=scene.child.pk, reason="He rang from a telephone box")
    look(teacher, "a page", [scene.child.pk], ["people.address"])
    assert "Head teacher" not in read(scene).split("Who may see what")[0]
    lead = viewer_for(scene.user("safeguarding_lead"))
    review_emergency(by=lead, glass_id=BrokenGlass.objects.get().pk, justified=False, finding="Curiosity")
    assert "Head teacher Elm School" in read(scene, page="family.looks")


def test_a_look_from_a_school_names_no_school_to_whoever_may_not_know_it(scene: Around) -> None:
    """A parent who lives elsewhere, of a child whose home is kept secret, is told of no look at all."""
    with change("home kept secret", by=TEST):
        Address.objects.update(restricted=True)
        scene.adults["father"].ties.get().limits.all().delete()
    looked(scene, "designated_teacher")
    page = read(scene, "father").split("Who may see what")[0]
    assert "Designated teacher" not in page
    assert "We cannot show you" in page
    assert "Hidden Lane" not in page


def test_the_police_in_the_circle_are_not_told_of(scene: Around) -> None:
    held = Role.objects.get(code="police_officer")
    officer = make_user(portal="professional", name="PC Invented")
    with change("police in the circle", by=TEST):
        Involvement.objects.create(
            child=scene.child, user=officer, role=held.code, because="Enquiry", since=LONG_AGO
        )
    page = read(scene)
    assert "PC Invented" not in page
    assert "Enquiry" not in page


def test_a_stranger_is_answered_as_if_there_were_no_such_child(scene: Around) -> None:
    stranger = client_of(make_user(portal="family", name="A stranger"))
    for name in ("family.child", "family.looks"):
        assert stranger.get(reverse(name, args=[scene.child.pk])).status_code == 404
    assert scene.staff("caseworker").get(reverse("family.child", args=[scene.child.pk])).status_code == 404


def test_a_young_person_reads_their_own_record(scene: Around) -> None:
    user = make_user(portal="young_person", name="Mia Rees")
    with change("the young person signs in", by=TEST):
        Child.objects.filter(pk=scene.child.pk).update(user=user)
    scene.users["mia"] = user
    page = read(scene, "mia")
    assert "Your record" in page
    assert "Ash School" in page


def test_looks_older_than_a_year_are_not_listed(scene: Around, frozen: Callable[..., Any]) -> None:
    now = timezone.now()
    frozen(now - timedelta(days=400))
    looked(scene, "caseworker")
    frozen(now)
    assert "Nobody has looked" in read(scene, page="family.looks")


def test_the_page_costs_the_same_however_much_there_is(
    scene: Around, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = client_of(scene.users["mother"])
    address = reverse("family.child", args=[scene.child.pk])
    client.get(address)
    with django_assert_max_num_queries(60) as found:
        client.get(address)
    first = len(found)
    for who in ("caseworker", "records_officer", "designated_teacher", "social_worker"):
        looked(scene, who)
    with django_assert_max_num_queries(first + 1):
        client.get(address)
