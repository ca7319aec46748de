"""The invented documents: true files that can be drawn, kept once however often they are asked for."""

from __future__ import annotations

from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from throughline.core.documents.models import Document
from throughline.core.documents.previews import draw
from throughline.core.people.models import Child
from throughline.web.files import demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(child: Child) -> Any:
    invented = SimpleNamespace(key=child.pk, forename="Zara", surname="Begum", facts=["a fact"])
    return SimpleNamespace(children=lambda: [(None, invented)], random_for=Random)


def test_the_demonstration_keeps_documents_that_can_be_drawn(town: Any) -> None:
    assert demo.run(town, lambda *_: None) == {"documents": 3}
    for document in Document.objects.all():
        assert document.on_record
        assert draw(document.sha256, document.media_type) == 1


def test_building_it_again_adds_nothing(town: Any) -> None:
    for _ in range(2):
        demo.run(town, lambda *_: None)
    assert Document.objects.count() == 3
