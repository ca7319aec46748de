"""The invented world, built once for every test of a file and undone after the last of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from tests.matrix.building import build
from tests.matrix.cast import Cast, assemble_cast
from tests.matrix.world import World

from throughline.web.components.authority import forget_authority


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """Everybody who opens pages, signed in, in a world that the last test takes away again."""
    forget_authority()
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield assemble_cast(build())
        transaction.set_rollback(True)
    forget_authority()


@pytest.fixture
def world(cast: Cast) -> World:
    return cast.world
