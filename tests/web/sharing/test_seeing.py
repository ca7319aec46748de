"""What somebody else would see is shown by the very page they would be served, and never shows more than one may see."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from tests.support.around_one_child import Around, make_around
from tests.support.officers import client_of
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.people.models import Fact
from throughline.core.registry.assembly import installed
from throughline.core.sharing.models import BrokenGlass

pytestmark = pytest.mark.django_db
BANNER = re.compile(
    r'<div class="govuk-notification-banner".*?aria-labelledby="lent-title".*?</div></div>', re.DOTALL
)
# Ways on to pages where something is done: lent eyes only read.
WAYS = re.compile(
    r'<p class="govuk-body no-print">.*?</p>|<p class="govuk-body-s no-print">.*?</p>', re.DOTALL
)
KEYS = re.compile(r'name="(?:csrfmiddlewaretoken|once_key)" value="[^"]*"|nonce="[^"]*"')


@pytest.fixture
def scene() -> Around:
    return make_around()


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def bare(response: Any, scene: Around, whose: str = "") -> str:
    """A page without what is said around it: the banner, the head and foot, keys of forms, and whose addresses it has."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    main = WAYS.sub("", KEYS.sub("", BANNER.sub("", main)))
    if whose:
        for name in ("record.child", "record.story", "record.family", "family.child", "family.looks"):
            through = reverse("sharing.seen", args=[scene.child.pk, whose, name])
            main = main.replace(through, reverse(name, args=[scene.child.pk]))
        seen = re.compile(rf"/children/{scene.child.pk}/see-as/{whose}/([a-z_.]+)/")
        main = seen.sub(lambda found: reverse(found.group(1), args=[scene.child.pk]), main)
    return " ".join(main.split())


def seen_as(scene: Around, who: str, page: str, by: str = "safeguarding_lead") -> Any:
    whose = f"person-{scene.users[who].pk}"
    return scene.staff(by).get(reverse("sharing.seen", args=[scene.child.pk, whose, page]))


@pytest.mark.parametrize("page", ["record.child", "record.story", "record.family", "record.education"])
@pytest.mark.parametrize("who", ["social_worker", "designated_teacher"])
def test_it_is_the_page_they_would_be_served_to_the_last_byte(scene: Around, who: str, page: str) -> None:
    theirs = client_of(scene.users[who]).get(reverse(page, args=[scene.child.pk]))
    lent = seen_as(scene, who, page)
    assert "This is what they would see: " in text(lent)
    assert bare(lent, scene, f"person-{scene.users[who].pk}") == bare(theirs, scene)


@pytest.mark.parametrize("who", ["mother", "father"])
def test_the_familys_page_too(scene: Around, who: str) -> None:
    theirs = client_of(scene.users[who]).get(reverse("family.child", args=[scene.child.pk]))
    # Opening the page is itself a look, told as "You": it is taken away before the two are held together.
    lent = seen_as(scene, who, "family.child")
    assert "Mia Rees" in text(lent)
    assert bare(lent, scene, f"person-{scene.users[who].pk}") == bare(
        client_of(scene.users[who]).get(reverse("family.child", args=[scene.child.pk])), scene
    )
    assert theirs.status_code == 200


def test_the_look_is_the_officers_own_and_says_that_it_was_through_other_eyes(scene: Around) -> None:
    seen_as(scene, "social_worker", "record.child")
    event = Event.objects.filter(looked=True, kind__contains="as another would see it").get()
    assert event.actor_id == scene.users["safeguarding_lead"].pk


def test_a_role_stands_for_anybody_in_it(scene: Around) -> None:
    lead = scene.staff("safeguarding_lead")
    address = reverse("sharing.seen", args=[scene.child.pk, "role-community_worker", "record.child"])
    page = text(lead.get(address))
    assert "Mia Rees" in page
    assert "7 Hidden Lane" not in page
    assert "This is what they would see: Charity or community worker" in page


def test_somebody_who_would_see_nothing_is_shown_to_see_nothing(scene: Around) -> None:
    lead = scene.staff("safeguarding_lead")
    address = reverse("sharing.seen", args=[scene.child.pk, "role-system_administrator", "record.child"])
    page = lead.get(address)
    assert "as if there were no such record" in text(page)
    assert "Mia" not in text(page)


def test_a_caseworker_is_not_shown_through_others_eyes_what_is_kept_from_them(scene: Around) -> None:
    """Looking through a youth justice worker's eyes is no way round what a caseworker may only know to exist."""
    with change("youth justice recorded", by=TEST):
        Fact.objects.create(
            child=scene.child, kind="youth_justice", source="The hidden panel", since=date(2026, 5, 4)
        )
    whose = "role-youth_justice_worker"
    address = reverse("sharing.seen", args=[scene.child.pk, whose, "record.child"])
    assert "The hidden panel" in text(scene.staff("safeguarding_lead").get(address))
    page = text(scene.staff("caseworker").get(address))
    assert "Something is recorded here: Involvement with youth justice" in page
    assert "The hidden panel" not in page
    assert "4 May 2026" not in page


@pytest.mark.parametrize("tab", installed().tabs, ids=lambda tab: tab.page)
def test_every_tab_shows_what_the_lent_eyes_see_or_is_not_served(scene: Around, tab: Any) -> None:
    """A tab that made a sight of its own would show the officer's own view under another's name."""
    lead = scene.staff("safeguarding_lead")
    whose = f"person-{scene.users['social_worker'].pk}"
    before = set(Event.objects.values_list("pk", flat=True))
    response = lead.get(reverse("sharing.seen", args=[scene.child.pk, whose, tab.page]))
    page = installed().pages[tab.page]
    theirs = page.portal in ("professional", "signed_in")
    looks = Event.objects.filter(looked=True).exclude(pk__in=before).values_list("kind", flat=True)
    if response.status_code == 200 and theirs and "They would see nothing" not in text(response):
        assert any(kind.endswith("as another would see it") for kind in looks), list(looks)
    assert response.status_code in (200, 404)


def test_choosing_leads_to_the_page_of_whoever_was_chosen(scene: Around) -> None:
    lead = scene.staff("safeguarding_lead")
    choose = reverse("sharing.see_as", args=[scene.child.pk])
    page = text(lead.get(choose))
    for words in ("The social worker", "Ann Rees", "The designated teacher", "Police officer"):
        assert words in page
    mother = f"person-{scene.users['mother'].pk}"
    response = lead.get(choose, {"whose": mother})
    assert response.url == reverse("sharing.seen", args=[scene.child.pk, mother, "family.child"])


def test_nothing_can_be_sent_while_looking_as_another(scene: Around) -> None:
    whose = f"person-{scene.users['social_worker'].pk}"
    lead = scene.staff("safeguarding_lead")
    address = reverse("sharing.seen", args=[scene.child.pk, whose, "record.child"])
    assert lead.post(address, {}).status_code == 404


@pytest.mark.parametrize(
    ("whose", "page"),
    [
        ("person-nobody", "record.child"),
        ("role-nothing", "record.child"),
        ("relationship-at_own_school", "record.child"),
        ("role-police_officer", "portals.home"),
        ("role-police_officer", "sharing.emergency_open"),
        ("role-social_worker", "record.open_address"),
    ],
)
def test_eyes_that_nobody_has_and_pages_that_are_no_record_are_not_there(
    scene: Around, whose: str, page: str
) -> None:
    lead = scene.staff("safeguarding_lead")
    assert lead.get(reverse("sharing.seen", args=[scene.child.pk, whose, page])).status_code == 404


def test_those_who_may_not_see_as_others_are_told_nothing(scene: Around) -> None:
    address = reverse("sharing.see_as", args=[scene.child.pk])
    assert scene.staff("records_officer").get(address).status_code == 404
    assert client_of(scene.users["social_worker"]).get(address).status_code == 404
    assert not BrokenGlass.objects.exists()
