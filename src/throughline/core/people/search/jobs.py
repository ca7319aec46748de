"""The nightly look over the index: it should find nothing to do, and puts right what it finds."""

from __future__ import annotations

from ...work.progress import Progress
from .index import all_children, forget_unused_words, in_batches, refresh

AT_ONCE = 2_000


def reindex(progress: Progress) -> None:
    """Make the whole index again, some children at a time, and forget words that nobody bears any more."""
    children = all_children()
    done = 0
    for part in in_batches(children, AT_ONCE):
        refresh(part)
        done += len(part)
        progress.say(done, len(children))
    forget_unused_words()
