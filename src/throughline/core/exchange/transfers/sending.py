"""Making a transfer file: named by rule, kept with its hash, told in the children's stories, logged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.formats.ctf import (
    CtfFile,
    CtfSchool,
    authority_place,
    ctf_pupil,
    make_ctf_name,
    make_header,
    write_ctf,
)

from ...access.viewer import Refused, Viewer, require
from ...audit.change import change
from ...audit.look import look
from ...documents.kept import blocks, take_in, whole
from ...organisations.models import School
from ...organisations.queries import our_authority
from ...people.models import Address, Enrolment
from ...sharing.show import Sight
from ...timeline.actions import Told, tell
from ..module import SEND_OUT
from ..proposal_tables import SentFile
from .destination import Destination, Leaving
from .pupils import pupil_rows

MOST = 999
KEPT_FOR = "exchange"


class KeptSince(Exception):
    """A file that was made tells where a child lives whose home is kept from others by now. It has to be made again."""


def make_transfer(*, by: Viewer, children: Sequence[UUID], to_school: UUID | None) -> SentFile:
    """Make a file about children for the school they go to; none where nobody knows it.

    Raises:
        Refused: this person may not make such files, or one of the children is not there for them.
        ValidationError: nobody to write about, our own authority is not set, or all numbers of this name are used.
    """
    require(by, SEND_OUT)
    school = School.objects.filter(pk=to_school).first() if to_school else None
    if to_school and (school is None or len(school.laestab) != 7):
        raise ValidationError(_("That school has no number that a transfer file can be addressed to."))
    to = Destination(school.laestab, school.name, school) if school else Destination()
    return make_file_for(by=by, children=children, to=to)


def make_file_for(
    *, by: Viewer, children: Sequence[UUID], to: Destination, leaving: Leaving | None = None
) -> SentFile:
    """Make a file about children for wherever they go: a school, an authority, or a place with no number.

    ``leaving``: they are on a roll still, and are known to leave it.

    Raises:
        Refused, ValidationError: as ``make_transfer``.
    """
    require(by, SEND_OUT)
    wanted, ours = list(dict.fromkeys(children)), our_authority()
    if not wanted or ours is None:
        raise ValidationError(_("There is nobody to write about. Nothing was made."))
    rows, eyes = pupil_rows(by, wanted, leaving)
    sender, receiver = authority_place(ours.code), to.receiver
    source = CtfSchool(authority=ours.code, establishment="LLLL", name=ours.name)
    there = CtfSchool(authority=receiver[:3], establishment=receiver[3:], name=to.name or None)
    header = make_header(source, there, timezone.localtime().replace(tzinfo=None))
    content = write_ctf(CtfFile(header, tuple(ctf_pupil(row) for row in rows)))
    with change("transfer file made", by=by):
        row = _keep(by, content, sender, to, wanted)
        tell(by=by, lines=[_told(row, to, child) for child in wanted])
        eyes.own.record_look("transfer file made")
    return row


def leavers(by: Viewer, *, from_school: UUID, to_school: UUID, since: date) -> list[UUID]:
    """Children who left a school since a day and are on the roll of another now."""
    require(by, SEND_OUT)
    left = Enrolment.objects.filter(school_id=from_school, until__gte=since)
    here = Enrolment.objects.filter(school_id=to_school, until__isnull=True)
    return list(
        left.filter(child_id__in=here.values("child_id"), child__merged_into__isnull=True)
        .order_by("child_id")
        .values_list("child_id", flat=True)
        .distinct()
    )


def transfers(viewer: Viewer) -> QuerySet[SentFile]:
    """The files that were made, latest first."""
    require(viewer, SEND_OUT)
    rows: QuerySet[SentFile] = SentFile.objects.select_related("file", "to")
    return rows


def transfer_of(viewer: Viewer, key: UUID) -> tuple[SentFile, Iterator[bytes]]:
    """One file and its bytes, for whoever made it. The look is recorded.

    Raises:
        Refused: there is none, or somebody else made it: what they may see is another matter.
        KeptSince: it says where a child lives whose home was kept from others since it was made.
        DocumentDamaged: the bytes are missing or have changed.
    """
    found = transfers(viewer).filter(pk=key, made_by_id=viewer.actor_id).first()
    if found is None:
        raise Refused("No such file.")
    children = [UUID(key) for key in found.children]
    sight = Sight(viewer, children)
    if not all(sight.may_see(child, "people.identity") for child in children):
        raise Refused("No such file for this person any more.")
    if _tells_a_kept_home(found, children):
        raise KeptSince
    content = blocks(found.file)
    look(viewer, "transfer file downloaded", children, ["people.identity"])
    return found, content


def _tells_a_kept_home(row: SentFile, children: list[UUID]) -> bool:
    """Whether the file holds the postcode of a home of these children that is kept from others today."""
    kept = Address.objects.filter(restricted=True, residences__child_id__in=children)
    marks = {"".join(code.upper().split()) for code in kept.values_list("postcode", flat=True) if code}
    if not marks:
        return False
    said = b"".join(whole(row.file).upper().split())
    return any(mark.encode() in said for mark in marks)


def _keep(by: Viewer, content: bytes, sender: str, to: Destination, children: list[UUID]) -> SentFile:
    receiver = to.receiver
    same = SentFile.objects.filter(sender=sender, receiver=receiver)
    number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > MOST:
        raise ValidationError(
            _("All 999 names for files to this school are used. Ask whoever keeps the system.")
        )
    file = take_in(name=str(make_ctf_name(sender, receiver, number)), content=[content], kept_for=KEPT_FOR)
    file.save()
    made: SentFile = SentFile.objects.create(
        file=file,
        to=to.school,
        child_id=children[0] if len(children) == 1 else None,
        sender=sender,
        receiver=receiver,
        number=number,
        children=[str(child) for child in children],
        made_by=by.actor_label[:200],
        made_by_id=by.actor_id,
    )
    return made


def _told(row: SentFile, to: Destination, child: UUID) -> Told:
    return Told(
        child_id=child,
        kind="exchange.transferred",
        on=timezone.localdate(),
        facts={"school": to.name or _("a school not known yet")},
        source=row.file.name,
        about="exchange.SentFile",
        about_id=row.pk,
        key=f"transfer:{row.pk}:{child}",
    )
