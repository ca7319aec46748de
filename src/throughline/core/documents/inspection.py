"""What a file truly is, and the form in which it may be kept. Names and what a browser says are not believed."""

from __future__ import annotations

from dataclasses import dataclass

import puremagic

from . import jpeg, png
from .heic import is_heic, without_position
from .packages import which_package
from .refusal import DocumentRefused

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 20_000
PDF_TAIL = 4_096

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
# What the recogniser may call a file for us to look closer, and as what.
RECOGNISED = {
    ".pdf": "pdf", ".jpg": "jpg", ".jpeg": "jpg", ".png": "png", ".heic": "heic", ".heif": "heic",
    ".docx": "package", ".odt": "package", ".zip": "package",
}  # fmt: skip


@dataclass(frozen=True)
class Accepted:
    """A file fit to be kept: the bytes to keep, and what they are."""

    content: bytes
    extension: str

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.extension]


def inspect(content: bytes, limit: int) -> Accepted:
    """Look a file over and return what may be kept of it.

    Args:
        content: the bytes as they came.
        limit: the most bytes that are taken.

    Raises:
        DocumentRefused: with the reason.
    """
    if not content:
        raise DocumentRefused("empty")
    if len(content) > limit:
        raise DocumentRefused("too_large")
    kind = _recognised(content)
    if kind == "pdf":
        return Accepted(_whole_pdf(content), "pdf")
    if kind == "package":
        return Accepted(content, which_package(content))
    if kind == "heic":
        return Accepted(without_position(content), "heic")
    picture, width, height = (jpeg if kind == "jpg" else png).without_metadata(content)
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE or not width or not height:
        raise DocumentRefused("too_many_pixels" if width and height else "damaged")
    return Accepted(picture, kind)


def _recognised(content: bytes) -> str:
    try:
        names = {found.extension.lower() for found in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        names = set()
    kinds = {RECOGNISED[name] for name in names if name in RECOGNISED}
    for kind, begins in (
        ("pdf", b"%PDF-"),
        ("jpg", b"\xff\xd8\xff"),
        ("png", png.SIGNATURE),
        ("package", b"PK\x03\x04"),
    ):
        if kind in kinds and content.startswith(begins):
            return kind
    if is_heic(content):
        return "heic"
    raise DocumentRefused("not_allowed")


def _whole_pdf(content: bytes) -> bytes:
    if b"%%EOF" not in content[-PDF_TAIL:]:
        raise DocumentRefused("damaged")
    return content
