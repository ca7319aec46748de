"""Keeps a child's name and particulars out of messages: a phone lies on a table, and a letter is opened by the wrong hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3

from ..audit.change import BATCH
from ..people.models import Child, FormerName, Identifier, Residence
from .drafts import Draft
from .kinds import kind_of
from .models import Channel

# Names that are also words of any letter: alone they tell nothing, and refusing them would silence us towards a family.
ORDINARY = frozenset(
    {
        *(
            "april",
            "may",
            "june",
            "august",
            "summer",
            "autumn",
            "day",
            "will",
            "mark",
            "bill",
            "grant",
            "grace",
        ),
        *(
            "hope",
            "faith",
            "joy",
            "rose",
            "art",
            "case",
            "drew",
            "chance",
            "place",
            "school",
            "young",
            "small",
            "long",
        ),
        *(
            "short",
            "new",
            "best",
            "good",
            "church",
            "street",
            "hill",
            "west",
            "north",
            "east",
            "south",
            "old",
            "page",
        ),
        *(
            "care",
            "first",
            "more",
            "read",
            "reason",
            "council",
            "law",
            "legal",
            "post",
            "price",
            "ward",
            "an",
            "in",
            "so",
        ),
    }
)
SHORTEST = 2
LAST_SHORT_YEAR = 99
_WORD = re.compile(r"\w+")
_FIGURES = re.compile(r"(?<!\d)(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?!\d)")
_SPELT = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s+([^\W\d_]+)\s+(\d{4})(?!\d)")


class NamesTheChild(ValueError):
    """A message says who the child is. Nothing was written. The message names the kind, never the words."""


def check_none_is_named(drafts: Iterable[Draft]) -> None:
    """Refuse drafts that name the child they are about, or give birth, pupil number or postcode away.

    Raises:
        NamesTheChild: for the first such draft.
    """
    asked = [draft for draft in drafts if draft.about_child and not _is_the_document(draft)]
    telling = _telling({draft.about_child for draft in asked if draft.about_child})
    for draft in asked:
        said = _said(" ".join([draft.subject, draft.body, *(str(block) for block in draft.blocks)]))
        if draft.about_child in telling and telling[draft.about_child].stands_in(said):
            raise NamesTheChild(
                f"A message of the kind {draft.kind!r} names the child it is about. Nothing was written. Say what has "
                "happened and where to sign in, and leave the child out."
            )


@dataclass(frozen=True)
class Said:
    """A text as it is searched: its words with single spaces, and the days it names."""

    words: str
    days: frozenset[date]


@dataclass(frozen=True)
class Telling:
    """What gives a child away: phrases, as words with single spaces; and the day of birth."""

    phrases: frozenset[str]
    born: date

    def stands_in(self, said: Said) -> bool:
        return self.born in said.days or any(f" {phrase} " in said.words for phrase in self.phrases)


def telling_of(child: Child, names: Iterable[str] = (), numbers: Iterable[str] = ()) -> Telling:
    """What must not stand in a message about a child, with former names, and numbers and postcodes besides."""
    known = [child.forename, child.chosen_name, child.surname, *child.middle_names.split(), *names]
    phrases = {plain for plain in map(_plain, known) if len(plain) >= SHORTEST and plain not in ORDINARY}
    phrases |= {_plain(f"{first} {child.surname}") for first in (child.forename, child.chosen_name) if first}
    for number in (child.upn, *numbers):
        phrases |= {_plain(number), _plain(number).replace(" ", "")}
    return Telling(frozenset(phrases - {""}), child.born)


def _is_the_document(draft: Draft) -> bool:
    return draft.channel == Channel.LETTER and kind_of(draft.kind).document


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


# One text goes to thousands of families on offer day: it is taken apart once.
@lru_cache(maxsize=64)
def _said(text: str) -> Said:
    return Said(f" {_plain(text)} ", frozenset(_days_in(text)))


def _days_in(text: str) -> Iterator[date]:
    for first, month, last in _FIGURES.findall(text):
        year, day = (first, last) if len(first) == len("2021") else (last, first)
        yield from _day(int(year), int(month), int(day))
    for day, month, year in _SPELT.findall(text):
        yield from _day(int(year), _months().get(month.casefold(), 0), int(day))


def _day(year: int, month: int, day: int) -> Iterator[date]:
    # Two figures of a year: nobody on the record was born before 2000.
    with suppress(ValueError):
        yield date(year if year > LAST_SHORT_YEAR else 2000 + year, month, day)


@cache
def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for names in (MONTHS, MONTHS_3):
                found |= {str(name).casefold(): number for number, name in names.items()}
    return found


def _telling(children: set[UUID]) -> dict[UUID, Telling]:
    found: dict[UUID, Telling] = {}
    keys = list(children)
    for at in range(0, len(keys), BATCH):
        found |= _telling_of_some(keys[at : at + BATCH])
    return found


def _telling_of_some(children: list[UUID]) -> dict[UUID, Telling]:
    lived = Residence.objects.filter(child__in=children).values_list("child_id", "address__postcode")
    former = FormerName.objects.filter(child__in=children).values_list("child_id", "forename", "surname")
    held = Identifier.objects.filter(child__in=children).values_list("child_id", "value")
    names, numbers = _gathered(former), _gathered([*lived, *held])
    rows = Child.objects.filter(pk__in=children)
    return {row.pk: telling_of(row, names.get(row.pk, ()), numbers.get(row.pk, ())) for row in rows}


def _gathered(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for child_id, *said in rows:
        found.setdefault(child_id, set()).update(said)
    return found
