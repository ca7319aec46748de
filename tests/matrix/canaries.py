"""Unique words and figures that stand for personal information, and finding them again wherever they come out.

The code under test is asked nothing here: a canary knows whose it is and
of which category because the world that set it free says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import models

from throughline.core.registry.assembly import installed

LETTERS = "bcdfghjklmnpqrstvwxz"
# Fields that nothing unmistakable can be written into, each with its reason. Choices, yes or no, and moments need no
# line: their types say it.
NO_WORD = {
    "people.Fact.kind": "a code of the vocabulary of facts",
    "admissions.Claim.fact": "a code of the vocabulary of facts",
    "admissions.Claim.source": "a code: family, officer or record",
    "admissions.Application.via": "a code: online, paper or file",
    "admissions.Application.edition": "a count of saves",
    "admissions.Application.version": "a count of submissions",
    "admissions.Submission.version": "a count of submissions",
    "admissions.Preference.rank": "one to six",
    "admissions.Offer.rank": "one to six",
    "admissions.TestResult.band": "one to nine",
    "admissions.Preference.areas": "codes of facts, and how a home stands to each",
    "outbox.Message.kind": "a code of what a message is about",
    "outbox.Message.lang": "a code of a language",
    "outbox.Delivery.attempts": "a count of attempts",
    "outbox.Delivery.problem": "a code of what went wrong",
    "outbox.Sheet.content": "a file of its own, whose words are those of the message",
    "outbox.Sheet.pages": "a count of pages",
    "outbox.Sheet.address_mark": "a digest that stands for an address",
    "outbox.ContactChoice.by_kind": "codes of kinds of message and of ways",
    "outbox.ContactChoice.lang": "a code of a language",
    "people.FindableName.forename_sound": "a key of eight letters at most, worked out from the name beside it",
    "people.FindableName.surname_sound": "a key of eight letters at most, worked out from the name beside it",
    "people.LookAlike.score": "how alike two records are, of 100",
    "people.Enrolment.year_group": "a school year",
    "documents.Document.kind": "a code of what a file shows",
    "documents.Document.media_type": "a type of file",
    "documents.Document.sha256": "has to be the file's own",
    "documents.Document.size": "has to be the file's own",
    "documents.Document.language": "a code of a language",
    "documents.Document.supports_label": "the name of a table",
    "documents.Document.version": "a count of versions",
    "retention.Pack.edition": "a count of decisions",
    "retention.Pack.decisions": "keys of entries, each with a decision",
    "retention.Gathered.items": "entries of the record, whose words are those of their rows",
    "retention.Gathered.names": "words of names, which are those of their rows",
    "retention.Gathered.exact": "addresses and numbers, which are those of their rows",
    "sharing.Override.category": "a code of a category",
    "sharing.Override.state": "a code: proposed, approved, refused or ended",
    "sharing.Asked.category": "a code of a category",
    "exchange.ProposedChild.number": "a count of rows",
    "exchange.ProposedChild.part": "the name of a table of a file",
    "exchange.ProposedChild.line": "the number of a line",
    "exchange.ProposedChild.band": "a code of how alike two are",
    "exchange.ProposedChild.because": "a code of how a child was found",
    "exchange.ProposedChild.candidates": "keys of children, and codes of reasons",
    "exchange.Difference.command": "a code of what is to be done",
    "exchange.Difference.category": "a code of a category",
    "exchange.Difference.decided_by": "who works at the authority",
    "exchange.Difference.skipped": "a code of why it was not written",
    "exchange.Move.number": "three or seven figures of an authority or a school",
    "exchange.Move.begun_by": "who works at the authority",
    "exchange.Move.sent_by": "who works at the authority",
    "exchange.Move.recorded_by": "who works at the authority",
    "exchange.Move.ended": "keys of enrolments: never shown",
    "exchange.SentFile.sender": "who sends a transfer file, in seven characters",
    "exchange.SentFile.receiver": "who receives a transfer file, in seven characters",
    "exchange.SentFile.number": "a running number in a file's name",
    "exchange.SentFile.children": "keys of children: never shown",
    "exchange.SentFile.made_by": "who works at the authority",
    "exchange.Applied.table": "a table's label",
    "exchange.Applied.before": "what a row was: never shown",
    "exchange.Applied.after": "what a row became: never shown",
    "exchange.Applied.left": "a code of why it could not be taken back",
    "people.Child.sex": "a code",
    "people.Identifier.kind": "a code",
    "people.FormerName.kind": "a code",
    "people.ContactLimit.kind": "a code",
    "people.ContactLimit.keeps_back": "a code",
    "people.Tie.responsibility_by": "a code",
    "people.Address.restricted_because": "a code",
    "people.Enrolment.status": "a code",
    "people.Involvement.role": "a code of a role",
    "people.PairDecision.kind": "a code",
    "people.Voice.about": "a table's label",
    "people.Merge.moved": "keys of rows and what they were: never shown",
    "people.Merge.gathered": "a number: never shown",
    "timeline.Entry.kind": "a code of the vocabulary of entries",
    "timeline.Entry.about": "a table's label",
    "timeline.Entry.key": "what makes a line this line: never shown",
    "alerts.Alert.kind": "a code of the vocabulary of alerts",
    "alerts.Alert.key": "what makes an alert this alert: never shown",
    "requests.Request.kind": "a code of the vocabulary of requests",
    "requests.Request.key": "what makes a request this request: never shown",
    "requests.Request.edition": "a count of saves",
}
# Days that decide nothing in the invented world, so that any day will do.
FREE_DAYS = {"admissions.TestResult.sat_on"}
HOLDS_NO_WORD = (models.BooleanField, models.DateField, models.DateTimeField)
MILE = 1609.344
# Whatever could be a canary: a word, a postcode, a day in each of its spellings, a figure by itself. A figure inside a
# longer figure, or inside a key, is another figure.
LIKE_A_CANARY = re.compile(
    rf"zq[{LETTERS}]{{8}}|zq\d\d? ?4xb|\d\d?\xa0?[ ]?[a-z]+[ \xa0]\d{{4}}|\d{{4}}-\d\d-\d\d|\d\d/\d\d/\d{{4}}"
    r"|(?<![\w.,/-])\d[\d.,]*\d(?![\w/-])"
)


@dataclass(frozen=True)
class Canary:
    """One piece of personal information: whose it is, of what kind, and where it lies."""

    subject: str
    category: str
    place: str

    def __str__(self) -> str:
        return f"{self.place} of {self.subject!r} ({self.category})"


@dataclass
class Cage:
    """Every canary of the invented world, by the words in which it could come out."""

    words: dict[str, Canary] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    _numbers: int = 0

    def word(self, subject: str, category: str, place: str, longest: int = 200) -> str:
        """A fresh word."""
        digest = hashlib.sha256(f"{subject} {place} {len(self.words)}".encode()).digest()
        made = "zq" + "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:8])
        assert longest >= len(made), f"{place} is too short for a word: give it one of its own"
        self.keep(Canary(subject, category, place), made)
        return made

    def number(self, subject: str, category: str, place: str, least: int = 61_000) -> int:
        """A fresh figure of five or more digits."""
        self._numbers += 1
        made = least + 37 * self._numbers
        self.keep(Canary(subject, category, place), str(made), f"{made:,}", f"{made / 1000:.3f}")
        return made

    def day(self, subject: str, category: str, place: str, start: date) -> date:
        """A fresh day, a little after a given one."""
        self._numbers += 1
        made = start + timedelta(days=3 * self._numbers)
        spelt = f"{made.day} {made:%B %Y}"
        self.keep(Canary(subject, category, place), spelt, f"{made.day} {made:%b %Y}", f"{made:%d/%m/%Y}")
        self.keep(Canary(subject, category, place), made.isoformat())
        return made

    def distance(self, subject: str, category: str, metres: float) -> None:
        """How far from home a school is: from three such distances anybody can find the home."""
        place = "distance from home"
        whole = round(metres)
        said = {str(whole), f"{whole:,}", f"{metres / 1000:.3f}", f"{metres / 1000:.2f}"}
        said |= {f"{metres / MILE:.3f}", f"{metres / MILE:.2f}"}
        self.keep(Canary(subject, category, place), *said)

    def keep(self, canary: Canary, *said: str) -> None:
        for words in said:
            # What two of them share tells them not apart.
            assert self.words.get(words.lower(), canary) == canary, (
                f"{words!r} is {self.words[words.lower()]}"
            )
            self.words[words.lower()] = canary
            assert LIKE_A_CANARY.fullmatch(words.lower()), f"{words!r} would never be found"
        self.places.add(canary.place)

    def found_in(self, text: str) -> set[Canary]:
        """Every canary that sings in a text."""
        return {self.words[said] for said in LIKE_A_CANARY.findall(text.lower()) if said in self.words}


def declared() -> Iterator[tuple[str, str]]:
    """Every personal field of every table, as ``people.Child.forename``, with its category."""
    for fields in installed().fields.values():
        for name, category in fields.categories.items():
            yield f"{fields.model}.{name}", category


def holds_a_word(place: str) -> bool:
    """Whether a canary can be put into a field."""
    model, _, name = place.rpartition(".")
    made = apps.get_model(model)._meta.get_field(name)
    if place in FREE_DAYS or place == "people.Child.born":
        return True
    return place not in NO_WORD and not made.choices and not isinstance(made, HOLDS_NO_WORD)


def fill(cage: Cage, subject: str, row: Any, given: dict[str, Any], kinds: dict[str, str]) -> None:
    """Put a canary into every declared field of a row that is not stored yet.

    Args:
        cage: where they are remembered.
        subject: whose information the row is.
        row: an unsaved row.
        given: fields whose value the world needs as it is.
        kinds: categories that are another than declared, as a restricted address is; by field.
    """
    for name, category in installed().fields[row._meta.label].categories.items():
        place = f"{row._meta.label}.{name}"
        if name in given or not holds_a_word(place):
            continue
        setattr(row, name, _value(cage, subject, kinds.get(name, category), place, row._meta.get_field(name)))


def _value(cage: Cage, subject: str, category: str, place: str, made: Any) -> Any:
    if isinstance(made, models.DateField):
        return cage.day(subject, category, place, date(2031, 1, 1))
    if isinstance(made, models.IntegerField):
        return cage.number(subject, category, place, 310_000 if "ing" in made.name else 61_000)
    if isinstance(made, models.EmailField) or made.name == "to":
        return f"{cage.word(subject, category, place)}@example.org"
    if isinstance(made, models.JSONField):
        return {"note": cage.word(subject, category, place)}
    return cage.word(subject, category, place, made.max_length or 200)


def unfilled(cage: Cage, places: Iterable[str]) -> list[str]:
    """Fields that could hold a canary and hold none anywhere in the world."""
    return sorted(place for place in places if holds_a_word(place) and place not in cage.places)
