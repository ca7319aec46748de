"""Pictures of first pages: what is drawn, what is not, and that nothing hostile does more than fail."""

from __future__ import annotations

import pytest
from PIL import Image
from tests.core.documents import files_for_tests as files
from tests.support import drawable

from throughline.core.audit.actor import THROUGHLINE
from throughline.core.audit.change import change
from throughline.core.documents import jobs, previews
from throughline.core.documents.looking_over import look_over
from throughline.core.documents.models import Document
from throughline.core.documents.previews import draw, pages_of, state_of
from throughline.core.work.models import Piece

pytestmark = pytest.mark.django_db


class Progress:
    note = ""

    def say(self, done: int, total: int, note: str = "") -> None:
        self.note = note


def kept(child, content: bytes, name: str = "letter.pdf") -> Document:
    taken = look_over(name, content)
    with change("document added", by=THROUGHLINE):
        return Document.objects.create(
            child=child,
            kind="letter",
            name=taken.name,
            media_type=taken.media_type,
            size=taken.size,
            sha256=taken.sha256,
            scan=taken.scan,
            on_record=True,
        )


def drawn(document: Document) -> list[Image.Image]:
    jobs.preview(Progress(), str(document.pk))
    found = []
    for path in pages_of(document.sha256):
        with Image.open(path) as image:
            image.load()
            found.append(image)
    return found


def test_the_first_three_pages_of_a_pdf_are_drawn_at_a_size_of_ours(child):
    document = kept(child, drawable.pdf(pages=5))
    pages = drawn(document)
    assert [page.size for page in pages] == [(800, 1200)] * 3
    assert pages[0].getpixel((400, 20)) == (0, 0, 0)
    assert pages[0].getpixel((400, 1000)) == (255, 255, 255)
    assert state_of(document) == "made"


def test_a_photo_is_turned_the_right_way_up_and_tells_nothing_of_itself(child):
    [image] = drawn(kept(child, drawable.photo(way_up=6), "photo.jpg"))
    assert image.size == (20, 40)
    # Turned a quarter to the right, the upper left corner is at the upper right.
    red, green, _ = image.getpixel((18, 2))
    assert red > 200 > 60 > green
    assert not image.info
    assert not image.getexif()


def test_a_large_photo_is_drawn_small(child):
    [image] = drawn(kept(child, drawable.photo(3000, 1500, form="PNG"), "photo.png"))
    assert image.size == (1200, 600)


@pytest.mark.parametrize(
    ("content", "state"),
    [(b"Dear Sir or Madam", "text"), (files.docx(), "none"), (files.odt(), "none"), (files.heic(), "none")],
    ids=["text", "docx", "odt", "heic"],
)
def test_what_is_not_drawn_says_so(child, content, state):
    document = kept(child, content, "a.txt")
    assert drawn(document) == []
    assert state_of(document) == state


@pytest.mark.parametrize(
    "content",
    [
        files.PDF,
        drawable.pdf()[:200] + b"\n%%EOF\n",
        drawable.pdf(width=200, height=0),
        b"%PDF-1.7\n" + b"[" * 50_000 + b"\n%%EOF\n",
        files.jpeg(width=7_000, height=7_000),
        files.png(width=19_999, height=2_999),
    ],
    ids=[
        "no pages",
        "cut short",
        "no height",
        "deep",
        "a photo without a picture",
        "a picture without pixels",
    ],
)
def test_a_file_that_cannot_be_drawn_is_marked_and_not_tried_again(child, content, monkeypatch):
    document = kept(child, content)
    drawn(document)
    assert state_of(document) in {"failed", "made"}
    monkeypatch.setattr(previews, "_drawn_apart", lambda *_: pytest.fail("tried again"))
    drawn(document)


def test_a_page_of_absurd_size_is_drawn_at_a_size_of_ours(child):
    [image] = drawn(kept(child, drawable.pdf(width=14_000, height=14_400)))
    assert max(image.size) == 1200


def test_a_file_made_to_hold_up_whoever_opens_it_is_given_up(child, monkeypatch):
    monkeypatch.setattr(previews, "PATIENCE_SECONDS", 1)
    document = kept(child, drawable.endless_pdf())
    drawn(document)
    assert state_of(document) == "failed"


def test_the_drawer_is_told_nothing_of_our_surroundings(child, monkeypatch):
    asked = {}

    class Done:
        returncode = 1

    monkeypatch.setattr(previews.subprocess, "run", lambda command, **how: asked.update(how) or Done())
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    drawn(kept(child, drawable.pdf()))
    assert set(asked["env"]) == {"PATH", "LANG"}
    assert asked["timeout"] == previews.PATIENCE_SECONDS


@pytest.mark.parametrize("scan", ["waiting", "harmful"])
def test_nothing_is_drawn_of_a_file_that_is_held_back(child, scan):
    document = kept(child, drawable.pdf())
    with change("document scanned", by=THROUGHLINE):
        Document.objects.update(scan=scan)
    document.refresh_from_db()
    assert drawn(document) == []
    assert state_of(document) == "held"


def test_a_file_from_before_there_was_a_scanner_is_held_back_until_it_was_scanned(child, monkeypatch):
    document = kept(child, drawable.pdf())
    assert len(drawn(document)) == 1
    monkeypatch.setenv("THROUGHLINE_CLAMD", "/nowhere/clamd")
    assert state_of(document) == "held"


def test_the_same_file_twice_is_drawn_once(child, monkeypatch):
    first, second = kept(child, drawable.pdf()), kept(child, drawable.pdf())
    drawn(first)
    monkeypatch.setattr(previews, "_drawn_apart", lambda *_: pytest.fail("drawn again"))
    assert len(drawn(second)) == 1


def test_pictures_of_what_is_no_longer_kept_are_cleared_away(child):
    document = kept(child, drawable.pdf())
    drawn(document)
    lost = look_over("b.pdf", drawable.pdf(pages=2))
    draw(lost.sha256, lost.media_type)
    jobs.sweep(Progress())
    assert pages_of(document.sha256)
    assert not pages_of(lost.sha256)


def test_pictures_that_were_lost_are_asked_for_again(child):
    there, lost = kept(child, drawable.pdf()), kept(child, drawable.pdf(2))
    drawn(there)
    jobs.sweep(Progress())
    assert [piece.arguments for piece in Piece.objects.all()] == [{"document": str(lost.pk)}]


def test_no_piece_of_work_is_asked_for_what_only_one_module_keeps(child):
    kept(child, drawable.pdf())
    assert not Piece.objects.exists()
