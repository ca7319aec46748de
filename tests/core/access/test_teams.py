"""Teams: made once, by somebody who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from throughline.core.access.actions import create_team
from throughline.core.access.models import Team
from throughline.core.audit.actor import Refused

pytestmark = pytest.mark.django_db


def test_a_team_of_a_name_is_made_once(viewer: Callable[..., Any]) -> None:
    by = viewer("access.manage")
    first = create_team(by=by, name="Admissions", description="School places for every child.")
    again = create_team(by=by, name="Admissions", description="Something else.")
    assert (again.pk, again.description) == (first.pk, "School places for every child.")
    assert Team.objects.count() == 1


def test_nobody_without_the_permission_makes_a_team(viewer: Callable[..., Any]) -> None:
    with pytest.raises(Refused):
        create_team(by=viewer("people.edit"), name="Admissions", description="")
    assert not Team.objects.exists()
