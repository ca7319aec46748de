"""Names of transfer files: who sends, who receives, and a running number. Source: data standards section 3.1."""

from __future__ import annotations

import re
from dataclasses import dataclass

NOT_KNOWN = "XXXXXXX"
"""The receiver when nobody knows the next school."""
LEFT_THE_SECTOR = "MMMMMMM"
"""The receiver when the child left for a school outside the maintained sector, or abroad. From knowledge."""

_PLACE = r"([0-9]{7}|[0-9]{3}LLLL|LLLLLLL|X{7}|M{7})"
_NAME = re.compile(rf"{_PLACE}_CTF_{_PLACE}_([0-9]{{3}})\.xml", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CtfName:
    """What a file's name says.

    Attributes:
        sender: seven characters: a school's LAESTAB, an authority as ``820LLLL``, ``XXXXXXX`` or ``MMMMMMM``.
        receiver: the same.
        number: 0 to 999.
    """

    sender: str
    receiver: str
    number: int

    def __str__(self) -> str:
        """The name to give the file, such as ``820LLLL_CTF_8201234_001.xml``."""
        return f"{self.sender}_CTF_{self.receiver}_{self.number:03}.xml"


def authority_place(code: str) -> str:
    """An authority as sender or receiver: ``820`` is ``820LLLL``."""
    return f"{code}LLLL"


def parse_ctf_name(name: str) -> CtfName | None:
    """What a name says, in any case; None when it is not the name of a transfer file."""
    found = _NAME.fullmatch(name.strip())
    return CtfName(found[1].upper(), found[2].upper(), int(found[3])) if found else None


def make_ctf_name(sender: str, receiver: str, number: int) -> CtfName:
    """A name for a file about to be sent.

    Raises:
        ValueError: a place that is none, or a number outside 1 to 999.
    """
    made = CtfName(sender, receiver, number)
    if not 1 <= number <= 999 or parse_ctf_name(str(made)) != made:
        raise ValueError(f"no transfer file may be called {made}")
    return made
