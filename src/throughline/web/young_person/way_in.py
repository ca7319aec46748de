"""An officer gives a young person their own way in, or closes it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.messages.actions import ACCOUNT, write
from throughline.core.people.circle_shown import name_of_child
from throughline.core.people.voice import give_way_in, take_way_in, way_in_of
from throughline.core.sharing.show import Sight
from throughline.web.components.parts import Link
from throughline.web.portals.child_pages import first_page_about
from throughline.web.portals.saving import first_answer, save_form

from .forms import GiveForm, TakeForm
from .pages import viewer_of


def way_in(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """The address they sign in with; giving them one, or closing it."""
    viewer: Viewer = viewer_of(request)
    if again := first_answer(request):
        return again
    sight = Sight(viewer, [child_id])
    name = name_of_child(child_id, sight)
    address = way_in_of(viewer, child_id)
    sent = (request.POST,) if request.method == "POST" else ()
    form: Any = TakeForm(*sent) if address else GiveForm(*sent)
    here = reverse("young_person.way_in", args=[child_id])

    def act() -> str:
        if address:
            take_way_in(by=viewer, child_id=child_id, because=form.cleaned_data["because"])
        else:
            user = give_way_in(by=viewer, child_id=child_id, **form.cleaned_data)
            _tell(request, viewer, user)
        return here

    if request.method == "POST" and form.is_valid():
        done = (
            _("Their way in was closed.")
            if address
            else _("They have a way in, and a message was sent to them.")
        )
        answer = save_form(request, form, act, done)
        if answer:
            return answer
    words = {
        "form": form,
        "name": name,
        "address": address,
        "back": Link("", first_page_about(viewer, child_id)),
    }
    sight.record_look("a young person's way in")
    return render(request, "young_person/way_in.html", words)


def _tell(request: HttpRequest, by: Viewer, user: Any) -> None:
    """No secret is sent: the code comes when they ask for it, to this address and no other."""
    link = request.build_absolute_uri(reverse("account_request_login_code"))
    body = _(
        "You can now see your own page about your education, and say what matters to you.\n\nOpen this link, enter this "
        "email address, and we send you a code each time you sign in:\n%(link)s\n\nIf you did not expect this, tell "
        "whoever works with you."
    )
    subject = _("Your own page")
    write(
        by=by,
        kind=ACCOUNT,
        to=user.email,
        subject=subject,
        body=body % {"link": link},
        key=f"way-in:{user.pk}",
    )
