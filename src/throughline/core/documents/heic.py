"""Blanks where a HEIC photo was taken. Its boxes are left as they lie: only the values are overwritten."""

from __future__ import annotations

import mmap
import re
import struct

from .contents import Content

BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
EXIF = re.compile(rb"Exif\x00\x00(?=MM\x00\x2a|II\x2a\x00)")
# The same facts again as text, in the photo's XMP.
WRITTEN_POSITION = re.compile(
    rb"(GPS[A-Za-z]{1,40}\s*=\s*[\"'])([^\"'<>]{1,200})|(<exif:GPS[A-Za-z]{1,40}>)([^<]{1,200})"
)
POSITION = 0x8825
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
MOST_ENTRIES = 500

Photo = bytearray | mmap.mmap


def is_heic(content: Content) -> bool:
    """Whether the file begins as HEIC photos do."""
    return bytes(content[4:8]) == b"ftyp" and bytes(content[8:12]) in BRANDS


def blank_position(photo: Photo) -> None:
    """Overwrite every value of its position where it lies; the photo stays as long as it was."""
    for start in [found.end() for found in EXIF.finditer(photo)]:
        _blank_position(photo, start)
    written = [found.span(2 if found[1] else 4) for found in WRITTEN_POSITION.finditer(photo)]
    for start, end in written:
        photo[start:end] = b" " * (end - start)


def _blank_position(photo: Photo, tiff: int) -> None:
    order = "<" if photo[tiff : tiff + 2] == b"II" else ">"
    try:
        first = tiff + struct.unpack_from(order + "I", photo, tiff + 4)[0]
        for entry in _entries(photo, first, order):
            if struct.unpack_from(order + "H", photo, entry)[0] == POSITION:
                _blank_directory(
                    photo, tiff, tiff + struct.unpack_from(order + "I", photo, entry + 8)[0], order
                )
    except struct.error:
        # The directory points outside the file: no reader finds a position through it either.
        return


def _blank_directory(photo: Photo, tiff: int, directory: int, order: str) -> None:
    for entry in _entries(photo, directory, order):
        _tag, kind, count = struct.unpack_from(order + "HHI", photo, entry)
        length = SIZES.get(kind, 1) * count
        if length > 4:
            value = tiff + struct.unpack_from(order + "I", photo, entry + 8)[0]
            length = min(length, max(len(photo) - value, 0))
            if not length:
                continue
            photo[value : value + length] = bytes(length)
        photo[entry + 8 : entry + 12] = bytes(4)


def _entries(photo: Photo, directory: int, order: str) -> list[int]:
    count = struct.unpack_from(order + "H", photo, directory)[0]
    return [directory + 2 + number * 12 for number in range(min(count, MOST_ENTRIES))]
