"""The sockets: everything a module may declare, one class each.

Functions are named by dotted path (``throughline.modules.admissions.pages.rounds.board``), so that declaring a module
imports nothing; every path is resolved when the registry is checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from django.utils.functional import Promise

Text = str | Promise
"""Words for people: marked for translation where they are declared."""

Portal = Literal["staff", "family", "school", "professional", "provider", "signed_in", "public"]
PORTALS: tuple[Portal, ...] = ("staff", "family", "school", "professional", "provider", "signed_in", "public")
"""``signed_in`` is for a page that everybody who is signed in has, whatever their portal; ``public`` asks nobody."""

Sensitivity = Literal["open", "personal", "special", "restricted"]
Detail = Literal["none", "exists", "summary", "full", "contribute"]


@dataclass(frozen=True)
class Permission:
    """Something a person may be allowed to do. ``roles`` hold it from the first day; an authority may change that."""

    code: str
    label: Text
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Role:
    """A starter role: what somebody is here to do, in a plain sentence."""

    code: str
    label: Text
    description: Text
    portal: Portal = "staff"


@dataclass(frozen=True)
class Relationship:
    """A way a viewer can stand to a child.

    ``find(viewer, child_ids) -> Mapping[UUID, bool]`` names the children for whom it holds, in a fixed number of
    queries.
    """

    code: str
    label: Text
    find: str


@dataclass(frozen=True)
class Category:
    """A kind of information about a person, and who sees how much of it unless a local rule says otherwise.

    ``defaults`` maps a relationship or a role (``role:admissions_officer``) to a detail.
    """

    code: str
    label: Text
    sensitivity: Sensitivity
    defaults: Mapping[str, Detail] = field(default_factory=dict)
    purpose: Text = ""
    basis: str = ""


@dataclass(frozen=True)
class Grant:
    """How much of somebody else's category a module's own role or relationship sees, unless a local rule differs."""

    category: str
    reader: str
    detail: Detail


@dataclass(frozen=True)
class Fields:
    """Which category each field of a table belongs to. Every field about a person must appear here."""

    model: str
    categories: Mapping[str, str]


@dataclass(frozen=True)
class FactKind:
    """A standing fact about a child, kept on the shared record for every module to read."""

    code: str
    label: Text
    category: str
    names_school: bool = False


@dataclass(frozen=True)
class Job:
    """Work for the background. ``every`` makes it recur; ``attempts`` is how often it is tried in all."""

    code: str
    label: Text
    run: str
    every: timedelta | None = None
    attempts: int = 3


@dataclass(frozen=True)
class Page:
    """A page and its policy. No page is served, and no build passes, without one.

    ``permission`` may be empty only where ``open_to_portal`` says that everyone signed in to the portal may open it,
    or where the portal is public. ``about`` names the path argument that stands for a person's affairs, and how.
    """

    name: str
    path: str
    view: str
    portal: Portal
    permission: str = ""
    open_to_portal: bool = False
    about: str = ""


@dataclass(frozen=True)
class MenuItem:
    """A line in a portal's navigation."""

    portal: Portal
    label: Text
    page: str
    order: int = 50


@dataclass(frozen=True)
class HomeItem:
    """One thing on a home page: where it leads, and what makes it worth going there now.

    ``count`` is a number worth seeing before opening it; ``tag`` a status in words; ``due`` the day it must be done by,
    which moves it to the top.
    """

    title: Text
    link: str
    text: Text = ""
    count: int | None = None
    tag: Text = ""
    due: date | None = None


@dataclass(frozen=True)
class Card:
    """Something on a portal's home page: ``build(viewer) -> list[HomeItem]``. On the public start page, ``viewer`` is none."""

    portal: Portal
    build: str
    order: int = 50


@dataclass(frozen=True)
class ImportKind:
    """A file format that can be brought in.

    ``apply(data, *, by, options) -> Counts`` reads the file and writes the differences in one change; it raises
    ``FileRefused`` when the file is not what it claims. ``options`` names what may be chosen, each with its words.
    """

    code: str
    label: Text
    permission: str
    apply: str
    options: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Demonstration:
    """A module's part of the demonstration authority; lower ``order`` first.

    ``run(town, report) -> Mapping[str, int]`` says what it made: words and how many. It may be run again after a stop.
    """

    run: str
    order: int = 50


@dataclass(frozen=True)
class Commands:
    """A group of commands for the ``throughline`` command line."""

    group: str


@dataclass(frozen=True)
class Module:
    """Everything one module (or one core room) adds. Unknown codes fail at start-up with the nearest spelling."""

    code: str
    label: Text
    permissions: tuple[Permission, ...] = ()
    roles: tuple[Role, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    categories: tuple[Category, ...] = ()
    grants: tuple[Grant, ...] = ()
    fields: tuple[Fields, ...] = ()
    facts: tuple[FactKind, ...] = ()
    jobs: tuple[Job, ...] = ()
    pages: tuple[Page, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    cards: tuple[Card, ...] = ()
    imports: tuple[ImportKind, ...] = ()
    commands: tuple[Commands, ...] = ()
    demonstration: tuple[Demonstration, ...] = ()
