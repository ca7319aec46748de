"""Whatever people type is printed as they typed it, or made safe; it never becomes layout and never stops a letter."""

from __future__ import annotations

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from tests.support.pdfs import boxes, reader, words

from throughline.formats.pdf.document import Bullets, Document, Facts, Heading, Letterhead, Paragraph, Table
from throughline.formats.pdf.printable import printable
from throughline.formats.pdf.rendering import Pdf, render, render_all


def everywhere(text: str) -> Document:
    """A document with the text in every place that takes one."""
    line = " ".join(text.split()) or "-"
    return Document(
        title=f"T {line}",
        author=f"A {line}",
        mark=f"M {line}"[:60],
        page_words=f"{{page}} / {{pages}} {line}"[:60],
        letterhead=Letterhead((line[:40],), (line[:40],)),
        blocks=(
            Paragraph(text),
            Heading(f"H {line}"),
            Facts(((text, text),)),
            Bullets((text,)),
            Table((line, "b"), ((text, text),), caption=text),
        ),
    )


def made(text: str) -> Pdf:
    return render(Document("Title", "A", (Paragraph(text),)), fonts=settings.PRINT_FONTS)


LITERAL = [
    '#import "@preview/cetz:0.3.0": canvas',
    "#read(/etc/passwd) #sys.inputs $x^2$ *bold* _it_ `raw` @label <label> = Heading",
    "https://example.org/?a=1&b=2 // not a comment /* nor this */",
    '\\u{41} \\ "quoted" -- --- ... ~ +1 -1 /term: x',
    "Gwên Ŵŵ Ŷŷ Siân Llŷr Ẁ ẃ Ỳ ỳ",
    "Zoë Łukasz Ștefan Győző İpek Đặng",
    "{{ child.name }} {% include %} <script>alert(1)</script>",
]


@pytest.mark.parametrize("text", LITERAL)
def test_it_is_printed_literally(text: str) -> None:
    assert text in words(made(text).content)


def test_accents_typed_apart_are_put_together() -> None:
    assert "ŵŷ" in words(made("w\u0302y\u0302").content)


def test_names_in_arabic_hebrew_and_cyrillic_are_printed() -> None:
    pdf = made("سارة · שרה · Олена · Ελένη")
    assert pdf.replaced == ()
    for name in ("سارة", "שרה", "Олена", "Ελένη"):
        assert name in words(pdf.content)


def test_pictures_are_said_in_words_and_the_caller_is_told() -> None:
    pdf = made("Thank you 😀👍🏽")
    assert "Thank you [grinning face][thumbs up sign]" in words(pdf.content)
    assert {"😀", "👍"} <= set(pdf.replaced)


def test_letters_that_no_typeface_here_has_become_a_box_and_the_caller_is_told() -> None:
    pdf = made("王 小")
    assert "□ □" in words(pdf.content)
    assert pdf.replaced == ("小", "王")


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\ufeffb", "a\u202eb", "a\u200bb", "a\u2066b"])
def test_what_cannot_be_seen_is_left_out(text: str) -> None:
    assert words(made(text).content).startswith("Title ab")


@pytest.mark.parametrize("text", ["a\ud800b", "a\ue000b", "a\U0010ffffb"])
def test_what_has_no_meaning_becomes_a_box(text: str) -> None:
    assert "a□b" in words(made(text).content)


def test_line_ends_are_kept_whatever_machine_they_come_from() -> None:
    assert printable("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd e"


def test_ten_thousand_characters_without_a_space_stay_on_the_paper() -> None:
    content = made("m" * 10_000).content
    pages = len(reader(content).pages)
    assert pages > 1
    assert words(content).count("m") == 10_000
    assert max(x for page in range(pages) for _letter, x, _y in boxes(content, page)) < 210 - 20


@examples(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=60), min_size=8, max_size=8))
def test_any_text_at_all_in_any_place_makes_a_file(texts: list[str]) -> None:
    made_of = list(render_all([everywhere(text) for text in texts], fonts=settings.PRINT_FONTS))
    assert all(pdf.pages >= 1 for pdf in made_of)
