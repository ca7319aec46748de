"""A team's work with an alert: taken by one of them, closed with what was found, opened again. Nobody's words are lost."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.viewer import Viewer
from ..audit.change import change
from .models import Alert
from .queries import one_alert

LONGEST = 4000


class MovedOn(ValidationError):
    """A colleague saved in between. What was typed is still in the form; the page shows what they did."""


def take(*, by: Viewer, alert_id: UUID, from_id: UUID | None = None) -> Alert:
    """Say "I am looking at it", or take it over from the colleague who is.

    Args:
        by: who looks at it from now on.
        alert_id: which alert.
        from_id: the colleague in whose hands the page showed it; none where it showed nobody's.

    Raises:
        Refused: it is not for this person, or there is none.
        MovedOn: it is no longer as the page showed it.
    """
    found = one_alert(by, alert_id)
    if found.state == Alert.State.TAKEN and found.taken_by_id == by.user_id:
        return found
    as_shown: dict[str, Any] = {"state": Alert.State.OPEN}
    if from_id is not None:
        as_shown = {"state": Alert.State.TAKEN, "taken_by_id": from_id}
    with change("alert taken over" if from_id else "alert taken", by=by):
        _move(found, as_shown, state=Alert.State.TAKEN, taken_by=_name(by), taken_by_id=by.user_id)
    return one_alert(by, alert_id)


def close(*, by: Viewer, alert_id: UUID, outcome: str) -> Alert:
    """Close it with what was found and done. Whoever closes one that nobody has taken is taken to have looked at it.

    Raises:
        Refused: it is not for this person, or there is none.
        ValidationError: nothing is said.
        MovedOn: a colleague has it in hand, or closed it.
    """
    found = one_alert(by, alert_id)
    said = _said(outcome, "outcome", _("Write what you found and what was done. Nothing was saved."))
    mine = {"state": Alert.State.TAKEN, "taken_by_id": by.user_id}
    as_shown = {"state": Alert.State.OPEN} if found.state == Alert.State.OPEN else mine
    with change("alert closed", by=by):
        _move(
            found,
            as_shown | {"outcome": found.outcome},
            state=Alert.State.CLOSED,
            outcome=_added(found.outcome, said),
            closed_by=_name(by),
            closed_at=timezone.now(),
            taken_by=_name(by),
            taken_by_id=by.user_id,
        )
    return one_alert(by, alert_id)


def reopen(*, by: Viewer, alert_id: UUID, reason: str) -> Alert:
    """Open it again, with the reason below what was found the first time. It waits for somebody to take it.

    Raises:
        Refused: it is not for this person, or there is none.
        ValidationError: no reason is given.
        MovedOn: it is open already.
    """
    found = one_alert(by, alert_id)
    said = _said(reason, "reason", _("Write why it has to be looked at again. Nothing was saved."))
    again = _("Opened again by %(name)s: %(reason)s") % {"name": _name(by), "reason": said}
    with change("alert opened again", by=by):
        _move(
            found,
            {"state": Alert.State.CLOSED, "closed_at": found.closed_at},
            state=Alert.State.OPEN,
            outcome=_added(found.outcome, again),
            closed_by="",
            closed_at=None,
            taken_by="",
            taken_by_id=None,
        )
    return one_alert(by, alert_id)


def _move(found: Alert, as_shown: dict[str, Any], **values: Any) -> None:
    """Write over exactly what was looked at, in one conditional statement."""
    if not Alert.objects.filter(pk=found.pk, **as_shown).update(**values):
        raise MovedOn(
            _(
                "A colleague saved this a moment ago, so nothing was changed. What you wrote is kept below: read what "
                "they did, then decide."
            )
        )


def _said(words: str, field: str, missing: str) -> str:
    said = words.strip()
    if not said:
        raise ValidationError({field: missing})
    if len(said) > LONGEST:
        raise ValidationError(
            {field: _("Write at most %(most)s characters. Nothing was saved.") % {"most": LONGEST}}
        )
    return said


def _added(before: str, said: str) -> str:
    return f"{before}\n\n{said}" if before else said


def _name(by: Viewer) -> str:
    return by.actor_label[:200]
