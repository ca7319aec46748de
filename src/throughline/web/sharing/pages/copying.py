"""A copy of a record for one person around the child: chosen, then made from what that person may see."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughline.core.access.viewer import Refused
from throughline.core.people.eyes.around import eyes_of, people_around, person_around
from throughline.core.sharing.show import Sight
from throughline.web.components.authority import authority_shown
from throughline.web.components.parts import Link

from ..copies import copy_for
from ..forms.eyes import CopyForm
from .rules import viewer_of


def make_copy(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Choose the reader; the answer is the file. It is made anew each time, so that it is never older than the rules."""
    viewer = viewer_of(request)
    own = Sight(viewer, [child_id])
    people = people_around(own, child_id)
    form = CopyForm(request.POST or None, people=people)
    nothing = False
    if request.method == "POST" and form.is_valid():
        person = person_around(own, child_id, UUID(form.cleaned_data["person"]))
        eyes = Sight(eyes_of(person), [child_id], lent_to=viewer)
        try:
            content = copy_for(eyes, child_id, authority_shown()["name"], person.words)
        except Refused:
            nothing = True
        else:
            headers = {"Content-Disposition": 'attachment; filename="copy-of-a-record.pdf"'}
            return HttpResponse(content, content_type="application/pdf", headers=headers)
    own.record_look("for whom a copy is made")
    back = Link("", reverse("record.child", args=[child_id]))
    return render(request, "sharing/copy.html", {"form": form, "nothing": nothing, "back": back})
