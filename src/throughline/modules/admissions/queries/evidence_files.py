"""Every file that came with an application as it was submitted, claim by claim. A claim itself names only one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from throughline.core.access.viewer import Refused, Viewer, require
from throughline.core.documents.queries import DocumentOpened, DocumentShown, documents, open_document
from throughline.core.sharing.show import Sight
from throughline.rules.allocation.facts import LOOKED_AFTER

from ..models import Application, Claim, Submission
from .papers import Papers, papers_in


def papers_submitted(application_id: UUID) -> list[Papers]:
    """The files of the version last submitted: what the family has changed since is theirs until they submit it."""
    rows = Submission.objects.filter(application_id=application_id).order_by("-version")
    content = rows.values_list("content", flat=True).first()
    return papers_in(content or {})


def files_of(claim: Claim, papers: Iterable[Papers]) -> list[UUID]:
    """The files that support a claim, each once, that which the claim itself names first."""
    named = [claim.document_id] if claim.document_id else []
    key = claim.school_id, _matter(claim.fact)
    sent = [file for each in papers if (each.school_id, _matter(each.fact)) == key for file in each.files]
    return list(dict.fromkeys([*named, *sent]))


def files_shown(viewer: Viewer, sight: Sight, child: UUID, ids: Iterable[UUID]) -> dict[UUID, DocumentShown]:
    """Those files, for a page; none of them to a viewer who may not see the child's evidence."""
    may = sight.may_see(child, "admissions.evidence")
    shown = documents(viewer, ids, may_open=lambda file: may and file.child_id == child)
    return {file.id: file for file in shown}


def open_evidence(viewer: Viewer, application_id: UUID, document_id: UUID) -> DocumentOpened:
    """A file that was given as evidence for one application.

    Raises:
        Refused: it belongs to another application, or the viewer may not see evidence: answered alike.
        DocumentHeld: it cannot be opened now.
    """
    require(viewer, "admissions.see_applications")
    child = Application.objects.filter(pk=application_id).values_list("child_id", flat=True).first()
    if child is None or document_id not in _all_files(application_id):
        raise Refused("No such evidence.")
    may = Sight(viewer, [child]).may_see(child, "admissions.evidence")
    return open_document(viewer, document_id, may_open=lambda file: may and file.child_id == child)


def beside_claims(papers: Sequence[Papers], claims: Iterable[Claim]) -> list[UUID]:
    """Files sent for something that is not, or no longer, claimed."""
    held = {file for claim in claims for file in files_of(claim, papers)}
    return list(dict.fromkeys(file for each in papers for file in each.files if file not in held))


def _all_files(application_id: UUID) -> set[UUID]:
    named = Claim.objects.filter(application_id=application_id, document__isnull=False)
    sent = {file for each in papers_submitted(application_id) for file in each.files}
    return sent | set(named.values_list("document_id", flat=True))


def _matter(fact: str) -> str:
    """What a file is about: the three facts of care are one question, so a file for one of them is for all."""
    return "care" if fact in LOOKED_AFTER else fact
