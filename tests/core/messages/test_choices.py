"""People choose how they are written to; what the law makes us send is sent whatever they choose."""

from __future__ import annotations

import pytest
from tests.core.messages.family_for_tests import OFFICER, Family, make_family

from throughline.core.access.viewer import viewer_for
from throughline.core.audit.models import Event
from throughline.core.messages.actions import Draft, write_all
from throughline.core.messages.choosing import choose, own_choices, own_mobile
from throughline.core.messages.models import ContactChoice, Message
from throughline.core.registry import assembly
from throughline.core.registry.sockets import MessageKind, Module

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(monkeypatch, settings):
    settings.DEMONSTRATION = True
    kinds = (
        MessageKind("news", "News"),
        MessageKind("decision", "Decisions", statutory=True),
        MessageKind("other", "O"),
    )
    monkeypatch.setattr(assembly, "_sealed", [assembly.assemble([Module("t", "T", message_kinds=kinds)])])


@pytest.fixture
def family() -> Family:
    return make_family()


def way(family: Family, kind: str = "news", **who: object) -> str:
    who = who or {"adult": family.adult.pk}
    write_all(
        by=OFFICER, drafts=[Draft(kind, "", "s", "b", f"k{Message.objects.count()}", channel="", **who)]
    )
    return str(Message.objects.latest("written_at").channel)


def test_who_has_said_nothing_is_written_by_email(family):
    assert way(family) == "email"
    assert way(family, user=family.user.pk) == "email"


def test_a_choice_counts_for_everything_but_kinds_chosen_otherwise(family):
    choose(by=viewer_for(family.user), channel="text", by_kind={"other": "letter"}, lang="cy")
    assert [way(family, kind) for kind in ("news", "other")] == ["text", "letter"]
    assert way(family, "news", user=family.user.pk) == "text"


def test_what_is_statutory_goes_the_general_way_whatever_is_said_of_its_kind(family):
    choose(by=viewer_for(family.user), channel="email", by_kind={"decision": "text"}, lang="")
    assert way(family, "decision") == "email"
    assert own_choices(viewer_for(family.user)).by_kind == {}


def test_texts_chosen_without_a_mobile_number_become_emails_and_without_email_letters(family):
    choose(by=viewer_for(family.user), channel="text", by_kind={}, lang="")
    family.now(family.adult, phone="01234 567890")
    assert way(family) == "email"
    family.now(family.adult, user=None, email="")
    assert way(family) == "letter"


def test_choices_are_kept_once_changed_in_place_and_leave_a_trail(family):
    viewer = viewer_for(family.user)
    choose(by=viewer, channel="text", by_kind={"unknown": "email", "news": "carrier pigeon"}, lang="")
    choose(by=viewer, channel="letter", by_kind={"news": "email"}, lang="cy")
    row = ContactChoice.objects.get()
    assert (row.channel, row.by_kind, row.lang) == ("letter", {"news": "email"}, "cy")
    assert Event.objects.filter(kind="way of being contacted chosen").count() == 2
    assert own_mobile(viewer) == "+447700900123"


def test_choosing_ways_costs_the_same_queries_for_many(family, django_assert_max_num_queries):
    drafts = [Draft("news", "", "s", "b", f"k{n}", channel="", adult=family.adult.pk) for n in range(200)]
    with django_assert_max_num_queries(20):
        write_all(by=OFFICER, drafts=drafts)
