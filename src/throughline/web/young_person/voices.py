"""What a child says, beside their record; and writing it down for a child who told somebody."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused, Viewer
from throughline.core.people.circle_shown import name_of_child
from throughline.core.people.voice import voice_of, write_down
from throughline.core.sharing.show import Sight
from throughline.web.components.parts import Link
from throughline.web.portals.saving import save_form
from throughline.web.record.frame import Record, about_child

from .forms import WriteDownForm
from .pages import viewer_of

PAGE = "young_person.voice"


@about_child
def of_child(request: HttpRequest, record: Record) -> HttpResponse:
    """Their words, latest first."""
    sight, child_id = record.sight, record.child_id
    if not sight.may_know(child_id, "people.voice"):
        raise Refused("Not words this person may know of.")
    words = {
        "child_id": child_id,
        "said": voice_of(child_id, sight),
        "may_give_way_in": record.viewer.may("people.invite_young_person"),
        "may_write": record.viewer.may("people.write_down_words") and sight.may_see(child_id, "people.voice"),
    }
    return record.page(request, "young_person/of_child.html", PAGE, _("In their words"), **words)


def write(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Write down what a child said, and how it is known."""
    viewer: Viewer = viewer_of(request)
    sight = Sight(viewer, [child_id])
    name = name_of_child(child_id, sight)
    if not sight.may_see(child_id, "people.voice"):
        raise Refused("Not words this person may read.")
    form = WriteDownForm(*((request.POST,) if request.method == "POST" else ()))
    here = reverse(PAGE, args=[child_id])

    def act() -> str:
        write_down(by=viewer, child_id=child_id, **form.cleaned_data)
        return here

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("Their words were saved."))
        if answer:
            return answer
    sight.record_look("in their words")
    return render(request, "young_person/write.html", {"form": form, "name": name, "back": Link("", here)})
