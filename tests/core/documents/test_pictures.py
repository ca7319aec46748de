"""Of a photo only the picture is kept."""

from __future__ import annotations

import zlib

import pytest
from tests.core.documents import files_for_tests as files
from tests.core.documents.files_for_tests import PLACE

from throughline.core.documents import heic, jpeg, png
from throughline.core.documents.contents import blocks


def picture(kind, content: bytes) -> tuple[bytes, int, int]:
    """What is kept of a picture, put together, with its width and height."""
    parts, width, height = kind.without_metadata(content)
    return b"".join(blocks(content, parts)), width, height


def with_camera_data(way_up: int = 1, order: str = ">") -> bytes:
    return files.segment(0xE1, b"Exif\x00\x00" + files.exif(way_up, order))


def test_a_photo_loses_where_it_was_taken_and_keeps_its_picture():
    kept, width, height = picture(jpeg, files.jpeg(with_camera_data(), width=640, height=480))
    assert PLACE not in kept
    assert b"Exif" not in kept
    assert (width, height, kept) == (640, 480, files.jpeg(width=640, height=480))


@pytest.mark.parametrize(
    "extra",
    [
        files.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + PLACE),
        files.segment(0xED, b"Photoshop 3.0\x00" + PLACE),
        files.segment(0xFE, PLACE),
        files.segment(0xE2, b"MPF\x00" + PLACE),
        files.segment(0xEB, PLACE),
    ],
    ids=["xmp", "iptc", "comment", "second pictures", "unknown"],
)
def test_every_other_place_where_a_photo_tells_of_itself_is_emptied(extra):
    assert picture(jpeg, files.jpeg(extra))[0] == files.jpeg()


def test_a_second_picture_behind_the_first_is_dropped_with_its_position():
    assert PLACE not in picture(jpeg, files.jpeg(after=files.jpeg(with_camera_data())))[0]


def test_the_colours_of_a_photo_are_kept():
    profile = files.segment(0xE2, b"ICC_PROFILE\x00\x01\x01colours")
    assert b"colours" in picture(jpeg, files.jpeg(profile))[0]


@pytest.mark.parametrize("order", [">", "<"])
@pytest.mark.parametrize("way_up", [3, 6, 8])
def test_a_photo_stays_the_right_way_up(way_up, order):
    kept, _, _ = picture(jpeg, files.jpeg(with_camera_data(way_up, order)))
    assert PLACE not in kept
    assert jpeg.orientation(kept[kept.index(b"Exif\x00\x00") + 6 :]) == way_up


def test_taking_the_metadata_out_twice_changes_nothing_more():
    once = picture(jpeg, files.jpeg(with_camera_data(6)))[0]
    assert picture(jpeg, once)[0] == once


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"prVt"])
def test_a_picture_loses_its_texts_and_keeps_its_pixels(kind):
    kept, width, height = picture(png, files.png(files.chunk(kind, PLACE), after=b"PK\x03\x04" + PLACE))
    assert (kept, width, height) == (files.png(), 2, 2)


def test_a_picture_keeps_its_colours():
    colours = files.chunk(b"gAMA", b"\x00\x00\xb1\x8f")
    assert picture(png, files.png(colours))[0] == files.png(colours)
    assert zlib.crc32(colours[4:-4]).to_bytes(4, "big") == colours[-4:]


@pytest.mark.parametrize("order", [">", "<"])
def test_a_phone_photo_loses_its_position_and_stays_the_same_length(order):
    photo = files.heic(order)
    kept = bytearray(photo)
    heic.blank_position(kept)
    assert PLACE in photo
    assert PLACE not in kept
    assert b"51,30.0N" not in kept
    assert b'exif:Make="Camera"' in kept
    assert len(kept) == len(photo)
