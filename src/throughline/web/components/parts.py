"""What a page hands to a tag. Plain values, so that a view can be tested without rendering anything.

Every tag reads these by attribute name, so a dictionary with the same keys does as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Link:
    """A place to go. ``hidden`` is said by screen readers only, to tell like-named links apart."""

    text: str
    href: str
    hidden: str = ""
    current: bool = False


@dataclass(frozen=True)
class Status:
    """A tag in words; ``colour`` is a GOV.UK tag colour and never the only sign."""

    text: str
    colour: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a summary list. ``value`` may be a withheld value: its reason is then shown."""

    key: str
    value: Any = None
    actions: Sequence[Link] = ()
    note: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table; ``numeric`` aligns to the right, ``sort`` offers sorting where JavaScript runs."""

    label: str
    numeric: bool = False
    sort: bool = True


@dataclass(frozen=True)
class Cell:
    """A cell that is more than its value: a link, a status after it, a second line, or a sort key unlike its words.

    A status without a value is the cell's words, and is what the link is on.
    """

    value: Any = None
    href: str = ""
    status: Status | None = None
    note: str = ""
    sort: Any = None


@dataclass(frozen=True)
class Task:
    """A line of a task list; without ``href`` it cannot be started yet."""

    title: str
    status: Status
    href: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Event:
    """A line of a timeline: one sentence, when, and where it is known from."""

    title: str
    on: date
    text: Any = ""
    source: str = ""
    href: str = ""
    status: Status | None = None


@dataclass(frozen=True)
class Count:
    """A number that leads to the list of what it counts. ``late`` marks what needs doing first, in words too."""

    label: str
    value: int
    href: str = ""
    note: str = ""
    late: bool = False


@dataclass(frozen=True)
class Filter:
    """A filter now in force, with the address of the page without it."""

    text: str
    href: str
    group: str = ""
