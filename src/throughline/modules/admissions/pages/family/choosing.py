"""Choosing schools: the list to choose from, one school, and the family's own list in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.web.components.maps import Layer, Place
from throughline.web.components.parts import Link, Row
from throughline.web.portals.saving import save_once

from ...actions.applications import Overtaken
from ...actions.family import add_preference, move_preference, remove_preference
from ...forms.family import SearchForm
from ...queries.families import Choice, KnownHome, choices_for, home_for, may_change, my_application
from ...wording.criteria import criterion_words
from ...wording.questions import known_words
from .journey import applying, called
from .keeping import SCHOOLS
from .telling import how_far, in_catchment, last_time, would_count

A_PAGE = 10


def schools(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Every school in the round, nearest first, with what would count for this child."""
    viewer = request.viewer  # type: ignore[attr-defined]
    application = my_application(viewer, application_id)
    if request.method == "POST":
        return _act(request, application, reverse("admissions.my_list", args=[application_id]))
    form = SearchForm(request.GET)
    sought = form.cleaned_data["q"].strip().casefold() if form.is_valid() else ""
    everything = choices_for(viewer, application.round, application.child)
    found = [choice for choice in everything if not sought or sought in _searched(choice)]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    chosen = _chosen(application)
    home = home_for(viewer, application.child)
    words = {
        "application": application,
        "child": str(application.child),
        "search": form,
        "sought": sought,
        "page": page,
        "choices": [(choice, rows_of(choice), str(choice.school.pk) in chosen) for choice in page],
        "layers": _layers(list(page), home),
        "withheld": any(choice.withheld for choice in page),
        "measured": any(choice.distance is not None for choice in page),
        "count": len(chosen),
        "may_change": may_change(application),
        "back": Link("", reverse("admissions.my_list", args=[application_id])),
        "page_title": _("Schools you can choose"),
    }
    return render(request, "admissions/family/schools.html", words)


def school(request: HttpRequest, application_id: UUID, school_id: UUID) -> HttpResponse:
    """One school: its criteria in order, and the one that would apply."""
    viewer = request.viewer  # type: ignore[attr-defined]
    application = my_application(viewer, application_id)
    if request.method == "POST":
        return _act(request, application, reverse("admissions.my_list", args=[application_id]))
    found = choices_for(viewer, application.round, application.child, only=[school_id])
    if not found:
        raise Http404
    choice = found[0]
    child = called(application.child)
    criteria = [
        (criterion_words(each, choice.in_force.arrangement), number == choice.criterion)
        for number, each in enumerate(choice.in_force.arrangement.criteria)
    ]
    words = {
        "application": application,
        "child": child,
        "choice": choice,
        "rows": rows_of(choice),
        "criteria": criteria,
        "known": [known_words(fact, child, choice.school.name) for fact in choice.facts],
        "chosen": str(school_id) in _chosen(application),
        "may_change": may_change(application),
        "back": Link("", reverse("admissions.my_schools", args=[application_id])),
        "page_title": choice.school.name,
    }
    return render(request, "admissions/family/school.html", words)


def ranking(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The family's list: put in order, taken from, added to, without JavaScript."""
    here = applying(request, application_id)
    if request.method == "POST":
        return _act(request, here.application, reverse("admissions.my_list", args=[application_id]))
    following = here.journey.after(SCHOOLS, here.keeper.answers)
    before = here.journey.before(SCHOOLS, here.keeper.answers)
    names = {str(choice.school.pk): choice for choice in here.choices}
    wanted = [each["school"] for each in here.application.answers.get("preferences", [])]
    words = {
        "application": here.application,
        "child": here.child,
        "listed": [
            (key, names.get(key), short_rows_of(names[key]) if key in names else []) for key in wanted
        ],
        "limit": here.application.round.preferences,
        "full": len(wanted) >= here.application.round.preferences,
        "progress": here.journey.progress(SCHOOLS, here.keeper.answers),
        "go_on": here.route.check
        if here.journey.resume(here.keeper.answers) is None
        else here.route.of(following)
        if following
        else here.route.check,
        "may_change": may_change(here.application),
        "back": Link("", here.route.of(before) if before else here.route.start),
        "page_title": _("Your list of schools"),
    }
    return render(request, "admissions/family/list.html", words)


def rows_of(choice: Choice) -> list[Row]:
    """What a parent weighs, line by line."""
    rows = [Row(_("Distance from home"), how_far(choice), note=in_catchment(choice))]
    rows.append(Row(_("Places"), choice.in_force.arrangement.admission_number))
    rows.append(Row(_("Your child would be considered under"), would_count(choice)))
    if choice.last_time is not None:
        rows.append(Row(_("Last year"), last_time(choice.last_time, choice)))
    return rows


def short_rows_of(choice: Choice) -> list[Row]:
    """What is enough to know a school again on the family's own list."""
    return [
        Row(_("Distance from home"), how_far(choice), note=in_catchment(choice)),
        Row(_("Your child would be considered under"), would_count(choice)),
    ]


def _act(request: HttpRequest, application: Any, then: str) -> HttpResponse:
    """One button: ``add``, ``remove``, ``up`` or ``down``, each with a school's key."""
    viewer = request.viewer  # type: ignore[attr-defined]
    acts: dict[str, Callable[[UUID], Any]] = {
        "add": lambda key: add_preference(by=viewer, application=application, school_id=key),
        "remove": lambda key: remove_preference(by=viewer, application=application, school_id=key),
        "up": lambda key: move_preference(by=viewer, application=application, school_id=key, up=True),
        "down": lambda key: move_preference(by=viewer, application=application, school_id=key, up=False),
    }
    name = next((name for name in acts if name in request.POST), "")
    key = _key(request.POST.get(name, ""))
    if key is None:
        raise Http404

    def act() -> str:
        acts[name](key)
        return then

    try:
        return save_once(request, act)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    except Overtaken:
        messages.error(
            request, _("Your list was changed somewhere else. This is the list as it is now. Try again.")
        )
    return save_once(request, lambda: then)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _chosen(application: Any) -> set[str]:
    return {each["school"] for each in application.answers.get("preferences", [])}


def _searched(choice: Choice) -> str:
    at = choice.school
    return " ".join((at.name, at.street, at.town, at.postcode)).casefold()


def _layers(choices: list[Choice], home: KnownHome) -> list[Layer]:
    places = [
        Place(c.school.name, c.school.easting, c.school.northing, how_far(c))
        for c in choices
        if c.school.easting is not None and c.school.northing is not None
    ]
    if not places:
        return []
    layers = [Layer(_("Schools"), places)]
    if home.on_map:
        layers.append(Layer(_("Your home"), [Place(_("Your home"), *home.on_map)], shape="diamond"))
    return layers
