"""Who sees what: every kind of information with the rules in force, those to come and those that were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Min

from throughline.rules.sharing.dated import Set, When, first_days_end, lay_out, when
from throughline.rules.sharing.decide import Detail, Rule

from ...access.viewer import Refused, Viewer, require
from ...registry.assembly import installed
from ...registry.sockets import Category
from ..defaults import Signed, default_rules, signed
from ..models import Rule as RuleRow
from ..wording import reader_words

READ = "sharing.see_rules"


@dataclass(frozen=True)
class Line:
    """One rule as it is read: who, how much, from when to when, and whose rule it is.

    ``rule_id`` is none for a rule of the first day. ``may_end``: it stands without a last day and is not over.
    """

    reader: str
    words: str
    detail: Detail
    since: date | None
    until: date | None
    state: When
    rule_id: UUID | None = None
    purpose: str = ""
    basis: str = ""
    set_by: str = ""
    withdrawn: bool = False
    ended_because: str = ""

    @property
    def local(self) -> bool:
        return self.rule_id is not None


@dataclass(frozen=True)
class Kind:
    """One kind of information, who sees how much of it now, and what is set for later or was before."""

    category: Category
    now: tuple[Line, ...]
    later: tuple[Line, ...]
    before: tuple[Line, ...]

    def readers(self, *details: Detail) -> list[Line]:
        return [line for line in self.now if line.detail in details]


@dataclass(frozen=True)
class Table:
    """Every kind of information, and who answers for the rules of the first day."""

    kinds: tuple[Kind, ...]
    signed: Signed
    local_rules: int


def rule_table(viewer: Viewer) -> Table:
    """Who sees what on the viewer's day, in one query."""
    require(viewer, READ)
    rows = list(RuleRow.objects.order_by("category", "since", "edition"))
    by_category: dict[str, list[RuleRow]] = {}
    for row in rows:
        by_category.setdefault(row.category, []).append(row)
    kinds = tuple(
        _kind(category, by_category.get(code, ()), viewer.on)
        for code, category in installed().categories.items()
    )
    held = sum(line.local for kind in kinds for line in kind.now)
    return Table(kinds, signed(), held)


def rules_to_come(viewer: Viewer) -> tuple[int, date | None]:
    """How many rules set here do not hold yet, and from when the first does; in one query."""
    require(viewer, READ)
    ahead = RuleRow.objects.filter(withdrawn=False, since__gt=viewer.on)
    found = ahead.aggregate(number=Count("pk"), first=Min("since"))
    return found["number"], found["first"]


def kind_of_information(viewer: Viewer, category: str) -> Kind:
    """One kind of information with its whole history.

    Raises:
        Refused: there is no such kind.
    """
    require(viewer, READ)
    known = installed().categories.get(category)
    if known is None:
        raise Refused("There is no such kind of information.")
    rows = RuleRow.objects.filter(category=category).order_by("since", "edition")
    return _kind(known, list(rows), viewer.on)


def rule_line(viewer: Viewer, rule_id: UUID) -> tuple[Kind, Line]:
    """One local rule, within its kind.

    Raises:
        Refused: there is no such rule.
    """
    row = RuleRow.objects.filter(pk=rule_id).first()
    if row is None:
        raise Refused("There is no such rule.")
    kind = kind_of_information(viewer, row.category)
    lines = (*kind.now, *kind.later, *kind.before)
    return kind, next(line for line in lines if line.rule_id == rule_id)


def local_rules(category: str) -> list[RuleRow]:
    """Every rule set here for a category that was not taken back."""
    return list(RuleRow.objects.filter(category=category, withdrawn=False))


def times_set(category: str, reader: str) -> int:
    """How many rules were ever set for a reader and category: changes when somebody sets another."""
    return RuleRow.objects.filter(category=category, reader=reader).count()


def _kind(category: Category, rows: Iterable[RuleRow], day: date) -> Kind:
    pairs: dict[str, list[RuleRow]] = {}
    for row in rows:
        pairs.setdefault(row.reader, []).append(row)
    lines = [*_first_day(category.code, pairs, day)]
    for those in pairs.values():
        lines += _local(those, day)
    lines.sort(key=lambda line: (-line.detail, line.words))
    return Kind(
        category,
        tuple(line for line in lines if line.state == When.NOW),
        tuple(sorted((x for x in lines if x.state == When.LATER), key=lambda x: (x.since, x.words))),
        tuple(
            sorted(
                (x for x in lines if x.state in (When.OVER, When.NEVER)),
                key=lambda x: (x.until or date.min, x.words),
                reverse=True,
            )
        ),
    )


def _first_day(category: str, pairs: Mapping[str, list[RuleRow]], day: date) -> Iterable[Line]:
    for rule in default_rules():
        if rule.category == category:
            yield _first_day_line(rule, pairs.get(rule.reader, ()), day)


def _first_day_line(rule: Rule, rows: Iterable[RuleRow], day: date) -> Line:
    ends = first_days_end(_sets(rows))
    over = ends < day
    return Line(
        reader=rule.reader,
        words=reader_words(rule.reader),
        detail=rule.detail,
        since=None,
        until=None if ends == date.max else ends,
        state=When.OVER if over else When.NOW,
    )


def _local(rows: list[RuleRow], day: date) -> Iterable[Line]:
    spans = {span.key: span for span in lay_out(_sets(rows))}
    for row in rows:
        span = spans.get(row.edition)
        until = row.until if span is None else span.until
        yield Line(
            reader=row.reader,
            words=reader_words(row.reader),
            detail=Detail[row.detail.upper()],
            since=row.since,
            until=None if until == date.max else until,
            state=When.NEVER if span is None else when(span, day),
            rule_id=row.pk,
            purpose=row.purpose,
            basis=row.basis,
            set_by=row.set_by,
            withdrawn=row.withdrawn,
            ended_because=row.ended_because,
        )


def _sets(rows: Iterable[RuleRow]) -> list[Set]:
    return [Set(row.edition, row.since, row.until) for row in rows if not row.withdrawn]
