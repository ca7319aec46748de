"""Reading transfer files: any version, with or without a namespace, every section optional.

Source: data standards section 3. What the layout does not have is kept to be shown; what is odd warns.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from throughline.formats.code_lists import code_list
from throughline.formats.ctf.document import CtfFile, CtfHeader, CtfPupil, UnknownElement
from throughline.formats.ctf.layout import HEADER, HEADER_TAG, PUPIL, PUPIL_TAG, PUPILS, ROOT
from throughline.formats.ctf.notes import Notes
from throughline.formats.ctf.shapes import Leaf, Many, Shape
from throughline.formats.reading import Counts, FileRefused, Finding, Reading
from throughline.formats.safe_xml import elements, forget, tag_of

_LONGEST_PATH = 200


@dataclass(frozen=True, slots=True)
class CtfReading(Reading[CtfPupil]):
    """A transfer file that was read. ``unknown`` is what stood outside the pupils, such as a supplier's own block."""

    header: CtfHeader = field(default_factory=CtfHeader)
    unknown: tuple[UnknownElement, ...] = ()

    @property
    def file(self) -> CtfFile:
        """Header and pupils, as ``write_ctf`` takes them."""
        return CtfFile(self.header, self.rows)


def read_ctf(data: bytes) -> CtfReading:
    """Read a transfer file.

    A finding's ``line`` is the pupil's number from 1 (0: the header or the file), its ``column`` the element's path.
    Codes: ``no_header``, ``unknown_version``, ``unknown_element``, ``repeated_element``, ``stray_text``,
    ``not_a_date``, ``not_a_number``, ``not_yes_or_no``; a pupil without name and UPN is left out (``blank``).

    Raises:
        FileRefused: as ``elements``; ``wrong_shape`` when the root is not ``CTfile``.
    """
    about_file = Notes(0)
    header: CtfHeader | None = None
    pupils: list[CtfPupil] = []
    findings: list[Finding] = []
    read = 0
    for event, element, path in elements(data):
        if event == "start":
            if len(path) == 1 and path[0] != ROOT:
                raise FileRefused("wrong_shape", {"expected": (ROOT,), "found": (path[0],)})
        elif path[1:] == (HEADER_TAG,) and header is None:
            header = read_shape(element, HEADER, about_file, "")
        elif path[1:] == (PUPILS, PUPIL_TAG):
            read += 1
            pupil = _pupil(element, read, findings)
            if pupil:
                pupils.append(pupil)
            forget(element)
        elif len(path) == 2 and path[1] != PUPILS:
            about_file.keep_unknown(path[1], element)
            forget(element)
    _about_version(header, about_file)
    return CtfReading(
        rows=tuple(pupils),
        findings=(*about_file.findings, *findings),
        counts=Counts(read, len(pupils), read - len(pupils)),
        encoding="xml",
        header=header or CtfHeader(),
        unknown=tuple(about_file.unknown),
    )


def _pupil(element: etree._Element, number: int, findings: list[Finding]) -> CtfPupil | None:
    notes = Notes(number)
    pupil: CtfPupil = read_shape(element, PUPIL, notes, "")
    findings += notes.findings
    if not (pupil.surname or pupil.forename or pupil.upn):
        findings.append(Finding("reject_row", number, "Surname", "blank"))
        return None
    return replace(pupil, unknown=tuple(notes.unknown), number=number)


def _about_version(header: CtfHeader | None, notes: Notes) -> None:
    if header is None:
        notes.warn(HEADER_TAG, "no_header")
    elif header.version not in {version["number"] for version in code_list("ctf_versions")["versions"]}:
        notes.warn("CTFversion", "unknown_version", header.version or "")


def read_shape(element: etree._Element, shape: Shape, notes: Notes, path: str) -> Any:
    """The typed value of an element."""
    values: dict[str, Any] = {}
    repeated: dict[str, list[Any]] = {}
    _stray(element, notes, path)
    for child in element:
        tag = tag_of(child)
        here = f"{path}/{tag}"[:_LONGEST_PATH] if path else tag
        part = shape.by_tag.get(tag)
        if part is None:
            notes.keep_unknown(here, child)
        elif isinstance(part, Many) and not part.outer:
            repeated.setdefault(part.name, []).append(_item(child, part, notes, here))
        elif part.name in values:
            notes.warn(here, "repeated_element", (child.text or "").strip())
        elif isinstance(part, Many):
            values[part.name] = _items(child, part, notes, here)
        elif isinstance(part, Leaf):
            values[part.name] = _leaf(child, part, notes, here)
        else:
            values[part.name] = read_shape(child, part.shape, notes, here)
    values.update((name, tuple(items)) for name, items in repeated.items())
    return shape.make(**values)


def _leaf(element: etree._Element, part: Leaf, notes: Notes, path: str) -> Any:
    for child in element:
        notes.keep_unknown(f"{path}/{tag_of(child)}"[:_LONGEST_PATH], child)
    return notes.value(path, part.kind, element.text or "")


def _items(element: etree._Element, part: Many, notes: Notes, path: str) -> tuple[Any, ...]:
    items: list[Any] = []
    _stray(element, notes, path)
    for child in element:
        here = f"{path}/{tag_of(child)}"[:_LONGEST_PATH]
        if tag_of(child) == part.tag:
            items.append(_item(child, part, notes, here))
        else:
            notes.keep_unknown(here, child)
    return tuple(items)


def _item(element: etree._Element, part: Many, notes: Notes, path: str) -> Any:
    if part.shape is None:
        return _leaf(element, Leaf(part.tag, part.name), notes, path)
    return read_shape(element, part.shape, notes, path)


def _stray(element: etree._Element, notes: Notes, path: str) -> None:
    """Text between elements means nothing, and real files have it; it is said, and not read."""
    pieces = [element.text, *(child.tail for child in element)]
    stray = " ".join(piece.strip() for piece in pieces if piece and piece.strip())
    if stray:
        notes.warn(path, "stray_text", stray)
