"""A child's documents: the list, one of them, adding several at once, and putting a newer one in the place of another."""

from __future__ import annotations

import dataclasses
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.access.viewer import Refused
from throughline.core.documents.actions import About, Overtaken, add_to_record, replace_document
from throughline.core.documents.handing_over import never_run
from throughline.core.documents.looking_over import Fate
from throughline.core.documents.of_record import (
    ChildsDocuments,
    DocumentWithVersions,
    document_of,
    documents_of,
    open_on_record,
    preview_on_record,
)
from throughline.core.documents.queries import DocumentHeld
from throughline.core.documents.wording import LANGUAGES, NO_PREVIEW
from throughline.core.registry.assembly import installed
from throughline.web.components.parts import Link, Row
from throughline.web.components.wording import long_time
from throughline.web.portals.eyes import eyes_for, sight_for, with_lent_eyes
from throughline.web.portals.pages import may_open
from throughline.web.portals.saving import save_once
from throughline.web.record.frame import Record, about_child

from .forms import AddForm, ReplaceForm
from .listing import document_columns, document_rows, version_columns, version_rows
from .receiving import takes_documents
from .sending import fates_of, tell

ON_A_PAGE = 50
# Parents and young people have pages of their own around this one.
AT_WORK = frozenset({"staff", "school", "professional", "provider"})


@with_lent_eyes
def of_child(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Everything on the record of one child that the viewer may see, newest first."""
    if eyes_for(request).portal in AT_WORK:
        answer: HttpResponse = _in_the_record(request, child_id=child_id)
        return answer
    words = _listed(request, documents_of(eyes_for(request), child_id, sight=sight_for(request, [child_id])))
    back = _to_record(request, child_id)
    return render(request, "files/of_child.html", words | {"page_title": _("Documents"), "back": back})


@about_child
def _in_the_record(request: HttpRequest, record: Record) -> HttpResponse:
    """For those at work: a tab of the child's record. The query records the look at what the frame shows besides."""
    frame = record.frame("files.of_child", _("Documents"))
    found = documents_of(record.viewer, record.child_id, sight=record.sight)
    if record.lent is not None:
        found = dataclasses.replace(found, kinds=())
    return render(request, "files/tab.html", frame | _listed(request, found))


def _listed(request: HttpRequest, found: ChildsDocuments) -> dict[str, Any]:
    page = Paginator(found.documents, ON_A_PAGE).get_page(request.GET.get("page"))
    withheld = ngettext(
        "%(n)s more document is on the record. Your role does not include it.",
        "%(n)s more documents are on the record. Your role does not include them.",
        found.withheld,
    )
    return {
        "found": found,
        "page": page,
        "columns": document_columns(),
        "rows": document_rows(page),
        "withheld": withheld % {"n": found.withheld} if found.withheld else "",
    }


@takes_documents
def add(request: HttpRequest, child_id: UUID) -> HttpResponse:
    """Adding files: each is looked over by itself, and those that can be kept are kept together."""
    viewer = _viewer(request)
    found = documents_of(viewer, child_id)
    if not found.kinds:
        raise Refused("This person adds nothing to this child's record.")
    form = AddForm(found.kinds, *((request.POST, request.FILES) if request.method == "POST" else ()))
    here = reverse("files.of_child", args=[child_id])
    if request.method == "POST" and (fates := fates_of(request, form)):
        answer = save_once(request, lambda: _add(viewer, child_id, form, fates, here))
        tell(request, fates)
        return answer
    words = {"form": form, "found": found, "page_title": _("Add documents"), "back": Link("", here)}
    return render(request, "files/add.html", words)


def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """One document: what it is, how it looks, and its versions."""
    found = document_of(_viewer(request), document_id)
    words = {
        "found": found,
        "facts": _facts(found),
        "pages": [
            (number, _("Page %(n)s of the document") % {"n": number}) for number in range(1, found.pages + 1)
        ],
        "no_preview": NO_PREVIEW.get(found.preview, ""),
        "columns": version_columns(),
        "rows": version_rows(found.versions) if len(found.versions) > 1 else [],
        "latest": found.versions[0].id if found.versions else None,
        "page_title": found.shown.title,
        "back": Link(_("All documents"), reverse("files.of_child", args=[found.shown.child_id])),
    }
    return render(request, "files/document.html", words)


def download(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """The file itself, to be saved and never shown in place."""
    try:
        opened = open_on_record(_viewer(request), document_id)
    except DocumentHeld as held:
        messages.error(request, str(held.words))
        return HttpResponseRedirect(reverse("files.document", args=[document_id]))
    return StreamingHttpResponse(opened.content, headers=opened.headers)


def preview(request: HttpRequest, document_id: UUID, number: int) -> HttpResponse:
    """The picture of one page. It was drawn by us: nothing of the file's own reaches the reader's browser."""
    path = preview_on_record(_viewer(request), document_id, number)
    return HttpResponse(path.read_bytes(), headers=never_run("image/png", "inline"))


@takes_documents
def replace(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Putting a newer version in the place of a document. The old one stays, marked as replaced."""
    viewer = _viewer(request)
    found = document_of(viewer, document_id)
    overtaken = not found.shown.current
    if not found.may_replace and not overtaken:
        raise Refused("This person does not replace this document.")
    if overtaken and request.method != "POST":
        return HttpResponseRedirect(reverse("files.document", args=[document_id]))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ReplaceForm(*sent, initial={"title": found.shown.title})
    if request.method == "POST" and (fates := fates_of(request, form)):
        try:
            answer = save_once(request, lambda: _replace(viewer, document_id, form, fates))
        except Overtaken:
            form.add_error(
                None,
                _(
                    "Somebody has put a newer version in the place of this one meanwhile. Your file was not kept. "
                    "Open the latest version, and replace that if yours is newer."
                ),
            )
        else:
            tell(request, fates)
            return answer
    back = Link("", reverse("files.document", args=[document_id]))
    words = {"form": form, "found": found, "page_title": _("Put a newer version in its place"), "back": back}
    return render(request, "files/replace.html", words)


def _add(viewer: Any, child_id: UUID, form: AddForm, fates: list[Fate], here: str) -> str:
    said = form.cleaned_data
    about = About(said["kind"], said["title"], said["language"])
    taken = [fate.taken for fate in fates if fate.taken]
    add_to_record(by=viewer, child_id=child_id, about=about, taken=taken)
    return here


def _replace(viewer: Any, document_id: UUID, form: ReplaceForm, fates: list[Fate]) -> str:
    taken = next(fate.taken for fate in fates if fate.taken)
    newer = replace_document(
        by=viewer, document_id=document_id, taken=taken, title=form.cleaned_data["title"]
    )
    return reverse("files.document", args=[newer.pk])


def _facts(found: DocumentWithVersions) -> list[Row]:
    shown = found.shown
    return [
        Row(_("Kind"), shown.kind_label),
        Row(_("File"), shown.name, note=filesizeformat(shown.size)),
        Row(_("Language"), LANGUAGES.get(shown.language, "")),
        Row(_("Added"), long_time(shown.added)),
        Row(_("Version"), shown.version, note="" if shown.current else _("Replaced by a newer version")),
        Row(_("Virus check"), shown.scan_label),
    ]


def _to_record(request: HttpRequest, child_id: UUID) -> Link | None:
    """The way back to the child's record, for those who have that page."""
    if not may_open(installed().pages["record.child"], _viewer(request)):
        return None
    return Link(_("The child’s record"), reverse("record.child", args=[child_id]))


def _viewer(request: HttpRequest) -> Any:
    return request.viewer  # type: ignore[attr-defined]
