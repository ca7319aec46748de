"""The nightly look over the index: it should find nothing to do, and puts right what it finds."""

from __future__ import annotations

import logging

from ...work.progress import Progress
from .index import AT_ONCE, all_children, forget_unused_words, in_batches, mend

logger = logging.getLogger("throughline.people")


def reindex(progress: Progress) -> None:
    """Hold the index against the record, write again what differs, and forget words that nobody bears any more."""
    children = all_children()
    done = mended = 0
    for part in in_batches(children, AT_ONCE):
        mended += mend(part)
        done += len(part)
        progress.say(done, len(children))
    forget_unused_words()
    if mended:
        logger.warning(
            "The index by which children are found was wrong about %d of %d.", mended, len(children)
        )
