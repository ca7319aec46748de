"""The questions of an application, as data: worked out from the schools on the list and what the record knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.web.journeys.asking import Route
from throughline.web.journeys.steps import Journey, Step

from ...forms.family import LateForm, LivesHereForm, NewAddressForm, ReasonsForm
from ...queries.asking import FactAsked, Question, asks_about_care, facts_to_ask, questions_to_ask
from ...queries.families import Choice, KnownHome, choices_for, home_for, late_now, my_application
from .facts import care_steps, fact_steps
from .keeping import ADDRESS, LATE, NEW_ADDRESS, REASONS, SCHOOLS, ApplicationKeeper


@dataclass(frozen=True)
class Applying:
    """An application as its pages need it: the journey, the answers, where the pages are.

    ``child`` is the whole name, for headings; ``called`` what the family says, for questions.
    """

    application: Any
    child: str
    called: str
    home: KnownHome
    choices: list[Choice]
    asked: list[FactAsked]
    journey: Journey
    keeper: ApplicationKeeper
    route: Route


def applying(request: HttpRequest, application_id: UUID) -> Applying:
    """Everything about one application of the viewer's own."""
    viewer = request.viewer  # type: ignore[attr-defined]
    application = my_application(viewer, application_id)
    wanted = [UUID(each["school"]) for each in application.answers.get("preferences", [])]
    found = choices_for(viewer, application.round, application.child, only=wanted) if wanted else []
    by_school = {choice.school.pk: choice for choice in found}
    choices = [by_school[key] for key in wanted if key in by_school]
    asked = facts_to_ask(choices)
    questions = questions_to_ask(asked)
    home = home_for(viewer, application.child)
    return Applying(
        application,
        str(application.child),
        called(application.child),
        home,
        choices,
        asked,
        Journey(tuple(_steps(application, home, choices, asked, questions))),
        ApplicationKeeper(request, application, asked, questions, home),
        route_of(application_id),
    )


def called(child: Any) -> str:
    """What a child is called at home."""
    return str(child.chosen_name or child.forename)


def route_of(application_id: UUID) -> Route:
    """Where the pages of an application are."""
    here = [application_id]
    return Route(
        address=lambda slug: reverse("admissions.my_question", args=[*here, slug]),
        check=reverse("admissions.my_check", args=here),
        start=reverse("admissions.my_application", args=here),
        template="admissions/family/question.html",
    )


def _steps(
    application: Any,
    home: KnownHome,
    choices: Sequence[Choice],
    asked: Sequence[FactAsked],
    questions: Sequence[Question],
) -> list[Step]:
    child, here = called(application.child), [application.pk]
    schools = Step(
        SCHOOLS,
        _("Choose your schools"),
        page=reverse("admissions.my_list", args=here),
        group=_("Schools"),
        said=lambda wanted: _said_schools(wanted, choices),
    )
    steps = [*_address(child, home), schools]
    if choices:
        steps.append(_reasons(choices))
    if asks_about_care(asked, choices):
        steps.extend(care_steps(child, here))
    for question in questions:
        steps.extend(fact_steps(question, child, here))
    if late_now(application):
        steps.append(
            Step(
                LATE,
                _("Your application is late"),
                LateForm,
                help=(
                    _(
                        "The closing date has passed. We place children whose applications came on time first, and yours after "
                        "them, unless you have a good reason for being late."
                    ),
                    _("Good reasons are, for example, that you have just moved here or were seriously ill."),
                ),
                group=_("Late application"),
            )
        )
    return steps


def _address(child: str, home: KnownHome) -> list[Step]:
    if not home.seen:
        return []
    address = str(home.residence.address) if home.residence else ""
    lives_here = Step(
        ADDRESS,
        _("Where %(child)s lives") % {"child": child},
        partial(LivesHereForm, child=child, address=address),
        group=_("Address"),
        done=lambda answers: answers.get(ADDRESS, {}).get("lives_here") == "yes",
        said=lambda _answer: [(_("Where %(child)s lives") % {"child": child}, address)],
    )
    moved = Step(
        NEW_ADDRESS,
        _("Where does %(child)s live now?") % {"child": child},
        NewAddressForm,
        help=(
            _(
                "Give the place where your child sleeps on most school nights. We may ask you to show that you live there."
            ),
        ),
        applies=lambda answers: not address or answers.get(ADDRESS, {}).get("lives_here") == "no",
        group=_("Address"),
    )
    return [lives_here, moved] if address else [moved]


def _reasons(choices: Sequence[Choice]) -> Step:
    schools = [(str(choice.school.pk), choice.school.name) for choice in choices]
    return Step(
        REASONS,
        _("Do you want to say why you chose these schools?"),
        partial(ReasonsForm, schools=schools),
        help=(_("You do not have to. Reasons do not change the order in which children are given places."),),
        optional=True,
        group=_("Schools"),
        said=lambda answer: [
            (_("Why you want %(school)s") % {"school": name}, answer.get(key) or _("Nothing written"))
            for key, name in schools
        ],
    )


def _said_schools(wanted: Sequence[Mapping[str, Any]], choices: Sequence[Choice]) -> list[tuple[str, Any]]:
    names = {str(choice.school.pk): choice.school.name for choice in choices}
    return [
        (
            _("Preference %(number)s") % {"number": number},
            names.get(each["school"], _("A school that is no longer in this round")),
        )
        for number, each in enumerate(wanted, start=1)
    ]
