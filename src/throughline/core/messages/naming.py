"""Keeps a child's name and particulars out of messages: a phone lies on a table, and a letter is opened by the wrong hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3

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
            "may",
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


class NamesTheChild(ValueError):
    """A message says who the child is. Nothing was written. The message names the kind, never the words."""


def check_none_is_named(drafts: Iterable[Draft]) -> None:
    """Refuse drafts that name the child they are about, or give birth, pupil number or postcode away.

    Raises:
        NamesTheChild: for the first such draft.
    """
    asked = [draft for draft in drafts if draft.about_child and not _is_the_document(draft)]
    particulars = _particulars({draft.about_child for draft in asked if draft.about_child})
    for draft in asked:
        telling = particulars.get(draft.about_child, []) if draft.about_child else []
        held = " ".join([draft.subject, draft.body, *(str(block) for block in draft.blocks)])
        if any(pattern.search(held) for pattern in telling):
            raise NamesTheChild(
                f"A message of the kind {draft.kind!r} names the child it is about. Nothing was written. Say what has "
                "happened and where to sign in, and leave the child out."
            )


def patterns(
    child: Child, others: Iterable[str] = (), postcodes: Iterable[str] = ()
) -> list[re.Pattern[str]]:
    """What must not stand in a message about a child. ``others`` are former names, and numbers of other registers."""
    names = [child.forename, child.chosen_name, child.surname, *child.middle_names.split(), *others]
    telling = {name.strip() for name in names if len(name.strip()) >= SHORTEST}
    words = {re.escape(name) for name in telling if name.casefold() not in ORDINARY}
    words |= {
        rf"{re.escape(first)}\s+{re.escape(child.surname)}"
        for first in (child.forename, child.chosen_name)
        if first
    }
    words |= {re.escape(child.upn)} if child.upn else set()
    words |= {r"\s*".join(re.escape(part) for part in postcode.split()) for postcode in postcodes if postcode}
    words |= set(_spelt(child.born))
    return [re.compile(rf"(?<!\w)(?:{word})(?!\w)", re.IGNORECASE) for word in sorted(words)]


def _is_the_document(draft: Draft) -> bool:
    return draft.channel == Channel.LETTER and kind_of(draft.kind).document


def _spelt(born: date) -> list[str]:
    return [
        f"0?{born.day}[/.-]0?{born.month}[/.-](?:{born.year}|{born:%y})",
        re.escape(born.isoformat()),
        *(_in_language(born, code) for code, _name in settings.LANGUAGES),
    ]


def _in_language(born: date, code: str) -> str:
    with translation.override(code):
        return rf"0?{born.day}\s+(?:{MONTHS[born.month]}|{MONTHS_3[born.month]})\s+{born.year}"


def _particulars(children: set[UUID]) -> dict[UUID, list[re.Pattern[str]]]:
    if not children:
        return {}
    found = Child.objects.filter(pk__in=children)
    lived = Residence.objects.filter(child__in=children).values_list("child_id", "address__postcode")
    former = FormerName.objects.filter(child__in=children).values_list("child_id", "forename", "surname")
    numbers = Identifier.objects.filter(child__in=children).values_list("child_id", "value")
    postcodes, others = _gathered(lived), _gathered([*former, *numbers])
    return {
        child.pk: patterns(child, others.get(child.pk, ()), postcodes.get(child.pk, ())) for child in found
    }


def _gathered(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for child_id, *said in rows:
        found.setdefault(child_id, set()).update(said)
    return found
