"""The demonstration's alerts: of each kind that stands by itself, some open, one in somebody's hands, some closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.access.queries import accounts, role_codes_held
from throughline.core.access.viewer import Viewer, viewer_for
from throughline.core.alerts.actions import raise_alert
from throughline.core.alerts.criteria import SET, criterion_for, set_figure
from throughline.core.alerts.queries import one_alert
from throughline.core.alerts.working import close, take
from throughline.core.audit.actor import Trusted

BY = Trusted("The demonstration")
REVIEWER, DOERS = "safeguarding_lead", ("caseworker", "records_officer", "admissions_officer")
FIGURE = "audit.many_children"
OPEN, TAKEN, CLOSED = "open", "taken", "closed"
# kind, how it stands, whether a child and whether a person is concerned, what was counted and why it is unusual.
SHOWN: tuple[tuple[str, str, bool, bool, dict[str, Any]], ...] = (
    ("people.looked_at_family", OPEN, True, True, {"count": 2, "reasons": ["tied"]}),
    ("people.looked_at_neighbour", OPEN, True, True, {"count": 1, "reasons": ["same_street"]}),
    ("people.looked_at_colleague", CLOSED, True, True, {"count": 1, "reasons": ["colleague"]}),
    ("people.looked_without_tie", CLOSED, True, True, {"count": 1, "reasons": ["no_tie"]}),
    ("audit.many_children", TAKEN, False, True, {"count": 57, "limit": 40}),
    ("audit.many_lookers", OPEN, True, False, {"count": 14, "limit": 12}),
    ("audit.cut_off", CLOSED, False, True, {"count": 104, "limit": 100}),
    ("people.restricted_opened", OPEN, True, True, {}),
    ("people.same_number", OPEN, True, False, {}),
    ("messages.no_such_address", OPEN, False, False, {}),
)


def run(town: Any, report: Callable[..., None]) -> Mapping[str, int]:
    """Raise them once; their keys make a second run raise none and leave what people did with them alone."""
    report(_("Raising alerts"))
    people = {
        role: user for user in accounts("staff") for role in role_codes_held([user.pk], town.today)[user.pk]
    }
    reviewer = viewer_for(people[REVIEWER]) if REVIEWER in people else None
    doers = [people[role].pk for role in DOERS if role in people]
    children = [child.key for _family, child in town.children()][: len(SHOWN)]
    made = 0
    for at, (kind, state, about_child, about_person, counted) in enumerate(SHOWN):
        if about_person and not doers:
            continue
        alert = raise_alert(
            by=BY,
            kind=kind,
            child_id=children[at % len(children)] if about_child and children else None,
            user_id=doers[at % len(doers)] if about_person else None,
            details=_details(at, counted),
            key=f"demonstration:{kind}",
        )
        if reviewer and alert.state == OPEN:
            _work(reviewer, alert.pk, state)
        made += 1
    _figure(town.today)
    return {"alerts": made}


def _figure(today: date) -> None:
    """The officer once set a figure with a reason, so that the page of figures shows one. A second run sets none."""
    for user in accounts("staff"):
        officer = viewer_for(user)
        if officer.may(SET) and not criterion_for(officer, FIGURE).number:
            why = _("Our panels read up to fifty records in an hour; looked at with the safeguarding lead.")
            set_figure(by=officer, code=FIGURE, figure=50, since=today, reason=why, after=0)


def _details(at: int, counted: dict[str, Any]) -> dict[str, Any]:
    if not counted:
        return {}
    last = timezone.now() - timedelta(hours=at)
    return {**counted, "first": (last - timedelta(minutes=18)).isoformat(), "last": last.isoformat()}


def _work(reviewer: Viewer, key: Any, state: str) -> None:
    if state == TAKEN:
        take(by=reviewer, alert_id=key)
    elif state == CLOSED and not one_alert(reviewer, key).outcome:
        words = _(
            "Spoke with them and their manager. There was a reason that belongs to their work, and it is noted."
        )
        close(by=reviewer, alert_id=key, outcome=words)
