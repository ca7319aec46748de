"""Taking rows out of the record, out of the index and out of the trail, under a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ..access.models import User
from ..audit.actor import Actor
from ..audit.erasing import erase_values, remove_rows
from ..people.models import Child
from ..people.search.forgetting import forget_words, words_of
from ..people.search.index import refresh
from ..people.tables_about import rows_of
from .models import Disposal
from .reach import Reach


@dataclass(frozen=True)
class TakenOut:
    """What the trail must forget: rows by their keys, children of whom nothing is left, accounts that went."""

    rows: list[str]
    children: frozenset[UUID]
    actors: list[UUID]


def take_out(reach: Reach, disposal: Disposal) -> TakenOut:
    """Take everything in reach out of the record and the index, inside the caller's change."""
    words, actors = words_of(reach.children), list(reach.rows.get(User, ()))
    keys = [*reach.keys(), *_forget_reasons(disposal)]
    for model, column, those in reach.links:
        rows_of(model).filter(pk__in=those).update(**{column: None})
    for model, those_keys in reach.rows.items():
        remove_rows(model, sorted(those_keys, key=str))
    if disposal.part:
        refresh(reach.children)
        return TakenOut(keys, frozenset(), actors)
    forget_words(words)
    return TakenOut(keys, reach.children, actors)


def forget_in_trail(*, by: Actor, taken: TakenOut, certificate: str) -> None:
    """Empty what the trail says of it: after the change has closed, so that what closing it wrote goes too."""
    erase_values(
        by=by, certificate=certificate, children=taken.children, rows=taken.rows, actors=taken.actors
    )


def roots_of(reach: Reach) -> dict[str, list[str]]:
    """A whole record's rows as a disposal keeps them: its children, from whom everything else is found."""
    return {Child._meta.label: sorted(str(key) for key in reach.children)}


def _forget_reasons(disposal: Disposal) -> list[str]:
    """Reasons go with what they speak of: of a whole record, those of every disposal that was ever thought of."""
    rows = Disposal.objects.filter(pk=disposal.pk)
    if not disposal.part:
        rows |= Disposal.objects.filter(record_key=disposal.record_key)
    rows.update(reason="", decided_because="")
    return [str(key) for key in rows.values_list("pk", flat=True)]
