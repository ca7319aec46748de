"""People around a child, in their browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.support.around_a_child import Around, around_a_child, in_post
from tests.support.officers import client_of

from throughline.core.access.models import User
from throughline.web.components.authority import forget_authority


@pytest.fixture(autouse=True)
def as_in_life(settings: Any, db: None) -> Iterator[None]:
    """Messages go to the outbox, and no limit or name is left over from another test."""
    settings.EMAIL_BACKEND = "throughline.core.messages.backend.OutboxBackend"
    cache.clear()
    forget_authority()
    yield
    forget_authority()


@pytest.fixture
def around() -> Around:
    found = around_a_child()
    found.people["nurse"] = in_post("health_professional", name="The nurse", agency=found.agency)
    found.people["admin"] = in_post("school_administrator", name="The admin", school=found.school)
    found.people["system"] = in_post("system_administrator", name="The system")
    return found


@pytest.fixture
def signed_in(around: Around) -> Callable[[str], Client]:
    """``signed_in("teacher")``: their browser, signed in with both steps."""
    return lambda who: client_of(User.objects.get(pk=around.people[who].pk))
