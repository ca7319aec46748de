"""Events of the trail that hold what a child's record held."""

from __future__ import annotations

from tests.matrix.world import World
from tests.support.people import TEST

from throughline.core.audit.change import leave, line_about


def make_trail(world: World) -> None:
    """For two children a correction: the names before and after, a home, and a reason that tells about the child."""
    for whose, home in (("own", "people.address"), ("restricted", "people.restricted_address")):
        child = world.rows["child"][whose]
        told = world.cage.word(whose, home, "what a line of the trail held")
        lines = [
            line_about("people.child", child.pk, child.pk, ["forename", "upn"])
            | {
                "before": {"forename": child.forename, "upn": child.upn},
                "after": {"forename": child.surname, "upn": None},
            },
            line_about("people.residence", child.pk, child.pk, ["evidence"])
            | {"before": {"evidence": told}, "after": {"evidence": ""}},
            line_about("people.address", child.pk, None, ["lines"])
            | {"before": {"lines": told}, "after": {"lines": told}},
            line_about("gone.table", child.pk, None, ["told"])
            | {"before": {"told": told}, "after": {"told": told}},
        ]
        reason = world.cage.word(whose, "people.identity", "the reason for a change in the trail")
        world.put("event", whose, leave("matrix record corrected", by=TEST, lines=lines, reason=reason))
