"""Python's search for rings of forgotten objects, made seldom while a job runs.

By default it looks through everything after every few hundred new objects. A job that holds a hundred thousand rows spent
two fifths of its time on that, and on SQLite everybody else waited for it. What is no ring goes at once, as ever.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (100_000, 50, 100)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for rings only after many new objects, until the end of the block."""
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
