"""What goes with a child: every row of every installed table that is about the child, and what hangs from nothing else.

Found by asking the tables. A module that is added tomorrow is disposed of without saying so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from ..access.models import User
from ..access.viewer import ROLE_OF_DOOR
from ..documents.models import Document, KeptFile
from ..people.models import Address, Adult, Child
from ..people.tables_about import Table, child_columns, pointing_from, pointing_to, rows_of, tables_about

BATCH = 400
# Tables whose rows are shared: one goes only when nothing is left that points to it.
SHARED: tuple[Table, ...] = (Address, KeptFile)


class HangsTogether(Exception):
    """A row about another child cannot be without a row of this one: nothing is disposed of."""


@dataclass
class Reach:
    """The rows that go, by table."""

    children: frozenset[UUID]
    rows: dict[Table, set[Any]] = field(default_factory=dict)
    # Links from rows that stay, which are emptied: table, column, keys.
    links: list[tuple[Table, str, list[Any]]] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {model._meta.label: len(keys) for model, keys in self.rows.items() if keys}

    def keys(self) -> list[str]:
        """Every row's key, as the trail names it."""
        return [str(key) for keys in self.rows.values() for key in keys]

    def digest(self) -> str:
        """The digest of everything that goes: whoever kept a copy can show that it is the same."""
        found = hashlib.sha256()
        for model in sorted(self.rows, key=lambda each: each._meta.label):
            for at in _batches(sorted(self.rows[model], key=str)):
                for values in rows_of(model).filter(pk__in=at).order_by("pk").values():
                    said = json.dumps(values, cls=_Encoder, sort_keys=True)
                    found.update(f"{model._meta.label} {said}\n".encode())
        return found.hexdigest()


def reach_of(*named: UUID) -> Reach:
    """Everything that goes with a child's record, and with the records that were merged into it.

    Raises:
        HangsTogether: a row about another child needs one of these.
    """
    children = with_merged(Child.objects.filter(pk__in=named).values_list("pk", flat=True))
    reach = Reach(frozenset(children), {Child: set(children)})
    for model, columns in tables_about():
        if real := [column for column in columns if _is_stored(model, column)]:
            _add(reach, model, _naming(model, real, children))
    _follow(reach, list(reach.rows.items()))
    for adult in _candidates(reach, Adult):
        _take_if_free(reach, Adult, adult)
    for user in _accounts(reach):
        _take_if_free(reach, User, user)
    for shared in SHARED:
        _take_unused(reach, shared)
    return reach


def reach_of_part(children: Iterable[UUID], roots: Mapping[str, Iterable[str]]) -> Reach:
    """What goes with a part of a record: these rows, what cannot be without them, and documents that only support them.

    A row that can be without them stays, and its link is emptied. Rows that are no longer there are passed over.

    Raises:
        HangsTogether: a row about another child needs one of these.
    """
    reach = Reach(frozenset(with_merged(children)))
    for label, keys in roots.items():
        try:
            model = apps.get_model(label)
        except LookupError:
            continue  # Its module is no longer installed, so none of its rows are here.
        for at in _batches(sorted(keys)):
            _add(reach, model, set(rows_of(model).filter(pk__in=at).values_list("pk", flat=True)))
    for model, those in list(reach.rows.items()):
        supporting = {"supports_label__iexact": model._meta.label, "on_record": True}
        for at in _batches(sorted(those, key=str)):
            _add(
                reach,
                Document,
                set(Document.objects.filter(supports_id__in=at, **supporting).values_list("pk", flat=True)),
            )
    _follow(reach, list(reach.rows.items()), only_what_must=True)
    _take_unused(reach, KeptFile)
    return reach


def with_merged(children: Iterable[UUID]) -> list[UUID]:
    """These records and every one that was merged into one of them."""
    found = list(dict.fromkeys(children))
    new = found
    while new:
        rows = Child.objects.filter(merged_into_id__in=new).exclude(pk__in=found)
        new = list(rows.values_list("pk", flat=True))
        found += new
    return found


def _is_stored(model: Table, column: str) -> bool:
    return any(each.attname == column for each in model._meta.concrete_fields)


def _naming(model: Table, columns: Iterable[str], children: Iterable[UUID]) -> set[Any]:
    named = Q()
    for column in columns:
        named |= Q(**{f"{column}__in": list(children)})
    return set(rows_of(model).filter(named).values_list("pk", flat=True))


def _add(reach: Reach, model: Table, keys: set[Any]) -> set[Any]:
    held = reach.rows.setdefault(model, set())
    new = keys - held
    held |= new
    return new


def _follow(reach: Reach, frontier: list[tuple[Table, set[Any]]], *, only_what_must: bool = False) -> None:
    """Take what hangs from rows that go, and what hangs from that."""
    while frontier:
        model, keys = frontier.pop()
        for other, column in pointing_to(model):
            hanging = _hanging(reach, other, column, keys)
            if model is Child and other is Child:
                continue
            optional: bool = other._meta.get_field(column.removesuffix("_id")).null
            stays = hanging if only_what_must and optional else _about_others(reach, other, hanging)
            if stays and not optional:
                raise HangsTogether(f"{other._meta.label} of another child hangs from {model._meta.label}.")
            if stays:
                reach.links.append((other, column, sorted(stays)))
            if new := _add(reach, other, hanging - stays):
                frontier.append((other, new))


def _hanging(reach: Reach, other: Table, column: str, keys: set[Any]) -> set[Any]:
    found: set[Any] = set()
    for at in _batches(sorted(keys, key=str)):
        found |= set(rows_of(other).filter(**{f"{column}__in": at}).values_list("pk", flat=True))
    return found - reach.rows.get(other, set())


def _about_others(reach: Reach, model: Table, keys: set[Any]) -> set[Any]:
    """Of these rows, those that are about another child and not about this one."""
    columns = [column for column in child_columns(model) if _is_stored(model, column)]
    if not columns or not keys:
        return set()
    found: set[Any] = set()
    for at in _batches(sorted(keys, key=str)):
        for key, *children in rows_of(model).filter(pk__in=at).values_list("pk", *columns):
            named = {child for child in children if child is not None}
            if named and not named & reach.children:
                found.add(key)
    return found


def _candidates(reach: Reach, target: Table) -> list[Any]:
    """Rows of a table that rows which go point to."""
    found: set[Any] = set()
    for model, keys in reach.rows.items():
        for column in pointing_from(model, target):
            for at in _batches(sorted(keys, key=str)):
                found |= set(rows_of(model).filter(pk__in=at).values_list(column, flat=True))
    return sorted(found - {None} - reach.rows.get(target, set()))


def _accounts(reach: Reach) -> list[UUID]:
    """Accounts of the child and of adults who go: only those of families, which are for nothing else."""
    found: set[UUID] = set()
    for model in (Child, Adult):
        rows = rows_of(model).filter(pk__in=reach.rows.get(model, ()), user__portal__in=list(ROLE_OF_DOOR))
        found |= set(rows.values_list("user_id", flat=True))
    return sorted(found)


def _take_if_free(reach: Reach, model: Table, key: Any) -> None:
    """Take a person with all that hangs from them, unless something of it is about another child."""
    trial = Reach(reach.children, {each: set(keys) for each, keys in reach.rows.items()})
    _add(trial, model, {key})
    try:
        _follow(trial, [(model, {key})])
    except HangsTogether:
        return
    if trial.links:
        return
    reach.rows = trial.rows


def _take_unused(reach: Reach, model: Table) -> None:
    for key in _candidates(reach, model):
        if not any(_hanging(reach, other, column, {key}) for other, column in pointing_to(model)):
            _add(reach, model, {key})


def _batches(keys: list[Any]) -> Iterable[list[Any]]:
    return (keys[at : at + BATCH] for at in range(0, len(keys), BATCH))


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return bytes(o).hex() if isinstance(o, bytes | memoryview) else super().default(o)
