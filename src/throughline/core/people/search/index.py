"""Keeping the index of names in step with the record: by the actions that write names, in their transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from throughline.rules.matching import one_letter_out, pairs

from ...audit.tables import add_derived
from ..findable import FindableName, NameSlip
from ..models import Child, FormerName
from .database import add_slips

AT_ONCE = 500
_TOLD = ("kind", "forename", "surname", "forename_sound", "surname_sound", "born")


class Findable(NamedTuple):
    """A row of the index as it is worked out: of a file of nine thousand children there are fifty thousand."""

    child_id: UUID
    kind: str
    forename: str
    surname: str
    forename_sound: str
    surname_sound: str
    born: date


Item = TypeVar("Item")


def refresh(children: Iterable[UUID]) -> None:
    """Make the index say what the record now says about these children.

    Every action that adds a child, changes a name or a date of birth, or merges records calls this before its change
    closes: what was saved can be found, and what was undone cannot.
    """
    words: set[str] = set()
    with transaction.atomic():
        for part in in_batches(dict.fromkeys(children), AT_ONCE):
            FindableName.objects.filter(child_id__in=part).delete()
            made = _rows(part)
            add_derived(FindableName, Findable._fields, made)
            words |= {word for row in made for word in (row.forename, row.surname) if word}
        _learn(words)


def mend(children: Sequence[UUID]) -> int:
    """Write again what the index says otherwise than the record, and nothing else; how many children that was."""
    made = _rows(children)
    wanted: dict[UUID, set[tuple[object, ...]]] = defaultdict(set)
    for row in made:
        wanted[row.child_id].add(tuple(getattr(row, name) for name in _TOLD))
    kept: dict[UUID, set[tuple[object, ...]]] = defaultdict(set)
    for child, *told in FindableName.objects.filter(child_id__in=children).values_list("child_id", *_TOLD):
        kept[child].add(tuple(told))
    different = [child for child in children if wanted[child] != kept[child]]
    refresh(different)
    _learn({word for row in made for word in (row.forename, row.surname) if word})
    return len(different)


def out_of_step() -> tuple[int, int]:
    """How many children there are whom the index should hold and does not, and how many it holds and should not."""
    held = Exists(FindableName.objects.filter(child=OuterRef("pk")))
    should = Exists(findable_children().filter(pk=OuterRef("pk")))
    return Child.objects.filter(should, ~held).count(), Child.objects.filter(~should, held).count()


def forget_unused_words() -> int:
    """Take out words that no child bears any more, and say how many rows went."""
    by_forename = Exists(FindableName.objects.filter(forename=OuterRef("word")))
    by_surname = Exists(FindableName.objects.filter(surname=OuterRef("word")))
    gone, _ = NameSlip.objects.filter(~by_forename, ~by_surname).delete()
    return int(gone)


def all_children() -> list[UUID]:
    """Every child on the record, in order of making."""
    return list(Child.objects.order_by("pk").values_list("pk", flat=True))


def in_batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items, so many at a time."""
    left = iter(items)
    while part := list(islice(left, size)):
        yield part


def findable_children() -> QuerySet[Child]:
    """Children who may be found: not those whose record was merged, nor an identity sealed at adoption."""
    return Child.objects.filter(merged_into__isnull=True, sealed_later__isnull=True)


def _rows(children: Sequence[UUID]) -> list[Findable]:
    former = _former_names(children)
    told = findable_children().filter(pk__in=children)
    rows: list[Findable] = []
    for key, born, forename, chosen, middle, surname in told.values_list(
        "pk", "born", "forename", "chosen_name", "middle_names", "surname"
    ):
        names = [(FindableName.Kind.NOW, forename, surname)]
        names += [(FindableName.Kind.NOW, chosen, surname)] if chosen else []
        names += [(FindableName.Kind.MIDDLE, middle, surname)] if middle else []
        for first, last in former.get(key, ()):
            # People remember a forename of one time with a surname of another.
            crossed = [(first, last), (first, surname), (forename, last)]
            names += [(FindableName.Kind.FORMER, *each) for each in crossed]
        rows += _of_child(key, born, names)
    return rows


def _former_names(children: Sequence[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    found: dict[UUID, list[tuple[str, str]]] = {}
    kept = FormerName.objects.filter(child_id__in=children).order_by("id")
    for child, forename, surname in kept.values_list("child_id", "forename", "surname"):
        found.setdefault(child, []).append((forename, surname))
    return found


def _of_child(child: UUID, born: date, names: Iterable[tuple[str, str, str]]) -> list[Findable]:
    made: dict[tuple[str, str], Findable] = {}
    for kind, forename, surname in names:
        for pair in pairs(forename, surname):
            made.setdefault(
                (pair.forename, pair.surname),
                Findable(
                    child,
                    kind,
                    pair.forename,
                    pair.surname,
                    pair.forename_sound,
                    pair.surname_sound,
                    born,
                ),
            )
    return list(made.values())


def learn_ahead(names: Iterable[tuple[str, str]]) -> None:
    """Learn the words of names that are about to be written, a few at a time: what then holds up all others has less to do.

    A word says nothing of anybody. One that comes to be borne by nobody is forgotten again.
    """
    found = {word for name in set(names) for pair in pairs(*name) for word in (pair.forename, pair.surname)}
    for part in in_batches(sorted(found - {""}), AT_ONCE):
        with transaction.atomic():
            _learn(part)


def _learn(words: Iterable[str]) -> None:
    wanted = set(words)
    known: set[str] = set()
    for part in in_batches(sorted(wanted), AT_ONCE):
        known |= set(NameSlip.objects.filter(slip__in=part, word__in=part).values_list("word", flat=True))
    # All at the end and in order, so that two who add the same words at once wait briefly, and never in a circle.
    add_slips(sorted({(slip, word) for word in wanted - known for slip in one_letter_out(word)}))
