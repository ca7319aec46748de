"""A family as a picture: adults above, children below, a line for each tie with its words.

Two pictures of the same people: side by side for wide screens and paper, one under another for a phone. Nothing here
knows what a reader may see: whoever calls hands in words.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

CARD, GAP, LINE = 212, 24, 21
PAD = 16
# Between the rows lie the words on the lines and the line that joins them.
BETWEEN, BELOW = 104, 84
NARROW = 343
LETTERS, NARROW_LETTERS = 23, 34
MOST_LINES = 3


@dataclass(frozen=True)
class Person:
    """One card. ``tie`` are the words on the line to the child; ``marks`` what must not be overlooked."""

    name: str
    tie: str
    home: bool
    marks: Sequence[str] = ()
    note: str = ""
    self: bool = False
    known: bool = True


@dataclass(frozen=True)
class Drawing:
    """Everything the template draws, with its size."""

    width: int
    height: int
    cards: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    words: list[dict[str, Any]]
    home: dict[str, Any] | None


def wide(child: Person, adults: Sequence[Person], siblings: Sequence[Person], home: str) -> Drawing:
    """Side by side: those who live with the child to the left, inside the line round their home."""
    above = sorted(adults, key=lambda each: not each.home)
    below = [child, *sorted(siblings, key=lambda each: not each.home)]
    at_home = max(sum(each.home for each in above), 1 + sum(each.home for each in below[1:]))
    top = 44 if home else 8
    tall = [max((_height(p, LETTERS) for p in row), default=0) for row in (above, below)]
    y_children = top + (tall[0] + BETWEEN if above else 0)
    columns = max(_column(above, at_home), _column(below, at_home), 1)
    cards, lines, words = [], [], []
    bus, mid = top + tall[0] + BETWEEN - 26, PAD + CARD // 2
    for person, x in _placed(above, at_home):
        card = _card(person, x, top, CARD, LETTERS, tall[0])
        cards.append(card)
        centre = x + CARD // 2
        lines.append(_line(f"M{centre} {top + tall[0]}V{bus}H{mid}V{y_children}", person))
        words += _words(person.tie, centre + 8, top + tall[0] + 20)
    under = y_children + tall[1] + BELOW - 22
    for person, x in _placed(below, at_home):
        cards.append(_card(person, x, y_children, CARD, LETTERS, tall[1]))
        if not person.self:
            centre = x + CARD // 2
            start = f"M{mid} {y_children + tall[1]}V{under}"
            lines.append(_line(f"{start}H{centre}V{y_children + tall[1]}", person, dashed=True))
            words += _words(person.tie, centre + 8, y_children + tall[1] + 22)
    bottom = y_children + tall[1] + (BELOW if siblings else 14)
    # Words on the line of the last card reach beyond it.
    width = PAD * 2 + columns * CARD + (columns - 1) * GAP + (GAP if columns > at_home else 0) + CARD // 2
    frame = None
    if home:
        frame = {
            "x": 1,
            "y": 10,
            "w": at_home * (CARD + GAP) - GAP + PAD * 2 - 2,
            "h": bottom - 12,
            "words": home,
        }
    return Drawing(width, bottom + 2, cards, lines, words, frame)


def narrow(child: Person, adults: Sequence[Person], siblings: Sequence[Person], home: str) -> Drawing:
    """One under another, on one line that runs down the side: those at home first, within their line."""
    people = [*sorted(adults, key=lambda p: not p.home), child, *sorted(siblings, key=lambda p: not p.home)]
    inside = [p for p in people if p.home or p.self]
    outside = [p for p in people if not (p.home or p.self)]
    cards, lines, words = [], [], []
    y, rail = (48 if home else 8), 22
    ends: list[int] = []
    frame = None
    for group in (inside, outside):
        for person in group:
            if not person.self:
                words += _words(person.tie, rail + 18, y + 16, letters=NARROW_LETTERS + 4)
                y += 8 + LINE * len(_wrapped(person.tie, NARROW_LETTERS + 4))
            card = _card(person, rail + 16, y, NARROW - rail - 26, NARROW_LETTERS)
            cards.append(card)
            middle = y + card["h"] // 2
            ends.append(middle)
            lines.append(_line(f"M{rail} {middle}H{rail + 16}", person, dashed=person.tie == ""))
            y += card["h"] + 12
        if group is inside and home:
            frame = {"x": 1, "y": 10, "w": NARROW - 2, "h": y - 12, "words": home}
            y += 20
    if ends:
        lines.insert(0, {"d": f"M{rail} {ends[0]}V{ends[-1]}", "dashed": False, "limited": False})
    return Drawing(NARROW, y + 4, cards, lines, words, frame)


def _placed(row: Sequence[Person], at_home: int) -> list[tuple[Person, int]]:
    """Each person of a row with where their card begins: those who live elsewhere stand beyond the home."""
    found, inside, outside = [], 0, 0
    for person in row:
        if person.home or person.self:
            found.append((person, PAD + inside * (CARD + GAP)))
            inside += 1
        else:
            found.append((person, PAD + (at_home + outside) * (CARD + GAP) + GAP))
            outside += 1
    return found


def _column(row: Sequence[Person], at_home: int) -> int:
    outside = sum(not (each.home or each.self) for each in row)
    return at_home + outside if outside else at_home


def _card(person: Person, x: int, y: int, w: int, letters: int, h: int = 0) -> dict[str, Any]:
    name = _wrapped(person.name, letters)
    rows = [{"text": text, "kind": "name", "y": y + 26 + LINE * at} for at, text in enumerate(name)]
    below = y + 26 + LINE * len(name)
    small = [
        *_wrapped(person.note, letters + 3),
        *(line for m in person.marks for line in _wrapped(f"! {m}", letters)),
    ]
    marked = len(small) - sum(len(_wrapped(f"! {m}", letters)) for m in person.marks)
    for at, text in enumerate(small):
        rows.append({"text": text, "kind": "mark" if at >= marked else "note", "y": below + LINE * at})
    return {
        "x": x,
        "y": y,
        "w": w,
        "h": h or _height(person, letters),
        "rows": rows,
        "text_x": x + 14,
        "self": person.self,
        "known": person.known,
        "limited": bool(person.marks) and not person.self,
    }


def _height(person: Person, letters: int) -> int:
    small = len(_wrapped(person.note, letters + 3)) + sum(
        len(_wrapped(f"! {m}", letters)) for m in person.marks
    )
    return 18 + LINE * (len(_wrapped(person.name, letters)) + small)


def _line(path: str, person: Person, dashed: bool = False) -> dict[str, Any]:
    return {"d": path, "dashed": dashed, "limited": bool(person.marks)}


def _words(text: str, x: int, y: int, letters: int = 26) -> list[dict[str, Any]]:
    return [{"text": line, "x": x, "y": y + 18 * at} for at, line in enumerate(_wrapped(text, letters))]


def _wrapped(text: str, letters: int) -> list[str]:
    return textwrap.wrap(text, letters, max_lines=MOST_LINES, placeholder=" …") if text else []
