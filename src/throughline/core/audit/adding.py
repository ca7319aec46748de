"""Many rows at once, new or changed: the one place that knows how each database takes them fastest.

Django builds a piece of SQL for every single value. A school census is a million of them, and that was half of the time
for which everybody else waited to write. The values themselves are prepared by their fields, as Django prepares them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connections, models, transaction

MANY = 50
"""Fewer rows than this go Django's own way."""


def add_rows(connection: Any, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Put prepared values into a table, in the caller's transaction. Names are ours and quoted where they need it."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Past Django's own cursor, so its names for what goes wrong are asked for.
            statement = f"COPY {table} ({names}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # nosec B608


def add_all(rows: Sequence[models.Model], database: str) -> bool:
    """Add rows of one table. False when these are for Django's own way: then nothing was done.

    Keys that the database makes are not asked for: a row of such a table does not know its own afterwards.
    """
    fields = _fields(type(rows[0])) if len(rows) >= MANY else ()
    if not fields:
        return False
    for row in rows:
        if row.pk is None:
            row.pk = row._meta.pk.get_pk_value_on_save(row)
        row._prepare_related_fields_for_save(operation_name="bulk_create")  # type: ignore[attr-defined]
    connection = connections[database]
    values = _prepared(fields, [[field.pre_save(row, True) for row in rows] for field in fields], connection)
    if values is None:
        return False
    quoted = connection.ops.quote_name
    names = [quoted(field.column) for field in fields]
    with transaction.atomic(using=database, savepoint=False):
        add_rows(connection, quoted(rows[0]._meta.db_table), names, values)
    for row in rows:
        row._state.adding = False
        row._state.db = database
    return True


def add_values(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]], database: str
) -> None:
    """Add rows of which only values are at hand, in the order of these columns."""
    if not rows:
        return
    connection = connections[database]
    quoted = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns: Any = list(zip(*rows, strict=True))
    values = _prepared(fields, columns, connection)
    if values is None:
        raise TypeError("Values only: the database is not asked to work anything out.")
    with transaction.atomic(using=database, savepoint=False):
        add_rows(connection, quoted(model._meta.db_table), [quoted(field.column) for field in fields], values)


def change_all(rows: Sequence[models.Model], names: Sequence[str], database: str) -> int | None:
    """Write these fields of rows of one table. None when these are for Django's own way: then nothing was done."""
    table = type(rows[0])._meta if len(rows) >= MANY and names else None
    if table is None:
        return None
    fields: list[Any] = [table.get_field(name) for name in names]
    if any(field.primary_key or field not in _fields(table.model) for field in fields):
        return None
    for row in rows:
        row._prepare_related_fields_for_save(operation_name="bulk_update", fields=fields)  # type: ignore[attr-defined]
    connection = connections[database]
    fields.append(table.pk)
    values = _prepared(fields, [[getattr(row, f.attname) for row in rows] for f in fields], connection)
    if values is None:
        return None
    quoted = connection.ops.quote_name
    *becomes, key = [f"{quoted(field.column)} = %s" for field in fields]
    statement = f"UPDATE {quoted(table.db_table)} SET {', '.join(becomes)} WHERE {key}"  # nosec B608
    with transaction.atomic(using=database, savepoint=False), connection.cursor() as cursor:
        cursor.executemany(statement, values)
        done: int = cursor.rowcount
    return done


def _prepared(fields: Sequence[Any], columns: Sequence[Sequence[Any]], connection: Any) -> list[Any] | None:
    """Columns of values as rows of what the database is sent; none when one of them is for the database to work out."""
    ready = []
    for field, values in zip(fields, columns, strict=True):
        if any(hasattr(value, "resolve_expression") for value in values):
            return None
        ready.append([field.get_db_prep_save(value, connection=connection) for value in values])
    return list(zip(*ready, strict=True))


@cache
def _fields(model: type[models.Model]) -> tuple[Any, ...]:
    """The columns of a table; none when a value is more than a value to the database."""
    fields = tuple(f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField))
    special = any(
        field.generated or field.has_db_default() or hasattr(field, "get_placeholder") for field in fields
    )
    return () if special or model._meta.parents else fields
