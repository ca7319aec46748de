"""Which school a file means. A number is looked up; a sender's own word is asked once, and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ...access.viewer import Refused, Viewer, require
from ...audit.change import change
from ...organisations.models import School
from ...organisations.queries import open_schools_by_laestab, our_authority, schools_by_urn
from ..module import REVIEW
from ..proposal_tables import Proposal, SchoolWord
from .asking import read_again


def sender_of(proposal: Proposal) -> str:
    """By whom a word for a school is used: a school's own system, or whoever makes files of this kind and layout."""
    if proposal.school_id:
        return f"school:{proposal.school_id}"
    return f"{proposal.kind}:{proposal.layout.name}"[:60] if proposal.layout else str(proposal.kind)


def schools_meant(proposal: Proposal, marks: Iterable[str]) -> dict[str, UUID]:
    """The school that each mark of a row means (``laestab:8201234``, ``native:SCH1``); those not known are not there."""
    by_kind: dict[str, set[str]] = {"laestab": set(), "urn": set(), "native": set()}
    for mark in set(marks) - {""}:
        kind, _sep, value = mark.partition(":")
        by_kind[kind].add(value)
    found: dict[str, UUID] = {}
    for number, school in open_schools_by_laestab(by_kind["laestab"]).items() if by_kind["laestab"] else ():
        found[f"laestab:{number}"] = school.pk
    for urn, school in schools_by_urn(by_kind["urn"]).items() if by_kind["urn"] else ():
        found[f"urn:{urn}"] = school.pk
    # A number that is not on the register can be explained like any other word.
    words = SchoolWord.objects.filter(sender=sender_of(proposal))
    for word, school_id in words.values_list("word", "school_id"):
        found.setdefault(word, school_id)
    return found


def unknown(marks: Iterable[str], known: dict[str, UUID]) -> dict[str, int]:
    """Marks that mean no school yet, with how many rows use each."""
    return dict(sorted(Counter(mark for mark in marks if mark and mark not in known).items()))


def schools_to_choose(viewer: Viewer) -> list[School]:
    """Our own schools that are open, by name."""
    require(viewer, REVIEW)
    return schools_of_ours()


def schools_of_ours() -> list[School]:
    """The same, for whoever may choose one; nothing about a school is kept from anybody."""
    ours = our_authority()
    rows = School.objects.exclude(status=School.Status.CLOSED)
    return list((rows.filter(la_code=ours.code) if ours else rows).order_by("name"))


def name_school(*, by: Viewer, proposal_id: UUID, word: str, school_id: UUID) -> None:
    """Say which school a sender means by a word. The file is read again, since other children may now be meant.

    Raises:
        Refused: there is no such file to review.
        ValidationError: the word is not in it, or there is no such school.
    """
    require(by, REVIEW)
    proposal = (
        Proposal.objects.select_related("layout").filter(pk=proposal_id, state=Proposal.State.REVIEW).first()
    )
    if proposal is None:
        raise Refused("No such file to review.")
    if word not in proposal.unknown_schools or not School.objects.filter(pk=school_id).exists():
        raise ValidationError(_("Choose a school from the list. Nothing was changed."))
    with change("school of a file named", by=by):
        SchoolWord.objects.update_or_create(
            sender=sender_of(proposal), word=word, defaults={"school_id": school_id}
        )
        left = {mark: count for mark, count in proposal.unknown_schools.items() if mark != word}
        Proposal.objects.filter(pk=proposal.pk).update(unknown_schools=left)
        if not left:
            read_again(by=by, proposal=proposal)
