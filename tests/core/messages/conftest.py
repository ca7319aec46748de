from __future__ import annotations

import pytest

from throughline.core.messages.module import MODULE
from throughline.core.registry import assembly


@pytest.fixture(autouse=True)
def _only_the_jobs_of_this_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker runs the outbox's own recurring jobs and no other room's."""
    monkeypatch.setattr(assembly, "_sealed", [assembly.assemble([MODULE])])
