"""Files made to be taken for something else, to hide something, or to fill the memory, on their whole way in."""

from __future__ import annotations

import struct
import tracemalloc
from pathlib import Path

import pytest
from tests.core.documents import files_for_tests as files
from tests.core.documents.fake_scanner import Scanner
from tests.support import drawable

from throughline.core.documents.contents import blocks
from throughline.core.documents.inspection import inspect
from throughline.core.documents.looking_over import look_over, look_over_all
from throughline.core.documents.previews import draw, pages_of
from throughline.core.documents.refusal import DocumentRefused
from throughline.core.documents.storage import path_of

# In two parts, so that a scanner of this machine does not take the test itself away.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PAGE = b"<html><script>alert(1)</script></html>"
ZIP = files.package({"run.js": "alert(1)"})
LARGE = 30_000_000
# What taking in a large file may cost: some blocks, never the file.
MEMORY = 8_000_000


@pytest.fixture
def scanner(tmp_path, monkeypatch):
    running = Scanner(
        str(tmp_path / "clamd"), {EICAR: b"stream: Eicar-Signature FOUND\x00", b"": b"stream: OK\x00"}
    )
    running.start()
    monkeypatch.setenv("THROUGHLINE_CLAMD", str(tmp_path / "clamd"))
    yield running
    running.close()


def kept(content: bytes) -> bytes:
    """What is kept of a file."""
    accepted = inspect(bytearray(content), 1_000_000)
    return b"".join(blocks(accepted.content, accepted.parts))


@pytest.mark.parametrize(
    "content",
    [
        files.jpeg(after=ZIP),
        files.jpeg(after=PAGE),
        files.jpeg(files.segment(0xFE, PAGE)),
        files.jpeg(files.segment(0xE9, PAGE)),
        files.png(after=ZIP),
        files.png(files.chunk(b"tEXt", PAGE)),
        files.png(files.chunk(b"prVt", PAGE)),
    ],
    ids=[
        "zip behind a photo",
        "page behind it",
        "in a comment",
        "in a block",
        "zip behind a picture",
        "text",
        "private",
    ],
)
def test_what_a_picture_carries_besides_its_picture_is_not_kept(content):
    assert PAGE not in kept(content)
    assert b"run.js" not in kept(content)


@pytest.mark.parametrize(
    "content",
    [
        PAGE + files.PDF,
        ZIP + files.PDF,
        b"GIF89a" + files.PDF,
        b"MZ" + files.PDF,
        b"\n" + PAGE,
        PAGE + drawable.photo(),
    ],
    ids=[
        "page then PDF",
        "zip then PDF",
        "GIF then PDF",
        "program then PDF",
        "new line then page",
        "page then photo",
    ],
)
def test_a_file_that_begins_as_something_else_is_refused(content):
    with pytest.raises(DocumentRefused):
        kept(content)


def test_a_pdf_that_is_also_a_page_is_kept_as_a_pdf_only(settings):
    taken = look_over("page.html", files.PDF[:9] + PAGE + files.PDF[9:])
    assert (taken.name, taken.media_type) == ("page.pdf", "application/pdf")


def test_a_test_virus_is_found_and_leaves_nothing_behind(scanner, settings):
    fates = look_over_all([("a.txt", EICAR), ("b.pdf", files.PDF + EICAR + b"%%EOF"), ("c.txt", b"Words")])
    assert [fate.refused and fate.refused.code for fate in fates] == ["harmful", "harmful", None]
    assert len([p for p in settings.DOCUMENTS_ROOT.rglob("*") if p.is_file()]) == 1
    assert fates[2].taken.scan == "clean"


@pytest.mark.parametrize(
    "part",
    ["word/embeddings/oleObject1.bin", "customXml/item1.html", "word/activeX/setup.exe", "word/vbaData.xml"],
)
def test_a_document_that_carries_something_that_runs_is_refused(part):
    with pytest.raises(DocumentRefused):
        kept(files.docx({part: b"x"}))


def test_a_part_that_must_be_read_whole_and_is_huge_is_refused():
    with pytest.raises(DocumentRefused, match="unpacks_too_large"):
        kept(files.docx({"word/_rels/document.xml.rels": b"<r>" + bytes(range(256)) * 40_000 + b"</r>"}))


@pytest.mark.parametrize("kind", ["pdf", "png", "jpg", "txt", "docx"])
def test_a_large_file_costs_no_more_memory_than_a_small_one(kind, tmp_path, settings):
    settings.DOCUMENT_LIMIT_BYTES = 50_000_000
    path = tmp_path / "large"
    write_large(path, kind)
    with path.open("rb+") as file:
        tracemalloc.start()
        taken = look_over("large", file)
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert taken.name == f"large.{kind}"
    assert taken.size > LARGE
    assert path_of(taken.sha256).stat().st_size == taken.size
    assert most < MEMORY


def write_large(path: Path, kind: str) -> None:
    filling = bytes(range(1, 251)) * (LARGE // 250 + 1)
    made = {
        "pdf": lambda: b"%PDF-1.7\n" + filling + b"%%EOF\n",
        "png": lambda: files.png().replace(
            files.chunk(b"IEND", b""), files.chunk(b"IDAT", filling) + files.chunk(b"IEND", b"")
        ),
        "jpg": lambda: files.jpeg().replace(b"second", b"second" + filling, 1),
        "txt": lambda: b"Words and words\n" * (LARGE // 15),
        "docx": lambda: files.package(
            {
                "[Content_Types].xml": files.TYPES,
                "word/document.xml": "<document/>",
                "word/media/a.png": filling,
            },
            0,
        ),
    }
    path.write_bytes(made[kind]())


@pytest.mark.parametrize("side", [60_000, 2**31 - 1])
def test_a_picture_that_claims_to_be_huge_is_refused_by_its_header(side):
    with pytest.raises(DocumentRefused, match="too_many_pixels"):
        kept(files.png(width=side, height=side))


def test_a_pdf_of_huge_pictures_is_given_up_or_drawn_small(tmp_path):
    many = b"".join(
        b"q %d 0 0 %d 0 0 cm BI /W 30000 /H 30000 /CS /G /BPC 8 /F /Fl ID " % (at, at) for at in range(9)
    )
    taken = look_over("a.pdf", drawable.pdf(content=many))
    draw(taken.sha256, taken.media_type)
    assert all(page.stat().st_size < 1_000_000 for page in pages_of(taken.sha256))


def test_a_length_that_points_past_the_end_is_damage_and_not_a_fault():
    for kind in (b"IDAT", b"tEXt"):
        content = files.png()[:33] + struct.pack(">I4s", 2**31 - 1, kind) + files.png()[33:]
        with pytest.raises(DocumentRefused, match="damaged"):
            kept(content)
