"""The pages of one application: how it stands, its questions, checking, submitting, withdrawing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.web.components.parts import Link, Status, Task
from throughline.web.journeys.asking import ask
from throughline.web.journeys.saying import check_groups
from throughline.web.portals.saving import save_once

from ...actions.applications import withdraw_application
from ...actions.family import submit_own
from ...queries.asking import known_facts
from ...queries.families import late_now, may_change, my_application, submitted_preferences, unsubmitted
from ...wording.questions import known_words
from .journey import Applying, applying
from .keeping import NEW_ADDRESS, say_if_unknown
from .telling import standing, stands_until


def overview(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """How the application stands, and what is left to do."""
    here = applying(request, application_id)
    application = here.application
    changed = application.pk in unsubmitted([application])
    words = {
        "application": application,
        "child": here.child,
        "status": standing(application, changed),
        "changed": stands_until(application) if changed else "",
        "may_change": may_change(application),
        "late": late_now(application),
        "released": application.round.released_at is not None,
        "tasks": _tasks(here),
        "resume": _resume(here),
        "submitted": submitted_preferences(application) if application.version else [],
        "back": Link("", reverse("admissions.my_places")),
        "page_title": _("School place for %(child)s") % {"child": here.child},
    }
    return render(request, "admissions/family/application.html", words)


def question(request: HttpRequest, application_id: UUID, slug: str) -> HttpResponse:
    """One question."""
    here = applying(request, application_id)
    if not may_change(here.application):
        return _closed(request, here)
    response = ask(request, here.journey, slug, here.keeper, here.route, {"child": here.child})
    if slug == NEW_ADDRESS and response.status_code == 302:
        say_if_unknown(request, request.POST.get("postcode", ""))
    return response


def check(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Check your answers; submitting is the button at the end."""
    here = applying(request, application_id)
    if not may_change(here.application):
        return _closed(request, here)
    if request.method == "POST":
        try:
            return save_once(request, lambda: _submit(request, here))
        except ValidationError as problem:
            for sentence in problem.messages:
                messages.error(request, sentence)
    missing = here.journey.missing(here.keeper.answers)
    words = {
        "application": here.application,
        "child": here.child,
        "groups": check_groups(here.journey, here.keeper.answers, here.route),
        "known": _known(here),
        "missing": [(step, here.route.of(step)) for step in missing],
        "late": late_now(here.application),
        "back": Link("", here.route.start),
        "page_title": _("Check your answers"),
    }
    return render(request, "admissions/family/check.html", words)


def receipt(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """What was submitted, with its reference."""
    application = my_application(request.viewer, application_id)  # type: ignore[attr-defined]
    if not application.version:
        return HttpResponseRedirect(reverse("admissions.my_application", args=[application_id]))
    words = {
        "application": application,
        "child": str(application.child),
        "preferences": submitted_preferences(application),
        "page_title": _("Application submitted"),
    }
    return render(request, "admissions/family/receipt.html", words)


def withdraw(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """What withdrawing means, then doing it."""
    application = my_application(request.viewer, application_id)  # type: ignore[attr-defined]
    start = reverse("admissions.my_application", args=[application_id])
    if not may_change(application):
        messages.error(
            request, _("This application can no longer be withdrawn online. Contact the admissions team.")
        )
        return HttpResponseRedirect(start)
    if request.method == "POST":

        def act() -> str:
            withdraw_application(by=request.viewer, application=application)  # type: ignore[attr-defined]
            messages.success(request, _("The application has been withdrawn. You can apply again."))
            return reverse("admissions.my_places")

        return save_once(request, act)
    words = {
        "application": application,
        "child": str(application.child),
        "back": Link("", start),
        "page_title": _("Withdraw this application"),
    }
    return render(request, "admissions/family/withdraw.html", words)


def _submit(request: HttpRequest, here: Applying) -> str:
    missing = here.journey.missing(here.keeper.answers)
    if missing:
        raise ValidationError(
            _(
                "Answer every question before you submit. Your answers so far are kept. Still to answer: %(titles)s"
            )
            % {"titles": "; ".join(str(step.title) for step in missing)}
        )
    submit_own(by=request.viewer, application=here.application)  # type: ignore[attr-defined]
    return reverse("admissions.my_receipt", args=[here.application.pk])


def _tasks(here: Applying) -> list[Task]:
    answers = here.keeper.answers
    return [
        Task(
            str(step.title),
            Status(_("Completed"))
            if step.is_done(answers)
            else Status(_("If you want to"), "grey")
            if step.optional
            else Status(_("Not answered yet"), "blue"),
            here.route.of(step),
            hint=str(step.note),
        )
        for step in here.journey.asked(answers)
    ]


def _resume(here: Applying) -> str:
    step = here.journey.resume(here.keeper.answers)
    return here.route.of(step) if step else here.route.check


def _known(here: Applying) -> list[str]:
    return [known_words(fact, here.called, school) for fact, school in known_facts(here.choices)]


def _closed(request: HttpRequest, here: Applying) -> HttpResponse:
    messages.error(
        request,
        _(
            "This application can no longer be changed online. It stands as you last submitted it. Contact the admissions "
            "team if something has changed."
        ),
    )
    return HttpResponseRedirect(here.route.start)
