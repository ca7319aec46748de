"""What is printed, read back: words in order, tags, marks on every page and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import settings
from tests.support.pdfs import boxes, page_words, reader, tags, traces, words

from throughline.formats.pdf.document import (
    Bullets,
    Document,
    Facts,
    Heading,
    Letterhead,
    Notice,
    PageBreak,
    Paragraph,
    Table,
)
from throughline.formats.pdf.rendering import AT_ONCE, Pdf, PdfNotMade, render, render_all

ALL_KINDS = Document(
    title="Transport decision",
    author="Mereshire Council",
    mark="Reference TR-0042",
    blocks=(
        Paragraph("We have decided."),
        Heading("What we decided"),
        Facts((("Decision", "Awarded"), ("From", "1 September 2026"))),
        Heading("Why", level=2),
        Bullets(("The school is 3.4 miles away.", "The route is not safe to walk.")),
        Bullets(("Sign.", "Return."), numbered=True),
        Notice("Part of this record is withheld."),
        Table(("Day", "Time"), (("Monday", "08:10"), ("Tuesday", "08:15")), caption="Times"),
        PageBreak(),
        Heading("How to appeal"),
    ),
)


def made(document: Document) -> Pdf:
    return render(document, fonts=settings.PRINT_FONTS)


def test_words_come_in_the_order_they_were_given() -> None:
    expected = (
        "Transport decision We have decided. What we decided Decision Awarded From 1 September 2026 Why",
        "The school is 3.4 miles away.",
        "Sign.",
        "Part of this record is withheld. Times Day Time Monday 08:10 Tuesday 08:15",
        "How to appeal",
    )
    found = words(made(ALL_KINDS).content)
    places = [found.find(part) for part in expected]
    assert -1 not in places
    assert places == sorted(places)


def test_a_screen_reader_finds_headings_lists_and_tables() -> None:
    found = tags(made(ALL_KINDS).content)
    assert [tag for tag in found if tag.startswith("H")] == ["H1", "H2", "H3", "H2"]
    assert {"L", "LI", "LBody", "Table", "TR", "TH", "TD", "Caption"} <= set(found)
    assert found.count("TH") == 2


def test_the_file_says_its_title_language_and_author_and_nothing_of_when_or_where() -> None:
    read = reader(made(replace(ALL_KINDS, lang="cy")).content)
    assert read.metadata is not None
    assert dict(read.metadata) == {
        "/Title": "Transport decision",
        "/Author": "Mereshire Council",
        "/Creator": read.metadata.creator,
    }
    assert (read.metadata.creator or "").startswith("Typst")
    assert read.trailer["/Root"]["/Lang"] == "cy-GB"
    assert read.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"] is not None
    described = read.trailer["/Root"]["/Metadata"].get_data()
    assert b"<pdfuaid:part>1<" in described
    assert b"CreateDate" not in described


def test_every_page_bears_the_mark_and_its_number() -> None:
    pdf = made(ALL_KINDS)
    pages = page_words(pdf.content)
    assert pdf.pages == len(pages) == 2
    assert [page.endswith(f"Reference TR-0042 Page {n} of 2") for n, page in enumerate(pages, 1)] == [
        True,
        True,
    ]


def test_the_page_number_is_said_in_the_documents_language() -> None:
    found = words(made(replace(ALL_KINDS, lang="cy", page_words="Tudalen {page} o {pages}")).content)
    assert "Tudalen 2 o 2" in found


def test_the_same_document_always_makes_the_same_bytes() -> None:
    assert made(ALL_KINDS) == made(ALL_KINDS)


def test_a_moment_is_kept_only_when_it_is_given() -> None:
    read = reader(made(replace(ALL_KINDS, made_at=datetime(2026, 2, 3, 9, 30, tzinfo=UTC))).content)
    assert read.metadata is not None
    assert read.metadata.creation_date == datetime(2026, 2, 3, 9, 30, tzinfo=UTC)


def test_headings_of_a_table_stand_on_every_page_it_reaches() -> None:
    rows = tuple((f"Child {n}", str(n)) for n in range(120))
    pages = page_words(made(Document("List", "A", (Table(("Who", "Number"), rows),))).content)
    assert len(pages) > 2
    assert all("Who Number" in page for page in pages)


def test_a_letter_has_the_address_where_the_window_is() -> None:
    letter = replace(
        ALL_KINDS,
        letterhead=Letterhead(
            ("Ms Rowan Ash", "7 Wren Lane", "Mereford", "ME1 1AA"), ("Mereshire Council", "3 February 2026")
        ),
    )
    content = made(letter).content
    found = words(content)
    assert found.index("Ms Rowan Ash") < found.index("Mereshire Council") < found.index("Transport decision")
    # The window of a DL envelope, as GOV.UK Notify measures it on the sheet, in millimetres.
    windowed = [(x, y) for _letter, x, y in boxes(content) if 20 < x < 120 and y < 90]
    assert len(windowed) == len("MsRowanAsh7WrenLaneMerefordME11AA")
    assert all(x >= 24.6 and 39.5 <= y <= 66.3 for x, y in windowed)
    # Nothing else may show in it when the sheet slips in its envelope.
    assert not [letter for letter, x, y in boxes(content) if 66.3 < y < 92 and x < 120]


def test_what_was_withheld_leaves_no_trace_anywhere_in_the_file() -> None:
    seen = replace(ALL_KINDS, blocks=(*ALL_KINDS.blocks, Paragraph("Canary Quillfeather 17 Hidden Row")))
    assert traces(made(seen).content, "Quillfeather"), "the search itself must be able to find it"
    assert traces(made(replace(seen, title="Quillfeather")).content, "Quillfeather")
    assert traces(made(ALL_KINDS).content, "Quillfeather") == []


def test_many_documents_keep_their_order_and_their_own_words() -> None:
    many = [Document(f"Letter {n}", "A", (Paragraph(f"Only for number {n}."),)) for n in range(AT_ONCE + 3)]
    for number, pdf in enumerate(render_all(many, fonts=settings.PRINT_FONTS)):
        assert words(pdf.content) == f"Letter {number} Only for number {number}. Page 1 of 1"


@pytest.mark.parametrize(
    ("blocks", "problem"),
    [
        ((Heading("Too deep", level=2),), "at level 2, after one at level 0"),
        ((Heading(" "),), "empty"),
        ((Table(("One", "Two"), (("only one",),)),), "as many cells"),
        ((Table((), ()),), "at least one heading"),
        ((Table(("One", "Two"), (), shares=(1,)),), "share of each column"),
    ],
)
def test_what_a_screen_reader_could_not_follow_is_refused(
    blocks: tuple[Heading | Table], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        Document("Title", "A", blocks)


def test_a_document_without_a_title_and_an_address_too_long_are_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        Document(" ", "A", ())
    with pytest.raises(ValueError, match="one to 7 lines"):
        Document("T", "A", (), letterhead=Letterhead(("line",) * 8))


def test_a_typesetter_that_fails_is_said_without_quoting_the_document() -> None:
    with pytest.raises(PdfNotMade) as failed:
        made(replace(ALL_KINDS, lang="not a language", title="Quillfeather"))
    assert "Quillfeather" not in str(failed.value)
    assert "language" in failed.value.detail
