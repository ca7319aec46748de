"""What becomes of a request: taken, passed on, answered, sent back, withdrawn. Nobody's words are written over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ..access.viewer import Refused, Viewer, require
from ..audit.change import change
from ..registry.assembly import installed
from ..timeline.actions import Told, tell
from .asking import ask, whom_to_ask
from .models import Request
from .queries import ASK, ASKED, QUEUE, OneRequest, colleagues, one_request
from .telling import tell_asked, tell_asker

__all__ = ["answer", "ask", "pass_on", "send_back", "take", "whom_to_ask", "withdraw"]


class MovedOn(ValidationError):
    """Somebody else saved in between. What was typed is still in the form; the page shows what they did."""


def take(*, by: Viewer, request_id: UUID) -> Request:
    """Take a request from the queue of one's school or agency.

    Raises:
        Refused: it is in no queue of theirs, or there is none.
        MovedOn: somebody took it a moment ago.
    """
    require(by, QUEUE)
    found = one_request(by, request_id)
    if found.mine:
        return found.row
    if not found.may_take:
        raise Refused("Not in a queue of this person.")
    with change("request taken", by=by):
        _move(found.row, found.row.edition, taken_by_id=by.user_id)
    return _again(found.row)


def pass_on(*, by: Viewer, request_id: UUID, to: UUID, edition: int) -> Request:
    """Pass what one has in hand on to a colleague, who is told.

    Raises:
        Refused: it is not theirs to pass on.
        ValidationError: that person does not work where it came to.
        MovedOn: somebody saved in between.
    """
    found = _in_hand(by, request_id)
    if to not in dict(colleagues(by, found.row)):
        raise ValidationError({"to": _("Choose a colleague from the list. Nothing was changed.")})
    with change("request passed on", by=by):
        _move(found.row, edition, taken_by_id=to)
        row = _again(found.row)
        tell_asked(by, row)
    return row


def answer(*, by: Viewer, request_id: UUID, words: str, edition: int) -> Request:
    """Answer in words. Where somebody answered first, what is now said is added below theirs.

    Raises:
        Refused: it was not asked of them.
        ValidationError: nothing is said.
        MovedOn: somebody saved in between: nothing was stored, and they are shown what was.
    """
    found = _in_hand(by, request_id, or_answered=True)
    if not words.strip():
        raise ValidationError({"words": _("Write your answer. Nothing was sent.")})
    row, said = found.row, words.strip()
    if row.state == Request.State.ANSWERED:
        said = f"{row.answer}\n\n{_('Added by %(name)s:') % {'name': by.actor_label}}\n{said}"
    with change("request answered", by=by):
        done: dict[str, Any] = {
            "state": Request.State.ANSWERED,
            "answer": said,
            "answered_at": timezone.now(),
        }
        done["answered_by"] = row.answered_by or by.actor_label[:200]
        _move(row, edition, (ASKED, Request.State.ANSWERED), **done)
        row = _again(row)
        facts = {
            "what": str(installed().requests[row.kind].label),
            "who": _("A parent or carer") if by.portal == "family" else by.actor_label,
        }
        story = Told(row.child_id, "requests.answered", timezone.localdate(), facts, key=f"answered:{row.pk}")
        tell(by=by, lines=[story])
        tell_asker(by, row, answered=True)
    return row


def send_back(*, by: Viewer, request_id: UUID, reason: str, edition: int) -> Request:
    """Send a request back to whoever asked, with a reason: it was the wrong person, or cannot be answered.

    Raises:
        Refused: it was not asked of them.
        ValidationError: no reason is given.
        MovedOn: somebody saved in between.
    """
    found = _in_hand(by, request_id)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it goes back. Nothing was sent.")})
    with change("request sent back", by=by, reason=reason.strip()):
        _move(found.row, edition, state=Request.State.RETURNED, returned_because=reason.strip())
        row = _again(found.row)
        tell_asker(by, row, answered=False)
    return row


def withdraw(*, by: Viewer, request_id: UUID, edition: int) -> Request:
    """Whoever asked no longer needs it.

    Raises:
        Refused: they did not ask it.
        MovedOn: it was answered or sent back in between.
    """
    require(by, ASK)
    found = one_request(by, request_id)
    if not found.made_by_me or not found.is_open:
        raise Refused("Not asked by this person, or not open.")
    with change("request withdrawn", by=by):
        _move(found.row, edition, state=Request.State.WITHDRAWN)
    return _again(found.row)


def _in_hand(by: Viewer, request_id: UUID, or_answered: bool = False) -> OneRequest:
    found = one_request(by, request_id)
    open_to_them = found.is_open or (or_answered and found.row.state == Request.State.ANSWERED)
    if not found.mine or not open_to_them:
        raise Refused("Not asked of this person, or not open.")
    return found


def _move(row: Request, edition: int, states: tuple[str, ...] = (ASKED,), **values: Any) -> None:
    """Save over exactly the edition that was looked at, in one conditional statement."""
    rows = Request.objects.filter(pk=row.pk, edition=edition, state__in=states)
    if not rows.update(edition=F("edition") + 1, **values):
        raise MovedOn(
            _(
                "Somebody else saved this a moment ago. What you wrote is kept below: read what they did, then decide."
            )
        )


def _again(row: Request) -> Request:
    found: Request = Request.objects.select_related("user", "taken_by", "asked_by_user").get(pk=row.pk)
    return found
