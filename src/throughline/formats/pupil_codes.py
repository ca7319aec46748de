"""Codes that files about pupils carry, as data with dates. Source: data standards sections 3.3, 5.3 and 7.2.

A list never decides what is kept: a reader keeps the text it was sent and warns where a closed list does not have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from throughline.formats.code_lists import code_list


@dataclass(frozen=True, slots=True)
class PupilCode:
    """One code.

    Attributes:
        code: as files carry it, in capitals.
        name: what it stands for, in English; the words a page shows are the page's own.
        verified: whether the meaning was seen in a published source; otherwise it is from knowledge.
        since: first day it may be used, where known.
        until: last day, where known.
    """

    code: str
    name: str
    verified: bool
    since: date | None = None
    until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether it could be used on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@cache
def pupil_codes(kind: str) -> MappingProxyType[str, PupilCode]:
    """The codes of one list, such as ``sen_provision``, by code.

    Raises:
        KeyError: there is no such list.
    """
    entry: dict[str, Any] = code_list("pupil_codes")[kind]
    found = (PupilCode(**{"verified": entry["verified"], **line}) for line in entry["codes"])
    return MappingProxyType({one.code: one for one in found})


@cache
def is_closed(kind: str) -> bool:
    """Whether the list is complete, so that a code outside it is worth a warning; raises ``KeyError``."""
    return bool(code_list("pupil_codes")[kind]["complete"])


@cache
def is_odd(kind: str, text: str) -> bool:
    """Whether a text is worth a warning: not blank, and not in a closed list. Case does not matter."""
    return bool(text) and is_closed(kind) and text.upper() not in pupil_codes(kind)
