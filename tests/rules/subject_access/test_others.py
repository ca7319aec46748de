"""Other people are taken out of words, and nobody else is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.rules.subject_access.clock import due_on
from throughline.rules.subject_access.others import others_words, withhold

INSTEAD = "[another person]"
OTHERS = others_words(["Zoë", "Rees", "O’Hara", "Anne-Marie", "Dan"], ["Mia", "Rees"])

EXAMPLES = {
    "Dan came": f"{INSTEAD} came",
    "DAN’s car": f"{INSTEAD} car",
    "Zoe and Zoë": f"{INSTEAD} and {INSTEAD}",
    "Zoë Dan came": f"{INSTEAD} came",
    "Zoë Rees came": f"{INSTEAD} Rees came",
    "seen with O'Hara": f"seen with {INSTEAD}",
    "Anne-Marie": INSTEAD,
    "Marie": INSTEAD,
    "Danger and Dance": "Danger and Dance",
    "Mia Rees": "Mia Rees",
    "ring 07700900123 now": f"ring {INSTEAD} now",
    "ring 07700-900 123": f"ring {INSTEAD}",
    "at wm8 8yy": f"at {INSTEAD}",
}


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples(text: str) -> None:
    assert withhold(text, OTHERS, ["07700 900123", "WM8 8YY"], INSTEAD) == EXAMPLES[text]


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_name_among_any_words_is_never_left(before: str, after: str) -> None:
    assert (
        "zorander" not in withhold(f"{before} Zorander {after}", {"zorander"}, [], INSTEAD).casefold().split()
    )


@given(st.text(max_size=80))
def test_text_without_anybody_is_left_as_it_is(text: str) -> None:
    assert withhold(text, set(), [], INSTEAD) == text.replace(f"{INSTEAD} {INSTEAD}", INSTEAD)


MONTHS = {
    date(2026, 2, 3): date(2026, 3, 3),
    date(2026, 1, 31): date(2026, 2, 28),
    date(2028, 1, 31): date(2028, 2, 29),
    date(2026, 12, 31): date(2027, 1, 31),
    date(2026, 3, 31): date(2026, 4, 30),
}


@pytest.mark.parametrize("received", MONTHS)
def test_a_calendar_month(received: date) -> None:
    assert due_on(received) == MONTHS[received]
