"""The nightly look for records that may be of one child: it lists, and never merges. And gathering what came late to a merge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import transaction

from throughline.rules.matching import Band

from ...work.progress import Progress
from ..likenesses import LookAlike
from ..search.identities import identities_of
from ..search.index import all_children, in_batches
from ..search.matching import match_many
from .gathering import gather_left_behind

AT_ONCE = 2_000
# How many records each is compared with in the end: more likenesses than these are namesakes.
MOST = 6
Pair = tuple[UUID, UUID]


def look_alikes(progress: Progress) -> None:
    """Compare every record with those it shares something with, and write down what differs from the last look."""
    list_look_alikes(progress.say)


def gather(progress: Progress) -> None:
    """Bring rows that were written to a record while it was being merged to the record that was kept."""
    progress.say(gather_left_behind(by=progress.by), 0)


def list_look_alikes(say: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """The same, told to whoever listens; how many pairs there are."""
    children = all_children()
    found: dict[Pair, int] = {}
    done = 0
    for part in in_batches(children, AT_ONCE):
        found |= _alike(part)
        done += len(part)
        say(done, len(children))
    write_down(found)
    return len(found)


def write_down(found: dict[Pair, int]) -> None:
    """Make the list say what was found and nothing else; run twice, it writes nothing the second time."""
    held = {(one, other): (key, score) for key, one, other, score in _held()}
    stale = [key for pair, (key, score) in held.items() if found.get(pair) != score]
    new = [pair for pair, score in found.items() if held.get(pair, (None, None))[1] != score]
    with transaction.atomic():
        for part in in_batches(stale, 500):
            LookAlike.objects.filter(pk__in=part).delete()
        rows = [LookAlike(child_id=one, other_id=other, score=found[one, other]) for one, other in new]
        LookAlike.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _alike(part: list[UUID]) -> dict[Pair, int]:
    known = identities_of(part)
    keys = list(known)
    matches = match_many([known[key] for key in keys], best=MOST + 1)
    return {
        (min(key, match.child_id), max(key, match.child_id)): match.likeness.score
        for key, found in zip(keys, matches, strict=True)
        for match in found
        if match.child_id != key and match.likeness.band in (Band.SAME, Band.LIKELY)
    }


def _held() -> Iterable[tuple[int, UUID, UUID, int]]:
    return LookAlike.objects.values_list("pk", "child_id", "other_id", "score")
