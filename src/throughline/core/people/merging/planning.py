"""What making one record of two would do, worked out before anything is done: the preview and the deed are one plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ...access.viewer import Refused
from ...registry.assembly import installed
from ..existing import existing_child
from ..models import Child, SealedIdentity
from .tables import Key, Table, Values, child_columns, hanging_from, keys_of, rows_of, tables

Place = tuple[str, UUID]
# What one record knows of the child and the other does not is taken over, rather than lost from sight.
FILLED = (
    *("middle_names", "chosen_name", "pronunciation", "first_language", "other_languages"),
    *("communication_needs", "upn", "user_id"),
)


@dataclass
class Plan:
    """Which rows would get other values, which stay because the kept record has the same, and why it cannot be done."""

    kept: Child
    gone: Child
    # Where the kept record was itself merged since: rows there are as much in the way as rows of its own.
    beyond: tuple[UUID, ...] = ()
    moves: dict[Place, tuple[Values, Values]] = field(default_factory=dict)
    stays: dict[Place, UUID | None] = field(default_factory=dict)
    filled: Values = field(default_factory=dict)
    objections: list[str] = field(default_factory=list)

    def counted(self) -> Counter[str]:
        """How many rows of each table would move."""
        return Counter(label for label, _pk in self.moves)

    def staying(self) -> Counter[str]:
        """How many rows of each table stay with the record that is set aside."""
        return Counter(label for label, _pk in self.stays)


def plan(kept_id: UUID, gone_id: UUID) -> Plan:
    """What merging ``gone`` into ``kept`` would do. It reads as many tables as name a child, whatever their number of rows.

    Raises:
        Refused: one of them is not there, was merged already, or is sealed away.
    """
    kept, gone = existing_child(kept_id), existing_child(gone_id)
    sealed = SealedIdentity.objects.filter(
        models.Q(child__in=[kept, gone]) | models.Q(earlier__in=[kept, gone])
    )
    seals = list(sealed.values_list("child_id", "earlier_id"))
    if kept == gone or {earlier for _child, earlier in seals} & {kept.pk, gone.pk}:
        raise Refused("No such pair.")
    made = Plan(kept, gone)
    for table in tables():
        _plan_table(made, table)
    _plan_what_hangs_from_what_stays(made)
    made.filled = _filled(kept, gone)
    made.objections = _objections(made, seals)
    return made


def plan_rest(kept: Child, gone: Child, beyond: tuple[UUID, ...], stays: dict[Place, UUID | None]) -> Plan:
    """What is still with a record that was merged, and belongs to the one it was merged into.

    Args:
        beyond: records that the kept one was merged into since.
        stays: the rows of which it was decided, when merging, that they stay, and their twins.
    """
    made = Plan(kept, gone, beyond, stays=dict(stays))
    for table in tables():
        _plan_table(made, table)
    _plan_what_hangs_from_what_stays(made)
    return made


def _plan_table(made: Plan, table: Table) -> None:
    rows = [row for row in table.of(made.gone.pk) if (table.label, row.pk) not in made.stays]
    if not rows:
        return
    there = [row for record in (made.kept.pk, *made.beyond) for row in table.of(record)]
    taken = _Taken(table.keys, table.model, table.columns, there, made)
    for row in rows:
        place = (table.label, row.pk)
        before = {name: getattr(row, name) for name in table.columns}
        after = _after(table, before, made)
        if after is None:
            made.stays[place] = None
            continue
        twin = taken.by(row, after)
        if twin is not None:
            made.stays[place] = twin
            continue
        taken.add(row, after)
        changed = {name for name in after if after[name] != before[name]}
        made.moves[place] = (
            {name: before[name] for name in changed},
            {name: after[name] for name in changed},
        )


def _after(table: Table, before: Values, made: Plan) -> Values | None:
    """A row's columns with the kept child in them; none where it would then be about one child twice."""
    after = {name: made.kept.pk if value == made.gone.pk else value for name, value in before.items()}
    if not table.is_of_pairs:
        return after
    if after["child_id"] == after["other_id"]:
        return None
    after["child_id"], after["other_id"] = sorted((after["child_id"], after["other_id"]))
    return after


class _Taken:
    """The keys of the rows that are there, so that a row that would be the second of its kind is known."""

    def __init__(
        self,
        keys: Iterable[Key],
        model: type[models.Model],
        columns: Iterable[str],
        rows: list[Any],
        made: Plan,
    ) -> None:
        # Only what names a child becomes another value, so only keys with such a column can clash.
        named = _child_like(model)
        self.keys, self.model = tuple(key for key in keys if named & set(key.columns)), model
        self.held: dict[tuple[Key, tuple[Any, ...]], UUID] = {}
        self.meets = {key: self._those_who_meet(key, made) for key in self.keys if key.condition is not None}
        # What is about both records is not in the way of what is about one of them.
        for row in rows:
            held = {name: getattr(row, name) for name in columns}
            self.add(row, {name: made.kept.pk for name, value in held.items() if value in made.beyond})

    def _those_who_meet(self, key: Key, made: Plan) -> set[UUID]:
        assert key.condition is not None
        about = models.Q()
        for column in (name for name in key.columns if name in _child_like(self.model)):
            about |= models.Q(**{f"{column}__in": [made.kept.pk, made.gone.pk, *made.beyond]})
        return set(rows_of(self.model).filter(key.condition).filter(about).values_list("pk", flat=True))

    def by(self, row: Any, after: Values) -> UUID | None:
        for key, values in self._values(row, after):
            if self.held.get((key, values), row.pk) != row.pk:
                return self.held[key, values]
        return None

    def add(self, row: Any, after: Values) -> None:
        for key, values in self._values(row, after):
            self.held.setdefault((key, values), row.pk)

    def _values(self, row: Any, after: Values) -> Iterable[tuple[Key, tuple[Any, ...]]]:
        for key in self.keys:
            if key in self.meets and row.pk not in self.meets[key]:
                continue
            values = tuple(after.get(name, getattr(row, name)) for name in key.columns)
            if key.empty_counts or None not in values:
                yield key, values


def _child_like(model: type[models.Model]) -> set[str]:
    return set(child_columns(model))


def _plan_what_hangs_from_what_stays(made: Plan) -> None:
    """A limit on contact with an adult whose tie stays behind must hold for the tie that is kept, and so must all else."""
    of_model: dict[str, dict[UUID, UUID]] = defaultdict(dict)
    for (label, key), twin in made.stays.items():
        if twin is not None:
            of_model[label][key] = twin
    for table in tables():
        twins = of_model.get(table.label)
        for model, column in hanging_from(table.model) if twins else ():
            assert twins is not None
            _hang_over(made, model, column, twins)


def _hang_over(made: Plan, model: type[models.Model], column: str, twins: dict[UUID, UUID]) -> None:
    keys = [key for key in keys_of(model) if column in key.columns]
    rows = list(rows_of(model).filter(**{f"{column}__in": list(twins)}).order_by("pk"))
    there = list(rows_of(model).filter(**{f"{column}__in": list(twins.values())})) if keys else []
    taken = {(key, tuple(getattr(row, name) for name in key.columns)) for row in there for key in keys}
    for row in rows:
        place = (model._meta.label, row.pk)
        if made.stays.get(place):
            continue
        value = twins[getattr(row, column)]
        new = {
            (key, tuple(value if name == column else getattr(row, name) for name in key.columns))
            for key in keys
        }
        if new & taken:
            continue
        taken |= new
        before, after = made.moves.get(place, ({}, {}))
        made.moves[place] = (before | {column: getattr(row, column)}, after | {column: value})


def _filled(kept: Child, gone: Child) -> Values:
    filled = {name: getattr(gone, name) for name in FILLED if not getattr(kept, name) and getattr(gone, name)}
    if kept.sex == Child.Sex.NOT_KNOWN != gone.sex:
        filled["sex"] = gone.sex
    return filled


def _objections(made: Plan, seals: list[tuple[UUID, UUID]]) -> list[str]:
    found: list[str] = []
    if made.kept.user_id and made.gone.user_id:
        found.append(_("Both records have their own way of signing in. Close one of the two accounts first."))
    if len(seals) > 1:
        found.append(_("These two records cannot be merged here. Ask the safeguarding lead to look at them."))
    for rule in installed().on_merge:
        found += import_string(rule.check)(made.kept.pk, made.gone.pk)
    return found
