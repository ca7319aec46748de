"""The demonstration's part: texts and letters to some families, so that they can be seen. One is held, and says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from throughline.core.audit.actor import Trusted
from throughline.core.messages.actions import Draft, write_all
from throughline.formats.pdf.document import Bullets, Heading

BY = Trusted("The demonstration")
OF_EACH = 3
DAYS = 14


def run(town: Any, report: Callable[..., None]) -> Mapping[str, int]:
    """Write them; their keys make a second run write nothing."""
    report(_("Writing to families"))
    return {"messages": write_all(by=BY, drafts=list(_drafts(town)))}


def _drafts(town: Any) -> Iterator[Draft]:
    families = [family for family in town.families if family.children and _reader(family)]
    open_homes = [family for family in families if not family.restricted]
    kept_homes = [family for family in families if family.restricted]
    with_mobile = [family for family in open_homes if _reader(family).phone]
    day = date_format(town.today + timedelta(days=DAYS))
    for family in with_mobile[:OF_EACH]:
        yield _text(family, day)
    for family in (*open_homes[-OF_EACH:], *kept_homes[:1]):
        yield _letter(family, day)


def _reader(family: Any) -> Any:
    """A parent of the first child who lives at home, or nobody."""
    parents = (family.adults[at] for at in family.children[0].parents)
    return next((adult for adult in parents if adult.here and not adult.limited), None)


def _text(family: Any, day: str) -> Draft:
    words = _("We have asked you for a document. Sign in to see which one and to send it by %(day)s.") % {
        "day": day
    }
    return _draft(family, "text", _("We need a document from you"), words)


def _letter(family: Any, day: str) -> Draft:
    words = _(
        "We have asked you for a document. Please send it by %(day)s.\n\nSign in to see which document we need."
    ) % {"day": day}
    steps = (
        _("Sign in, and choose what we asked you for."),
        _("Take a photograph of the document, or choose a file."),
        _("Check that every word can be read, and send it."),
    )
    help_ = Bullets(
        (_("Bring the document to our office."), _("Ask your child’s school to send it for you."))
    )
    blocks = (
        Heading(_("How to send it")),
        Bullets(steps, numbered=True),
        Heading(_("If you cannot sign in")),
        help_,
    )
    return _draft(family, "letter", _("We need a document from you"), words, blocks=blocks)


def _draft(family: Any, channel: str, subject: str, body: str, **rest: Any) -> Draft:
    adult, child = _reader(family), family.children[0]
    key = f"demonstration:{channel}:{adult.key}"
    return Draft(
        "messages.ask",
        "",
        subject,
        body,
        key,
        channel=channel,
        adult=adult.key,
        about_child=child.key,
        **rest,
    )
