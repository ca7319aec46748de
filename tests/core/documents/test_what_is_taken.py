"""Which files are taken, and which are not, whatever they are called."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.documents import files_for_tests as files

from throughline.core.documents.inspection import inspect
from throughline.core.documents.naming import safe_name
from throughline.core.documents.refusal import DocumentRefused
from throughline.core.documents.wording import REFUSALS, refusal_words

LIMIT = 1_000_000
GOOD = {
    "pdf": files.PDF,
    "jpg": files.jpeg(),
    "png": files.png(),
    "heic": files.heic(),
    "docx": files.docx(),
    "odt": files.odt(),
    "txt": "Dear Sir or Madam,\r\n\tTŷ ni".encode(),
}
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
MACRO_TYPES = files.TYPES.replace("wordprocessingml.document.main", "word.document.macroEnabled.main")
ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><Types>&c;</Types>'
HOSTILE = {
    "an empty file": (b"", "empty"),
    "a page": (b"<html><script>alert(1)</script></html>", "not_allowed"),
    "a drawing that runs": (SVG, "not_allowed"),
    "a Windows program": (b"MZ\x90\x00" + bytes(200), "not_allowed"),
    "a Linux program": (b"\x7fELF\x02\x01\x01" + bytes(200), "not_allowed"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "not_allowed"),
    "words cut in the middle of a letter": ("Tŷ".encode()[:-1], "not_allowed"),
    "words that turn the reading round": ("bill\u202efdp.exe".encode(), "not_allowed"),
    "a calendar that invites": (b"BEGIN:VCALENDAR\n", "not_allowed"),
    "a link to elsewhere": (b"[InternetShortcut]\nURL=http://example.org", "not_allowed"),
    "formatted text, which can hold programs": (b"{\\rtf1 Dear", "not_allowed"),
    "a page after empty lines": (b"\n\n  <html>", "not_allowed"),
    "nothing but white space": (b" \n\t", "not_allowed"),
    "a page before a PDF": (b"<html></html>\n" + files.PDF, "not_allowed"),
    "a PDF cut short": (files.PDF[:-8], "damaged"),
    "a photo cut short": (files.jpeg()[:-4], "damaged"),
    "a picture cut short": (files.png()[:-4], "damaged"),
    "a picture changed on the way": (files.png().replace(b"IDAT", b"IDAT\x00", 1), "damaged"),
    "a picture with one wrong bit": (
        files.png(files.chunk(b"gAMA", b"\x00\x00\xb1\x8f")).replace(b"\xb1\x8f", b"\xb1\x8e", 1),
        "damaged",
    ),
    "an archive": (files.package({"a.txt": "hello"}), "not_allowed"),
    "a spreadsheet": (
        files.package({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}),
        "not_allowed",
    ),
    "a document with a macro part": (files.docx({"word/vbaProject.bin": b"x"}), "has_macros"),
    "a macro document renamed": (files.docx({"[Content_Types].xml": MACRO_TYPES}), "has_macros"),
    "an open document with macros": (files.odt({"Basic/Standard/Module1.xml": "x"}), "has_macros"),
    "a template from elsewhere": (
        files.docx({"word/_rels/settings.xml.rels": files.relations("attachedTemplate")}),
        "links_out",
    ),
    "a picture from elsewhere": (
        files.docx({"word/_rels/document.xml.rels": files.relations("image")}),
        "links_out",
    ),
    "a program inside": (files.docx({"word/embeddings/setup.exe": b"MZ"}), "holds_other_files"),
    "entities that grow": (files.docx({"[Content_Types].xml": ENTITIES}), "damaged"),
    "a part that climbs out": (files.docx({"../../etc/passwd": b"x"}), "damaged"),
    "a bomb": (files.docx({"word/media/a.png": bytes(100_000_000)}), "unpacks_too_large"),
    "a steep bomb": (files.docx({"word/media/a.png": bytes(20_000_000)}), "unpacks_too_large"),
    "a bomb that lies about it": (files.lying_docx(), "unpacks_too_large"),
    "a bomb of parts that overlap": (files.overlapping_docx(), "unpacks_too_large"),
    "a photo of a hundred million pixels": (files.jpeg(width=10_000, height=10_000), "too_many_pixels"),
    "a picture sixty thousand wide": (files.png(width=60_000, height=60_000), "too_many_pixels"),
    "a file over the limit": (files.PDF + bytes(LIMIT) + b"%%EOF", "too_large"),
}


def outcome(content: bytes) -> str:
    """What a file was taken for, or why it was refused."""
    try:
        return inspect(content, LIMIT).extension
    except DocumentRefused as refused:
        return refused.code


@pytest.mark.parametrize("extension", GOOD)
def test_a_good_file_is_taken_for_what_it_is(extension):
    assert inspect(GOOD[extension], LIMIT).extension == extension


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_with_the_reason(what):
    content, code = HOSTILE[what]
    with pytest.raises(DocumentRefused) as refused:
        inspect(content, LIMIT)
    assert refused.value.code == code


def test_a_link_in_the_text_of_a_document_is_no_reason_to_refuse_it():
    content = files.docx({"word/_rels/document.xml.rels": files.relations("hyperlink")})
    assert inspect(content, LIMIT).extension == "docx"


@settings(max_examples=150)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_no_damage_to_a_file_makes_anything_but_a_refusal_or_a_file(extension, data):
    content = bytearray(GOOD[extension])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert outcome(bytes(content)) in {*GOOD, *REFUSALS}


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_taken(content):
    assert outcome(content) in {*GOOD, *REFUSALS}


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_every_refusal_says_what_was_kept_and_what_to_do(code):
    words = refusal_words(DocumentRefused(code), 10_000_000)
    assert "Nothing was kept." in words
    assert "%" not in words
    assert code != "too_large" or "10 MB" in words


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Council tax.pdf", "Council tax.pdf"),
        ("photo.jpg", "photo.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Amina\\bill.PDF", "bill.pdf"),
        ("bill\u202efdp.exe", "billfdp.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie: x.pdf"),
        ("Letter of 3. May", "Letter of 3. May.pdf"),
        ("", "document.pdf"),
        (".pdf", "document.pdf"),
        ("Tŷ'r plentyn.pdf", "Tŷ'r plentyn.pdf"),
        ("x" * 400 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_ends_in_what_the_file_is(given_name, kept):
    assert safe_name(given_name, "pdf") == kept
