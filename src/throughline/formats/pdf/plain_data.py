"""Documents as plain data for the typesetter: words are values in it, never part of its instructions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from typing import Any

from .document import Block, Bullets, Document, Facts, Heading, Notice, PageBreak, Paragraph, Table
from .printable import in_words, printable

Data = dict[str, Any]


def plain_data(document: Document) -> Data:
    """The document as values that JSON has."""
    words, _, after = document.page_words.partition("{page}")
    between, _, last = after.partition("{pages}")
    head = document.letterhead
    data: Data = {
        "title": document.title,
        "author": document.author,
        "lang": document.lang,
        "mark": document.mark,
        "page_words": [words, between, last],
        "made_at": list(document.made_at.utctimetuple()[:6]) if document.made_at else None,
        "landscape": document.landscape,
        "letterhead": {"to": list(head.to), "sender": list(head.sender)} if head else None,
        "blocks": [_block(block) for block in document.blocks],
    }
    cleaned: Data = _each_text(data, printable)
    return cleaned


def without(data: Data, missing: Set[str]) -> Data:
    """The same document with each of these characters said in words."""
    replaced: Data = _each_text(data, lambda text: in_words(text, missing))
    return replaced


def kept_blocks(blocks: Iterable[Block]) -> list[Data]:
    """Blocks as they are stored until they are printed."""
    return [_block(block) for block in blocks]


def blocks_from(kept: Iterable[Data]) -> tuple[Block, ...]:
    """The blocks that were stored."""
    return tuple(_MAKERS[one["kind"]](one) for one in kept)


def _block(block: Block) -> Data:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Notice(text):
            return {"kind": "notice", "text": text}
        case Bullets(items, numbered):
            return {"kind": "numbers" if numbered else "bullets", "items": list(items)}
        case Facts(rows):
            return {"kind": "facts", "rows": [list(row) for row in rows]}
        case Table(headings, rows, caption, shares):
            kept = [list(row) for row in rows]
            shared = list(shares) or [1] * len(headings)
            return {
                "kind": "table",
                "headings": list(headings),
                "rows": kept,
                "caption": caption,
                "shares": shared,
            }
        case PageBreak():
            return {"kind": "page"}


_MAKERS: dict[str, Callable[[Data], Block]] = {
    "heading": lambda one: Heading(one["text"], one["level"]),
    "paragraph": lambda one: Paragraph(one["text"]),
    "notice": lambda one: Notice(one["text"]),
    "bullets": lambda one: Bullets(tuple(one["items"])),
    "numbers": lambda one: Bullets(tuple(one["items"]), numbered=True),
    "facts": lambda one: Facts(tuple((label, value) for label, value in one["rows"])),
    "table": lambda one: Table(
        tuple(one["headings"]),
        tuple(tuple(row) for row in one["rows"]),
        one["caption"],
        tuple(one["shares"]),
    ),
    "page": lambda _one: PageBreak(),
}


def _each_text(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each_text(one, change) for one in value]
    if isinstance(value, dict):
        return {name: _each_text(one, change) for name, one in value.items()}
    return value
