"""Takes out of a PNG everything but the picture: texts, times, camera data, and whatever follows its end."""

from __future__ import annotations

import struct

from .contents import Content, Part, checksum
from .refusal import DocumentRefused

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"cHRM",
        b"gAMA",
        b"iCCP",
        b"sBIT",
        b"sRGB",
        b"cICP",
        b"bKGD",
        b"pHYs",
    }
)


def without_metadata(content: Content) -> tuple[list[Part], int, int]:
    """The parts that are the picture alone, its width and its height in pixels.

    Raises:
        DocumentRefused: when the file is no complete PNG.
    """
    if bytes(content[:16]) != SIGNATURE + b"\x00\x00\x00\rIHDR" or len(content) < 33:
        raise DocumentRefused("damaged")
    width, height = struct.unpack(">II", content[16:24])
    kept: list[Part] = [SIGNATURE]
    at = len(SIGNATURE)
    while True:
        if at + 12 > len(content):
            raise DocumentRefused("damaged")
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        if end > len(content) or not _is_whole(content, at, end):
            raise DocumentRefused("damaged")
        if kind in KEPT:
            kept.append(slice(at, end))
        elif not kind[0] & 0x20:
            # A part that a viewer must understand and we do not know.
            raise DocumentRefused("not_allowed")
        at = end
        if kind == b"IEND":
            return kept, width, height


def _is_whole(content: Content, at: int, end: int) -> bool:
    said: int = struct.unpack(">I", content[end - 4 : end])[0]
    return checksum(content, at + 4, end - 4) == said
