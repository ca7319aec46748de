"""Keeping files, opening them, and finding out when one is gone."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from tests.core.documents import files_for_tests as files

from throughline.core.access.viewer import Refused
from throughline.core.audit.actor import Trusted
from throughline.core.audit.change import change
from throughline.core.audit.models import Event, Line
from throughline.core.documents import actions, jobs, looking_over
from throughline.core.documents.actions import keep_document
from throughline.core.documents.kept import take_in
from throughline.core.documents.models import Document
from throughline.core.documents.queries import DocumentHeld, documents, open_document
from throughline.core.documents.refusal import DocumentRefused
from throughline.core.documents.scanning import ScannerAway
from throughline.core.documents.storage import path_of

pytestmark = pytest.mark.django_db
PARENT = Trusted("Amina Begum", UUID(int=5))


class Progress:
    note = ""

    def say(self, done: int, total: int, note: str = "") -> None:
        self.note = note


def kept(child, content: bytes = files.PDF, name: str = "bill.pdf") -> Document:
    return keep_document(by=PARENT, child=child, kind="proof_of_address", name=name, content=content)


def scanner_says(monkeypatch, answer) -> None:
    def is_harmful(content: Iterable[bytes]) -> bool:
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setenv("THROUGHLINE_CLAMD", "/run/clamd")
    for room in (actions, looking_over):
        monkeypatch.setattr(room, "is_harmful", is_harmful)


def yes(document: Document) -> bool:
    return True


def test_a_kept_file_lies_under_its_hash_and_its_facts_are_on_the_record(child):
    document = kept(child)
    assert path_of(document.sha256).read_bytes() == files.PDF
    assert document.sha256 == hashlib.sha256(files.PDF).hexdigest()
    assert (document.media_type, document.size, document.scan) == (
        "application/pdf",
        len(files.PDF),
        "not_scanned",
    )
    line = Line.objects.get(table="documents.document")
    assert (line.child_id, line.event.actor_label) == (child.pk, "Amina Begum")


def test_what_is_kept_of_a_photo_has_no_position(child):
    photo = files.jpeg(files.segment(0xE1, b"Exif\x00\x00" + files.exif()))
    document = kept(child, photo, "bill.png")
    assert files.PLACE not in path_of(document.sha256).read_bytes()
    assert (document.name, document.size) == ("bill.jpg", len(files.jpeg()))


def test_a_refused_file_leaves_nothing_behind(child, settings):
    settings.DOCUMENT_LIMIT_BYTES = 10
    with pytest.raises(DocumentRefused):
        kept(child)
    assert not settings.DOCUMENTS_ROOT.exists()
    assert Document.objects.count() == 0


def test_the_same_bytes_are_stored_once_for_two_children_documents(child, settings):
    first, second = kept(child), kept(child)
    assert first.pk != second.pk
    assert len([p for p in settings.DOCUMENTS_ROOT.rglob("*") if p.is_file()]) == 1


def test_bytes_kept_again_look_new_to_the_sweep(child):
    path = path_of(kept(child).sha256)
    os.utime(path, (0, 0))
    kept(child)
    assert path.stat().st_mtime > 0


def test_an_opened_file_is_a_download_that_can_run_nothing_and_the_look_is_recorded(child):
    opened = open_document(PARENT, kept(child).pk, may_open=yes)
    assert b"".join(opened.content) == files.PDF
    assert opened.headers["Content-Disposition"] == 'attachment; filename="bill.pdf"'
    assert opened.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in opened.headers["Content-Security-Policy"]
    assert "no-store" in opened.headers["Cache-Control"]
    assert Event.objects.get(looked=True).kind == "document opened"


def test_a_forbidden_file_and_one_that_does_not_exist_answer_alike(child):
    document = kept(child)
    answers = []
    for key in (document.pk, UUID(int=1)):
        with pytest.raises(Refused) as refused:
            open_document(PARENT, key, may_open=lambda found: False)
        answers.append(str(refused.value))
    assert answers[0] == answers[1]
    assert documents(PARENT, [document.pk], may_open=lambda found: False) == []
    assert not Event.objects.filter(looked=True).exists()


def test_a_list_shows_what_the_viewer_may_open_and_whether_it_was_scanned(child):
    [shown] = documents(PARENT, [kept(child).pk], may_open=yes)
    assert (shown.name, shown.scan, shown.can_be_opened) == ("bill.pdf", "not_scanned", True)
    assert str(shown.scan_label) == "Not checked for viruses"


def test_a_file_in_which_a_virus_is_found_is_not_kept(child, settings, monkeypatch):
    scanner_says(monkeypatch, True)
    with pytest.raises(DocumentRefused, match="harmful"):
        kept(child)
    assert not settings.DOCUMENTS_ROOT.exists()


def test_a_file_found_clean_says_so(child, monkeypatch):
    scanner_says(monkeypatch, False)
    assert kept(child).scan == "clean"


def test_while_the_scanner_is_away_a_file_is_kept_and_held_back_until_it_was_scanned(child, monkeypatch):
    scanner_says(monkeypatch, ScannerAway("away"))
    document = kept(child)
    with pytest.raises(DocumentHeld) as held:
        open_document(PARENT, document.pk, may_open=yes)
    assert "waiting to be checked" in str(held.value.words)
    jobs.scan(Progress())
    assert Document.objects.get().scan == "waiting"
    scanner_says(monkeypatch, False)
    jobs.scan(Progress())
    assert b"".join(open_document(PARENT, document.pk, may_open=yes).content) == files.PDF


def test_a_file_kept_before_there_was_a_scanner_is_scanned_and_held_back_when_harmful(child, monkeypatch):
    document = kept(child)
    scanner_says(monkeypatch, True)
    jobs.scan(Progress())
    with pytest.raises(DocumentHeld) as held:
        open_document(PARENT, document.pk, may_open=yes)
    assert held.value.code == "harmful"


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_stored_file_that_is_missing_or_changed_is_never_served(child, damage):
    document = kept(child)
    path = path_of(document.sha256)
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(files.PDF.replace(b"1", b"2"))
    with pytest.raises(DocumentHeld) as held:
        open_document(PARENT, document.pk, may_open=yes)
    assert "backup" in str(held.value.words)


def test_the_sweep_clears_old_files_without_a_row_and_names_rows_without_a_file(child, settings, caplog):
    document, lost = kept(child), kept(child, files.png(), "a.png")
    path_of(lost.sha256).unlink()
    orphans = [settings.DOCUMENTS_ROOT / "aa" / name for name in ("old", ".new-half", "fresh")]
    orphans[0].parent.mkdir()
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    for orphan in orphans:
        orphan.write_bytes(b"x")
    now = timezone.now().timestamp()
    os.utime(orphans[2], (now, now))
    for old in (*orphans[:2], path_of(document.sha256)):
        os.utime(old, (long_ago, long_ago))
    sent_in = take_in(name="census.csv", content=[b"a line"], kept_for="exchange")
    with change("file kept", by=PARENT):
        sent_in.save()
    path_of(sent_in.sha256).unlink()
    progress = Progress()
    jobs.sweep(progress)
    assert [orphan.exists() for orphan in orphans] == [False, False, True]
    assert path_of(document.sha256).exists()
    assert progress.note == "cleared 2, missing 2"
    assert str(lost.pk) in caplog.text
    assert str(sent_in.pk) in caplog.text
