"""Reading PDF files back: their words in order, and everything in them that could hold a trace of what was withheld."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words(content: bytes) -> str:
    """All words in reading order, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in reader(content).pages).split())


def page_words(content: bytes) -> list[str]:
    """The words of each page."""
    return [" ".join(page.extract_text().split()) for page in reader(content).pages]


def tags(content: bytes) -> list[str]:
    """The names of the structure's tags in order, as a screen reader meets them."""
    return list(_tags(reader(content).trailer["/Root"]["/StructTreeRoot"]))


def boxes(content: bytes, number: int = 0) -> Iterator[tuple[str, float, float]]:
    """Each visible character of a page with its distance in millimetres from the left and from the top of the paper."""
    with pdfium.PdfDocument(content) as document:
        page = document[number]
        height = page.get_height()
        text = page.get_textpage()
        for index in range(text.count_chars()):
            letter = text.get_text_range(index, 1)
            left, _bottom, _right, top = text.get_charbox(index)
            if letter.strip():
                yield letter, left / 72 * 25.4, (height - top) / 72 * 25.4
        text.close()
        page.close()


def traces(content: bytes, canary: str) -> list[str]:
    """Where in the file a canary stands: words, metadata, names of objects, every string and every decoded stream.

    Spaces are left out on both sides, so that a line end in the middle does not hide it.
    """
    wanted = _bare(canary)
    found = ["words"] if wanted in _bare(words(content)) else []
    read = reader(content)
    for number in range(1, int(read.trailer["/Size"])):
        held = read.get_object(IndirectObject(number, 0, read))
        found += [f"object {number}" for text in _texts(held) if wanted in _bare(text)]
    found += ["raw bytes"] if canary.encode() in content else []
    return found + ["trailer" for text in _texts(read.trailer) if wanted in _bare(text)]


def everything(content: bytes) -> str:
    """Every text that is anywhere in the file: words, metadata, names and strings of objects, decoded streams."""
    read = reader(content)
    held = [read.get_object(IndirectObject(n, 0, read)) for n in range(1, int(read.trailer["/Size"]))]
    found = [text for each in held for text in _texts(each)]
    return "\n".join([words(content), *found, *_texts(read.trailer), content.decode("latin-1")])


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


def _texts(held: object) -> Iterator[str]:
    if isinstance(held, StreamObject):
        yield held.get_data().decode("utf-8", errors="replace")
        yield held.get_data().decode("utf-16-be", errors="replace")
    if isinstance(held, DictionaryObject):
        for name, value in held.items():
            yield str(name)
            yield from _texts(value)
    elif isinstance(held, ArrayObject):
        for value in held:
            yield from _texts(value)
    elif isinstance(held, bytes | str):
        yield held if isinstance(held, str) else held.decode("utf-8", errors="replace")


def _tags(node: object) -> Iterator[str]:
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        for one in node:
            yield from _tags(one)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"]).lstrip("/")
        if "/K" in node:
            yield from _tags(node["/K"])
