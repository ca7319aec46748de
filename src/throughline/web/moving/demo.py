"""The demonstration's moves: one child's record waits for a receipt, another's has arrived."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.audit.actor import Trusted
from throughline.core.audit.once import once
from throughline.core.audit.tables import new_key
from throughline.core.exchange.module import SEND_OUT
from throughline.core.exchange.moves.answering import record_answer
from throughline.core.exchange.moves.going import begin_move, make_move_file, mark_sent
from throughline.core.exchange.moves.places import Going

BUILDER = Trusted("The demonstration")
# Between rounds: no application of theirs is open.
YEARS = range(2, 4)


def run(town: Any, report: Callable[..., None]) -> Mapping[str, int]:
    """Run again, it adds nothing twice."""
    report(_("Moves to other schools and areas"))
    fitting = [
        child
        for family, child in town.children()
        if child.year_group in YEARS and child.school and child.fostered < 0 and not family.restricted
    ]
    places = (
        Going(
            "elsewhere", town.today, _("The family moves"), name=_("Farside Primary School"), number="9903001"
        ),
        Going("authority", town.today, _("The family moves"), name=_("Farside Council"), number="992"),
    )
    made = 0
    for child, going in zip(fitting[-2:], places, strict=False):
        act = partial(_move, child.key, going)
        once(f"demonstration:{town.seed}:{town.size}:move:{going.where}", by=BUILDER, act=act)
        made += 1
    return {"moves to other schools and areas": made}


def _move(child_id: Any, going: Going) -> str:
    by, today = _officer(), localdate()
    move = begin_move(by=by, child_id=child_id, going=going)
    ours = {"by": by, "child_id": child_id, "move_id": move.pk}
    make_move_file(**ours)
    mark_sent(**ours, on=today, how="s2s")
    if going.where == "authority":
        record_answer(**ours, outcome="received", on=today, who=_("Admissions office, Farside Council"))
    return str(move.pk)


def _officer() -> Viewer:
    """Whoever sent the files. No account: nobody can sign in as them."""
    may = frozenset({SEND_OUT, "people.edit"})
    label = _("Records officer (demonstration)")
    return Viewer(new_key(), label, "staff", frozenset({"records_officer"}), may, localdate())
