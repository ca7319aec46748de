"""The demonstration shows messages of every way: nothing leaves the machine, and a kept home is kept there too."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from tests.support.pdfs import words
from tests.support.progress import Unheard

from throughline.core.messages.jobs import send
from throughline.core.messages.models import Delivery, Message
from throughline.core.registry import assembly
from throughline.project import urls as project_urls
from throughline.project.demonstration import building
from throughline.project.demonstration.building import build
from throughline.project.demonstration.town import Town, make_town
from throughline.web.correspondence import demo, module
from throughline.web.portals import module as portals_module
from throughline.web.portals.pages import page_addresses

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def say_nothing(*_said: object) -> None:
    pass


@pytest.fixture
def town(settings: Any, monkeypatch: pytest.MonkeyPatch, frozen: Any) -> Town:
    """A small town whose families have been written to, as the worker leaves it."""
    settings.DEMONSTRATION = True
    frozen("2026-11-23 10:00")
    bare = replace(assembly.installed(), demonstration=())
    monkeypatch.setattr(building, "installed", lambda: bare)
    build(size=600, seed="test", today=TODAY)
    made = make_town("test", 600, TODAY)
    demo.run(made, say_nothing)
    send(Unheard())  # type: ignore[arg-type]
    return made


@pytest.fixture
def visitor(settings: Any, town: Town) -> Iterator[Client]:
    """Somebody who has not signed in, where the demonstration's own pages are served."""
    pages = [importlib.reload(one).MODULE.pages for one in (module, portals_module)]
    served = ModuleType("served")
    registry = replace(assembly.installed(), pages={page.name: page for part in pages for page in part})
    served.urlpatterns = [*project_urls.urlpatterns, *page_addresses(registry)]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = served
    yield Client()
    settings.DEMONSTRATION = False
    for one in (module, portals_module):
        importlib.reload(one)


def test_it_writes_texts_and_letters_once_and_the_one_to_a_kept_home_is_held(town: Town) -> None:
    assert demo.run(town, say_nothing) == {"messages": 0}
    # What other parts of the demonstration write by e-mail is theirs.
    on_paper = Delivery.objects.exclude(message__channel="email")
    assert Counter(on_paper.values_list("message__channel", "state")) == {
        ("text", "sent"): demo.OF_EACH,
        ("letter", "sent"): demo.OF_EACH,
        ("letter", "held"): 1,
    }
    assert Delivery.objects.get(state="held").problem == "restricted_address"


def test_the_outbox_shows_every_way_and_opens_letters_but_not_the_held_one(visitor: Client) -> None:
    page = visitor.get("/demonstration/messages/").text
    assert "Text message" in page
    assert page.count("Open the letter (PDF)") == demo.OF_EACH
    for message in Message.objects.filter(channel="letter").select_related("delivery"):
        answer = visitor.get(f"/demonstration/messages/{message.pk}/letter/")
        if message.delivery.state == "held":
            assert answer.status_code == 404
        else:
            assert "We need a document from you" in words(answer.content)
