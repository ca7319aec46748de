"""Documents to PDF files, by a typesetter in a process of its own."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .document import Document
from .plain_data import Data, plain_data, without

TYPESETTER = Path(__file__).with_name("typesetter.py")
AT_ONCE = 25
PATIENCE = 60
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_PAGES = re.compile(rb"<xmpTPg:NPages>([0-9]+)<")
# Saying characters in words can only be needed twice: once for pictures, once for what their names leave.
ROUNDS = 3


class PdfNotMade(Exception):
    """The file could not be made. ``detail`` is for whoever mends it: it may quote the document, so it is not logged."""

    def __init__(self, detail: str) -> None:
        super().__init__("The PDF could not be made. Nothing was stored.")
        self.detail = detail


@dataclass(frozen=True)
class Pdf:
    """A finished file. ``replaced`` are the characters no typeface here has, which are said in words or as a box."""

    content: bytes
    pages: int
    replaced: tuple[str, ...] = ()


def render(document: Document, *, fonts: Path) -> Pdf:
    """One document; see ``render_all``."""
    return next(render_all([document], fonts=fonts))


def render_all(documents: Sequence[Document], *, fonts: Path) -> Iterator[Pdf]:
    """Each document as tagged PDF/UA-1, in order; the same document always gives the same bytes.

    Args:
        documents: made a handful at a time, so that memory stays level however many there are.
        fonts: the folder with the typefaces. Those of the machine are never used.

    Raises:
        PdfNotMade: when the typesetter refuses one or does not answer.
    """
    for start in range(0, len(documents), AT_ONCE):
        yield from _handful(documents[start : start + AT_ONCE], fonts)


def _handful(documents: Sequence[Document], fonts: Path) -> list[Pdf]:
    wishes = [plain_data(one) for one in documents]
    replaced: list[set[str]] = [set() for _ in wishes]
    made: dict[int, bytes] = {}
    for _round in range(ROUNDS):
        waiting = [number for number in range(len(wishes)) if number not in made]
        for number, answer in zip(waiting, _typeset([wishes[n] for n in waiting], fonts), strict=True):
            if isinstance(answer, bytes):
                made[number] = answer
                continue
            missing = _missing(answer)
            replaced[number] |= missing
            wishes[number] = without(wishes[number], missing)
        if len(made) == len(wishes):
            return [_pdf(made[n], replaced[n]) for n in range(len(wishes))]
    raise PdfNotMade("The typesetter asked again and again for letters it does not have.")


def _pdf(content: bytes, replaced: set[str]) -> Pdf:
    found = _PAGES.search(content)
    return Pdf(content, int(found.group(1)) if found else 0, tuple(sorted(replaced)))


def _missing(fault: str) -> set[str]:
    """The characters a fault complains of.

    Raises:
        PdfNotMade: when it is a fault of another kind.
    """
    letters = {
        letter
        for text in _MISSING.findall(fault)
        for letter in _ESCAPED.sub(_unescaped, text)
        if letter > "\x7f"
    }
    if not letters:
        raise PdfNotMade(fault)
    return letters


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape.group(1), 16))


def _typeset(wishes: list[Data], fonts: Path) -> Iterator[bytes | str]:
    with tempfile.TemporaryDirectory(prefix="throughline-pdf-") as room:
        wish = json.dumps({"fonts": str(fonts), "room": room, "documents": wishes})
        # -I: nothing of this process's surroundings, so no other module can take the place of the typesetter's.
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(TYPESETTER)],
                input=wish.encode(),
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise PdfNotMade(f"The typesetter did not answer in {PATIENCE} seconds.") from None
    if done.returncode:
        raise PdfNotMade(done.stderr.decode(errors="replace"))
    return _answers(io.BytesIO(done.stdout))


def _answers(stream: io.BytesIO) -> Iterator[bytes | str]:
    while line := stream.readline():
        answer = json.loads(line)
        yield answer["fault"] if "fault" in answer else stream.read(answer["length"])
