"""What a file truly is, and the form in which it may be kept. Names and what a browser says are not believed."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass

import puremagic

from . import jpeg, png
from .contents import Content, Part, blocks
from .heic import blank_position, is_heic
from .packages import which_package
from .plain_text import is_plain_text
from .refusal import DocumentRefused

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 20_000
PDF_TAIL = 4_096
# As much of the beginning and the end as the recogniser asks for.
ENDS = 64 * 1024

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain; charset=utf-8",
}
# What the recogniser may call a file for us to look closer, and as what.
RECOGNISED = {
    ".pdf": "pdf", ".jpg": "jpg", ".jpeg": "jpg", ".png": "png", ".heic": "heic", ".heif": "heic",
    ".docx": "package", ".odt": "package", ".zip": "package",
}  # fmt: skip


@dataclass(frozen=True)
class Accepted:
    """A file fit to be kept: what to keep of it, and what it is. Good for as long as its content is open."""

    content: Content
    parts: tuple[Part, ...]
    extension: str

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.extension]

    def blocks(self) -> Iterator[bytes]:
        """The bytes to keep, a block at a time."""
        return blocks(self.content, self.parts)


def inspect(content: Content, limit: int) -> Accepted:
    """Look a file over and return what may be kept of it. The position in a HEIC photo is overwritten in ``content``.

    Args:
        content: the bytes as they came.
        limit: the most bytes that are taken.

    Raises:
        DocumentRefused: with the reason.
    """
    if not len(content):
        raise DocumentRefused("empty")
    if len(content) > limit:
        raise DocumentRefused("too_large")
    whole = (slice(0, len(content)),)
    kind = _recognised(content)
    if kind == "pdf":
        if b"%%EOF" not in bytes(content[-PDF_TAIL:]):
            raise DocumentRefused("damaged")
        return Accepted(content, whole, "pdf")
    if kind == "package":
        return Accepted(content, whole, which_package(content))
    if kind == "heic":
        return _without_position(content)
    if kind == "txt":
        return Accepted(content, whole, "txt")
    parts, width, height = (jpeg if kind == "jpg" else png).without_metadata(content)
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE or not width or not height:
        raise DocumentRefused("too_many_pixels" if width and height else "damaged")
    return Accepted(content, tuple(parts), kind)


def _without_position(content: Content) -> Accepted:
    photo = content if isinstance(content, bytearray | mmap.mmap) else bytearray(content)
    blank_position(photo)
    return Accepted(photo, (slice(0, len(photo)),), "heic")


def _recognised(content: Content) -> str:
    begins = bytes(content[:ENDS])
    ends = begins if len(content) <= ENDS else begins + bytes(content[-ENDS:])
    try:
        names = {found.extension.lower() for found in puremagic.magic_string(ends)}
    except (puremagic.PureError, ValueError):
        names = set()
    kinds = {RECOGNISED[name] for name in names if name in RECOGNISED}
    for kind, mark in (
        ("pdf", b"%PDF-"),
        ("jpg", b"\xff\xd8\xff"),
        ("png", png.SIGNATURE),
        ("package", b"PK\x03\x04"),
    ):
        if kind in kinds and begins.startswith(mark):
            return kind
    if is_heic(content):
        return "heic"
    if is_plain_text(blocks(content, [slice(0, len(content))])):
        return "txt"
    raise DocumentRefused("not_allowed")
