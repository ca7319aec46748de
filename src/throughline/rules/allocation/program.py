"""Arrangements compiled to lookup tables: facts to criterion, facts to quotas, and how ties are broken.

Compiling looks at each different set of criteria once, however many schools share it. Nothing here depends on the
children, so one program serves every round, scenario and lottery with the same arrangements (places excepted).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from throughline.rules.allocation.arrangement import Arrangement, Criterion, TieBreak, Who
from throughline.rules.allocation.facts import LOOKED_AFTER
from throughline.rules.allocation.rounding import shares_remainder
from throughline.rules.allocation.snapshot import EVERYONE_FACT, Column, School, SnapshotError

NO_CLASS = 255
MOST_QUOTAS = 14
MOST_CRITERIA = 63

Ties = tuple[TieBreak, ...]


@dataclass
class _Register:
    """Numbers given to different values in the order they are first met."""

    numbers: dict[Hashable, int] = field(default_factory=dict)

    def number(self, value: Hashable) -> int:
        return self.numbers.setdefault(value, len(self.numbers))


@dataclass(frozen=True, eq=False)
class Program:
    """Lookup tables for one list of schools. O orderings (criteria with their tie-breaks), C the most criteria.

    Attributes:
        who_all, who_any, who_none: u32[w], the facts each different ``Who`` needs, needs one of, and excludes.
        class_who: i32[O, C], the ``Who`` of each criterion, -1 beyond the last.
        class_ties: i8[O, C], index into ``ties``.
        ties: the different tie-breaks, each ending where the lot decides.
        open_order: i32[s], the ordering of the school's own criteria.
        quota_who, quota_order: i32[s, q], ``Who`` and ordering of each quota, -1 beyond the last.
        quotas, bands: i32[s], how many quotas, how many bands (0 none).
        first_pool: bool[s], whether looked-after children are placed before the quotas.
        top_score: bool[s]; mark: i32[s], the lowest score that qualifies (-1: everybody does).
        late_waived: bool[s], late looked-after children count as on time.
        untested_by_lot: bool[s]; admit_all: bool[s], Option A for multiple births.
        admission_number: i32[s]; pools: i32[s], pools a school has; pool_base: i64[s], its first pool.
        looked_after: the facts, as bits, that make a child looked after.
    """

    who_all: Column
    who_any: Column
    who_none: Column
    class_who: Column
    class_ties: Column
    ties: tuple[Ties, ...]
    open_order: Column
    quota_who: Column
    quota_order: Column
    quotas: Column
    bands: Column
    first_pool: Column
    top_score: Column
    mark: Column
    late_waived: Column
    untested_by_lot: Column
    admit_all: Column
    admission_number: Column
    pools: Column
    pool_base: Column
    looked_after: int
    arrangements: tuple[Arrangement, ...]

    @property
    def several(self) -> Column:
        """bool[s]: the school has more than one pool, or a band, which is more than a plain list."""
        return np.asarray((self.pools > 1) | (self.bands > 0))

    @property
    def one_ordering(self) -> bool:
        """Whether every quota judges children as the school's open places do."""
        own = np.expand_dims(self.open_order, 1)
        return bool(((self.quota_order < 0) | (self.quota_order == own)).all())


def tie_fields(*ties: Ties) -> Ties:
    """A criterion's own tie-break, then the quota's, then the school's (ADM-20), each once, up to the lot."""
    merged: list[TieBreak] = []
    for tie in (each for part in ties for each in part):
        if tie not in merged:
            merged.append(tie)
        if tie == "lot":
            break
    return tuple(merged)


class _Compiler:
    """Collects what the schools share while the schools are read one by one."""

    def __init__(self, facts: Sequence[str]) -> None:
        self.bit = {name: 1 << i for i, name in enumerate(facts)}
        self.whos, self.orders, self.ties = _Register(), _Register(), _Register()
        self.seen: dict[tuple[int, ...], tuple[int, ...]] = {}

    def order(self, criteria: tuple[Criterion, ...], *ties: Ties) -> int:
        if not 1 <= len(criteria) <= MOST_CRITERIA:
            raise SnapshotError(f"a school has {len(criteria)} criteria, expected 1 to {MOST_CRITERIA}")
        return self.orders.number(
            tuple(
                (self.whos.number(each.who), self.ties.number(tie_fields(each.tie_break, *ties)))
                for each in criteria
            )
        )

    def row(self, arrangement: Arrangement) -> tuple[int, ...]:
        """The open ordering, then each quota's ``Who`` and ordering."""
        a = arrangement
        key = (id(a.criteria), id(a.tie_break), id(a.quotas))
        known = self.seen.get(key)
        if known is None:
            parts = [self.order(a.criteria, a.tie_break)]
            for quota in a.quotas:
                parts.append(self.whos.number(quota.who))
                parts.append(self.order(quota.criteria or a.criteria, quota.tie_break, a.tie_break))
            known = self.seen[key] = tuple(parts)
        return known

    def mask(self, names: Iterable[str]) -> int:
        bits = 0
        for name in names:
            if name not in self.bit:
                raise SnapshotError(
                    f"an arrangement uses the fact {name!r}, which the snapshot does not carry"
                )
            bits |= self.bit[name]
        return bits

    def who_columns(self) -> tuple[Column, Column, Column]:
        columns: tuple[list[int], list[int], list[int]] = ([], [], [])
        for who in self.whos.numbers:
            assert isinstance(who, Who)
            open_to_all = EVERYONE_FACT in who.any_of
            parts = (
                [name for name in who.all_of if name != EVERYONE_FACT],
                () if open_to_all else who.any_of,
                who.none_of,
            )
            for column, names in zip(columns, parts, strict=True):
                column.append(self.mask(names))
        first, second, third = (np.array(column, dtype=np.uint32) for column in columns)
        return first, second, third

    def tables(self) -> dict[str, Column]:
        """The shared tables by name."""
        class_who, class_ties = self.order_tables()
        who_all, who_any, who_none = self.who_columns()
        return {
            "who_all": who_all,
            "who_any": who_any,
            "who_none": who_none,
            "class_who": class_who,
            "class_ties": class_ties,
        }

    def order_tables(self) -> tuple[Column, Column]:
        widest = max((len(order) for order in self.orders.numbers if isinstance(order, tuple)), default=1)
        who = np.full((len(self.orders.numbers), widest), -1, dtype=np.int32)
        tie = np.zeros(who.shape, dtype=np.int8)
        for i, order in enumerate(self.orders.numbers):
            assert isinstance(order, tuple)
            pairs = np.array(order, dtype=np.int32)
            who[i, : len(order)], tie[i, : len(order)] = pairs[:, 0], pairs[:, 1]
        return who, tie


def _mark(arrangement: Arrangement) -> int:
    """The lowest score that qualifies: an untested child (-1) never reaches a selective school's standard."""
    return -1 if arrangement.selection is None else max(0, arrangement.selection.mark)


def _quota_tables(rows: list[tuple[int, ...]], quotas: Column) -> Column:
    """i32[2, s, q]: the ``Who`` and the ordering of each quota, -1 beyond the last."""
    tables = np.full((2, len(rows), int(quotas.max(initial=0))), -1, dtype=np.int32)
    for i in np.flatnonzero(quotas):
        tables[:, i, : quotas[i]] = rows[i][1::2], rows[i][2::2]
    return tables


def _flags(all_of: Sequence[Arrangement]) -> dict[str, Column]:
    """The columns that are one plain question to each arrangement."""
    return {
        "top_score": np.array(
            [bool(a.selection and a.selection.kind == "top_score") for a in all_of], dtype=bool
        ),
        "late_waived": np.array([a.late == "looked_after_on_time" for a in all_of], dtype=bool),
        "untested_by_lot": np.array(
            [bool(a.bands and a.bands.untested == "lot") for a in all_of], dtype=bool
        ),
        "admit_all": np.array([a.multiple_births == "admit_all" for a in all_of], dtype=bool),
        "mark": np.array([_mark(a) for a in all_of], dtype=np.int32),
        "admission_number": np.array([a.admission_number for a in all_of], dtype=np.int32),
    }


def compile_program(schools: Sequence[School], facts: Sequence[str]) -> Program:
    """Compile the schools' arrangements.

    Args:
        schools: in the order that preferences refer to.
        facts: name of each bit of ``held_facts``.

    Raises:
        SnapshotError: an arrangement has no criteria, too many, or uses a fact that is not carried.
    """
    compiler = _Compiler(facts)
    all_of = tuple(school.arrangement for school in schools)
    rows = [compiler.row(a) for a in all_of]
    quotas = np.array([len(a.quotas) for a in all_of], dtype=np.int32)
    if quotas.size and quotas.max() > MOST_QUOTAS:
        raise SnapshotError(f"a school has {quotas.max()} quotas, expected at most {MOST_QUOTAS}")
    quota_tables = _quota_tables(rows, quotas)
    bands = np.array([len(a.bands.shares) if a.bands else 0 for a in all_of], dtype=np.int32)
    first_pool = np.array([bool(a.quotas) and shares_remainder(a) for a in all_of], dtype=bool)
    pools = (quotas + np.maximum(bands, 1) + first_pool).astype(np.int32)
    return Program(
        **compiler.tables(),
        ties=tuple(t for t in compiler.ties.numbers if isinstance(t, tuple)),
        open_order=np.array([row[0] for row in rows], dtype=np.int32),
        quota_who=quota_tables[0],
        quota_order=quota_tables[1],
        quotas=quotas,
        bands=bands,
        first_pool=first_pool,
        **_flags(all_of),
        pools=pools,
        pool_base=np.concatenate([[0], np.cumsum(pools)[:-1]]).astype(np.int64),
        looked_after=sum(bit for name, bit in compiler.bit.items() if name in LOOKED_AFTER),
        arrangements=all_of,
    )
