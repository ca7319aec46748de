"""Plain text: letters and nothing that a program would run or a browser would take for a page."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

# What no letter holds: control marks other than tab, new line and new page, and marks that turn the reading round.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
# The beginnings of pages, drawings, scripts and other things that are text only by accident.
HOSTILE_BEGINNINGS = ("<", "#!", "{\\rtf", "%!", "%pdf", "mz", "pk", "begin:", "[internetshortcut", "gif8")
# Readers of PDF look for its mark this far in, whatever stands before it.
PDF_WITHIN = 1_024


def is_plain_text(content: Iterable[bytes]) -> bool:
    """Whether it is UTF-8 throughout, and begins as a text does."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    first = True
    try:
        for block in content:
            words = decoder.decode(block)
            if first and _begins_as_something_else(words):
                return False
            if UNSEEN.search(words):
                return False
            first = first and not words.strip()
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    # Nothing but white space says nothing.
    return not first


def _begins_as_something_else(words: str) -> bool:
    begins = words.lstrip()[:PDF_WITHIN].lower()
    return begins.startswith(HOSTILE_BEGINNINGS) or "%pdf-" in begins
