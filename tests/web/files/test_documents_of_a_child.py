"""Adding, reading and replacing documents through the pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.core.documents import files_for_tests as made
from tests.support import drawable
from tests.support.parents import words

from throughline.core.audit.models import Event
from throughline.core.documents.models import Document
from throughline.core.documents.previews import draw
from throughline.core.documents.storage import path_of
from throughline.core.people.models import Child

pytestmark = pytest.mark.django_db
Files = Sequence[tuple[str, bytes]]
LETTER: Files = [("letter.pdf", drawable.pdf())]


def sends(client: Client, child: Child, files: Files, **more: str) -> Any:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    said = {"kind": "letter", "title": "", "language": "en", "once_key": uuid4().hex} | more
    return client.post(address("add", child), {"documents": sent, **said}, follow=True)


def address(page: str, thing: Any, *more: Any) -> str:
    return reverse(f"files.{page}", args=[thing.pk, *more])


def test_before_there_are_documents_the_page_says_what_will_be_there(child: Child, hers: Client) -> None:
    page = words(hers.get(address("of_child", child)))
    assert "No documents yet" in page
    assert "Add documents" in page
    assert "Zara Begum" in page


def test_several_files_are_kept_at_once_and_each_ones_fate_is_said(child: Child, hers: Client) -> None:
    page = words(
        sends(
            hers,
            child,
            [*LETTER, ("photo.jpg", drawable.photo()), ("virus.exe", b"MZ\x00\x01"), ("empty.pdf", b"")],
        )
    )
    assert "2 files kept: letter.pdf, photo.jpg." in page
    assert "virus.exe: The file is not a kind we can take." in page
    assert "empty.pdf: The file is empty." in page
    assert Document.objects.filter(on_record=True, child=child).count() == 2


def test_when_no_file_can_be_kept_the_form_says_why_for_each(child: Child, hers: Client) -> None:
    page = words(sends(hers, child, [("a.exe", b"MZ\x00\x01"), ("b.pdf", b"%PDF-1.7 cut")]))
    assert "a.exe: The file is not a kind we can take. Nothing was kept." in page
    assert "b.pdf: The file is damaged or incomplete." in page
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("files", "more", "said"),
    [([], {}, "Choose a file"), (LETTER, {"kind": ""}, "Choose what the files are")],
    ids=["no file", "no kind"],
)
def test_what_is_missing_is_asked_for(
    child: Child, hers: Client, files: Files, more: dict[str, str], said: str
) -> None:
    assert said in words(sends(hers, child, files, **more))
    assert not Document.objects.exists()


def test_a_second_press_adds_nothing_more_and_hears_the_same(child: Child, hers: Client) -> None:
    key = uuid4().hex
    first, second = (sends(hers, child, [*LETTER, ("a.exe", b"MZ")], once_key=key) for _ in range(2))
    assert Document.objects.count() == 1
    for page in (first, second):
        assert "Kept: letter.pdf." in words(page)
        assert "a.exe: The file is not a kind" in words(page)


def test_one_file_over_the_limit_is_dropped_and_the_others_are_kept(
    child: Child, hers: Client, settings: Any
) -> None:
    settings.DOCUMENT_LIMIT_BYTES = 100_000
    page = words(sends(hers, child, [("large.pdf", made.PDF + bytes(300_000) + b"%%EOF"), *LETTER]))
    assert "Kept: letter.pdf." in page
    assert "large.pdf: The file is too large." in page
    assert page.count("large.pdf") == 1


def test_a_large_file_arrives_on_the_disk_and_leaves_nothing_there(
    child: Child, hers: Client, settings: Any
) -> None:
    content = made.PDF + bytes(4_000_000) + b"%%EOF"
    sends(hers, child, [("large.pdf", content)])
    document = Document.objects.get()
    assert path_of(document.sha256).stat().st_size == len(content)
    assert list((settings.DOCUMENTS_ROOT / "arriving").iterdir()) == []


def test_more_than_can_be_taken_is_refused_before_it_is_read(
    child: Child, hers: Client, settings: Any
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1_000
    answer = sends(hers, child, LETTER, title="x" * 2_000)
    assert answer.status_code == 413
    assert "None of them was kept" in words(answer)
    assert not Document.objects.exists()


def test_more_files_than_can_be_sent_at_once_are_refused_together(child: Child, hers: Client) -> None:
    files = [(f"{at}.txt", b"Words %d" % at) for at in range(21)]
    assert "You can send 20 files at a time" in words(sends(hers, child, files))
    assert not Document.objects.exists()


def test_a_document_page_shows_its_picture_and_downloads_the_file(child: Child, hers: Client) -> None:
    sends(hers, child, LETTER, title="From the hospital")
    document = Document.objects.get()
    assert "The preview is being made" in words(hers.get(address("document", document)))
    draw(document.sha256, document.media_type)
    page = hers.get(address("document", document)).content.decode()
    picture = address("preview", document, 1)
    assert picture in page
    shown = hers.get(picture)
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/png", "private, no-store")
    assert shown.content.startswith(b"\x89PNG")
    file = hers.get(address("download", document))
    assert b"".join(file.streaming_content) == drawable.pdf()
    assert file["Content-Disposition"].startswith("attachment")


def test_words_are_shown_as_words_and_run_nothing(child: Child, hers: Client) -> None:
    sends(hers, child, [("a.txt", b"Dear all, <script>alert(1)</script>")])
    page = hers.get(address("document", Document.objects.get())).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_document_that_has_no_preview_says_so(child: Child, hers: Client) -> None:
    sends(hers, child, [("a.docx", made.docx())])
    assert "There is no preview of this kind of file" in words(
        hers.get(address("document", Document.objects.get()))
    )


def test_a_file_that_waits_for_the_scanner_is_neither_opened_nor_shown(
    child: Child, hers: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THROUGHLINE_CLAMD", "/nowhere/clamd")
    assert "Waiting to be checked for viruses" in words(sends(hers, child, LETTER))
    document = Document.objects.get()
    page = words(hers.get(address("document", document)))
    assert "no preview before the file has been checked" in page
    assert "Download the file" not in page
    opened = words(hers.get(address("download", document), follow=True))
    assert "waiting to be checked for viruses" in opened


def test_a_newer_version_takes_the_place_and_both_are_listed(child: Child, hers: Client) -> None:
    sends(hers, child, LETTER, title="Report")
    old = Document.objects.get()
    sent = {"documents": SimpleUploadedFile("new.pdf", drawable.pdf(2)), "title": "Report", "once_key": "k"}
    page = words(hers.post(address("replace", old), sent, follow=True))
    assert "Version 2" in page
    assert "Version 1" in page
    assert "There is a newer version" in words(hers.get(address("document", old)))
    assert words(hers.get(address("of_child", child))).count("Report") == 1
    sent = {"documents": SimpleUploadedFile("late.pdf", drawable.pdf(3)), "title": "", "once_key": "other"}
    assert "Somebody has put a newer version" in words(hers.post(address("replace", old), sent, follow=True))
    assert Document.objects.count() == 2


def test_a_caseworker_adds_and_opens_and_the_looks_are_theirs(child: Child, caseworker: Client) -> None:
    sends(caseworker, child, LETTER, kind="court_order")
    caseworker.get(address("document", Document.objects.get()))
    looks = Event.objects.filter(looked=True, actor_label="Cai Test").values_list("kind", flat=True)
    assert {"documents of the record listed", "document of the record seen"} <= set(looks)


def test_who_has_the_childs_record_finds_the_way_back_to_it(
    child: Child, caseworker: Client, hers: Client
) -> None:
    assert (
        reverse("record.child", args=[child.pk])
        in caseworker.get(address("of_child", child)).content.decode()
    )
    assert "The child’s record" not in words(hers.get(address("of_child", child)))


def test_what_is_not_theirs_is_not_there(child: Child, hers: Client, his: Client) -> None:
    sends(hers, child, LETTER)
    document = Document.objects.get()
    for page in ("document", "download", "replace"):
        assert his.get(address(page, document)).status_code == 404
    assert his.get(address("preview", document, 1)).status_code == 404
    for page in ("of_child", "add"):
        assert his.get(address(page, child)).status_code == 404
    assert sends(his, child, LETTER).status_code == 404
    assert Document.objects.count() == 1
