"""Who the parent is, their children, and adding one."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.core.people.actions import AlreadyThere, ChildDetails, add_own_child, say_who_i_am
from throughline.core.people.queries import adult_of, my_children
from throughline.web.components.parts import Link
from throughline.web.journeys.asking import Route, ask
from throughline.web.journeys.keeping import SessionKeeper
from throughline.web.journeys.saying import check_groups
from throughline.web.journeys.steps import Journey, Step
from throughline.web.portals.saving import save_once

from ...actions.applications import start_application
from ...forms.family import AddressForm, ChildForm, TieForm, WhoIAmForm
from ...queries.families import my_applications, my_child_shown, rounds_for, unsubmitted
from .keeping import address_details, say_if_unknown
from .telling import standing

ADDING = Journey(
    (
        Step("child", gettext_lazy("About your child"), ChildForm),
        Step("you", gettext_lazy("About you and your child"), TieForm),
        Step(
            "address",
            gettext_lazy("Where does your child live?"),
            AddressForm,
            help=(
                gettext_lazy(
                    "Give the place where your child sleeps on most school nights. We may ask you to show that you live there."
                ),
            ),
        ),
    )
)


def about_you(request: HttpRequest) -> HttpResponse:
    """A parent's or carer's own name: asked once, and changed here."""
    viewer = request.viewer  # type: ignore[attr-defined]
    adult = adult_of(viewer)
    held = {name: getattr(adult, name) for name in ("forename", "surname", "phone")} if adult else None
    form = WhoIAmForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            say_who_i_am(by=viewer, **form.cleaned_data)
            return reverse("admissions.my_places" if adult else "admissions.add_child")

        return save_once(request, act)
    words = {"form": form, "first": adult is None, "page_title": _("About you")}
    return render(request, "admissions/family/about_you.html", words)


def children(request: HttpRequest) -> HttpResponse:
    """The viewer's children, and the application of each."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if adult_of(viewer) is None:
        return HttpResponseRedirect(reverse("admissions.about_you"))
    applications = my_applications(viewer)
    changed = unsubmitted(applications)
    by_child: dict[UUID, list[Any]] = {}
    for each in applications:
        by_child.setdefault(each.child_id, []).append((each, standing(each, each.pk in changed)))
    shown = [(child, by_child.get(child.id, [])) for child in my_children(viewer)]
    words = {"children": shown, "page_title": _("School places")}
    return render(request, "admissions/family/children.html", words)


def child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """One child: which places can be applied for, and beginning to."""
    viewer = request.viewer  # type: ignore[attr-defined]
    found = my_child_shown(viewer, child_id)
    rounds = rounds_for(found)
    if request.method == "POST":
        wanted = next((r for r in rounds if str(r.pk) == request.POST.get("round")), None)
        if wanted is not None:
            try:
                return save_once(request, lambda: _start(viewer, wanted, child_id))
            except ValidationError as problem:
                messages.error(request, " ".join(problem.messages))
    mine = {a.round_id: a for a in my_applications(viewer) if a.child_id == found.pk}
    words = {
        "child": found,
        "rounds": [(each, mine.get(each.pk)) for each in rounds],
        "back": Link("", reverse("admissions.my_places")),
        "page_title": str(found),
    }
    return render(request, "admissions/family/child.html", words)


def _start(viewer: Any, wanted: Any, child_id: UUID) -> str:
    application = start_application(by=viewer, round=wanted, child_id=child_id)
    return reverse("admissions.my_application", args=[application.pk])


def add(request: HttpRequest) -> HttpResponse:
    """Begin to add a child, or go on."""
    if adult_of(request.viewer) is None:  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("admissions.about_you"))
    step = ADDING.resume(_keeper(request).answers)
    return HttpResponseRedirect(_route().of(step) if step else _route().check)


def question(request: HttpRequest, slug: str) -> HttpResponse:
    """One question about a child who is being added."""
    if adult_of(request.viewer) is None:  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("admissions.about_you"))
    response = ask(request, ADDING, slug, _keeper(request), _route())
    if slug == "address" and response.status_code == 302:
        say_if_unknown(request, request.POST.get("postcode", ""))
    return response


def check(request: HttpRequest) -> HttpResponse:
    """Check what was given, then add the child."""
    keeper = _keeper(request)
    step = ADDING.resume(keeper.answers)
    if step is not None and request.method != "POST":
        return HttpResponseRedirect(_route().of(step))
    problem = ""
    if request.method == "POST":
        try:
            return save_once(request, lambda: _add(request, keeper))
        except AlreadyThere as already:
            problem = str(already)
    words = {
        "groups": check_groups(ADDING, keeper.answers, _route()),
        "problem": problem,
        "back": Link("", _route().address("address")),
        "page_title": _("Check what you have told us about your child"),
    }
    return render(request, "admissions/family/add_check.html", words)


def _add(request: HttpRequest, keeper: SessionKeeper) -> str:
    told, tie, address = (keeper.answers.get(slug) for slug in ("child", "you", "address"))
    if not told or not tie or not address:
        # The second press of a button whose first press has added the child already.
        return reverse("admissions.my_places")
    added = add_own_child(
        by=request.viewer,  # type: ignore[attr-defined]
        details=ChildDetails(
            forename=told["forename"],
            surname=told["surname"],
            born=date.fromisoformat(told["born"]),
            sex=told["sex"],
        ),
        kind=tie["kind"],
        has_responsibility=tie["responsible"] == "yes",
        address=address_details(address),
    )
    keeper.forget()
    messages.success(request, _("%(name)s has been added.") % {"name": added.forename})
    return reverse("admissions.my_child", args=[added.pk])


def _keeper(request: HttpRequest) -> SessionKeeper:
    return SessionKeeper(request, "admissions.adding_child")


def _route() -> Route:
    return Route(
        address=lambda slug: reverse("admissions.add_child_question", args=[slug]),
        check=reverse("admissions.add_child_check"),
        start=reverse("admissions.my_places"),
        template="admissions/family/question.html",
    )
