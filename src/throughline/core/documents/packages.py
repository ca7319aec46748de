"""DOCX and ODT files are zip archives. This looks inside before anybody else's software does."""

from __future__ import annotations

import struct
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .contents import BLOCK, Content, Reader, blocks
from .refusal import DocumentRefused

MOST_PARTS = 2_000
MOST_BYTES = 100_000_000
MOST_READ = 5_000_000
HIGHEST_RATIO = 200
RATIO_MATTERS_FROM = 2_000_000
DOCX_PARTS = frozenset({"[Content_Types].xml", "word/document.xml"})
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
MACRO_NAMES = ("vbaproject", "vbadata", "basic/", "scripts/", "macros/")
PACKED_INSIDE = (
    ".zip", ".7z", ".rar", ".gz", ".exe", ".dll", ".scr", ".com", ".js", ".vbs", ".ps1", ".bat", ".cmd", ".lnk",
    ".hta", ".jar", ".msi", ".bin", ".docm", ".xlsm", ".html", ".htm",
)  # fmt: skip
HARMLESS_LINK = "/hyperlink"


def which_package(content: Content) -> str:
    """``docx`` or ``odt``, when the archive is one and holds nothing that runs, hides or explodes.

    Raises:
        DocumentRefused: with the reason.
    """
    try:
        with zipfile.ZipFile(Reader(content)) as archive:
            return _inspected(archive, content)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError) as fault:
        if isinstance(fault, DocumentRefused):
            raise
        raise DocumentRefused("damaged") from fault


def _inspected(archive: zipfile.ZipFile, content: Content) -> str:
    parts = archive.infolist()
    _refuse_explosive(parts, content)
    for part in parts:
        _refuse_hostile_name(part.filename.lower())
        _refuse_if_more_than_it_says(part, content)
    names = {part.filename for part in parts}
    if names >= DOCX_PARTS:
        _refuse_unlike_docx(archive, names)
        return "docx"
    if "mimetype" in names and "content.xml" in names and _small(archive, "mimetype").strip() == ODT_TYPE:
        return "odt"
    raise DocumentRefused("not_allowed")


def _refuse_explosive(parts: list[zipfile.ZipInfo], content: Content) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise DocumentRefused("locked")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise DocumentRefused("not_allowed")
    whole = sum(part.file_size for part in parts)
    # More compressed bytes than the file has: parts that overlap, each unpacking the same bytes again.
    overlapping = sum(part.compress_size for part in parts) > len(content)
    steep = whole > RATIO_MATTERS_FROM and whole > HIGHEST_RATIO * len(content)
    if len(parts) > MOST_PARTS or whole > MOST_BYTES or overlapping or steep:
        raise DocumentRefused("unpacks_too_large")
    if len({part.filename for part in parts}) != len(parts):
        raise DocumentRefused("damaged")


def _refuse_hostile_name(name: str) -> None:
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise DocumentRefused("damaged")
    if any(mark in name for mark in MACRO_NAMES):
        raise DocumentRefused("has_macros")
    if name.endswith(PACKED_INSIDE):
        raise DocumentRefused("holds_other_files")


def _refuse_if_more_than_it_says(part: zipfile.ZipInfo, content: Content) -> None:
    """The directory may lie about how much a part unpacks to: unpack to one byte more than it says, and see."""
    at = part.header_offset
    header = bytes(content[at : at + 30])
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise DocumentRefused("damaged")
    start = at + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    if part.compress_type == zipfile.ZIP_STORED:
        if part.compress_size != part.file_size:
            raise DocumentRefused("damaged")
        return
    if _unpacks_past(content, slice(start, min(start + part.compress_size, len(content))), part.file_size):
        raise DocumentRefused("unpacks_too_large")


def _unpacks_past(content: Content, packed: slice, most: int) -> bool:
    """Whether more comes out than is said; a block at a time, so that a bomb fills nothing."""
    unpacker, size = zlib.decompressobj(-15), 0
    for block in blocks(content, [packed]):
        left = block
        while left and not unpacker.eof:
            size += len(unpacker.decompress(left, BLOCK))
            if size > most:
                return True
            left = unpacker.unconsumed_tail
    return size + len(unpacker.flush()) > most


def _refuse_unlike_docx(archive: zipfile.ZipFile, names: set[str]) -> None:
    types = _root(_small(archive, "[Content_Types].xml"))
    for entry in types.iter():
        if "macroenabled" in entry.get("ContentType", "").lower():
            raise DocumentRefused("has_macros")
    for name in names:
        if name.lower().endswith(".rels"):
            _refuse_links_out(_small(archive, name))


def _refuse_links_out(relations: bytes) -> None:
    for relation in _root(relations).iter():
        outside = relation.get("TargetMode", "").lower() == "external"
        if outside and not relation.get("Type", "").lower().endswith(HARMLESS_LINK):
            raise DocumentRefused("links_out")


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part that is read whole; none that a document needs is large."""
    if archive.getinfo(name).file_size > MOST_READ:
        raise DocumentRefused("unpacks_too_large")
    return archive.read(name)


def _root(content: bytes) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException) as fault:
        raise DocumentRefused("damaged") from fault
    return root
