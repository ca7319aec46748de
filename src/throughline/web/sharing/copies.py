"""A printed copy of a record for one reader, made from what that reader may see: what is withheld was never in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused
from throughline.core.people.circle_shown import Member
from throughline.core.people.eyes.family import CIRCLE, FAMILY_DOORS, circle_told
from throughline.core.people.record import Opened, education, family, now, open_record
from throughline.core.people.record.now import Involved
from throughline.core.registry.assembly import installed
from throughline.core.sharing.show import Sight, Withheld
from throughline.core.timeline.queries import story
from throughline.formats.pdf.document import Block, Document, Facts, Heading, Notice, Paragraph, Table
from throughline.formats.pdf.rendering import render
from throughline.rules.sharing.decide import Detail, Reason
from throughline.web.components.wording import is_withheld, long_date, shown

LINES = 200


def copy_for(sight: Sight, child_id: UUID, author: str, reader: str) -> bytes:
    """The file. Nothing reaches it but through ``sight``.

    Raises:
        Refused: the reader may not know this child.
    """
    opened = open_record(sight, child_id)
    blocks = tuple(_blocks(sight, opened, reader))
    sight.record_look("printed copy")
    document = Document(
        title=_("Copy of a record"),
        author=author,
        blocks=blocks,
        lang=(get_language() or "en").partition("-")[0],
        mark=_text(opened.reference),
        page_words=_("Page {page} of {pages}"),
    )
    return render(document, fonts=settings.PRINT_FONTS).content


def _blocks(sight: Sight, opened: Opened, reader: str) -> Iterator[Block]:
    child, day = opened.id, sight.viewer.on
    yield Paragraph(
        _("For %(who)s, as it stood on %(day)s. Pass it to nobody else.")
        % {"who": reader, "day": long_date(day)}
    )
    yield Heading(_("Who this is about"))
    yield Facts(tuple(_who(sight, opened)))
    yield from _schools(sight, child)
    yield from _standing(opened)
    yield from _family(sight, child)
    yield from _involved(sight, child)
    yield from _story(sight, child)


def _who(sight: Sight, opened: Opened) -> Iterator[tuple[str, str]]:
    yield _("Name"), _text(opened.legal_name)
    yield _("Date of birth"), _text(opened.born)
    yield _("Sex"), _text(opened.sex)
    yield _("Record"), _text(opened.reference)
    home = opened.address
    yield (
        _("Home"),
        _text(home.words if home else sight.value(opened.id, "people.address", "")),
    )


def _schools(sight: Sight, child: UUID) -> Iterator[Block]:
    found = education(sight, child)
    yield Heading(_("Education"))
    if is_withheld(found.withheld):
        yield Notice(_text(found.withheld))
        return
    rows = tuple((_text(e.school), _text(e.since), _text(e.until or _("Now"))) for e in found.attended)
    yield _table((_("School"), _("From"), _("To")), rows)


def _standing(opened: Opened) -> Iterator[Block]:
    yield Heading(_("What stands about them"))
    rows = tuple(
        (str(fact.label), _text(fact.since) if fact.told >= Detail.FULL else _("Recorded. Not in this copy."))
        for fact in opened.facts.in_force
    )
    yield _table((_("What"), _("Since")), rows)


def _family(sight: Sight, child: UUID) -> Iterator[Block]:
    found = family(sight, child)
    yield Heading(_("Family"))
    if is_withheld(found.withheld):
        yield Notice(_text(found.withheld))
        return
    rows = tuple((_text(each.kind), _text(each.name)) for each in found.adults if each.current)
    yield _table((_("Who"), _("Name")), rows)


def _involved(sight: Sight, child: UUID) -> Iterator[Block]:
    found = now(sight, child)
    yield Heading(_("Who is involved"))
    if is_withheld(found.circle_withheld):
        yield Notice(_text(found.circle_withheld))
        return
    people: Sequence[Member | Involved] = found.circle
    if sight.viewer.portal in FAMILY_DOORS:
        try:
            people = circle_told(sight, child).now
        except Refused:
            yield Notice(_("Not in this copy: who is involved could tell where the child is."))
            return
    rows = tuple((_text(p.name), _text(p.role), _text(p.because), _text(p.since)) for p in people)
    yield _table((_("Who"), _("As"), _("Why"), _("Since")), rows)


def _story(sight: Sight, child: UUID) -> Iterator[Block]:
    page = story(sight, child, most=LINES)
    yield Heading(_("Their story"))
    # A family is told of the circle as it stands, without those whose being in it puts somebody at risk.
    kinds = installed().entries.values() if sight.viewer.portal in FAMILY_DOORS else ()
    left_out = {str(kind.label) for kind in kinds if kind.category == CIRCLE}
    rows = tuple(
        (long_date(line.on), line.words or _("Something is recorded. Not in this copy."))
        for line in page.lines
        if str(line.label) not in left_out
    )
    yield _table((_("Day"), _("What happened")), rows)


def _table(headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Block:
    return Table(headings, rows) if rows else Paragraph(_("Nothing is recorded that may be shown."))


def _text(value: Any) -> str:
    """A value in words. What only whoever makes the copy may not see is left out for them too, and says so."""
    if isinstance(value, Withheld) and value.reason == Reason.NOT_YOURS:
        return _("Not in this copy: whoever made it may not see it.")
    if is_withheld(value):
        return str(value.withheld_reason)
    words = shown(value)
    return _("Not recorded") if "tl-missing" in words else words
