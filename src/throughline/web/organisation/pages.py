"""An organisation's own staff: who works here, joining, moving, leaving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access import posts
from throughline.core.access.places import Place, place_by_code, places_managed, require_place, roles_at
from throughline.core.access.staff_lists import PostShown, staff_of
from throughline.core.access.viewer import Viewer
from throughline.web.components.parts import Cell, Column, Link, Row, Status
from throughline.web.components.wording import long_date
from throughline.web.portals.saving import first_answer, save_form, save_once

from .forms import EndForm, InviteForm, MoveForm
from .inviting import send_invitation


def mine(request: HttpRequest) -> HttpResponse:
    """Everybody who holds a post at the organisations this administrator looks after."""
    viewer = viewer_of(request)
    places = [
        {"place": place, "rows": staff_rows(viewer, place), "invite": invite_link(viewer, place)}
        for place in places_managed(viewer, viewer.on)
    ]
    return render(request, "organisation/mine.html", {"places": places, "columns": columns()})


def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody joins."""
    viewer = viewer_of(request)
    place = place_by_code(code)
    require_place(viewer, place, viewer.on)
    form = InviteForm(roles_at(place), *((request.POST,) if request.method == "POST" else ()))
    here = list_link(viewer, place)

    def act() -> str:
        given = form.cleaned_data
        post = posts.join(
            by=viewer,
            place=place,
            email=given["email"],
            name=given["name"],
            role=given["role"],
            since=given["since"],
        )
        send_invitation(request, by=viewer, user=post.user, place=place)
        return here

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("They have been added, and a message was sent to them."))
        if answer:
            return answer
    return render(request, "organisation/invite.html", {"form": form, "place": place, "back": Link("", here)})


def move(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Somebody does something else from a day on."""
    viewer = viewer_of(request)
    if earlier := first_answer(request):
        return earlier
    post, place = posts.post_managed(viewer, post_id)
    form = MoveForm(roles_at(place), *((request.POST,) if request.method == "POST" else ()))
    here = list_link(viewer, place)

    def act() -> str:
        posts.move(
            by=viewer, post_id=post_id, role=form.cleaned_data["role"], since=form.cleaned_data["since"]
        )
        return here

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("Their role was changed."))
        if answer:
            return answer
    words: dict[str, Any]
    facts = [Row(_("Name"), str(post.user)), Row(_("Now"), post.role.label), Row(_("At"), place.name)]
    words = {"form": form, "facts": facts, "back": Link("", here)}
    if not post.user.has_usable_password():
        words["again"] = reverse(f"{area(viewer)}.again", args=[post_id])
    return render(request, "organisation/move.html", words)


def end(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Somebody leaves: the account closes with their last post, and they are signed out at once."""
    viewer = viewer_of(request)
    if earlier := first_answer(request):
        return earlier
    post, place = posts.post_managed(viewer, post_id)
    form = EndForm(*((request.POST,) if request.method == "POST" else ()))
    here = list_link(viewer, place)

    def act() -> str:
        posts.leave(by=viewer, post_id=post_id, on=form.cleaned_data["on"])
        return here

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("Their post ends. What they may see ends with it."))
        if answer:
            return answer
    facts = [Row(_("Name"), str(post.user)), Row(_("Role"), post.role.label), Row(_("At"), place.name)]
    words = {"form": form, "facts": facts, "back": Link("", here)}
    return render(request, "organisation/end.html", words)


def again(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Send the invitation again: by POST only. The link sent before still works until one of them is used."""
    viewer = viewer_of(request)
    if earlier := first_answer(request):
        return earlier
    post, place = posts.post_managed(viewer, post_id)
    here = list_link(viewer, place)
    if request.method != "POST":
        return HttpResponseRedirect(here)

    def act() -> str:
        send_invitation(request, by=viewer, user=post.user, place=place)
        return here

    messages.success(request, _("The invitation was sent again."))
    return save_once(request, act)


def columns() -> list[Column]:
    """The headings of a list of staff."""
    return [
        Column(_("Name")),
        Column(_("Role")),
        Column(_("Since")),
        Column(_("Account")),
        Column(_("Change"), sort=False),
        Column(_("Leave"), sort=False),
    ]


def staff_rows(viewer: Viewer, place: Place) -> list[list[Any]]:
    """A line for each post, with the ways to change and to end it. Nobody's own post is theirs to change."""
    return [
        [
            Cell(one.name, note=one.email),
            one.role,
            Cell(one.since, note=_until(one)),
            Cell(status=_state(one)),
            *_ways(viewer, one),
        ]
        for one in staff_of(viewer, place, viewer.on)
    ]


def _ways(viewer: Viewer, one: PostShown) -> list[Any]:
    if one.is_me:
        return [_("This is you"), _("Ask another administrator")]
    change = Cell(_("Change role"), href=reverse(f"{area(viewer)}.move", args=[one.id]))
    return [change, Cell(_("They leave"), href=reverse(f"{area(viewer)}.end", args=[one.id]))]


def _state(one: PostShown) -> Status:
    return Status(_("Signs in"), "green") if one.has_password else Status(_("Invited"), "yellow")


def _until(one: PostShown) -> str:
    return _("Leaves on %(day)s") % {"day": long_date(one.until)} if one.until else ""


def area(viewer: Viewer) -> str:
    """Which of the two sets of pages this viewer is in."""
    return "accounts" if viewer.portal == "staff" else "organisation"


def list_link(viewer: Viewer, place: Place) -> str:
    """The list of staff that a place's pages go back to."""
    if viewer.portal == "staff":
        return reverse("accounts.staff", args=[place.code])
    return reverse("organisation.staff")


def invite_link(viewer: Viewer, place: Place) -> str:
    return reverse(f"{area(viewer)}.invite", args=[place.code])


def viewer_of(request: HttpRequest) -> Any:
    return request.viewer  # type: ignore[attr-defined]
