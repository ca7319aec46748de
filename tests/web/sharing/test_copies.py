"""A copy for one reader holds what they may see; what is withheld has left no trace in the file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from tests.support import pdfs
from tests.support.around_one_child import Around, make_around
from tests.support.people import TEST

from throughline.core.access.models import Membership, Role, User
from throughline.core.access.viewer import viewer_for
from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.people.circle import join_circle
from throughline.core.people.models import Address, ContactLimit, Fact

pytestmark = pytest.mark.django_db
SECRETS = {
    "address": "Hidden Lane",
    "postcode": "WM1 1AA",
    "panel": "Quiet Panel",
    "school": "Ash School",
    "worker": "To help the family",
    "mother": "Ann Rees",
}
# What each reader may see of those; the rest must not be anywhere in the file.
MAY_SEE = {
    "mother": {"address", "postcode", "school", "worker"},
    "father": set(),
    "social_worker": {"address", "postcode", "school", "worker", "mother"},
    "designated_teacher": {"address", "postcode", "school", "worker", "mother"},
}


@pytest.fixture
def scene() -> Around:
    scene = make_around()
    with change("youth justice recorded", by=TEST):
        Fact.objects.create(
            child=scene.child, kind="youth_justice", source="Quiet Panel", since=date(2026, 5, 4)
        )
    return scene


def copy_for(scene: Around, who: str, by: str = "safeguarding_lead") -> Any:
    address = reverse("sharing.print", args=[scene.child.pk])
    return scene.staff(by).post(address, {"person": str(scene.users[who].pk)})


@pytest.mark.parametrize("who", MAY_SEE)
def test_a_copy_holds_what_its_reader_may_see_and_no_trace_of_the_rest(scene: Around, who: str) -> None:
    response = copy_for(scene, who)
    assert response["Content-Type"] == "application/pdf"
    content = response.content
    named = {"mother"} if who == "mother" else set()
    for name, secret in SECRETS.items():
        if name in named:
            continue
        found = pdfs.traces(content, secret)
        assert bool(found) == (name in MAY_SEE[who]), f"{secret} in the copy for {who}: {found}"


def test_the_file_says_what_is_withheld_in_words(scene: Around) -> None:
    words = pdfs.words(copy_for(scene, "father").content)
    assert "Mia Rees" in words
    assert "Not shown: your role does not include this information." in words


def test_a_restricted_address_is_in_nobodys_copy(scene: Around) -> None:
    with change("address restricted", by=TEST):
        Address.objects.update(restricted=True, restricted_because="refuge")
    for who in ("mother", "social_worker", "designated_teacher"):
        assert not pdfs.traces(copy_for(scene, who).content, "Hidden Lane")


def test_whoever_makes_a_copy_puts_nothing_into_it_that_they_may_not_see(scene: Around) -> None:
    content = copy_for(scene, "social_worker", by="caseworker").content
    assert not pdfs.traces(content, "Quiet Panel")


def test_the_files_own_words_name_nobody(scene: Around) -> None:
    read = pdfs.reader(copy_for(scene, "mother").content)
    said = " ".join(str(value) for value in (read.metadata or {}).values())
    assert "Mia" not in said
    assert "Rees" not in said


def test_making_a_copy_is_a_look_that_is_written_down(scene: Around) -> None:
    copy_for(scene, "mother")
    event = Event.objects.get(kind="printed copy, as another would see it")
    assert event.actor_id == scene.users["safeguarding_lead"].pk


def test_nobody_far_from_the_child_is_given_a_copy(scene: Around) -> None:
    stranger = scene.user("admissions_officer")
    address = reverse("sharing.print", args=[scene.child.pk])
    response = scene.staff("safeguarding_lead").post(address, {"person": str(stranger.pk)})
    assert response["Content-Type"].startswith("text/html")


def test_a_familys_copy_names_nobody_whose_being_involved_could_put_somebody_at_risk(scene: Around) -> None:
    quiet = scene.user("caseworker", "Constable Quiet")
    held = Role.objects.get(code="police_officer")
    with change("somebody quiet for a test", by=TEST):
        User.objects.filter(pk=quiet.pk).update(portal=held.portal)
        Membership.objects.filter(user=quiet).update(role=held, agency=scene.agency)
    join_circle(
        by=viewer_for(scene.user("caseworker", "An officer")),
        child_id=scene.child.pk,
        user_id=quiet.pk,
        role="police_officer",
        because="Zqwatches the house",
    )
    for who, told in (("mother", False), ("social_worker", True)):
        content = copy_for(scene, who).content
        for secret in ("Constable Quiet", "Zqwatches"):
            assert bool(pdfs.traces(content, secret)) == told, f"{secret} in the copy for {who}"
        assert pdfs.traces(content, "To help the family")


def test_a_copy_for_a_parent_elsewhere_names_nobody_around_a_home_kept_secret(scene: Around) -> None:
    with change("limits and ties for a test", by=TEST):
        ContactLimit.objects.all().delete()
    for because in ("care", "domestic_abuse"):
        with change("a home kept from others for a test", by=TEST):
            Address.objects.update(restricted=True, restricted_because=because)
        content = copy_for(scene, "father").content
        assert not pdfs.traces(content, "To help the family")
        assert not pdfs.traces(content, "Hidden Lane")
        # Of a foster home the school need not be a secret, and so it is said why the circle is; of a refuge it is.
        told = "who is involved could tell where the child is" in pdfs.words(content)
        assert told == (because == "care")
