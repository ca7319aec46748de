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
    Card,
    Category,
    Commands,
    Demonstration,
    FactKind,
    Fields,
    Grant,
    ImportKind,
    Job,
    MenuItem,
    Module,
    Page,
    Permission,
    Relationship,
    Role,
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
    categories: dict[str, Category]
    grants: tuple[Grant, ...]
    fields: dict[str, Fields]
    facts: dict[str, FactKind]
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
        categories=_collect(found, "categories", problems),
        grants=_with_defaults(found),
        fields=_collect(found, "fields", problems, key="model"),
        facts=_collect(found, "facts", problems),
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


def _with_defaults(modules: list[Module]) -> tuple[Grant, ...]:
    defaults = [
        Grant(category.code, reader, detail)
        for module in modules
        for category in module.categories
        for reader, detail in category.defaults.items()
    ]
    return (*defaults, *(grant for module in modules for grant in module.grants))


def _unknown(code: str, known: Iterable[str], where: str) -> str:
    near = difflib.get_close_matches(code, list(known), n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"{where} names {code!r}, which nobody declares.{hint}"


def _cross_references(registry: Registry) -> Iterator[str]:
    yield from _page_problems(registry)
    for permission in registry.permissions.values():
        for role in permission.roles:
            if role not in registry.roles:
                yield _unknown(role, registry.roles, f"permission {permission.code!r}")
    readers = set(registry.relationships) | {f"role:{code}" for code in registry.roles}
    for grant in registry.grants:
        if grant.reader not in readers:
            yield _unknown(grant.reader, readers, f"what is seen of {grant.category!r}")
        if grant.category not in registry.categories:
            yield _unknown(grant.category, registry.categories, f"a grant to {grant.reader!r}")
    for fields in registry.fields.values():
        for name, code in fields.categories.items():
            if code not in registry.categories:
                yield _unknown(code, registry.categories, f"field {fields.model}.{name}")
    for fact in registry.facts.values():
        if fact.category not in registry.categories:
            yield _unknown(fact.category, registry.categories, f"fact {fact.code!r}")
    for kind in registry.imports.values():
        if kind.permission not in registry.permissions:
            yield _unknown(kind.permission, registry.permissions, f"import {kind.code!r}")


def _page_problems(registry: Registry) -> Iterator[str]:
    for page in registry.pages.values():
        if page.portal not in PORTALS:
            yield _unknown(page.portal, PORTALS, f"page {page.name!r}")
        if page.permission and page.permission not in registry.permissions:
            yield _unknown(page.permission, registry.permissions, f"page {page.name!r}")
        if not page.permission and not page.open_to_portal and page.portal != "public":
            yield f"page {page.name!r} has no policy: give a permission, or say open_to_portal."
    for item in registry.menu:
        if item.page not in registry.pages:
            yield _unknown(item.page, registry.pages, f"menu item {item.label!s}")


def _missing_functions(registry: Registry) -> Iterator[str]:
    wanted = [(f"page {p.name!r}", p.view) for p in registry.pages.values()]
    wanted += [(f"job {j.code!r}", j.run) for j in registry.jobs.values()]
    wanted += [(f"relationship {r.code!r}", r.find) for r in registry.relationships.values()]
    wanted += [(f"import {i.code!r}", i.apply) for i in registry.imports.values()]
    wanted += [("card", c.build) for c in registry.cards]
    wanted += [("commands", c.group) for c in registry.commands]
    wanted += [("demonstration", d.run) for d in registry.demonstration]
    for where, path in wanted:
        try:
            import_string(path)
        except ImportError as error:
            yield f"{where} points to {path!r}, which cannot be found ({error})."
