"""Letters to print, and saying that they were posted."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from throughline.core.messages.handling import (
    LetterHeld,
    letter_shown,
    letter_to_print,
    mark_posted,
    was_printed,
)
from throughline.web.portals.saving import is_repeated, save_once

from .board import viewer_of


def letter(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """The sheet to print. By a form, because it is written down that it was printed."""
    if request.method != "POST":
        raise Http404
    try:
        content = letter_to_print(by=viewer_of(request), message_id=message_id)
    except LetterHeld:
        return told_to_hold(request, message_id)
    return pdf(content, message_id, "attachment")


def posted(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """The sheet is in the post; or must not be, and the letter's page then says why."""
    viewer, back = viewer_of(request), reverse("correspondence.message", args=[message_id])
    if request.method != "POST":
        raise Http404
    if not is_repeated(request) and not was_printed(by=viewer, message_id=message_id):
        raise Http404

    def act() -> str:
        held = mark_posted(by=viewer, message_id=message_id)
        return f"{back}?held" if held else back

    answer = save_once(request, act)
    if answer["Location"].endswith("?held"):
        return told_to_hold(request, message_id)
    messages.success(request, _("The letter is marked as posted."))
    return answer


@never_cache
def letter_of_the_demonstration(request: HttpRequest, message_id: UUID) -> HttpResponse:  # noqa: ARG001
    """A letter as it would have gone."""
    content = letter_shown(message_id)
    if content is None:
        raise Http404
    return pdf(content, message_id, "inline")


def told_to_hold(request: HttpRequest, message_id: UUID) -> HttpResponse:
    messages.warning(request, _("Do not post this letter. It is held, and its page says why."))
    return HttpResponseRedirect(reverse("correspondence.message", args=[message_id]))


def pdf(content: bytes, message_id: UUID, how: str) -> HttpResponse:
    # The name of the file is a reference: it stays in somebody's downloads.
    name = f"letter-{message_id.hex[-10:].upper()}.pdf"
    disposition = {"Content-Disposition": f'{how}; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=disposition)
