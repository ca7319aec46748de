"""Answering a subject access request: opened in one act, read, given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused
from throughline.core.retention.actions.packs import (
    CannotOpen,
    ChangedMeanwhile,
    close_pack,
    decide_by_hand,
    open_pack,
    release_pack,
)
from throughline.core.retention.queries.packs import PackToRead, pack_to_read, who_may_ask
from throughline.web.components.authority import authority_shown
from throughline.web.components.parts import Cell, Column, Link, Row, Status
from throughline.web.components.wording import long_date
from throughline.web.portals.saving import first_answer, save_form
from throughline.web.record.frame import Record, about_child

from .forms import CHILD, BecauseForm, ByHandForm, GiveForm, OpenForm
from .wording import WHY

ON_A_PAGE = 50


@about_child
def open_one(request: HttpRequest, record: Record) -> HttpResponse:
    """Who asks, since when, how it is certain who they are: then everything is gathered."""
    if again := first_answer(request):
        return again
    form = OpenForm(
        who_may_ask(record.viewer, record.child_id), *((request.POST,) if request.method == "POST" else ())
    )
    if request.method == "POST" and form.is_valid():
        done = _("The request is open, the record is held, and what is held is being gathered.")
        answer = save_form(request, form, lambda: _open(record, form), done)
        if answer:
            return answer
    record.sight.record_look("subject access request")
    back = Link("", reverse("keeping.of_child", args=[record.child_id]))
    return render(request, "keeping/open_pack.html", {"form": form, "name": record.opened.name, "back": back})


def _open(record: Record, form: OpenForm) -> str:
    given = form.cleaned_data
    try:
        pack = open_pack(
            by=record.viewer,
            child_id=record.child_id,
            adult_id=None if given["who"] == CHILD else UUID(given["who"]),
            received_on=given["received"],
            identity=given["identity"],
        )
    except CannotOpen as problem:
        words = {
            "adult": _("This adult may not ask in the child’s place. Nothing was opened."),
            "open already": _("A request for this child is open already. Answer or close that one first."),
        }
        raise ValidationError(words[problem.problem]) from problem
    return reverse("keeping.pack", args=[pack.pk])


def read(request: HttpRequest, pack_id: UUID) -> HttpResponse:
    """What would be given, and what is withheld and why."""
    found = pack_to_read(request.viewer, pack_id)  # type: ignore[attr-defined]
    pack: Any = found.pack
    page = Paginator(found.items, ON_A_PAGE).get_page(request.GET.get("page"))
    withheld = sum(not each.given for each in found.items)
    words = {
        "pack": pack,
        "summary": _summary(pack, len(found.items) - withheld, withheld),
        "columns": [
            Column(_("What"), sort=False),
            Column(_("Decision"), sort=False),
            Column(_("Change"), sort=False),
            Column(_("What it says"), sort=False),
        ],
        "rows": [_item(pack, each) for each in page],
        "word_columns": [
            Column(_("Word"), sort=False),
            Column(_("Decision"), sort=False),
            Column(_("Change"), sort=False),
        ],
        "word_rows": [_word(pack, each) for each in found.words],
        "page": page,
        "back": Link("", reverse("keeping.of_child", args=[pack.child_id])),
    }
    return render(request, "keeping/pack.html", words)


def _summary(pack: Any, given: int, withheld: int) -> list[Row]:
    rows = [
        Row(_("About"), str(pack.child)),
        Row(_("Who asked"), str(pack.adult) if pack.adult else _("The child or young person")),
        Row(_("Received"), long_date(pack.received_on)),
        Row(_("Due"), long_date(pack.due_on)),
        Row(_("How it is certain who they are"), pack.identity_checked),
        Row(_("State"), pack.get_state_display()),
    ]
    if pack.state == "review":
        rows += [Row(_("Entries to be given"), given), Row(_("Entries withheld"), withheld)]
    if pack.expires_on:
        rows.append(Row(_("Can be fetched until"), long_date(pack.expires_on)))
    return rows


def _item(pack: Any, each: Any) -> list[Any]:
    says = "; ".join(f"{label}: {text}" for label, text, _free in each.item["fields"])
    state = Status(_("Withheld"), "red") if each.why else Status(_("To be given"), "green")
    note = " ".join(text for text in (str(WHY.get(each.why, "")), each.because) if text)
    address = reverse("keeping.decide", args=[pack.pk, each.item["id"]])
    words = _("Give it") if each.why else _("Withhold it")
    return [
        Cell(each.item["title"], note=each.item["section"]),
        Cell(status=state),
        Cell(words, href=address),
        Cell(says, note=note),
    ]


def _word(pack: Any, each: Any) -> list[Any]:
    state = Status(_("Withheld"), "red") if each.withheld else Status(_("To be given"), "green")
    address = reverse("keeping.decide", args=[pack.pk, each.key])
    words = _("Give it") if each.withheld else _("Withhold it")
    return [Cell(each.word, note=each.because), Cell(status=state), Cell(words, href=address)]


def decide(request: HttpRequest, pack_id: UUID, key: str) -> HttpResponse:
    """Withhold one entry or word, or give it after all, with a reason."""
    viewer: Any = request.viewer  # type: ignore[attr-defined]
    if again := first_answer(request):
        return again
    found = pack_to_read(viewer, pack_id)
    what, withheld = _what(found, key)
    form = ByHandForm(*((request.POST,) if request.method == "POST" else ()))
    here = reverse("keeping.pack", args=[pack_id])

    def act() -> str:
        try:
            decide_by_hand(
                by=viewer,
                pack_id=pack_id,
                edition=_edition(request),
                key=key,
                withheld=not withheld,
                because=form.cleaned_data["because"],
            )
        except ChangedMeanwhile as changed:
            raise ValidationError(_changed()) from changed
        return here

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("Your decision is kept."))
        if answer:
            return answer
    words = {"form": form, "pack": found.pack, "what": what, "withheld": withheld, "back": Link("", here)}
    return render(request, "keeping/decide.html", words)


def _what(found: PackToRead, key: str) -> tuple[str, bool]:
    """What is decided about, and whether it is withheld now.

    Raises:
        Refused: there is no such entry in this pack.
    """
    for each in found.items:
        if each.item["id"] == key:
            return "; ".join(f"{label}: {text}" for label, text, _free in each.item["fields"]), not each.given
    for word in found.words:
        if word.key == key:
            return word.word, word.withheld
    raise Refused("There is no such entry in this pack.")


def release(request: HttpRequest, pack_id: UUID) -> HttpResponse:
    """The second step: give it."""
    viewer: Any = request.viewer  # type: ignore[attr-defined]
    if again := first_answer(request):
        return again
    found = pack_to_read(viewer, pack_id)
    pack: Any = found.pack
    if pack.state != "review":
        raise Refused("There is nothing to be given.")
    here = reverse("keeping.pack", args=[pack_id])
    form = GiveForm(*((request.POST,) if request.method == "POST" else ()))

    def act() -> str:
        name = authority_shown()["name"]
        try:
            release_pack(by=viewer, pack_id=pack_id, edition=_edition(request), author=name)
        except ChangedMeanwhile as changed:
            raise ValidationError(_changed()) from changed
        return here

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("The pack is given."))
        if answer:
            return answer
    withheld = sum(not each.given for each in found.items)
    words = {
        "form": form,
        "pack": pack,
        "summary": _summary(pack, len(found.items) - withheld, withheld),
        "back": Link("", here),
    }
    return render(request, "keeping/release.html", words)


def close(request: HttpRequest, pack_id: UUID) -> HttpResponse:
    """End a request without giving anything."""
    viewer: Any = request.viewer  # type: ignore[attr-defined]
    if again := first_answer(request):
        return again
    found = pack_to_read(viewer, pack_id)
    form = BecauseForm(*((request.POST,) if request.method == "POST" else ()))
    here = reverse("keeping.pack", args=[pack_id])

    def act() -> str:
        if not close_pack(by=viewer, pack_id=pack_id, because=form.cleaned_data["because"]):
            raise ValidationError(_("The request has ended already. Nothing was changed."))
        return here

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("The request is closed."))
        if answer:
            return answer
    return render(request, "keeping/close.html", {"form": form, "pack": found.pack, "back": Link("", here)})


def _edition(request: HttpRequest) -> int:
    sent = request.POST.get("edition", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else 0


def _changed() -> str:
    return _(
        "Somebody else decided something meanwhile. Nothing of yours was kept. Go back and read it again."
    )
