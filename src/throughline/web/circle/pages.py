"""Who is involved with a child: reading it, bringing somebody in, ending an involvement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.core.access.viewer import Refused, Viewer
from throughline.core.people.circle import join_circle, leave_circle
from throughline.core.people.circle_shown import (
    Member,
    my_involvement,
    name_of_child,
    people_to_bring_in,
    role_words,
)
from throughline.core.people.eyes.family import circle_told
from throughline.core.sharing.show import Sight
from throughline.web.components.parts import Cell, Column, Link
from throughline.web.portals.saving import first_answer, save_form
from throughline.web.record.frame import Record, about_child

from .forms import NOBODY, FindForm, JoinForm, LeaveForm
from .lists import viewer_of

PAGE = "circle.of_child"
NO_PLACE = gettext_lazy("No organisation")


@about_child
def of_child(request: HttpRequest, record: Record) -> HttpResponse:
    """Everybody involved with a child, as the viewer may know it."""
    viewer, sight, child_id = record.viewer, record.sight, record.child_id
    circle = circle_told(sight, child_id)
    may_end = viewer.may("people.circle") and sight.may_see(child_id, "people.circle")
    mine = next((member.id for member in circle.now if member.is_me and member.id), None)
    hidden = ngettext(
        "%(n)s other person is involved. Your role does not include who they are.",
        "%(n)s other people are involved. Your role does not include who they are.",
        circle.hidden,
    )
    words = {
        "child_id": child_id,
        "now": [_line(member, may_end) for member in circle.now],
        "before": [_past(member) for member in circle.before],
        "family": [[m.name, m.role] for m in circle.family],
        "school": [[m.name, m.role, m.place, m.since] for m in circle.school],
        "columns": _columns(may_end),
        "hidden": hidden % {"n": circle.hidden} if circle.hidden else "",
        "may_join": may_end,
        "leave": reverse("circle.leave", args=[mine]) if mine and not record.lent else "",
    }
    return record.page(request, "circle/of_child.html", PAGE, _("Circle"), **words)


def join(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Find somebody, say why, bring them in."""
    viewer: Viewer = viewer_of(request)
    sight = Sight(viewer, [child_id])
    name = name_of_child(child_id, sight)
    if not sight.may_see(child_id, "people.circle"):
        raise Refused("Not a circle this person may change.")
    sought = request.GET.get("q", "").strip()[:100]
    found = people_to_bring_in(viewer, sought)
    form = JoinForm(found, *((request.POST,) if request.method == "POST" else ()))
    here = reverse(PAGE, args=[child_id])
    if request.method == "POST" and form.is_valid():
        done = _("They are in the circle now.")
        answer = save_form(request, form, lambda: _join(viewer, child_id, form.cleaned_data, here), done)
        if answer:
            return answer
    sight.record_look("the circle")
    words = {
        "name": name,
        "find": FindForm(initial={"q": sought}),
        "sought": sought,
        "found": found,
        "form": form,
        "back": Link("", here),
    }
    return render(request, "circle/join.html", words)


def leave(request: HttpRequest, involvement_id: UUID) -> HttpResponse:
    """End an involvement, one's own or another's, with a reason."""
    viewer: Viewer = viewer_of(request)
    if again := first_answer(request):
        return again
    row = my_involvement(viewer, involvement_id)
    own = row.user_id == viewer.user_id
    sight = Sight(viewer, [row.child_id])
    form = LeaveForm(*((request.POST,) if request.method == "POST" else ()))
    on_to = (
        reverse("circle.mine")
        if own and viewer.may("people.my_circle")
        else _circle_or_home(own, row.child_id)
    )

    def act() -> str:
        leave_circle(by=viewer, involvement_id=row.pk, because=form.cleaned_data["because"])
        return on_to

    if request.method == "POST" and form.is_valid():
        answer = save_form(request, form, act, _("The involvement has ended."))
        if answer:
            return answer
    words = {
        "form": form,
        "own": own,
        "who": str(row.user or row.name),
        "role": role_words(row.role),
        "name": sight.value(row.child_id, "people.identity", str(row.child)),
        "over": row.until is not None and row.until <= viewer.on,
        "back": Link("", on_to),
    }
    sight.record_look("the circle")
    return render(request, "circle/leave.html", words)


def _circle_or_home(own: bool, child_id: UUID) -> str:
    return reverse("portals.home") if own else reverse(PAGE, args=[child_id])


def _join(viewer: Viewer, child_id: UUID, given: dict[str, Any], here: str) -> str:
    user, _sep, role = given["who"].partition(" ")
    outside = given["who"] == NOBODY
    join_circle(
        by=viewer,
        child_id=child_id,
        role=given["role"].strip() if outside else role,
        because=given["because"],
        user_id=None if outside else UUID(user),
        name=given["name"] if outside else "",
        since=given["since"],
    )
    return here


def _columns(may_end: bool) -> dict[str, list[Column]]:
    who, what = Column(_("Who"), sort=False), Column(_("As what"), sort=False)
    place, since = Column(_("For"), sort=False), Column(_("Since"), sort=False)
    why, until = Column(_("Why"), sort=False), Column(_("Until"), sort=False)
    end = [Column(_("End"), sort=False)] if may_end else []
    return {
        "now": [who, what, place, since, why, *end],
        "before": [who, what, place, since, until, Column(_("Why it ended"), sort=False)],
        "family": [who, what],
        "school": [who, what, place, since],
    }


def _line(member: Member, may_end: bool) -> list[Any]:
    name = Cell(member.name, note=_("This is you") if member.is_me else "")
    line = [name, member.role, member.place or NO_PLACE, member.since, member.because]
    if may_end and member.id:
        words = _("Leave") if member.is_me else _("End")
        line.append(Cell(words, href=reverse("circle.leave", args=[member.id])))
    return line


def _past(member: Member) -> list[Any]:
    place = member.place or NO_PLACE
    return [member.name, member.role, place, member.since, member.until, member.ended_because]
