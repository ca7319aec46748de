"""Takes out of a JPEG everything but the picture: where it was taken, on what, by whom, and any second picture."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from .contents import Content, Part
from .refusal import DocumentRefused

END, SCAN = 0xD9, 0xDA
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
APPLICATION = range(0xE0, 0xF0)
COMMENT = 0xFE
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
# What a viewer needs to show the right colours and size: JFIF, the colour profile, Adobe's colour mark.
KEPT = {0xE0: (b"JFIF\x00",), 0xE2: (b"ICC_PROFILE\x00",), 0xEE: (b"Adobe",)}
EXIF = b"Exif\x00\x00"
ORIENTATION = 0x0112
NEXT_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL)


def without_metadata(content: Content) -> tuple[list[Part], int, int]:
    """The parts that are the picture alone, its width and its height in pixels. Which way up it goes is kept.

    Raises:
        DocumentRefused: when the file is no complete JPEG.
    """
    try:
        return _rewritten(content)
    except (IndexError, struct.error) as fault:
        raise DocumentRefused("damaged") from fault


def _rewritten(content: Content) -> tuple[list[Part], int, int]:
    kept: list[Part] = []
    width = height = 0
    way_up = 1
    for marker, where in _segments(content):
        if marker == SCAN:
            kept += [bytes([0xFF, SCAN]), where]
            continue
        body = bytes(content[where])
        if marker in FRAMES:
            height, width = struct.unpack(">HH", body[1:5])
        if marker == 0xE1 and body.startswith(EXIF):
            way_up = orientation(body[len(EXIF) :])
        elif not _dropped(marker, body):
            kept.append(_segment(marker, body))
    if not width or not height:
        raise DocumentRefused("damaged")
    turned = [_segment(0xE1, EXIF + _only_orientation(way_up))] if way_up != 1 else []
    return [b"\xff\xd8", *turned, *kept, b"\xff\xd9"], width, height


def _segments(content: Content) -> Iterator[tuple[int, slice]]:
    """Where each segment lies, up to the end of the first picture. A scan is its header and all of its data."""
    if bytes(content[:2]) != b"\xff\xd8":
        raise DocumentRefused("damaged")
    at = 2
    while True:
        found = NEXT_MARKER.match(content, at)
        if not found:
            raise DocumentRefused("damaged")
        at = found.end()
        marker = content[at - 1]
        if marker == END:
            return
        if marker in ALONE:
            continue
        length = struct.unpack(">H", content[at : at + 2])[0]
        end = at + length
        if length < 2 or end > len(content):
            raise DocumentRefused("damaged")
        if marker == SCAN:
            following = NEXT_MARKER.search(content, end)
            if not following:
                raise DocumentRefused("damaged")
            end = following.start()
            yield marker, slice(at, end)
        else:
            yield marker, slice(at + 2, end)
        at = end


def _dropped(marker: int, body: bytes) -> bool:
    if marker == COMMENT:
        return True
    return marker in APPLICATION and not body.startswith(KEPT.get(marker, (b"\x00never",)))


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def orientation(tiff: bytes) -> int:
    """Which way up the camera says the picture goes, 1 to 8; 1 (as it lies) when it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return 1
    first = struct.unpack(order + "I", tiff[4:8])[0]
    if first + 2 > len(tiff):
        return 1
    for number in range(struct.unpack(order + "H", tiff[first : first + 2])[0]):
        entry = tiff[first + 2 + number * 12 :][:12]
        if len(entry) == 12 and struct.unpack(order + "H", entry[:2])[0] == ORIENTATION:
            value = int(struct.unpack(order + "H", entry[8:10])[0])
            return value if 1 <= value <= 8 else 1
    return 1


def _only_orientation(value: int) -> bytes:
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, value, 0)
    return b"MM\x00\x2a" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
