"""The demonstration's moves: one waits, one has arrived; built once however often it is run."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.timezone import localdate
from tests.support.reviewing import a_school_and_its_census

from throughline.core.exchange.models import Move
from throughline.core.people.models import Child
from throughline.web.moving import demo

pytestmark = pytest.mark.django_db


def test_one_record_waits_for_a_receipt_and_one_has_arrived(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    a_school_and_its_census(2)
    family = SimpleNamespace(restricted=False)
    children = [
        (family, SimpleNamespace(key=child.pk, year_group=3, school="1", fostered=-1))
        for child in Child.objects.order_by("pk")
    ]
    town = SimpleNamespace(seed="a", size=2, today=localdate(), children=lambda: children)
    for _twice in range(2):
        demo.run(town, lambda *_: None)
    assert sorted(Move.objects.values_list("state", flat=True)) == ["received", "sent"]
