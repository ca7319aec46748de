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

from throughline.rules.allocation.facts import FACTS, LOOKED_AFTER
from throughline.web.journeys.asking import Route
from throughline.web.journeys.steps import Answers, Journey, Step

from ...forms.family import (
    CareForm,
    LateForm,
    LivesHereForm,
    NewAddressForm,
    ReasonsForm,
    YesNoForm,
    care_title,
)
from ...queries.asking import CARE, FactAsked, asks_about_care, facts_to_ask, without_care
from ...queries.families import Choice, KnownHome, choices_for, home_for, late_now, my_application
from ...wording.questions import counts_for, definition_lines, evidence_words, question_words
from .keeping import ADDRESS, LATE, NEW_ADDRESS, PAPERS, REASONS, SCHOOLS, ApplicationKeeper


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
    home = home_for(viewer, application.child)
    return Applying(
        application,
        str(application.child),
        called(application.child),
        home,
        choices,
        asked,
        Journey(tuple(_steps(application, home, choices, asked))),
        ApplicationKeeper(request, application, asked),
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
    application: Any, home: KnownHome, choices: Sequence[Choice], asked: Sequence[FactAsked]
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
        steps.extend(_care(child, here))
    for each in without_care(asked):
        steps.extend(_fact(each, child, here))
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


def _care(child: str, here: list[Any]) -> list[Step]:
    title, about = care_title(child), _("About your child")
    care = Step(CARE, title, partial(CareForm, child=child), group=about)
    codes = dict.fromkeys(code for fact in FACTS if fact.name in LOOKED_AFTER for code in fact.evidence)
    return [
        care,
        _papers(CARE, tuple(codes), lambda answers: _care_said(answers) != "no", here, (title, about)),
    ]


def _care_said(answers: Answers) -> str:
    return str(answers.get(CARE, {}).get("care", "no"))


def _fact(asked: FactAsked, child: str, here: list[Any]) -> list[Step]:
    details = asked.choice.in_force.arrangement.details
    question = question_words(asked.name)
    names = {"child": child, "school": asked.choice.school.name}
    title = str(question.title) % names
    points = definition_lines(asked.name, details)
    group = asked.school.name if asked.school else _("About your child")
    step = Step(
        asked.slug,
        title,
        partial(YesNoForm, tell=str(question.tell)),
        help=(counts_for(asked.name, details), str(question.help) % names),
        points=points,
        points_title=_("At this school, this means:") if points else "",
        group=group,
        said=lambda answer: _said_yes_no(title, answer),
    )
    return [
        step,
        _papers(
            asked.slug, asked.fact.evidence, lambda answers: _yes(answers, asked.slug), here, (title, group)
        ),
    ]


def _papers(slug: str, codes: Sequence[str], applies: Any, here: list[Any], of: tuple[str, str]) -> Step:
    points = evidence_words(tuple(codes))
    return Step(
        PAPERS + slug,
        _("Send us something that shows this"),
        page=reverse("admissions.my_papers", args=[*here, slug]),
        applies=lambda answers: bool(points) and applies(answers),
        points=points,
        note=of[0],
        optional=True,
        group=of[1],
        said=lambda files: [
            (_("What you are sending to show this"), ", ".join(each["name"] for each in files))
        ],
    )


def _yes(answers: Answers, slug: str) -> bool:
    return bool(answers.get(slug, {}).get("answer") == "yes")


def _said_yes_no(title: str, answer: Mapping[str, Any]) -> list[tuple[str, Any]]:
    yes = answer.get("answer") == "yes"
    words = answer.get("words") if yes else ""
    if words:
        return [(title, _("Yes: %(words)s") % {"words": words})]
    return [(title, _("Yes") if yes else _("No"))]


def _said_schools(wanted: Sequence[Mapping[str, Any]], choices: Sequence[Choice]) -> list[tuple[str, Any]]:
    names = {str(choice.school.pk): choice.school.name for choice in choices}
    return [
        (
            _("Preference %(number)s") % {"number": number},
            names.get(each["school"], _("A school that is no longer in this round")),
        )
        for number, each in enumerate(wanted, start=1)
    ]
