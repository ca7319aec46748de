"""Everything held about a child, row by row, in plain words: from every table that is about children."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Field, Model, TextField
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ...audit.tables import Derived
from ...documents.kinds import category_of
from ...documents.models import Document
from ...organisations.models import Agency, School
from ...people.models import Address, Child, Fact
from ...people.tables_about import Table, rows_of, tables_about
from ...registry.assembly import Registry, installed
from ...registry.sockets import Disclosed
from ...sharing.wording import category_words
from ...timeline.models import Entry
from ...timeline.wording import sentence
from ..models import Hold, Pack
from .titles import title_of

Item = dict[str, Any]
# The request itself and what keeps the record: about the authority's own handling.
NOT_GATHERED: tuple[Table, ...] = (Hold, Pack)
# Where a line of the story leads to and what keeps it from being told twice: names of tables, and no words to anybody.
FOR_US = ("about", "key")


def gather(child_id: UUID) -> list[Item]:
    """An item for each row and each kind of information in it: ``fields`` are triples of label, text and free or not."""
    registry = installed()
    found: list[Item] = []
    for model, rows in _tables(child_id):
        for row in rows:
            found += _items(registry, model, row)
    for added in registry.on_subject_access:
        found += [_added(added.collect, each) for each in import_string(added.collect)(child_id)]
    return found


def _added(path: str, each: Disclosed) -> Item:
    """What a module adds itself; all its words count as free."""
    return {
        "id": f"{path}:{each.key}",
        "category": each.category,
        "section": category_words(each.category),
        "title": str(each.title),
        "fields": [[str(label), text, True] for label, text in each.fields],
        "document": "",
    }


def _tables(child_id: UUID) -> Iterator[tuple[Table, Any]]:
    yield Child, Child.objects.filter(pk=child_id)
    for model, _columns in tables_about():
        column = getattr(model, "child_field", "")
        stored = any(field.attname == column for field in model._meta.concrete_fields)
        if stored and not issubclass(model, Derived) and model not in NOT_GATHERED:
            yield model, rows_of(model).filter(**{column: child_id}).order_by("pk")


def _items(registry: Registry, model: Table, row: Any) -> Iterator[Item]:
    declared = registry.fields.get(model._meta.label)
    kinds: dict[str, list[list[Any]]] = {}
    for name, category in (declared.categories if declared else {}).items():
        told = _told(registry, row, model._meta.get_field(name))
        if told:
            kinds.setdefault(_guard(registry, row, category), []).append(told)
    for category, linked in _linked(row, next(iter(kinds), "")):
        kinds.setdefault(category, []).append(linked)
    for category, fields in kinds.items():
        yield {
            "id": f"{model._meta.label}:{row.pk}:{category}",
            "category": category,
            "section": category_words(category),
            "title": title_of(model),
            "fields": fields,
            "document": str(row.pk) if isinstance(row, Document) else "",
        }


def _guard(registry: Registry, row: Any, category: str) -> str:
    """Facts, lines of the story and documents are guarded by their own kind."""
    if isinstance(row, Fact):
        kind = registry.facts.get(row.kind)
        return kind.category if kind else category
    if isinstance(row, Entry):
        entry = registry.entries.get(row.kind)
        return entry.category if entry else category
    return category_of(row.kind) if isinstance(row, Document) else category


def _linked(row: Any, category: str) -> Iterator[tuple[str, list[Any]]]:
    """The schools, agencies and addresses a row points to, by name."""
    for field in row._meta.concrete_fields:
        if field.related_model in (School, Agency, Address) and getattr(row, field.attname):
            linked = getattr(row, field.name)
            kept_safe = isinstance(linked, Address) and linked.restricted
            guard = "people.restricted_address" if kept_safe else category
            yield guard or "people.address", [_label(field), str(linked), False]


def _told(registry: Registry, row: Model, field: Any) -> list[Any]:
    """Label, text, and whether the text is free; empty where there is nothing to tell."""
    value = getattr(row, field.attname)
    if value in (None, "", [], {}):
        return []
    if isinstance(row, Entry) and field.name in FOR_US:
        return []
    if isinstance(row, Entry) and field.name in ("kind", "facts"):
        kind = registry.entries.get(row.kind)
        if field.name == "facts" or kind is None:
            return [_label(field), _flat(value), True] if kind is None else []
        return [_("What happened"), sentence(registry, kind, row.facts), True]
    if field.choices:
        return [_label(field), str(dict(field.flatchoices).get(value, value)), False]
    words = _declared_words(registry, field.name, value)
    if words:
        return [_label(field), words, False]
    free = isinstance(field, CharField | TextField) or isinstance(value, dict | list)
    return [_label(field), _words(value), free]


def _declared_words(registry: Registry, name: str, value: Any) -> str:
    if name not in ("kind", "role", "category") or not isinstance(value, str):
        return ""
    for known in (
        registry.facts,
        registry.document_kinds,
        registry.alerts,
        registry.requests,
        registry.roles,
        registry.message_kinds,
        registry.categories,
    ):
        declared: Any = known.get(value)
        if declared is not None:
            return str(declared.label)
    return ""


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(localtime(value), "j F Y, H:i", use_l10n=False)
    if isinstance(value, date):
        return date_format(value, "j F Y", use_l10n=False)
    return _flat(value) if isinstance(value, dict | list) else str(value)


def _flat(value: Any) -> str:
    """What is kept as a structure, as words in order."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_flat(part)}" for key, part in value.items())
    return ", ".join(_flat(part) for part in value) if isinstance(value, list) else str(value)


def _label(field: Field[Any, Any]) -> str:
    return capfirst(str(field.verbose_name))
