"""Finds what every installed room and module declares, checks it, and seals it."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from .sockets import (
    PORTALS,
    AlertKind,
    Card,
    Category,
    Commands,
    Criterion,
    Demonstration,
    Disclosure,
    DocumentKind,
    EntryKind,
    FactKind,
    Fields,
    Grant,
    ImportKind,
    Job,
    Lending,
    MenuItem,
    MergeRule,
    MessageKind,
    Module,
    Page,
    Permission,
    RecordPart,
    Relationship,
    RequestKind,
    RetentionClass,
    Role,
    Tab,
)


class RegistryError(ImproperlyConfigured):
    """A module declares something that cannot be right. The message lists every problem."""


@dataclass(frozen=True)
class Registry:
    """Every declaration of every installed module, by code. Nothing can be added once it is made."""

    modules: dict[str, Module]
    permissions: dict[str, Permission]
    roles: dict[str, Role]
    relationships: dict[str, Relationship]
    lendings: dict[str, Lending]
    categories: dict[str, Category]
    grants: tuple[Grant, ...]
    fields: dict[str, Fields]
    facts: dict[str, FactKind]
    document_kinds: dict[str, DocumentKind]
    entries: dict[str, EntryKind]
    alerts: dict[str, AlertKind]
    criteria: dict[str, Criterion]
    requests: dict[str, RequestKind]
    tabs: tuple[Tab, ...]
    retention: dict[str, RetentionClass]
    parts: dict[str, RecordPart]
    on_merge: tuple[MergeRule, ...]
    on_subject_access: tuple[Disclosure, ...]
    message_kinds: dict[str, MessageKind]
    jobs: dict[str, Job]
    pages: dict[str, Page]
    imports: dict[str, ImportKind]
    menu: tuple[MenuItem, ...]
    cards: tuple[Card, ...]
    commands: tuple[Commands, ...]
    demonstration: tuple[Demonstration, ...]


def assemble(modules: Iterable[Module]) -> Registry:
    """Check the modules against one another and return the sealed registry.

    Raises:
        RegistryError: naming every duplicate, unknown code (with the nearest spelling) and missing function.
    """
    found = list(modules)
    problems: list[str] = []
    registry = Registry(
        modules=_by_code(found, "module", problems, lambda m: m.code, lambda m: m.code),
        permissions=_collect(found, "permissions", problems),
        roles=_collect(found, "roles", problems),
        relationships=_collect(found, "relationships", problems),
        lendings=_collect(found, "lendings", problems),
        categories=_collect(found, "categories", problems),
        grants=tuple(grant for module in found for grant in module.grants),
        fields=_collect(found, "fields", problems, key="model"),
        facts=_collect(found, "facts", problems),
        document_kinds=_collect(found, "document_kinds", problems),
        entries=_collect(found, "entries", problems),
        alerts=_collect(found, "alerts", problems),
        criteria=_collect(found, "criteria", problems),
        requests=_collect(found, "requests", problems),
        tabs=tuple(sorted((i for m in found for i in m.tabs), key=lambda i: i.order)),
        retention=_collect(found, "retention", problems),
        parts=_collect(found, "parts", problems),
        on_merge=tuple(i for m in found for i in m.on_merge),
        on_subject_access=tuple(i for m in found for i in m.on_subject_access),
        message_kinds=_collect(found, "message_kinds", problems),
        jobs=_collect(found, "jobs", problems),
        pages=_collect(found, "pages", problems, key="name"),
        imports=_collect(found, "imports", problems),
        menu=tuple(sorted((i for m in found for i in m.menu), key=lambda i: i.order)),
        cards=tuple(sorted((i for m in found for i in m.cards), key=lambda i: i.order)),
        commands=tuple(i for m in found for i in m.commands),
        demonstration=tuple(sorted((i for m in found for i in m.demonstration), key=lambda i: i.order)),
    )
    problems.extend(_cross_references(registry))
    problems.extend(_missing_functions(registry))
    if problems:
        raise RegistryError("The modules do not fit together:\n- " + "\n- ".join(problems))
    return registry


def installed() -> Registry:
    """The registry of this installation; assembled once, at start-up."""
    if not _sealed:
        _sealed.append(assemble(_declared()))
    return _sealed[0]


_sealed: list[Registry] = []


def _declared() -> Iterator[Module]:
    for config in apps.get_app_configs():
        if not config.name.startswith("throughline."):
            continue
        name = f"{config.name}.module"
        if importlib.util.find_spec(name) is None:
            continue
        module = getattr(importlib.import_module(name), "MODULE", None)
        if not isinstance(module, Module):
            raise RegistryError(f"{name} must define MODULE = Module(...).")
        yield module


def _by_code(
    items: Iterable[Any],
    noun: str,
    problems: list[str],
    key: Callable[[Any], str],
    owner: Callable[[Any], str],
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        code = key(item)
        if code in found:
            problems.append(f"{noun} {code!r} is declared twice (second time by {owner(item)!r}).")
        found[code] = item
    return found


def _collect(modules: list[Module], socket: str, problems: list[str], key: str = "code") -> dict[str, Any]:
    owners = {id(item): module.code for module in modules for item in getattr(module, socket)}
    items = [item for module in modules for item in getattr(module, socket)]
    return _by_code(items, socket, problems, lambda i: getattr(i, key), lambda i: owners[id(i)])


def unknown(code: str, known: Iterable[str], where: str) -> str:
    """A sentence that says which code nobody declares, with the nearest spelling."""
    near = difflib.get_close_matches(code, list(known), n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"{where} names {code!r}, which nobody declares.{hint}"


def _cross_references(registry: Registry) -> Iterator[str]:
    yield from _page_problems(registry)
    yield from _named_codes(registry)
    for permission in registry.permissions.values():
        for role in permission.roles:
            if role not in registry.roles:
                yield unknown(role, registry.roles, f"permission {permission.code!r}")
    readers = readers_of(registry)
    for grant in registry.grants:
        if grant.reader not in readers:
            yield unknown(grant.reader, readers, f"what is seen of {grant.category!r}")
        if grant.category not in registry.categories:
            yield unknown(grant.category, registry.categories, f"a grant to {grant.reader!r}")
    for fields in registry.fields.values():
        for name, code in fields.categories.items():
            if code not in registry.categories:
                yield unknown(code, registry.categories, f"field {fields.model}.{name}")
    for kind in registry.imports.values():
        if kind.permission not in registry.permissions:
            yield unknown(kind.permission, registry.permissions, f"import {kind.code!r}")


def readers_of(registry: Registry) -> set[str]:
    """Every code that a rule of sharing may name as the reader: relationships, and ``role:`` and a role."""
    named = {code for code, each in registry.relationships.items() if each.is_reader}
    return named | {f"role:{code}" for code in registry.roles}


def _named_codes(registry: Registry) -> Iterator[str]:
    """Codes that one declaration borrows from another: categories, permissions, pages."""
    guarded = [(f"fact {i.code!r}", i.category) for i in registry.facts.values()]
    guarded += [(f"document kind {i.code!r}", i.category) for i in registry.document_kinds.values()]
    guarded += [(f"entry {i.code!r}", i.category) for i in registry.entries.values()]
    guarded += [(f"part {i.code!r}", i.category) for i in registry.parts.values()]
    guarded += [(f"retention {i.code!r}", i.category) for i in registry.retention.values() if i.category]
    guarded += [(f"tab {i.page!r}", i.category) for i in registry.tabs]
    guarded += [(f"request {i.code!r}", c) for i in registry.requests.values() for c in i.needs]
    for where, category in guarded:
        if category not in registry.categories:
            yield unknown(category, registry.categories, where)
    for role in registry.roles.values():
        if role.reach and role.reach not in registry.relationships:
            yield unknown(role.reach, registry.relationships, f"the reach of role {role.code!r}")
    for each in registry.criteria.values():
        if not each.least <= each.first <= each.most:
            yield f"criterion {each.code!r} begins outside its own bounds."
    for alert in registry.alerts.values():
        if alert.permission not in registry.permissions:
            yield unknown(alert.permission, registry.permissions, f"alert {alert.code!r}")
    opened = [(f"request {i.code!r}", i.page) for i in registry.requests.values() if i.page]
    for where, page in [*opened, *((f"tab {i.label!s}", i.page) for i in registry.tabs)]:
        if page not in registry.pages:
            yield unknown(page, registry.pages, where)


def _page_problems(registry: Registry) -> Iterator[str]:
    for page in registry.pages.values():
        if page.portal not in PORTALS:
            yield unknown(page.portal, PORTALS, f"page {page.name!r}")
        if page.permission and page.permission not in registry.permissions:
            yield unknown(page.permission, registry.permissions, f"page {page.name!r}")
        if not page.permission and not page.open_to_portal and page.portal != "public":
            yield f"page {page.name!r} has no policy: give a permission, or say open_to_portal."
    for item in registry.menu:
        if item.page not in registry.pages:
            yield unknown(item.page, registry.pages, f"menu item {item.label!s}")


def _missing_functions(registry: Registry) -> Iterator[str]:
    wanted = [(f"page {p.name!r}", p.view) for p in registry.pages.values()]
    wanted += [(f"job {j.code!r}", j.run) for j in registry.jobs.values()]
    wanted += [(f"relationship {r.code!r}", r.find) for r in registry.relationships.values()]
    wanted += [(f"lending {i.code!r}", i.find) for i in registry.lendings.values()]
    wanted += [(f"import {i.code!r}", i.apply) for i in registry.imports.values()]
    wanted += [(f"retention {i.code!r}", i.applies) for i in registry.retention.values()]
    wanted += [(f"part {i.code!r}", path) for i in registry.parts.values() for path in (i.whose, i.rows)]
    wanted += [("on_merge", i.check) for i in registry.on_merge]
    wanted += [("on_subject_access", i.collect) for i in registry.on_subject_access]
    wanted += [("card", c.build) for c in registry.cards]
    wanted += [("commands", c.group) for c in registry.commands]
    wanted += [("demonstration", d.run) for d in registry.demonstration]
    for where, path in wanted:
        try:
            import_string(path)
        except ImportError as error:
            yield f"{where} points to {path!r}, which cannot be found ({error})."
