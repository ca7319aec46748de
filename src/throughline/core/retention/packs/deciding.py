"""What of a pack is withheld, and why: by law and rule, until whoever reads it decides otherwise with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from throughline.rules.sharing.decide import decide
from throughline.rules.subject_access.others import withhold, words_found

from ...people.limits import free_ties, half_told_ties, ties_on
from ...registry.assembly import installed
from ...sharing.models import Override
from ...sharing.show import rules_in_force
from ..models import Gathered, Pack

# Sealed and restricted matter is withheld by sensitivity; these are the reasons, as codes that pages put into words.
CIRCLE, IDENTITY = "people.circle", "people.identity"
OTHERS, SAFETY, PARENT, DOCUMENT, BY_HAND = "others", "safety", "parent", "document", "by_hand"


@dataclass(frozen=True)
class Judged:
    """An item with what was decided about it. ``why`` is empty when it is given."""

    item: dict[str, Any]
    why: str
    because: str = ""
    by: str = ""

    @property
    def given(self) -> bool:
        return not self.why


def readers_of(pack: Pack) -> frozenset[str]:
    """What whoever asked is to the child today, as the sharing rules name it: an order may be younger than the request."""
    if pack.adult_id is None:
        return frozenset({"the_child"})
    mine = {"adult_id": pack.adult_id, "child_id": pack.child_id}
    day = timezone.localdate()
    found = set()
    if free_ties(day, **mine, parental_responsibility=True).exists():
        found.add("responsible_parent")
    if free_ties(day, **mine, lives_with_child=True).exists():
        found.add("carer_at_home")
    if half_told_ties(day, **mine, parental_responsibility=True).exists():
        found.add("limited_parent")
    return frozenset(found)


def kept_from_asker(pack: Pack) -> frozenset[str]:
    """The categories that it was decided to keep from this very person, now or soon."""
    user_id = pack.child.user_id if pack.adult is None else pack.adult.user_id
    if user_id is None:
        return frozenset()
    kept = Override.objects.filter(
        child_id=pack.child_id,
        user_id=user_id,
        grants=False,
        state=Override.State.APPROVED,
        until__gte=timezone.localdate(),
    )
    return frozenset(kept.values_list("category", flat=True))


def may_ask(child_id: UUID, adult_id: UUID, day: Any) -> bool:
    """Whether this adult may ask in the child's place: with parental responsibility, and not kept from everything."""
    mine = {"adult_id": adult_id, "child_id": child_id, "parental_responsibility": True}
    told = free_ties(day, **mine) | half_told_ties(day, **mine)
    return ties_on(day, **mine).exists() and told.exists()


def judge(pack: Pack, gathered: Gathered) -> list[Judged]:
    """Every item with its decision, in the order gathered, in a fixed number of queries."""
    registry = installed()
    readers, kept = readers_of(pack), kept_from_asker(pack)
    rules: dict[str, list[Any]] = {}
    for rule in rules_in_force():
        rules.setdefault(rule.category, []).append(rule)
    known: dict[str, str] = {}

    def why(item: dict[str, Any]) -> str:
        code = item["category"]
        if code not in known:
            category = registry.categories.get(code)
            decided = not kept.isdisjoint((code, IDENTITY))
            known[code] = SAFETY if decided else _why(category, pack, readers, rules.get(code, []))
        return known[code] or (DOCUMENT if item["document"] else "")

    return [_by_hand(pack, item, why(item)) for item in gathered.items]


def _why(category: Any, pack: Pack, readers: frozenset[str], rules: list[Any]) -> str:
    if category is None or category.sensitivity in ("restricted", "sealed"):
        return SAFETY
    if category.of_others:
        return OTHERS
    if pack.adult_id is None:
        return ""
    if category.code == CIRCLE:
        # Who is around a child can warn whoever harms them, or tell where they live: given by hand, one by one.
        return SAFETY
    shown = decide(category.code, readers, rules, (), on=timezone.localdate()).shows_value
    return "" if shown else PARENT


def _by_hand(pack: Pack, item: dict[str, Any], why: str) -> Judged:
    decided = pack.decisions.get(item["id"])
    if decided is None:
        return Judged(item, why)
    return Judged(item, (why or BY_HAND) if decided["withheld"] else "", decided["because"], decided["by"])


@dataclass(frozen=True)
class Word:
    """A word of somebody else's name that stands in what is given, and whether it is withheld."""

    word: str
    withheld: bool
    because: str = ""
    by: str = ""

    @property
    def key(self) -> str:
        return f"word:{self.word}"


def words_in(pack: Pack, gathered: Gathered, judged: list[Judged]) -> list[Word]:
    """The words of other people's names that stand in what is to be given."""
    wanted = set(gathered.names)
    found: set[str] = set()
    for text in _free_texts(judged):
        found |= words_found(text, wanted)
    return [_word(pack, word) for word in sorted(found)]


def _word(pack: Pack, word: str) -> Word:
    decided = pack.decisions.get(f"word:{word}")
    if decided is None:
        return Word(word, True)
    return Word(word, decided["withheld"], decided["because"], decided["by"])


def _free_texts(judged: list[Judged]) -> Iterator[str]:
    for each in judged:
        if each.given:
            yield from (text for _label, text, free in each.item["fields"] if free)


def given(pack: Pack, gathered: Gathered, instead: str) -> list[dict[str, Any]]:
    """What is given: items that are not withheld, with other people taken out of their words. Nothing else goes on from here."""
    words = {word for word in gathered.names if _word(pack, word).withheld}
    return [
        {
            "section": each.item["section"],
            "title": each.item["title"],
            "document": each.item["document"],
            "fields": [
                (label, withhold(text, words, gathered.exact, instead) if free else text)
                for label, text, free in each.item["fields"]
            ],
        }
        for each in judge(pack, gathered)
        if each.given
    ]
