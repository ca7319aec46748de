"""A record is opened at once to keep a child safe: for hours, told to safeguarding, and judged by somebody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.support.around_one_child import Around, make_around
from tests.support.officers import client_of

from throughline.core.alerts.models import Alert
from throughline.core.sharing.models import BrokenGlass

pytestmark = pytest.mark.django_db
REASON = "He rang and says his father is at the door"


@pytest.fixture
def scene() -> Around:
    return make_around()


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def teacher_elsewhere(scene: Around) -> Any:
    return client_of(scene.elsewhere("designated_teacher"))


def test_a_record_that_is_not_shown_opens_at_once_with_a_reason_and_safeguarding_is_told(
    scene: Around,
) -> None:
    client = teacher_elsewhere(scene)
    record = reverse("record.child", args=[scene.child.pk])
    assert client.get(record).status_code == 404
    response = client.post(reverse("sharing.emergency"), {"reference": "c-a1b2c", "reason": REASON})
    assert response.url == record
    page = text(client.get(record))
    assert "Mia Rees" in page
    assert "You opened this record in an emergency." in page
    opened = BrokenGlass.objects.get()
    assert opened.ends_at - opened.opened_at == timedelta(hours=4)
    alert = Alert.objects.get(kind="sharing.emergency_opened")
    assert alert.child_id == scene.child.pk


def test_after_its_hours_the_record_is_not_there_again(scene: Around, frozen: Any) -> None:
    start = timezone.now()
    client = teacher_elsewhere(scene)
    client.post(reverse("sharing.emergency_open", args=[scene.child.pk]), {"reason": REASON})
    client_later = teacher_elsewhere(scene)
    frozen(start + timedelta(hours=3, minutes=59))
    assert BrokenGlass.objects.get().ends_at > timezone.now()
    frozen(start + timedelta(hours=4, minutes=1))
    assert client_later.get(reverse("record.child", args=[scene.child.pk])).status_code in (302, 404)


def test_a_reason_that_says_nothing_opens_nothing(scene: Around) -> None:
    client = teacher_elsewhere(scene)
    response = client.post(reverse("sharing.emergency_open", args=[scene.child.pk]), {"reason": "urgent"})
    assert "Say what the emergency is, in a sentence." in text(response)
    assert not BrokenGlass.objects.exists()


def test_a_reference_that_is_nobodys_opens_nothing(scene: Around) -> None:
    client = teacher_elsewhere(scene)
    response = client.post(reverse("sharing.emergency"), {"reference": "C-XXXXX", "reason": REASON})
    assert "There is no record with this reference." in text(response)
    assert not BrokenGlass.objects.exists()


def test_whoever_may_not_open_in_an_emergency_is_told_nothing(scene: Around) -> None:
    client = client_of(scene.users["youth_justice_worker"])
    for address in (
        reverse("sharing.emergency"),
        reverse("sharing.emergency_open", args=[scene.child.pk]),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"reference": "C-A1B2C", "reason": REASON}).status_code == 404
    assert not BrokenGlass.objects.exists()


def test_opened_twice_it_is_one_opening(scene: Around) -> None:
    client = teacher_elsewhere(scene)
    for _press in range(2):
        client.post(reverse("sharing.emergency_open", args=[scene.child.pk]), {"reason": REASON})
    assert BrokenGlass.objects.count() == 1
    assert Alert.objects.filter(kind="sharing.emergency_opened").count() == 1


def test_somebody_else_reviews_it_and_sees_what_was_looked_at(scene: Around) -> None:
    client = teacher_elsewhere(scene)
    client.post(reverse("sharing.emergency_open", args=[scene.child.pk]), {"reason": REASON})
    client.get(reverse("record.child", args=[scene.child.pk]))
    lead = scene.staff("safeguarding_lead")
    assert "Records opened in an emergency" in text(lead.get(reverse("portals.home")))
    assert REASON in text(lead.get(reverse("sharing.reviews")))
    opened = BrokenGlass.objects.get()
    address = reverse("sharing.review", args=[opened.pk])
    assert "Where the child lives" in text(lead.get(address))
    assert "Enter an answer" in text(lead.post(address, {"justified": "no", "finding": ""}))
    assert lead.post(address, {"justified": "no", "finding": "Curiosity"}).status_code == 302
    opened.refresh_from_db()
    assert (opened.justified, opened.reviewed_by) == (False, "The safeguarding_lead")
    assert "Not justified" in text(lead.get(reverse("sharing.reviews")))


def test_nobody_reviews_their_own_opening(scene: Around) -> None:
    lead = scene.staff("safeguarding_lead")
    lead.post(reverse("sharing.emergency_open", args=[scene.child.pk]), {"reason": REASON})
    address = reverse("sharing.review", args=[BrokenGlass.objects.get().pk])
    assert lead.get(address).status_code == 404
    assert lead.post(address, {"justified": "yes", "finding": "x"}).status_code == 404


def test_a_review_that_is_overdue_says_so_at_home(scene: Around, frozen: Any) -> None:
    frozen("2026-11-23 09:00")
    teacher_elsewhere(scene).post(
        reverse("sharing.emergency_open", args=[scene.child.pk]), {"reason": REASON}
    )
    frozen("2026-11-26 09:00")
    assert "Late" in text(scene.staff("safeguarding_lead").get(reverse("portals.home")))
