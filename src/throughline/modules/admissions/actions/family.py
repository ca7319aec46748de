"""What a parent does with their own application, one small step at a time, before and after it is submitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.core.access.viewer import Refused, Viewer, require
from throughline.core.audit.change import change
from throughline.core.documents.actions import keep_looked_over
from throughline.core.documents.looking_over import Fate
from throughline.core.documents.models import Document
from throughline.core.documents.refusal import DocumentRefused

from ..models import Application, Claim
from ..queries.arrangements import arrangements_in_force
from ..queries.families import may_change
from ..queries.papers import papers_in
from .applications import save_answers, submit_application

MOST_FILES = 10


def answer_question(
    *,
    by: Viewer,
    application: Application,
    answered: Mapping[str, Mapping[str, Any]],
    edition: int,
    facts: Mapping[tuple[str, str], str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Application:
    """Keep the answer to one question.

    Args:
        answered: the answer as it was given, by slug; a fact asked of several schools has one for each school.
        edition: the edition the question was answered on.
        facts: (school's key or ``child``, fact) -> what the family says of it; empty words take it back.
        more: other parts of the answers that follow from this one.

    Raises:
        Overtaken: saved elsewhere meanwhile.
    """
    _require_change(by, application)
    held = application.answers
    parts: dict[str, Any] = {"answered": {**held.get("answered", {}), **answered}, **(more or {})}
    if facts:
        parts["facts"] = _with_facts(held.get("facts", {}), facts)
    return save_answers(by=by, application=application, edition=edition, answers=parts)


def add_preference(*, by: Viewer, application: Application, school_id: UUID) -> Application:
    """Put a school at the end of the list. A school on it already, or one too many, is refused in words."""
    wanted = _wanted(by, application)
    limit = application.round.preferences
    here = arrangements_in_force(application.round).get(school_id)
    if here is None:
        raise Refused("No such school in this round.")
    school = here.row.school
    if not school.is_open:
        raise ValidationError(
            _("%(school)s is closed, so you cannot choose it. Your list has not changed.")
            % {"school": school.name}
        )
    if any(each["school"] == str(school_id) for each in wanted):
        raise ValidationError(
            _("%(school)s is on your list already. Your list has not changed.") % {"school": school.name}
        )
    if len(wanted) >= limit:
        raise ValidationError(
            ngettext(
                "You can choose %(limit)s school. Remove one from your list to add another.",
                "You can choose %(limit)s schools. Remove one from your list to add another.",
                limit,
            )
            % {"limit": limit}
        )
    return _keep_wanted(by, application, [*wanted, {"school": str(school_id), "reasons": ""}])


def remove_preference(*, by: Viewer, application: Application, school_id: UUID) -> Application:
    """Take a school off the list. What was answered about it is kept, should it come back."""
    wanted = _wanted(by, application)
    return _keep_wanted(by, application, [each for each in wanted if each["school"] != str(school_id)])


def move_preference(*, by: Viewer, application: Application, school_id: UUID, up: bool) -> Application:
    """Move a school one place up or down. At the end of the list nothing happens."""
    wanted = _wanted(by, application)
    at = next((n for n, each in enumerate(wanted) if each["school"] == str(school_id)), None)
    to = -1 if at is None else at - 1 if up else at + 1
    if at is None or not 0 <= to < len(wanted):
        return application
    wanted[at], wanted[to] = wanted[to], wanted[at]
    return _keep_wanted(by, application, wanted)


def add_papers(
    *,
    by: Viewer,
    application: Application,
    slug: str,
    about: tuple[str, str],
    fates: Sequence[Fate],
) -> dict[str, DocumentRefused]:
    """Keep files that support an answer.

    Args:
        about: the school's key or ``child``, and the fact.
        fates: each file, looked over before: that takes a moment, which other writers need not wait for.

    Returns:
        the files that were refused, by name; the others are kept.
    """
    _require_change(by, application)
    school, fact = about
    held = application.answers.get("papers", {})
    kept = list(held.get(slug, {}).get("files", []))
    refused: dict[str, DocumentRefused] = {}
    if len(kept) + len(fates) > MOST_FILES:
        raise ValidationError(
            _(
                "You can send %(most)s files for one question. None of these was kept. Put pages together in one PDF, or "
                "remove a file first."
            )
            % {"most": MOST_FILES}
        )
    for fate in fates:
        if fate.taken is None:
            refused[fate.name] = fate.refused or DocumentRefused("damaged")
            continue
        document = keep_looked_over(by=by, child=application.child_id, kind=fact, taken=fate.taken)
        kept.append({"id": str(document.pk), "name": document.name})
    papers = {**held, slug: {"school": school, "fact": fact, "files": kept}}
    save_answers(by=by, application=application, edition=application.edition, answers={"papers": papers})
    return refused


def remove_paper(*, by: Viewer, application: Application, slug: str, document_id: UUID) -> Application:
    """Take a file out of the application. It stays on the record: it may have been submitted before."""
    _require_change(by, application)
    held = application.answers.get("papers", {})
    if slug not in held:
        return application
    files = [each for each in held[slug]["files"] if each["id"] != str(document_id)]
    papers = {**held, slug: {**held[slug], "files": files}}
    return save_answers(
        by=by, application=application, edition=application.edition, answers={"papers": papers}
    )


def submit_own(*, by: Viewer, application: Application) -> Application:
    """Submit, with the files that support each claim."""
    _require_own(by, application)
    with change("application submitted with its files", by=by):
        submit_application(by=by, application=application)
        first = {
            (papers.school_id, papers.fact): papers.files[0]
            for papers in papers_in(application.answers)
            if papers.files
        }
        found = Document.objects.in_bulk(list(first.values()))
        for claim in Claim.objects.filter(application=application, document__isnull=True):
            key = first.get((claim.school_id, claim.fact))
            if key in found:
                claim.document = found[key]
                claim.save(update_fields=["document"])
    return application


def _require_own(by: Viewer, application: Application) -> None:
    require(by, "admissions.apply")
    if application.applicant is None or application.applicant.user_id != by.user_id:
        raise Refused("Not this person's application.")


def _require_change(by: Viewer, application: Application) -> None:
    _require_own(by, application)
    if not may_change(application):
        raise ValidationError(
            _(
                "This application can no longer be changed online. It stands as you last submitted it. Contact the "
                "admissions team if something has changed."
            )
        )


def _wanted(by: Viewer, application: Application) -> list[dict[str, Any]]:
    _require_change(by, application)
    return list(application.answers.get("preferences", []))


def _keep_wanted(by: Viewer, application: Application, wanted: list[dict[str, Any]]) -> Application:
    return save_answers(
        by=by, application=application, edition=application.edition, answers={"preferences": wanted}
    )


def _with_facts(held: Mapping[str, Any], facts: Mapping[tuple[str, str], str]) -> dict[str, dict[str, str]]:
    kept = {school: dict(of) for school, of in held.items()}
    for (school, fact), words in facts.items():
        of = kept.setdefault(school, {})
        if words:
            of[fact] = words
        else:
            of.pop(fact, None)
    return {school: of for school, of in kept.items() if of}
