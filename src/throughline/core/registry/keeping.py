"""The sockets about how long what is kept of a child: of the whole record, and of parts that may go before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise

Text = str | Promise
"""Words for people: marked for translation where they are declared."""


@dataclass(frozen=True)
class RetentionClass:
    """A kind of record that must be kept for years. How many, and on whose word, stands in ``core/retention/periods.toml``.

    ``applies(child_ids, on) -> Mapping[UUID, date | None]`` gives, for the children it applies to, the day from which the
    years count (none: no end is known, and the record is kept for as long as it applies), in a fixed number of queries.
    Where several apply, the longest keeps the whole record. That it applies is told to those who may know of ``category``,
    where there is one: that a record is kept for adoption gives the adoption away.
    """

    code: str
    label: Text
    applies: str
    category: str = ""


@dataclass(frozen=True)
class PartRow:
    """A row of a record that can go before the whole: whose, which table's, and the day from which its years count."""

    child: UUID
    table: str
    key: UUID
    since: date


@dataclass(frozen=True)
class RecordPart:
    """Rows that may be disposed of while the rest of the child's record stays. ``code`` is that of their period.

    ``whose(before)`` gives, as a query set of keys, the children with rows whose years count from a day before that one;
    it may give too many. ``rows(child_ids, before) -> list[PartRow]`` gives those rows, in a fixed number of queries. What
    cannot be without them goes with them. Only those who may know of ``category`` are shown that there is such a part.
    """

    code: str
    label: Text
    category: str
    whose: str
    rows: str
