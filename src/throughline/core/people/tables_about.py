"""Which tables hold rows about a child, and in which columns: asked of the tables, so that none has to be named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from ..audit.tables import Appended, Derived, Guarded
from .models import Child

Table = type[models.Model]
Column = tuple[Table, str]


def child_columns(model: Table) -> tuple[str, ...]:
    """The columns of a table that hold a child's key: links to a child, and the one that its ``child_field`` names."""
    named = getattr(model, "child_field", "")
    return tuple(
        field.attname
        for field in model._meta.concrete_fields
        if not field.primary_key and (field.related_model is Child or field.attname == named)
    )


def tables_about() -> Iterator[tuple[Table, tuple[str, ...]]]:
    """Every table of ours with rows about children, and its columns. The child's own table is not among them."""
    for model in apps.get_models():
        if issubclass(model, Guarded | Appended | Derived) and model is not Child:
            columns = child_columns(model)
            if columns:
                yield model, columns


def pointing_to(model: Table) -> Iterator[Column]:
    """Every column of any table that links to a row of this one."""
    for relation in model._meta.get_fields(include_hidden=True):
        if (
            relation.auto_created
            and (relation.one_to_many or relation.one_to_one)
            and relation.concrete is False
        ):
            found: Any = relation
            yield found.related_model, found.field.attname


def pointing_from(model: Table, target: Table) -> list[str]:
    """The columns of this table that link to a row of another."""
    return [field.attname for field in model._meta.concrete_fields if field.related_model is target]


def rows_of(model: Table) -> models.QuerySet[Any]:
    """The rows of a table that is known only as a table, guarded where the table is: a write to them leaves its trail."""
    rows: models.QuerySet[Any] = model._default_manager.all()
    return rows
