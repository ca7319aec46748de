"""Every account, for the system administrator: the authority's staff, and the staff of any organisation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.places import OURS, place_by_code, require_place
from throughline.core.access.staff_lists import organisations_found
from throughline.core.organisations.actions import add_agency
from throughline.web.components.parts import Cell, Column, Link
from throughline.web.portals.saving import save_form

from .forms import FindForm, OrganisationForm
from .pages import columns, invite_link, staff_rows, viewer_of


def find(request: HttpRequest) -> HttpResponse:
    """The authority's own staff, and finding a school or organisation."""
    viewer = viewer_of(request)
    sought = request.GET.get("q", "").strip()[:100]
    found = [
        [Cell(place.name, href=reverse("accounts.staff", args=[place.code])), count]
        for place, count in organisations_found(viewer, sought)
    ]
    words = {
        "ours": reverse("accounts.staff", args=[OURS]),
        "find": FindForm(initial={"q": sought}),
        "sought": sought,
        "found": found,
        "columns": [Column(_("School or organisation")), Column(_("Posts held"), numeric=True)],
    }
    return render(request, "organisation/find.html", words)


def staff(request: HttpRequest, code: str) -> HttpResponse:
    """Who works at one place."""
    viewer = viewer_of(request)
    place = place_by_code(code)
    require_place(viewer, place, viewer.on)
    words = {
        "place": place,
        "rows": staff_rows(viewer, place),
        "columns": columns(),
        "invite": invite_link(viewer, place),
        "back": Link("", reverse("accounts.find")),
    }
    return render(request, "organisation/staff.html", words)


def new(request: HttpRequest) -> HttpResponse:
    """An organisation that is not there yet. Schools come with the register."""
    viewer = viewer_of(request)
    form = OrganisationForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        row = add_agency(by=viewer, **form.cleaned_data)
        return reverse("accounts.staff", args=[f"agency:{row.pk}"])

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("The organisation was added. Now add its administrator."))
        if answer:
            return answer
    words = {"form": form, "back": Link("", reverse("accounts.find"))}
    return render(request, "organisation/new.html", words)
