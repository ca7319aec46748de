"""The columns that put children in a school's order: criterion first, then what the arrangement breaks ties with."""

from __future__ import annotations

import numpy as np

from throughline.rules.allocation.keys import merit_of
from throughline.rules.allocation.packing import WORD, Sorted, bits, order_by, sort_packed
from throughline.rules.allocation.program import Program
from throughline.rules.allocation.rows import Rows
from throughline.rules.allocation.snapshot import Column

_NOTHING, _DISTANCE, _SCORE = 0, 1, 2
_MOST_GROUP_BITS = 20
_CODE = {"distance": _DISTANCE, "score": _SCORE}


class NotTotalError(ValueError):
    """Two children are equal at a school after every tie-break, so no lawful order exists (ADM-20).

    Attributes:
        school: index of the school.
        children: the two children's indexes.
    """

    def __init__(self, school: int, key: str, children: tuple[int, int]) -> None:
        self.school, self.children = school, children
        super().__init__(
            f"at school {key} the arrangements leave children {children[0]} and {children[1]} equal; "
            "the tie-break must end with a lot that differs for every applicant. Nothing was allocated."
        )


def merit_columns(
    program: Program, rows: Rows, at: Column | None, order: Column | None, criterion: Column
) -> list[Column]:
    """Columns that order rows within one list, most significant first.

    Args:
        program: the arrangements.
        rows: the preferences.
        at: row of each entry, None for all rows in turn.
        order: i32, the ordering each entry is judged by; None for the school's own.
        criterion: u8, its criterion in that ordering.

    Returns:
        Score where the highest scores come first of all, criterion, two tie-break columns, lot.
    """
    school = rows.school if at is None else rows.school.take(at)
    distance, lot = (c if at is None else c.take(at) for c in (rows.distance, rows.lot))
    upside_down = None
    columns: list[Column] = []
    if program.top_score.any() or any("score" in tie for tie in program.ties):
        score = rows.score if at is None else rows.score.take(at)
        upside_down = int(score.max(initial=0)) - score.astype(np.int64)
    if program.top_score.any() and upside_down is not None:
        columns.append(upside_down * program.top_score.take(school))
    columns.append(criterion)
    which = None
    if len(program.ties) > 1:
        order = program.open_order.take(school) if order is None else order
        width = program.class_ties.shape[1]
        which = order * np.int32(width)
        which += np.minimum(criterion, np.uint8(width - 1))
    return columns + _ties(program, which, distance, upside_down, lot)


def _ties(
    program: Program, which: Column | None, distance: Column, score: Column | None, lot: Column
) -> list[Column]:
    """Two tie-break columns and the lot; a column that an entry's tie-break does not use is 0 there.

    ``which``: cell of each entry in ``class_ties``, None when there is one tie-break only.
    """
    fields = [[_CODE[name] for name in tie if name != "lot"] + [_NOTHING] * 2 for tie in program.ties]
    drawn = np.array(["lot" in tie for tie in program.ties])
    columns = []
    for place in (0, 1):
        codes = np.array([field[place] for field in fields], dtype=np.int8)
        columns.append(_chosen(codes[program.class_ties.ravel()], which, codes, distance, score))
    if drawn.all():
        return [*columns, lot]
    return [*columns, lot * (drawn[0] if which is None else drawn[program.class_ties.ravel()].take(which))]


def _chosen(
    cells: Column, which: Column | None, codes: Column, distance: Column, score: Column | None
) -> Column:
    """One tie-break column: distance, score, or nothing, as each entry's cell says."""
    used = set(codes.tolist())
    if used == {_DISTANCE}:
        return distance
    if used == {_NOTHING}:
        return np.zeros(len(distance), dtype=np.uint8)
    if which is None:
        return np.asarray(score)
    column = (cells == _DISTANCE).astype(np.uint32).take(which)
    column *= distance
    if _SCORE in used and score is not None:
        return np.where((cells == _SCORE).take(which), score, column)
    return np.asarray(column)


def school_order(
    program: Program, rows: Rows, at: Column, *, with_late: bool, within: tuple[Column, ...] = ()
) -> tuple[Sorted, Column]:
    """The school's own order, by its own criteria, of the rows ``at``.

    Args:
        program: the arrangements.
        rows: the preferences.
        at: rows to put in order.
        with_late: late children after all others (offers), or not (waiting lists, ADM-60).
        within: columns of the length of ``at`` that divide a school's list further, such as the band.

    Returns:
        The order, and i32[len(at)]: each row's place in its list, from 0.
    """
    groups = [rows.school.take(at), *within]
    quick = _packed_order(program, rows, at, with_late, groups)
    if quick is not None:
        return quick
    parts = list(groups)
    if with_late and rows.late is not None:
        parts.append(rows.late.take(at))
    if rows.held is not None:
        # A place held without a preference has no criterion and stands last, whatever else is known of it.
        parts.append((rows.criterion.take(at) == 255) & rows.held.take(at))
    own = program.open_order.take(groups[0])
    done = order_by([*parts, *merit_columns(program, rows, at, own, rows.criterion.take(at))])
    place = places_within(done.order, [group.take(done.order) for group in groups])
    return done, place


def _packed_order(
    program: Program, rows: Rows, at: Column, with_late: bool, groups: list[Column]
) -> tuple[Sorted, Column] | None:
    """The same from one packed number each, or None where that does not do."""
    merit = merit_of(program, rows)
    if merit is None:
        return None
    group, group_bits = np.zeros(len(at), dtype=np.uint64), 0
    for column in groups:
        need = bits(column)
        group <<= np.uint64(need)
        group |= column.astype(np.uint64)
        group_bits += need
    late = rows.late if with_late else None
    width = merit.width + (late is not None)
    if width + group_bits > WORD or group_bits > _MOST_GROUP_BITS:
        return None
    key = merit.of(rows, rows.cell.take(at), at)
    if late is not None:
        key |= late.take(at).astype(np.uint64) << np.uint64(merit.width)
    key |= group << np.uint64(width)
    done = sort_packed(key, width + group_bits, (1 << group_bits, width))
    group = group.take(done.order).view(np.int64)
    place = np.empty(len(at), dtype=np.int32)
    place[done.order] = np.arange(len(at)) - np.asarray(done.starts).take(group)
    return done, place


def places_within(order: Column, groups: list[Column]) -> Column:
    """i32: place of each entry in its group, from 0, given the sorted order and the sorted group columns."""
    size = len(order)
    new = np.zeros(size, dtype=bool)
    if size:
        new[0] = True
    for group in groups:
        new[1:] |= group[1:] != group[:-1]
    first = np.flatnonzero(new)
    place = np.empty(size, dtype=np.int32)
    place[order] = np.arange(size, dtype=np.int32) - np.repeat(first, np.diff(np.append(first, size)))
    return place
