"""Finding one's way: the links above every page of a round, and how a saved form answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.web.components.parts import Link
from throughline.web.portals.saving import save_once


def viewer_of(request: HttpRequest) -> Viewer:
    """Who is at the page: the door has settled that somebody is."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def crumbs(*links: tuple[Any, str]) -> list[Link]:
    """``School places`` and then the way down to this page."""
    return [
        Link(_("School places"), reverse("admissions.rounds")),
        *(Link(str(words), href) for words, href in links),
    ]


def round_crumb(round: Any) -> tuple[Any, str]:
    """The line of a round on the way down."""
    return round.name, reverse("admissions.round", args=[round.pk])


def run_name(run: Any) -> str:
    """A run as it is called aloud."""
    return _("Run %(number)s") % {"number": run.number}


def run_crumb(run: Any) -> tuple[str, str]:
    """The line of a run on the way down."""
    return run_name(run), reverse("admissions.run", args=[run.pk])


def round_tabs(viewer: Viewer, round: Any, current: str) -> list[Link]:
    """The pages of one round, those that this viewer may open."""
    tabs = [
        ("admissions.round", _("Overview"), "admissions.see_rounds"),
        ("admissions.board", _("Applications"), "admissions.see_applications"),
        ("admissions.evidence", _("Evidence"), "admissions.work"),
        ("admissions.tests", _("Test results"), "admissions.work"),
        ("admissions.runs", _("Runs"), "admissions.see_rounds"),
    ]
    if round.released_at:
        tabs += [
            ("admissions.offers", _("Offers and replies"), "admissions.see_applications"),
            ("admissions.waiting", _("Waiting lists"), "admissions.see_rounds"),
        ]
    return [
        Link(words, reverse(name, args=[round.pk]), current=name == current)
        for name, words, permission in tabs
        if viewer.may(permission)
    ]


def in_round(viewer: Viewer, round: Any, current: str, *more: tuple[Any, str]) -> dict[str, Any]:
    """What every page of a round carries."""
    return {
        "round": round,
        "tabs": round_tabs(viewer, round, current),
        "crumbs": crumbs(round_crumb(round), *more),
    }


def saved(request: HttpRequest, form: Form, act: Callable[[], str], done: str) -> HttpResponse | None:
    """Do ``act`` once and go where it says; ``None`` when it was refused, with the reason in the form's summary.

    ``act`` makes one change and returns the next address. What the person typed stays in the form.
    """
    try:
        answer = save_once(request, act)
    except ValidationError as problem:
        refuse(form, problem)
        return None
    messages.success(request, done)
    return answer


def refuse(form: Form, problem: ValidationError) -> None:
    """Put a refusal beside the field it is about, or at the top of the form."""
    if hasattr(problem, "error_dict"):
        for name, errors in problem.message_dict.items():
            for words in errors:
                form.add_error(name if name in form.fields else None, words)
    else:
        form.add_error(None, problem)


def seen_form(form: type[Any], request: HttpRequest, seen: str, **more: Any) -> Any:
    """A form that carries what its page was looking at. Sent back, it keeps the stamp it was sent with."""
    return form(request.POST or None, initial={"seen": seen}, **more)


def renew_seen(form: Any, seen: str) -> None:
    """After a refusal the page shows what is there now, so the form carries the stamp of that."""
    form.data = form.data.copy()
    form.data["seen"] = seen
