"""The base classes of every table.

``Guarded``: written only inside ``change``, and leaves a trail. ``Appended``: rows are added and never changed.
``Working``: the machinery's own state (queues, leases, counters), which holds nothing about a person.
``Derived``: worked out from guarded rows and nothing else, written with them and made again from them at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.deletion import Collector
from uuid_utils.compat import uuid7

from .adding import add_all, add_values, change_all
from .change import BATCH, Row, current, plain


def new_key() -> UUID:
    """A UUIDv7: unique anywhere, and in order of making."""
    return uuid7()


class NeverChanged(RuntimeError):
    """Something tried to change or delete a row of a table to which rows are only added."""


class Keyed(models.Model):
    id = models.UUIDField(primary_key=True, default=new_key, editable=False)

    child_field: ClassVar[str] = ""
    """Which field holds the id of the child a row is about; empty when the table is not about children."""

    class Meta:
        abstract = True


class GuardedRows(models.QuerySet[Any]):
    """Bulk writing, recorded row by row."""

    def update(self, **values: Any) -> int:
        fields = list(values)
        columns = [str(self.model._meta.get_field(name).attname) for name in fields]
        before = self._as_stored(fields, columns)
        keys = [row.key for row in before]
        done = 0
        for at in range(0, len(keys), BATCH):
            # The original conditions stay in force: a row that another writer moved on meanwhile is left alone.
            part = self.filter(pk__in=keys[at : at + BATCH])
            done += super(GuardedRows, part).update(**values)
        if done:
            after = plain({f: v for f, v in values.items() if not hasattr(v, "resolve_expression")})
            # Which of them another writer moved on is not known then.
            some = {"note": f"{done} of {len(before)} rows changed"} if done != len(before) else None
            for row, was in before.items():
                current().record_of(row, fields, was, some or after)
        return done

    def _as_stored(self, fields: Sequence[str], columns: Sequence[str]) -> dict[Row, dict[str, Any]]:
        """What the rows say now in these columns. Without building them: there may be tens of thousands."""
        current()
        child = getattr(self.model, "child_field", "")
        about = [child] if child else []
        rows = self.values_list("pk", *about, *columns)
        first = 1 + len(about)
        table = self.model._meta.label_lower
        return {
            Row(table, row[0], _key(row[1]) if about else None): plain(
                dict(zip(fields, row[first:], strict=True))
            )
            for row in rows
        }

    def delete(self) -> tuple[int, dict[str, int]]:
        if self.query.is_sliced:
            raise TypeError("A part of a list cannot be deleted: name its rows.")
        return _delete(list(self), self.db)

    def delete_these(self, rows: Sequence[Any]) -> tuple[int, dict[str, int]]:
        """Delete rows that were read already.

        Raises:
            ProtectedError, RestrictedError: something else hangs on one of them. Nothing was deleted.
        """
        return _delete(list(rows), self.db)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        opened = current()
        kwargs.setdefault("batch_size", BATCH)
        rows = list(objs)
        if args or set(kwargs) != {"batch_size"} or not add_all(rows, self.db):
            rows = super().bulk_create(rows, *args, **kwargs)
        for row in rows:
            opened.record(row, (), None, None)
        return rows

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        current()
        rows, names = list(objs), list(fields)
        columns = [str(self.model._meta.get_field(name).attname) for name in names]
        everywhere = self.model._base_manager.using(self.db)
        before: dict[Any, dict[str, Any]] = {}
        for at in range(0, len(rows), BATCH):
            stored = everywhere.filter(pk__in=[row.pk for row in rows[at : at + BATCH]])
            for key, *was in stored.values_list("pk", *columns):
                before[key] = plain(dict(zip(names, was, strict=True)))
        # Written past this class: Django's own bulk update calls update, which would record every row twice.
        unguarded: models.QuerySet[Any] = models.QuerySet(self.model, using=self.db)
        done = change_all(rows, names, self.db)
        if done is None:
            done = unguarded.bulk_update(rows, names, batch_size=batch_size or 400)
        for row in rows:
            after = plain(dict(zip(names, (getattr(row, column) for column in columns), strict=True)))
            current().record(row, names, before.get(row.pk), after)
        return done

    def update_or_create(self, *args: Any, **kwargs: Any) -> tuple[Any, bool]:
        current()
        return super().update_or_create(*args, **kwargs)


class GuardedManager(models.Manager.from_queryset(GuardedRows)):  # type: ignore[misc]
    use_in_migrations = False


class Guarded(Keyed):
    """A row of the record. Any write outside ``change`` raises; any write inside leaves a line in the trail."""

    objects = GuardedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        opened = current()
        if self._state.adding:
            super().save(*args, **kwargs)
            opened.record(self, (), None, None)
            return
        names = _names(self)
        # Read again, because what this process loaded may be older than what is stored.
        stored = next(iter(type(self)._base_manager.filter(pk=self.pk).values_list(*names)), None)
        super().save(*args, **kwargs)
        was, now = dict(zip(names, stored or (), strict=bool(stored))), _values(self)
        saved = _saved(self, kwargs.get("update_fields"))
        changed = [f for f in now if was.get(f) != now[f] and f in saved]
        if changed:
            before = plain({f: was.get(f) for f in changed})
            opened.record(self, changed, before, plain({f: now[f] for f in changed}))

    def delete(self, *_: Any, **__: Any) -> tuple[int, dict[str, int]]:
        return _delete([self], self._state.db or DEFAULT_DB_ALIAS)


class AppendedRows(models.QuerySet[Any]):
    def update(self, **values: Any) -> int:
        raise NeverChanged(f"{self.model.__name__} rows are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NeverChanged(f"{self.model.__name__} rows are never deleted.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise NeverChanged(f"{self.model.__name__} rows are never changed.")


class AppendedManager(models.Manager.from_queryset(AppendedRows)):  # type: ignore[misc]
    use_in_migrations = False


class Appended(Keyed):
    """A line that is added once and never changed."""

    objects = AppendedManager()

    class Meta:
        abstract = True

    @classmethod
    def append(cls, **values: Any) -> Self:
        row = cls(**values)
        row.save()
        return row

    @classmethod
    def append_all(cls, rows: Sequence[Self]) -> None:
        if not add_all(rows, DEFAULT_DB_ALIAS):
            cls._base_manager.bulk_create(rows, batch_size=BATCH)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged(f"{type(self).__name__} rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NeverChanged(f"{type(self).__name__} rows are never deleted.")


class Working(Keyed):
    """The machinery's own state. It holds nothing about a person, so writing it leaves no trail."""

    class Meta:
        abstract = True


class Derived(models.Model):
    """What is worked out from the record so that it can be found: an index, not a second record.

    It says nothing that guarded rows do not say, so writing it leaves no trail of its own: theirs is the trail. It may be
    emptied and made again at any time, and goes with the row it is about. It is never shown, and never decided upon.
    """

    class Meta:
        abstract = True


def add_derived(table: type[Derived], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Add many rows of an index at once: these columns of them, whose others the database knows."""
    add_values(table, names, rows, DEFAULT_DB_ALIAS)


def _delete(rows: list[Any], database: str) -> tuple[int, dict[str, int]]:
    """Delete rows, leaving a line for each, and for each that goes with it because it hangs from one of them."""
    opened = current()
    if not rows:
        return 0, {}
    going: Any = Collector(using=database)
    going.collect(rows)
    with_them = [row for part in going.fast_deletes if issubclass(part.model, Guarded) for row in part]
    for row in [*(row for part in going.data.values() for row in part), *with_them]:
        if isinstance(row, Guarded):
            opened.record(row, _names(row), plain(_values(row)), None)
    # The very rows that were gathered go: looking again would cost as much, and could find others.
    done: tuple[int, dict[str, int]] = going.delete()
    return done


def _key(value: Any) -> UUID | None:
    return value if isinstance(value, UUID) else None


def _column(row: Any, field: str) -> str:
    return str(row._meta.get_field(field).attname)


def _saved(row: models.Model, named: Iterable[str] | None) -> set[str]:
    """The columns that a save writes. A link may be named by its field (``user``) or by its column (``user_id``)."""
    return set(_names(row)) if named is None else {_column(row, name) for name in named}


def _names(row: models.Model) -> list[str]:
    return [f.attname for f in row._meta.concrete_fields if not f.primary_key]


def _values(row: models.Model) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _names(row)}
