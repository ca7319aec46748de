"""A data protection officer reads who sees what, and changes it only after seeing what that would do."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.support.around_one_child import Around, make_around

from throughline.core.registry.assembly import installed
from throughline.core.sharing.models import Rule

pytestmark = pytest.mark.django_db
CATEGORY = "people.youth_justice"


@pytest.fixture
def scene() -> Around:
    return make_around()


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def answer(client: Client, reader: str, detail: str, category: str = CATEGORY) -> None:
    today = timezone.localdate()
    answers = {
        "who": {"reader": reader},
        "how-much": {"detail": detail},
        "from-when": {"since_day": today.day, "since_month": today.month, "since_year": today.year},
        "why": {"purpose": "Planning a return to school", "basis": "UK GDPR 6(1)(e)"},
    }
    for slug, given in answers.items():
        response = client.post(reverse("sharing.change", args=[category, slug]), given)
        assert response.status_code == 302, text(response)


def test_every_kind_of_information_stands_on_the_page_with_its_purpose(scene: Around) -> None:
    words = text(scene.staff("data_protection_officer").get(reverse("sharing.rules")))
    for category in installed().categories.values():
        assert str(category.label) in words.replace("&#x27;", "'").replace("&amp;", "&")
    assert "Data protection officer of the authority" in words
    assert "31 March 2027" in words


def test_a_caseworker_reads_the_rules_and_cannot_change_them(scene: Around) -> None:
    client = scene.staff("caseworker")
    assert "Change who sees this" not in text(client.get(reverse("sharing.kind", args=[CATEGORY])))
    assert client.get(reverse("sharing.change", args=[CATEGORY, "who"])).status_code == 404
    assert client.get(reverse("sharing.kind", args=["people.nothing"])).status_code == 404


def test_the_effect_is_shown_in_numbers_before_anything_is_set(scene: Around) -> None:
    client = scene.staff("data_protection_officer")
    answer(client, "role:designated_teacher", "full")
    words = text(client.get(reverse("sharing.change_check", args=[CATEGORY])))
    assert "1 person would see more of 1 child’s record." in words
    assert "Somebody (Designated teacher): 1 child. Now sees nothing. Then sees all of it." in words
    assert "Mia" not in words
    assert not Rule.objects.exists()


def test_a_rule_is_set_once_however_often_the_button_is_pressed(scene: Around) -> None:
    client = scene.staff("data_protection_officer")
    answer(client, "role:designated_teacher", "full")
    address = reverse("sharing.change_check", args=[CATEGORY])
    for _press in range(2):
        response = client.post(address, {"once_key": "k1", "times_set": "0"})
        assert response.url == reverse("sharing.kind", args=[CATEGORY])
    rule = Rule.objects.get()
    assert (rule.detail, rule.basis, rule.set_by) == (
        "full",
        "UK GDPR 6(1)(e)",
        "The data_protection_officer",
    )
    words = text(client.get(response.url))
    assert "Set here: Planning a return to school" in words


def test_a_rule_set_by_another_in_between_is_not_overwritten(scene: Around) -> None:
    one, other = (scene.staff("data_protection_officer", name) for name in ("Ada Dpo", "Ben Dpo"))
    for client in (one, other):
        answer(client, "role:designated_teacher", "full")
    address = reverse("sharing.change_check", args=[CATEGORY])
    one.post(address, {"once_key": "a", "times_set": "0"})
    response = other.post(address, {"once_key": "b", "times_set": "0"})
    assert response.status_code == 409
    assert "since you looked at its effect" in text(response)
    assert Rule.objects.count() == 1


def test_unanswered_questions_come_before_the_check(scene: Around) -> None:
    client = scene.staff("data_protection_officer")
    response = client.get(reverse("sharing.change_check", args=[CATEGORY]))
    assert response.url == reverse("sharing.change", args=[CATEGORY, "who"])


def test_a_rule_is_ended_after_its_effect_was_shown(scene: Around) -> None:
    client = scene.staff("data_protection_officer")
    answer(client, "role:designated_teacher", "full")
    client.post(reverse("sharing.change_check", args=[CATEGORY]), {"times_set": "0"})
    rule, today = Rule.objects.get(), timezone.localdate()
    address = reverse("sharing.end_rule", args=[rule.pk])
    given = {"until_day": today.day, "until_month": today.month, "until_year": today.year, "reason": "Over"}
    words = text(client.post(address, {**given, "do": "look"}))
    assert "1 person would see less of 1 child’s record." in words
    assert Rule.objects.get().until is None
    assert client.post(address, {**given, "do": "end"}).status_code == 302
    assert Rule.objects.get().until == today
    again = client.post(address, {**given, "do": "end", "once_key": "other"})
    assert "already ended" in text(again)


def test_the_file_holds_every_rule_and_no_formula(scene: Around) -> None:
    response = scene.staff("data_protection_officer").get(reverse("sharing.rules_csv"))
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    line = next(
        r for r in rows if (r["category"], r["reader"]) == ("people.sealed", "role:safeguarding_lead")
    )
    assert (line["detail"], line["rule"], line["state"]) == ("full", "first day", "now")
    assert not [r for r in rows if any(value[:1] in "=+-@" and value for value in r.values())]


def test_reading_the_rules_costs_the_same_however_many_there_are(
    scene: Around, django_assert_max_num_queries: Any
) -> None:
    client = scene.staff("caseworker")
    client.get(reverse("sharing.rules"))
    with django_assert_max_num_queries(10):
        client.get(reverse("sharing.rules"))
