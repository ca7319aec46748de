"""Copies of a record for everybody around a child: every canary that is found in the file is one the reader may see."""

from __future__ import annotations

import pytest
from tests.matrix.cast import Cast
from tests.matrix.expected import expectations
from tests.support.pdfs import everything

from throughline.core.access.viewer import Refused, viewer_for
from throughline.core.sharing.show import Sight
from throughline.web.sharing.copies import copy_for

pytestmark = pytest.mark.django_db
READERS = (
    *("owner", "separated", "estranged", "halftold", "neighbour", "young_person"),
    *("head_teacher", "designated_teacher", "special_needs_lead", "school_office"),
    *("social_worker", "health_professional", "educational_psychologist", "youth_justice_worker"),
    *("police_officer", "community_worker", "provider_manager"),
)


@pytest.mark.parametrize("name", READERS)
def test_no_canary_is_in_a_copy_but_those_its_reader_may_see(cast: Cast, name: str) -> None:
    world, known = cast.world, expectations()
    reader, maker = (viewer_for(world.users[who]) for who in (name, "safeguarding_lead"))
    for child in ("own", "released", "restricted", "settled"):
        key = world.key("child", child)
        try:
            content = copy_for(Sight(reader, [key], lent_to=maker), key, "Invented Borough", "A reader")
        except Refused:
            assert child not in known.grants.get(name, {})
            continue
        granted = known.grants[name]
        leaked = [
            str(canary)
            for canary in world.cage.found_in(everything(content))
            if canary.category not in granted.get(canary.subject, granted.get("*", frozenset()))
            and canary.subject != name
        ]
        assert not leaked, f"in the copy of {child!r} for {name}: {sorted(leaked)}"
