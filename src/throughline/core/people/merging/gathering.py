"""Rows that were written to a record at the very moment it was merged: brought to the record that was kept.

Whoever merges cannot see what another is storing, and neither waits for the other. So a moment later, and then every few
minutes, whatever points to a record that is set aside is moved as merging would have moved it, and the merge says so, so
that undoing it takes these rows back too.
"""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError

from ...audit.actor import Actor
from ...audit.change import change
from ..models import Child, Merge
from ..search.index import refresh
from .actions import lines_of, stays_of, write_rows
from .planning import Place, Plan, plan_rest
from .tables import hanging_from, rows_of, tables

BATCH = 400


class _Overtaken(Exception):
    """Somebody else gathered, or undid the merge, at the same moment."""


def gather_left_behind(*, by: Actor) -> int:
    """Move late rows of every merge that stands; how many. A fixed number of queries where there is nothing to move.

    A merge that somebody undoes or gathers at the same moment is passed over: the next run finds what is left.
    """
    # The earlier first: what is brought to a record that was itself merged later is then brought on.
    standing = Merge.objects.filter(undone_at=None).order_by("merged_at", "pk")
    merges = [row for row in standing if "stays" in row.moved]
    if not merges:
        return 0
    late, moved = _with_late_rows(merges), 0
    for merge in merges:
        if merge.gone_id not in late:
            continue
        try:
            found = _gather(by, merge)
        except (_Overtaken, IntegrityError):
            continue
        moved += found
        if found:
            late.add(merge.kept_id)
    return moved


def _with_late_rows(merges: list[Merge]) -> set[UUID]:
    """Records set aside that something points to which was not decided to stay, by themselves or through what stays."""
    gone = {row.gone_id for row in merges}
    stays = {place: row.gone_id for row in merges for place in _stays(row)}
    found: set[UUID] = set()
    for table in tables():
        for column in table.columns:
            for at in _batches(gone):
                rows = rows_of(table.model).filter(**{f"{column}__in": at}).values_list("pk", column)
                found |= {child for key, child in rows if (table.label, key) not in stays}
        staying = {key for label, key in stays if label == table.label}
        for model, column in hanging_from(table.model) if staying else ():
            for at in _batches(staying):
                hanging = rows_of(model).filter(**{f"{column}__in": at}).values_list(column, flat=True)
                found |= {stays[table.label, key] for key in hanging}
    return found


def _gather(by: Actor, merge: Merge) -> int:
    children = Child.objects.in_bulk([merge.kept_id, merge.gone_id])
    kept, gone = children[merge.kept_id], children[merge.gone_id]
    made = plan_rest(kept, gone, _beyond(kept), _stays(merge))
    if not made.moves and len(made.stays) == len(merge.moved["stays"]):
        return 0
    with change("what came late to a merge gathered", by=by):
        _write(merge, made)
    return len(made.moves)


def _write(merge: Merge, made: Plan) -> None:
    told = {
        **merge.moved,
        "rows": _joined(merge.moved["rows"], lines_of(made)),
        "stays": stays_of(made),
    }
    mine = Merge.objects.filter(pk=merge.pk, undone_at=None, gathered=merge.gathered)
    if not mine.update(moved=told, gathered=merge.gathered + 1):
        raise _Overtaken
    write_rows({place: after for place, (_before, after) in made.moves.items()})
    refresh([merge.kept_id, merge.gone_id])


def _joined(rows: list[dict[str, object]], late: list[dict[str, object]]) -> list[dict[str, object]]:
    """A row that was moved before and is moved again has one line: what it was at first, and what it is now."""
    lines = {(str(line["table"]), str(line["id"])): line for line in rows}
    for line in late:
        place = (str(line["table"]), str(line["id"]))
        first = lines.get(place)
        if first is None:
            lines[place] = line
            continue
        merged: dict[str, object] = {**line}
        for which, earlier, later in (("before", line, first), ("after", first, line)):
            a, b = earlier[which], later[which]
            assert isinstance(a, dict)
            assert isinstance(b, dict)
            merged[which] = {**a, **b}
        lines[place] = merged
    return list(lines.values())


def _beyond(kept: Child) -> tuple[UUID, ...]:
    """Where the kept record went since: merges below others point straight to the last, so one step finds it."""
    found, step = list[UUID](), kept.merged_into_id
    while step is not None and step not in found:
        found.append(step)
        step = Child.objects.filter(pk=step).values_list("merged_into_id", flat=True).first()
    return tuple(found)


def _stays(merge: Merge) -> dict[Place, UUID | None]:
    return {(label, UUID(key)): UUID(twin) if twin else None for label, key, twin in merge.moved["stays"]}


def _batches(keys: set[UUID]) -> list[list[UUID]]:
    rest = sorted(keys)
    return [rest[at : at + BATCH] for at in range(0, len(rest), BATCH)]
