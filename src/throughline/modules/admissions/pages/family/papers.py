"""Sending files that support an answer."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.documents.looking_over import Fate, look_over_all
from throughline.core.documents.queries import DocumentHeld
from throughline.core.documents.wording import refusal_words
from throughline.web.components.parts import Link
from throughline.web.files.receiving import sent_files, takes_documents, too_large_files
from throughline.web.journeys.asking import next_address
from throughline.web.portals.saving import save_once

from ...actions.applications import Overtaken
from ...actions.family import add_papers, remove_paper
from ...forms.family import PapersForm
from ...queries.asking import CARE, CHILD
from ...queries.families import may_change
from ...queries.papers import my_paper, my_papers
from .journey import Applying, applying
from .keeping import PAPERS


@takes_documents
def papers(request: HttpRequest, application_id: UUID, slug: str) -> HttpResponse:
    """The files for one answer: what has been sent, and sending more."""
    here = applying(request, application_id)
    step = here.journey.step(PAPERS + slug, here.keeper.answers)
    if step is None:
        raise Http404
    if not may_change(here.application):
        return HttpResponseRedirect(here.route.start)
    form = PapersForm()
    if request.method == "POST":
        form = PapersForm(request.POST, request.FILES)
        done = _act(request, here, slug, form)
        if done is not None:
            return done
    before = here.journey.before(step.slug, here.keeper.answers)
    words = {
        "step": step,
        "form": form,
        "files": my_papers(request.viewer, here.application, slug),  # type: ignore[attr-defined]
        "slug": slug,
        "application": here.application,
        "progress": here.journey.progress(step.slug, here.keeper.answers),
        "go_on": next_address(here.journey, step.slug, here.keeper, here.route, changing=True)
        if here.journey.resume(here.keeper.answers) is None
        else next_address(here.journey, step.slug, here.keeper, here.route, changing=False),
        "back": Link("", here.route.of(before) if before else here.route.start),
        "page_title": step.title,
    }
    return render(request, "admissions/family/papers.html", words)


def one(request: HttpRequest, application_id: UUID, slug: str, document_id: UUID) -> HttpResponseBase:  # noqa: ARG001
    """A file that the viewer sent, to look at again."""
    try:
        opened = my_paper(request.viewer, application_id, document_id)  # type: ignore[attr-defined]
    except DocumentHeld as held:
        messages.error(request, str(held.words))
        return HttpResponseRedirect(reverse("admissions.my_application", args=[application_id]))
    return StreamingHttpResponse(opened.content, headers=opened.headers)


def _act(request: HttpRequest, here: Applying, slug: str, form: PapersForm) -> HttpResponse | None:
    """Add or remove; none when there is something to say in the form first."""
    page = reverse("admissions.my_papers", args=[here.application.pk, slug])
    try:
        if "remove" in request.POST:
            return save_once(request, lambda: _remove(request, here, slug, page))
        large = too_large_files(request)
        if large:
            form.add_error("papers", _too_large(", ".join(large)))
            return None
        if not request.FILES.getlist("papers"):
            form.add_error("papers", _("Choose a file to upload"))
            return None
        fates = look_over_all(sent_files(request, "papers"))
        return save_once(request, lambda: _add(request, here, slug, page, fates))
    except ValidationError as problem:
        form.add_error(None, problem)
    except Overtaken:
        form.add_error(None, _("Your application was changed somewhere else. Choose your files again."))
    return None


def _remove(request: HttpRequest, here: Applying, slug: str, page: str) -> str:
    try:
        document = UUID(request.POST["remove"])
    except ValueError as wrong:
        raise Http404 from wrong
    remove_paper(
        by=request.viewer,  # type: ignore[attr-defined]
        application=here.application,
        slug=slug,
        document_id=document,
    )
    return page


def _add(request: HttpRequest, here: Applying, slug: str, page: str, fates: list[Fate]) -> str:
    refused = add_papers(
        by=request.viewer,  # type: ignore[attr-defined]
        application=here.application,
        slug=slug,
        about=_about(here, slug),
        fates=fates,
    )
    for name, refusal in refused.items():
        words = refusal_words(refusal, settings.DOCUMENT_LIMIT_BYTES)
        messages.error(request, _("%(file)s: %(problem)s") % {"file": name, "problem": words})
    return page


def _about(here: Applying, slug: str) -> tuple[str, str]:
    if slug == CARE:
        return CHILD, here.keeper.answers[CARE]["care"]
    asked = next(each for each in here.asked if each.slug == slug)
    return asked.key, asked.name


def _too_large(names: str) -> str:
    return _("%(files)s: larger than %(limit)s MB. Nothing was kept. Choose smaller files.") % {
        "files": names,
        "limit": settings.DOCUMENT_LIMIT_BYTES // 1_000_000,
    }
