"""Days on which no text message that can wait is sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.messages.handling import set_quiet_day
from throughline.core.messages.queries import quiet_days_ahead
from throughline.web.components.parts import Column
from throughline.web.portals.saving import save_once

from .board import viewer_of
from .forms import QuietDayForm


def quiet_days(request: HttpRequest) -> HttpResponse:
    """The days ahead, and a form for another."""
    viewer = viewer_of(request)
    form = QuietDayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():

        def act() -> str:
            set_quiet_day(by=viewer, day=form.cleaned_data["day"], reason=form.cleaned_data["reason"])
            return reverse("correspondence.quiet_days")

        answer = save_once(request, act)
        messages.success(request, _("No text message that can wait will be sent on that day."))
        return answer
    words = {
        "form": form,
        "columns": [Column(_("Day"), sort=False), Column(_("Why"), sort=False)],
        "rows": [[row.day, row.reason] for row in quiet_days_ahead(viewer)],
    }
    return render(request, "correspondence/quiet_days.html", words)
