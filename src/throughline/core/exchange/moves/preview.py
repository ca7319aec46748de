"""What the file about a child would hold, line by line as it would be written: read off the pupil that is written itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.formats.ctf import ctf_pupil
from throughline.formats.ctf.layout import PUPIL
from throughline.formats.ctf.shapes import Leaf, Part, Shape

from ...access.viewer import require
from ...sharing.show import Sight
from ..module import SEND_OUT
from ..transfers.destination import Leaving
from ..transfers.pupils import pupil_rows
from .element_words import CODES, ELEMENTS

# A kind of information, and whether a part of the file stands for it.
PARTS = ("people.identifiers", "people.education", "people.circumstances", "people.address", "people.family")


@dataclass(frozen=True)
class Preview:
    """Labels and values in the order of the file; and the kinds of information that stay here, by category."""

    lines: tuple[tuple[str, Any], ...]
    kept: tuple[str, ...]


def what_would_go(sight: Sight, child_id: UUID, leaving: Leaving | None = None) -> Preview:
    """The lines that a file made at this moment would hold. ``leaving``: they are on a roll still.

    Raises:
        Refused: this viewer may not make one, or the child is not there for them.
    """
    require(sight.viewer, SEND_OUT)
    rows, eyes = pupil_rows(sight.viewer, [child_id], leaving)
    lines = tuple(lines_of(ctf_pupil(rows[0])))
    kept = tuple(code for code in PARTS if not eyes.may_go(child_id, code))
    eyes.own.record_look("what a transfer file would hold")
    return Preview(lines, kept)


def lines_of(pupil: Any) -> Iterator[tuple[str, Any]]:
    """Every value of a pupil that a file would hold, with its element in words."""
    yield from _lines(pupil, PUPIL, "")


def _lines(value: Any, shape: Shape, within: str) -> Iterator[tuple[str, Any]]:
    for part in shape.parts:
        inner = getattr(value, part.name)
        if inner is None:
            continue
        if isinstance(part, Leaf):
            if inner != "":
                yield _words(part.tag, within, inner)
        elif isinstance(part, Part):
            yield from _lines(inner, part.shape, _within(part.tag, within))
        else:
            for item in inner:
                if part.shape is None:
                    yield _words(part.tag, within, item)
                else:
                    yield from _lines(item, part.shape, _within(part.tag, within))


def _within(tag: str, before: str) -> str:
    """Whose the element is: a contact's own name must not read as the pupil's."""
    return before or (tag if tag in ("Contact", "School", "SEN") else "")


def _words(tag: str, within: str, value: Any) -> tuple[str, Any]:
    label = ELEMENTS.get(f"{within}/{tag}") or ELEMENTS.get(tag) or tag
    code = CODES.get(f"{tag}:{value}")
    if isinstance(value, bool):
        return str(label), _("Yes") if value else _("No")
    if isinstance(value, date):
        return str(label), value
    return str(label), str(code) if code else str(value)
