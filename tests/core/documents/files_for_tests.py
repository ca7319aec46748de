"""Files made for the tests: harmless ones, and hostile ones that harm nothing here."""

from __future__ import annotations

import copy
import io
import struct
import zipfile
import zlib

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PLACE = b"51.5007N-0.1246W"
TYPES = f'<Types><Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def exif(orientation: int = 1, order: str = ">", place: bytes = PLACE) -> bytes:
    """Camera data as TIFF: which way up, and a position kept outside its directory as real ones are."""
    mark = b"MM\x00\x2a" if order == ">" else b"II\x2a\x00"
    first, position = 8, 8 + 2 + 2 * 12 + 4
    at = position + 2 + 12 + 4
    entries = struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    entries += struct.pack(order + "HHII", 0x8825, 4, 1, position)
    body = struct.pack(order + "IH", first, 2) + entries + struct.pack(order + "I", 0)
    body += struct.pack(order + "H", 1) + struct.pack(order + "HHII", 2, 2, len(place), at)
    return mark + body + struct.pack(order + "I", 0) + place


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(*extra: bytes, width: int = 8, height: int = 8, after: bytes = b"") -> bytes:
    """A JPEG's skeleton: its picture data is not a picture, but lies where one would, with stuffed bytes and a restart."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"picture\xff\x00data\xff\xd0more"
    second = segment(0xC4, b"\x00" * 17) + segment(0xDA, b"\x01\x01\x00\x01\x3f\x00") + b"second\xff\x00pass"
    jfif = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
    return (
        b"\xff\xd8"
        + jfif
        + b"".join(extra)
        + segment(0xDB, b"\x00" * 65)
        + frame
        + scan
        + second
        + b"\xff\xd9"
        + after
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*extra: bytes, width: int = 2, height: int = 2, after: bytes = b"") -> bytes:
    """A true grey PNG."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\x00" + b"\x80" * min(width, 9)) * min(height, 9))
    return (
        b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + chunk(b"IDAT", rows) + chunk(b"IEND", b"") + after
    )


def heic(order: str = ">") -> bytes:
    """The beginning of a HEIC photo, its camera data, and its XMP."""
    kind = b"ftypheic\x00\x00\x00\x00mif1heic"
    written = b'<rdf:Description exif:GPSLatitude="51,30.0N" exif:Make="Camera"/>'
    return (
        struct.pack(">I", len(kind) + 4)
        + kind
        + b"\x00\x00\x00\x06Exif\x00\x00"
        + exif(1, order)
        + written
        + b"hvc1"
    )


def package(parts: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx(more: dict[str, str | bytes] | None = None) -> bytes:
    return package({"[Content_Types].xml": TYPES, "word/document.xml": "<document/>"} | (more or {}))


def odt(more: dict[str, str | bytes] | None = None) -> bytes:
    mark: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": "<a/>",
    }
    return package(mark | (more or {}), zipfile.ZIP_STORED)


def relations(kind: str) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<r><Relationship Id="r1" Type="{office}/{kind}" Target="http://example.org/x" TargetMode="External"/></r>'


def overlapping_docx() -> bytes:
    """A package that names the same stored bytes three times over."""
    made = io.BytesIO(docx())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/media/a.png", bytes(range(256)) * 20)
        for name in ("word/media/b.png", "word/media/c.png"):
            again = copy.copy(archive.getinfo("word/media/a.png"))
            again.filename = name
            archive.filelist.append(again)
    return made.getvalue()


def lying_docx() -> bytes:
    """A package whose directory says that a part is small, though it unpacks to ten million bytes."""
    honest = docx({"word/media/a.png": bytes(10_000_000)})
    size, lie = struct.pack("<I", 10_000_000), struct.pack("<I", 1_000)
    return honest.replace(size, lie)
