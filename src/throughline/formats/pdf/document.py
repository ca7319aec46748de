"""What a printed document is made of: blocks of plain text. There is no markup: every text is printed as it stands.

A copy for one reader is made from what that reader may see. Nothing is ever covered up afterwards: what is withheld was
never given to these blocks, so it cannot be found in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Heading:
    """A heading under the document's title; ``level`` 1 is the highest, 3 the lowest."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. A line end inside it is kept."""

    text: str


@dataclass(frozen=True)
class Notice:
    """A paragraph set apart: what must not be overlooked, or why something is withheld."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list, with numbers when the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Facts:
    """Labels and values, such as a name and a date of birth."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table with a row of headings, repeated on every page it reaches.

    ``shares`` says how wide the columns are in proportion; equal when it is not given.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    shares: tuple[int, ...] = ()


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Heading | Paragraph | Notice | Bullets | Facts | Table | PageBreak


@dataclass(frozen=True)
class Letterhead:
    """Makes the document a letter for a window envelope: to whom, from whom, and the line under the sender.

    The places are those that GOV.UK Notify asks of precompiled letters, which fit the common DL window.
    """

    to: tuple[str, ...]
    sender: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """Everything that is printed, and everything the file says about itself: title, language and author.

    ``mark`` stands on every page beside its number, so that a sheet that strays can be told; it is a reference, never a
    name. ``page_words`` is the sentence with the number, in the document's language. ``made_at`` is kept in the file only
    when given: without it the same blocks always make the same bytes.
    """

    title: str
    author: str
    blocks: tuple[Block, ...]
    lang: str = "en"
    mark: str = ""
    page_words: str = "Page {page} of {pages}"
    letterhead: Letterhead | None = None
    landscape: bool = False
    made_at: datetime | None = None

    def __post_init__(self) -> None:
        for fault in _faults(self):
            raise ValueError(fault)


MOST_ADDRESS_LINES = 7
DEEPEST = 3


def _faults(document: Document) -> Iterator[str]:
    """What would make a file that a screen reader cannot follow, or an envelope that cannot be read."""
    if not document.title.strip():
        yield "A document needs a title: it is what a screen reader says first."
    if document.letterhead and not 0 < len(document.letterhead.to) <= MOST_ADDRESS_LINES:
        yield f"An address on a letter has one to {MOST_ADDRESS_LINES} lines: more do not fit the window."
    level = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            if not block.text.strip():
                yield "A heading is empty."
            if not 1 <= block.level <= min(level + 1, DEEPEST):
                yield f"The heading {block.text!r} is at level {block.level}, after one at level {level}."
            level = block.level
        if isinstance(block, Table):
            yield from _table_faults(block)


def _table_faults(table: Table) -> Iterator[str]:
    width = len(table.headings)
    if not width or any(len(row) != width for row in table.rows):
        yield "Every row of a table has as many cells as there are headings, and there is at least one heading."
    if table.shares and len(table.shares) != width:
        yield "A table says the share of each column, or of none."
