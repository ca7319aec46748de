"""The demonstration shows a record in every state of keeping."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.people.models import Child
from throughline.core.retention import demo
from throughline.core.retention.models import Certificate, Disposal, Hold, Pack

pytestmark = pytest.mark.django_db


def test_it_makes_one_of_each_and_adds_nothing_when_run_again(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENTS_ROOT = tmp_path
    with change("a child", by=TEST):
        child = Child.objects.create(reference="C-1", forename="A", surname="B", born=date(2015, 1, 1))
    invented = SimpleNamespace(key=child.pk, facts=["a fact"])
    town = SimpleNamespace(children=lambda: [(None, invented)], today=date(2026, 2, 3))
    for _ in range(2):
        demo.run(town, lambda *_: None)
        assert Certificate.objects.count() == 1
        states = Disposal.objects.order_by("part", "state").values_list("part", "state")
        assert list(states) == [("", "done"), ("", "proposed"), ("ehc_plan", "proposed")]
        assert Hold.objects.count() == 2
        assert Pack.objects.get().state == "review"
        assert Child.objects.count() == 6
