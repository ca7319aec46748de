"""Reading a child's story: a page at a time, each line as its reader may see it.

A page costs the same however long the story is: it is found by where the page before it ended, never by counting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, Count, Q, QuerySet
from django.db.models.functions import Cast, Substr

from throughline.rules.sharing.decide import Detail

from ..registry.assembly import Registry, installed
from ..registry.sockets import EntryKind, Text
from ..sharing.show import Sight
from .models import Entry
from .wording import filled

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What part of a story is asked for: groups by their keys, a first and a last year. Empty: all of it."""

    groups: frozenset[str] = frozenset()
    first: int | None = None
    last: int | None = None

    def __bool__(self) -> bool:
        return bool(self.groups or self.first or self.last)


@dataclass(frozen=True)
class LineShown:
    """One line. ``told`` says how much: where it is not full there are no words but the label, or not even that."""

    id: UUID
    on: date
    group: str
    label: str
    told: Detail
    words: str = ""
    source: str = ""
    written_by: str = ""
    written_at: datetime | None = None
    corrects: bool = False
    corrected: bool = False


@dataclass(frozen=True)
class StoryPage:
    """Lines, the latest first; where earlier and later ones begin; how many kinds of line are not for this reader."""

    lines: tuple[LineShown, ...]
    earlier: str
    later: str
    kinds_not_shown: int


@dataclass(frozen=True)
class Group:
    """Kinds of line that belong together: a key for addresses, a label, and the kinds this reader may know of."""

    key: str
    label: Text
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """How many lines of a group there are in a year."""

    group: str
    year: int
    count: int


class _Row(NamedTuple):
    id: UUID
    on: date
    kind: str
    facts: dict[str, Any]
    source: str
    written_by: str
    written_at: datetime
    corrects: UUID | None


class _Words(NamedTuple):
    """A kind's words in the reader's language: translated once for a page."""

    label: str
    group: str
    sentence: str


@dataclass
class _Reading:
    """What one reader may know of one child's story."""

    sight: Sight
    child_id: UUID
    registry: Registry
    kinds: dict[str, EntryKind] = field(default_factory=dict)
    details: dict[str, Detail] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    records: tuple[UUID, ...] = ()
    _said: dict[str, _Words] = field(default_factory=dict)

    def words(self, code: str) -> _Words:
        """A kind's words. Asked for as a value once, so that the look in the trail says what was shown."""
        said = self._said.get(code)
        if said is None:
            kind = self.kinds[code]
            said = _Words(str(kind.label), str(kind.group), str(kind.sentence))
            self._said[code] = said
            if self.details[code] >= Detail.FULL:
                self.sight.value(self.child_id, kind.category, "")
        return said

    @classmethod
    def of(cls, sight: Sight, child_id: UUID, records: Sequence[UUID] = ()) -> _Reading:
        reading = cls(sight, child_id, installed(), records=tuple(records) or (child_id,))
        for code, kind in reading.registry.entries.items():
            detail = sight.decision(child_id, kind.category).detail
            if detail >= Detail.EXISTS:
                reading.kinds[code], reading.details[code] = kind, detail
            else:
                reading.hidden.append(code)
        return reading

    def rows(self, wanted: Wanted) -> QuerySet[Entry]:
        rows: QuerySet[Entry] = Entry.objects.all()
        # One record is asked for by its key alone: so the rows come in the order of the index.
        one = len(self.records) == 1
        rows = rows.filter(child_id=self.records[0]) if one else rows.filter(child_id__in=self.records)
        if wanted.groups:
            asked = [kind for group in _groups(self) if group.key in wanted.groups for kind in group.kinds]
            rows = rows.filter(kind__in=asked)
        elif self.hidden:
            # Left out rather than the others asked for: so the rows still come in the order of the index.
            rows = rows.exclude(kind__in=self.hidden)
        if wanted.first:
            rows = rows.filter(on__gte=date(wanted.first, 1, 1))
        if wanted.last:
            rows = rows.filter(on__lte=date(wanted.last, 12, 31))
        return rows


def groups(sight: Sight, child_id: UUID) -> list[Group]:
    """The groups of lines that a reader may know of, in the order in which they are declared. Asks nothing."""
    return _groups(_Reading.of(sight, child_id))


def story(
    sight: Sight,
    child_id: UUID,
    wanted: Wanted | None = None,
    *,
    before: str = "",
    after: str = "",
    most: int = PAGE,
    records: Sequence[UUID] = (),
) -> StoryPage:
    """One page of a story, in two queries: its lines, and which of them later lines correct.

    Args:
        sight: whose eyes.
        child_id: whose story.
        wanted: which part of it.
        before: the mark with which the page of later lines ended.
        after: the mark with which the page of earlier lines began.
        most: how many lines.
        records: the keys under which the child's lines were written, where there are more than one: lines are never
            changed, so those of a record that was merged into this one stay under its own.
    """
    reading = _Reading.of(sight, child_id, records)
    rows = reading.rows(wanted or Wanted())
    upwards = bool(after) and not before
    if upwards:
        found = _read(_beyond(rows, after, later=True).order_by("on", "id")[: most + 1])
    else:
        found = _read(_beyond(rows, before, later=False).order_by("-on", "-id")[: most + 1])
    more, found = len(found) > most, found[:most]
    if upwards:
        found.reverse()
    corrected = _corrected(reading, found)
    shown = tuple(_shown(reading, row, corrected) for row in found if row.kind in reading.kinds)
    return StoryPage(
        lines=shown,
        earlier=_mark(found[-1]) if found and (more or upwards) else "",
        later=_mark(found[0]) if found and (before or (upwards and more)) else "",
        kinds_not_shown=len(reading.hidden),
    )


def marks(
    sight: Sight, child_id: UUID, wanted: Wanted | None = None, *, records: Sequence[UUID] = ()
) -> list[Mark]:
    """How many lines there are of each group in each year, in one query that the index answers."""
    reading = _Reading.of(sight, child_id, records)
    known = _groups(reading)
    of_kind = {kind: group.key for group in known for kind in group.kinds}
    year = Substr(Cast("on", CharField()), 1, 4)
    rows = reading.rows(wanted or Wanted()).order_by()
    counted: Counter[tuple[str, int]] = Counter()
    for kind, said, count in rows.annotate(y=year).values_list("kind", "y").annotate(n=Count("id")):
        if kind in of_kind:
            counted[of_kind[kind], int(said)] += count
    return [Mark(group, year, count) for (group, year), count in sorted(counted.items())]


def _read(rows: QuerySet[Entry]) -> list[_Row]:
    """Only what a line shows: making whole rows of it would cost as much as reading them."""
    return [_Row(*row) for row in rows.values_list(*_Row._fields)]


def _groups(reading: _Reading) -> list[Group]:
    kinds: dict[str, list[str]] = {}
    labels: dict[str, Text] = {}
    for code, kind in reading.kinds.items():
        words = str(kind.group)
        labels.setdefault(words, kind.group)
        kinds.setdefault(words, []).append(code)
    # The first kind's code stands for the group in addresses: its words change with the language.
    return [Group(codes[0], labels[words], tuple(codes)) for words, codes in kinds.items()]


def _beyond(rows: QuerySet[Entry], mark: str, *, later: bool) -> QuerySet[Entry]:
    """The rows on one side of a mark; all of them where there is none or it is not one of ours."""
    day, _, key = mark.partition("_")
    try:
        on, last = date.fromisoformat(day), UUID(key)
    except ValueError:
        return rows
    if later:
        return rows.filter(on__gte=on).exclude(Q(on=on, id__lte=last))
    return rows.filter(on__lte=on).exclude(Q(on=on, id__gte=last))


def _mark(row: _Row) -> str:
    return f"{row.on.isoformat()}_{row.id.hex}"


def _corrected(reading: _Reading, rows: list[_Row]) -> frozenset[UUID]:
    """Those lines that a later line answers, where the reader may know of the later one."""
    later = Entry.objects.filter(child_id__in=reading.records, corrects__isnull=False)
    found = later.filter(corrects__in=[row.id for row in rows]).values_list("corrects", "kind")
    return frozenset(key for key, kind in found if kind in reading.kinds and key is not None)


def _shown(reading: _Reading, row: _Row, corrected: frozenset[UUID]) -> LineShown:
    said, detail = reading.words(row.kind), reading.details[row.kind]
    if detail < Detail.FULL:
        some = detail == Detail.SUMMARY
        return LineShown(row.id, row.on, said.group if some else "", said.label if some else "", detail)
    return LineShown(
        id=row.id,
        on=row.on,
        group=said.group,
        label=said.label,
        told=detail,
        words=filled(reading.registry, said.sentence, said.label, row.facts),
        source=row.source,
        written_by=row.written_by,
        written_at=row.written_at,
        corrects=row.corrects is not None,
        corrected=row.id in corrected,
    )
