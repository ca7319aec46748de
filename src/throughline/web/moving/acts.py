"""What is done to a move: begun, its file made and fetched, sent, answered, taken back, called off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.documents.handing_over import to_save
from throughline.core.documents.storage import DocumentDamaged
from throughline.core.exchange.move_tables import How, Move
from throughline.core.exchange.moves.answering import OUTCOMES, record_answer, take_back_answer
from throughline.core.exchange.moves.going import begin_move, call_off, make_move_file, mark_sent
from throughline.core.exchange.moves.showing import file_of, move_of, moves_of
from throughline.web.components.parts import Link
from throughline.web.portals.saving import save_form, save_once
from throughline.web.record.frame import Record

from .forms import AnswerForm, GoingForm, SentForm, WhyForm
from .pages import EDUCATION, address_of, moving


@moving
def begin(request: HttpRequest, record: Record) -> HttpResponse:
    """Where to, when, why. Nothing is sent yet."""
    moves_of(record.sight, record.child_id)
    form = GoingForm(*_sent(request), initial={"on": localdate()})

    def act() -> str:
        return address_of(begin_move(by=record.viewer, child_id=record.child_id, going=form.going()))

    words = {
        "lead": _(
            "Nothing is sent yet: next you see what would go. The child stays on roll until a receipt comes."
        ),
        "button": _("Save and continue"),
        "back": Link("", reverse("moving.of_child", args=[record.child_id])),
    }
    done = _("The move was begun. Nothing was sent yet.")
    return _ask(request, record, form, act, done, _("This child is moving"), words)


@moving
def make(request: HttpRequest, record: Record, move_id: UUID) -> HttpResponse:
    """The file of the move, made as it was shown a moment ago."""
    move = move_of(record.sight, record.child_id, move_id)
    if request.method != "POST":
        return HttpResponseRedirect(address_of(move))

    def act() -> str:
        try:
            make_move_file(by=record.viewer, child_id=record.child_id, move_id=move.pk)
        except ValidationError as problem:
            messages.error(request, problem.messages[0])
        return address_of(move)

    return save_once(request, act)


@moving
def download(request: HttpRequest, record: Record, move_id: UUID) -> HttpResponseBase:
    """The file itself, for whoever made it."""
    try:
        found, content = file_of(record.sight, record.child_id, move_id)
    except DocumentDamaged:
        messages.error(request, _("The file can no longer be read. Make it again."))
        return HttpResponseRedirect(reverse("moving.one", args=[record.child_id, move_id]))
    return StreamingHttpResponse(content, headers=to_save(found.file.name, found.file.size))


@moving
def sent(request: HttpRequest, record: Record, move_id: UUID) -> HttpResponse:
    """When and how it was sent."""
    move = move_of(record.sight, record.child_id, move_id)
    if request.method != "POST" and (move.state != Move.State.OPEN or move.file is None):
        return HttpResponseRedirect(address_of(move))
    form = SentForm(*_sent(request), initial={"on": localdate(), "how": How.SCHOOL_TO_SCHOOL})

    def act() -> str:
        given = form.cleaned_data
        mark_sent(
            by=record.viewer, child_id=record.child_id, move_id=move.pk, on=given["on"], how=given["how"]
        )
        return address_of(move)

    words = {
        "lead": _("Send the file first, by a secure way. You are reminded when no receipt comes."),
        "button": _("It was sent"),
    }
    return _ask(
        request, record, form, act, _("It waits for a receipt now."), _("The file was sent"), words, move
    )


@moving
def answer(request: HttpRequest, record: Record, move_id: UUID) -> HttpResponse:
    """What came back. With a receipt the child leaves the school here."""
    move = move_of(record.sight, record.child_id, move_id)
    if request.method != "POST" and move.state != Move.State.SENT:
        return HttpResponseRedirect(address_of(move))
    form = AnswerForm(*_sent(request), initial={"on": localdate()})

    def act() -> str:
        record_answer(by=record.viewer, child_id=record.child_id, move_id=move.pk, **form.cleaned_data)
        return address_of(move)

    words = {
        "lead": _(
            "With a receipt, the child comes off the roll here on their last day. The roll of the school they go to stays as it is. A mistake can be taken back."
        ),
        "button": _("Save the answer"),
    }
    return _ask(request, record, form, act, _("The answer is recorded."), _("What came back?"), words, move)


@moving
def take_back(request: HttpRequest, record: Record, move_id: UUID) -> HttpResponse:
    """An answer that was recorded by mistake."""
    move = move_of(record.sight, record.child_id, move_id)
    if request.method != "POST" and move.state not in OUTCOMES:
        return HttpResponseRedirect(address_of(move))
    form = WhyForm(*_sent(request))

    def act() -> str:
        left = take_back_answer(
            by=record.viewer, child_id=record.child_id, move_id=move.pk, why=form.cleaned_data["why"]
        )
        if left:
            words = ngettext(
                "The roll of %(schools)s was left as it is, because something else was recorded since.",
                "The rolls of %(schools)s were left as they are, because something else was recorded since.",
                len(left),
            )
            messages.warning(request, words % {"schools": ", ".join(left)})
        return address_of(move)

    words = {
        "lead": _(
            "The move waits for a receipt again. Where the receipt took the child off a roll, they are on it again."
        ),
        "button": _("Take it back"),
    }
    title = _("The answer was recorded by mistake")
    return _ask(request, record, form, act, _("The answer was taken back."), title, words, move)


@moving
def called_off(request: HttpRequest, record: Record, move_id: UUID) -> HttpResponse:
    """The child does not move after all, or not so."""
    move = move_of(record.sight, record.child_id, move_id)
    if request.method != "POST" and move.state != Move.State.OPEN:
        return HttpResponseRedirect(address_of(move))
    form = WhyForm(*_sent(request))

    def act() -> str:
        call_off(by=record.viewer, child_id=record.child_id, move_id=move.pk, why=form.cleaned_data["why"])
        return address_of(move)

    words = {"lead": _("Nothing was sent, and nothing on the record changes."), "button": _("Call it off")}
    return _ask(
        request, record, form, act, _("The move was called off."), _("Call this move off"), words, move
    )


def _ask(
    request: HttpRequest,
    record: Record,
    form: forms.Form,
    act: Callable[[], str],
    done: str,
    title: str,
    words: dict[str, Any],
    move: Move | None = None,
) -> HttpResponse:
    """The question, or where a right answer leads."""
    if request.method == "POST" and form.is_valid():
        answered = save_form(request, form, act, done)
        if answered:
            return answered
    back = {"back": Link("", address_of(move))} if move else {}
    shown = {"form": form, "heading": title, **back, **words}
    return record.page(request, "moving/question.html", EDUCATION, title, **shown)


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()
