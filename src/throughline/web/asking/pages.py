"""One request: asking it, taking, answering, passing on, sending back, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused, Viewer
from throughline.core.documents.kinds import kinds_to_add
from throughline.core.people.circle_shown import name_of_child
from throughline.core.registry.assembly import installed
from throughline.core.requests import actions
from throughline.core.requests.queries import (
    OneRequest,
    child_to_ask_about,
    colleagues,
    kinds_to_ask,
    one_request,
)
from throughline.core.sharing.show import Sight
from throughline.web.components.parts import Link, Row
from throughline.web.components.wording import days_until, long_time
from throughline.web.portals.child_pages import first_page_about
from throughline.web.portals.saving import first_answer, save_form

from .forms import AnswerForm, AskForm, Edition, PassOnForm, SendBackForm
from .lists import viewer_of
from .wording import state_of

LIST = "asking.mine"


def new(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Ask somebody for something about a child."""
    viewer: Viewer = viewer_of(request)
    sight = Sight(viewer, [child_id])
    child_to_ask_about(viewer, child_id, sight)
    people = actions.whom_to_ask(viewer, child_id)
    days = installed().requests["requests.question"].days
    sent = (request.POST,) if request.method == "POST" else ()
    form = AskForm(kinds_to_ask(), people, days, *sent)

    def act() -> str:
        given = form.cleaned_data
        row = actions.ask(
            by=viewer,
            child_id=child_id,
            kind=given["kind"],
            whom=given["whom"],
            words=given["words"],
            due=given["due"],
        )
        return reverse("asking.one", args=[row.pk])

    if request.method == "POST" and form.is_valid():
        answer = save_form(
            request, form, act, _("Asked. Whoever answers has been told that something is asked of them.")
        )
        if answer:
            return answer
    words = {
        "form": form,
        "people": people,
        "name": name_of_child(child_id, sight),
        "back": Link("", first_page_about(viewer, child_id)),
    }
    sight.record_look("asking about a child")
    return render(request, "asking/new.html", words)


def one(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """A request, and the form that answers it for whoever has it in hand."""
    viewer: Viewer = viewer_of(request)
    if again := first_answer(request):
        return again
    found = one_request(viewer, request_id)
    may_answer = found.mine and found.row.state in ("asked", "answered")
    form = AnswerForm(
        request.POST if request.method == "POST" else None, initial={"edition": found.row.edition}
    )

    def act() -> str:
        actions.answer(
            by=viewer, request_id=request_id, words=form.cleaned_data["words"], edition=form.seen()
        )
        return reverse("asking.one", args=[request_id])

    if request.method == "POST" and may_answer and form.is_valid():
        answer = save_form(request, form, act, _("Your answer was sent."))
        if answer:
            return answer
        found = one_request(viewer, request_id)
        # The page now shows what the other person did, so the form carries the edition of that.
        renew(form, found.row.edition)
    words = {
        "found": found,
        "facts": facts_of(found, viewer),
        "status": state_of(found.row.state, found.row.due, viewer.on),
        "form": form if may_answer else None,
        "back": Link(_("What is asked of me"), reverse(LIST)),
        "child_id": found.row.child_id,
        "may_add": found.mine and found.is_open and _adds_documents(viewer, found.row.child_id),
        "may_withdraw": found.made_by_me and found.is_open,
        "may_pass_on": found.mine and found.is_open and viewer.may("requests.queue"),
    }
    return render(request, "asking/one.html", words)


def _adds_documents(viewer: Viewer, child_id: UUID) -> bool:
    """Whether an answer may come with a document on the record: for those who may add some kind of it anyway."""
    return bool(kinds_to_add(Sight(viewer, [child_id]), child_id))


def take(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take it from the queue: by POST only, from the request's own page."""
    viewer: Viewer = viewer_of(request)
    if again := first_answer(request):
        return again
    found = one_request(viewer, request_id)
    here = reverse("asking.one", args=[request_id])
    if not (found.may_take or found.mine):
        raise Refused("Not in a queue of this person.")
    if request.method != "POST":
        return HttpResponseRedirect(here)

    def act() -> str:
        actions.take(by=viewer, request_id=request_id)
        return here

    form = Edition(request.POST)
    form.is_valid()
    return save_form(request, form, act, _("It is in your hands now.")) or HttpResponseRedirect(here)


def send_back(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Back to whoever asked, with a reason."""
    viewer: Viewer = viewer_of(request)
    if again := first_answer(request):
        return again
    found = _mine(viewer, request_id)
    form = SendBackForm(
        request.POST if request.method == "POST" else None, initial={"edition": found.row.edition}
    )

    def act() -> None:
        reason, edition = form.cleaned_data["reason"], form.seen()
        actions.send_back(by=viewer, request_id=request_id, reason=reason, edition=edition)

    title, lead = (
        _("Send it back"),
        _("Whoever asked is told, and reads your reason. You will no longer have it in hand."),
    )
    return _act(request, found, form, act, title, lead, _("Send it back"), _("It was sent back."))


def pass_on(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """To a colleague."""
    viewer: Viewer = viewer_of(request)
    if again := first_answer(request):
        return again
    found = _mine(viewer, request_id)
    people = colleagues(viewer, found.row)
    sent = (request.POST,) if request.method == "POST" else ()
    form = PassOnForm(people, *sent, initial={"edition": found.row.edition})

    def act() -> None:
        to = UUID(form.cleaned_data["to"])
        actions.pass_on(by=viewer, request_id=request_id, to=to, edition=form.seen())

    lead = _(
        "They are told, and are shown what they need to answer. You are no longer shown it by this request."
    )
    title = _("Pass it on to a colleague")
    return _act(request, found, form, act, title, lead, _("Pass it on"), _("It was passed on."))


def withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """No longer needed."""
    viewer: Viewer = viewer_of(request)
    if again := first_answer(request):
        return again
    found = one_request(viewer, request_id)
    if not (found.made_by_me and found.is_open):
        raise Refused("Not asked by this person, or not open.")
    form = Edition(request.POST if request.method == "POST" else None, initial={"edition": found.row.edition})

    def act() -> None:
        actions.withdraw(by=viewer, request_id=request_id, edition=form.seen())

    lead = _("Whoever was asked no longer finds it on their list, and is no longer shown who it is about.")
    title = _("Say that it is no longer needed")
    return _act(request, found, form, act, title, lead, _("It is no longer needed"), _("It was withdrawn."))


def _act(
    request: HttpRequest,
    found: OneRequest,
    form: Any,
    act: Callable[[], None],
    title: str,
    lead: str,
    button: str,
    done: str,
) -> HttpResponse:
    here = reverse("asking.one", args=[found.row.pk])
    on_to = here if found.made_by_me else reverse(LIST)

    def once() -> str:
        act()
        return on_to

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, once, done)
        if answer:
            return answer
        renew(form, one_request(viewer_of(request), found.row.pk).row.edition)
    words = {
        "form": form,
        "found": found,
        "title": title,
        "lead": lead,
        "button": button,
        "back": Link("", here),
    }
    return render(request, "asking/act.html", words)


def _mine(viewer: Viewer, request_id: UUID) -> OneRequest:
    found = one_request(viewer, request_id)
    if not (found.mine and found.is_open):
        raise Refused("Not asked of this person, or not open.")
    return found


def renew(form: Any, edition: int) -> None:
    """What is sent next is sent over the edition that is shown now."""
    form.data = form.data.copy()
    form.data["edition"] = str(edition)


def facts_of(found: OneRequest, viewer: Viewer) -> list[Row]:
    """Who asked whom, about whom, by when."""
    row, line = found.row, found.line
    left = days_until(row.due, viewer.on) if found.is_open else ""
    facts = [
        Row(_("About"), line.child),
        Row(_("Asked by"), line.asked_by, note=long_time(row.asked_at)),
        Row(_("Asked of"), line.asked_of),
        Row(_("By when"), row.due, note=left),
    ]
    if line.holder and line.holder != line.asked_of:
        facts.insert(3, Row(_("In the hands of"), line.holder))
    return facts
