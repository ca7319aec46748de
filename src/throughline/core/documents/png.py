"""Takes out of a PNG everything but the picture: texts, times, camera data, and whatever follows its end."""

from __future__ import annotations

import struct
import zlib

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


def without_metadata(content: bytes) -> tuple[bytes, int, int]:
    """The picture alone, its width and its height in pixels.

    Raises:
        DocumentRefused: when the file is no complete PNG.
    """
    if not content.startswith(SIGNATURE + b"\x00\x00\x00\rIHDR") or len(content) < 33:
        raise DocumentRefused("damaged")
    width, height = struct.unpack(">II", content[16:24])
    kept, at = [SIGNATURE], len(SIGNATURE)
    while True:
        if at + 12 > len(content):
            raise DocumentRefused("damaged")
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        if (
            end > len(content)
            or zlib.crc32(content[at + 4 : end - 4]) != struct.unpack(">I", content[end - 4 : end])[0]
        ):
            raise DocumentRefused("damaged")
        if kind in KEPT:
            kept.append(content[at:end])
        elif not kind[0] & 0x20:
            # A part that a viewer must understand and we do not know.
            raise DocumentRefused("not_allowed")
        at = end
        if kind == b"IEND":
            return b"".join(kept), width, height
