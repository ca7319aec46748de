"""How we contact you: everybody's own choice, whatever their portal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.messages.choosing import choose, own_choices, own_mobile, texts_are_offered
from throughline.core.messages.kinds import kinds_to_choose, statutory_kinds
from throughline.web.portals.saving import save_once

from .board import viewer_of
from .forms import ContactForm


def contact(request: HttpRequest) -> HttpResponse:
    """What is chosen now; by POST, what is chosen from now on."""
    viewer = viewer_of(request)
    form = form_for(viewer, request.POST if request.method == "POST" else None)
    if form.is_valid():

        def act() -> str:
            lang = form.cleaned_data.get("lang", "")
            choose(by=viewer, channel=form.cleaned_data["channel"], by_kind=form.by_kind, lang=lang)
            return reverse("correspondence.contact")

        answer = save_once(request, act)
        messages.success(request, _("We will contact you as you chose."))
        return answer
    words = {"form": form, "always": statutory_kinds(), "family": viewer.portal == "family"}
    return render(request, "correspondence/contact.html", words)


def form_for(viewer: Viewer, data: Any) -> ContactForm:
    ways, hints = ways_of(viewer)
    # Who works with us has news only by e-mail or text; kinds are for the people we serve.
    return ContactForm(data, ways=ways, hints=hints, kinds=kinds_to_choose(), chosen=own_choices(viewer))


def ways_of(viewer: Viewer) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The ways by which this person can be reached, each with where that is."""
    ways, hints = [("email", _("Email"))], {"email": _("We use the address you sign in with.")}
    number = own_mobile(viewer)
    if number and texts_are_offered():
        ways.append(("text", _("Text message")))
        hints["text"] = _(
            "We use %(number)s. We send no texts between 8pm and 8am unless something is urgent."
        ) % {"number": number}
    if viewer.portal == "family":
        ways.append(("letter", _("Letter")))
        hints["letter"] = _("We use your home address. A letter takes some days to arrive.")
    return ways, hints
