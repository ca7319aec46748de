"""A child, a folder of documents of its own, and who may do what."""

from __future__ import annotations

from datetime import date

import pytest

from throughline.core.audit.actor import THROUGHLINE
from throughline.core.audit.change import change
from throughline.core.people.models import Child


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path, monkeypatch):
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    monkeypatch.delenv("THROUGHLINE_CLAMD", raising=False)


@pytest.fixture
def child(db: None):
    with change("child added", by=THROUGHLINE):
        return Child.objects.create(reference="C-1", forename="Zara", surname="Begum", born=date(2021, 9, 1))
