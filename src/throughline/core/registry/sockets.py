"""The sockets: everything a module may declare, one class each.

Functions are named by dotted path (``throughline.modules.admissions.pages.rounds.board``), so that declaring a module
imports nothing; every path is resolved when the registry is checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, get_args

from .keeping import PartRow as PartRow
from .keeping import RecordPart as RecordPart
from .keeping import RetentionClass as RetentionClass
from .keeping import Text as Text

Portal = Literal[
    "staff", "family", "young_person", "school", "professional", "provider", "signed_in", "public"
]
PORTALS: tuple[Portal, ...] = get_args(Portal)
"""``signed_in`` is for a page that everybody who is signed in has, whatever their portal; ``public`` asks nobody."""

Sensitivity = Literal["open", "personal", "special", "restricted", "sealed"]
"""``restricted`` is held back to keep somebody safe; ``sealed`` besides is opened by no emergency."""

Detail = Literal["none", "exists", "summary", "full", "contribute"]


@dataclass(frozen=True)
class Permission:
    """Something a person may be allowed to do. ``roles`` hold it from the first day; an authority may change that."""

    code: str
    label: Text
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Role:
    """A starter role: what somebody is here to do, in a plain sentence.

    ``reach`` names the relationship that must hold between its holder and a child before the role counts as a reader
    of that child's record: a designated teacher is one only for the pupils of the school they work at. Empty: every
    child of the authority.
    """

    code: str
    label: Text
    description: Text
    portal: Portal = "staff"
    reach: str = ""


@dataclass(frozen=True)
class Relationship:
    """A way a viewer can stand to a child.

    ``find(viewer, child_ids) -> Mapping[UUID, bool]`` names the children for whom it holds, in a fixed number of
    queries. ``portal``: the only one whose people can stand so; empty where those of several can. ``is_reader``: whether
    rules may name it; where not, it says only that somebody is still anything to the child.
    """

    code: str
    label: Text
    find: str
    portal: str = ""
    is_reader: bool = True


@dataclass(frozen=True)
class Lending:
    """Categories shown to a viewer about a child for as long as something lasts, whatever their role.

    ``find(viewer, child_ids) -> Mapping[UUID, Iterable[str]]`` names the categories, in a fixed number of queries. What
    is restricted or sealed is never lent, and a decision to withhold something from this very person stands.
    """

    code: str
    label: Text
    find: str


@dataclass(frozen=True)
class Category:
    """A kind of information about a person: how sensitive, for what purpose, on what legal basis.

    Who sees how much of it from the first day stands in ``core/sharing/defaults.toml``, one file with an owner; a
    module that comes from elsewhere says it with ``Grant``. ``of_others`` marks what is about people other than the
    child, which a subject access pack made for the child leaves out.
    """

    code: str
    label: Text
    sensitivity: Sensitivity
    purpose: Text = ""
    basis: str = ""
    of_others: bool = False


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
class DocumentKind:
    """A kind of document that can be put on a child's record. ``category`` guards it: who sees that, reads these."""

    code: str
    label: Text
    category: str


@dataclass(frozen=True)
class EntryKind:
    """A kind of line in a child's story: a whole sentence with ``%(name)s`` places, and the category that guards it.

    ``group`` is what a reader filters by: school, family, health, decisions and so on.
    """

    code: str
    label: Text
    sentence: Text
    category: str
    group: Text = ""


@dataclass(frozen=True)
class AlertKind:
    """Something a team should look at: the sentence, and the permission of those who look at it.

    The sentence holds nothing about a person; who it is about is shown to those who may see them.
    """

    code: str
    label: Text
    sentence: Text
    permission: str
    urgent: bool = False


@dataclass(frozen=True)
class Criterion:
    """A figure that decides when an alert is raised or a reminder is sent; an authority sets its own, from a day on.

    ``label`` ends where the figure and its ``unit`` would follow. It may be moved from ``least`` to ``most`` and no
    further: what protects people can be tuned and not switched off. ``because`` says on what the ``first`` figure rests.
    """

    code: str
    label: Text
    unit: Text
    first: int
    least: int
    most: int
    because: Text


@dataclass(frozen=True)
class RequestKind:
    """Something asked of a person or an organisation by a date.

    ``page`` names the page that answers it, with ``request_id`` as its argument; without one, it is answered in words on
    the request's own page. ``needs`` are the categories that the person asked is shown for as long as it is open: the
    least that answering takes.
    """

    code: str
    label: Text
    asks: Text
    days: int
    page: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tab:
    """A page of a module's on the child's page. Its address has ``child_id`` as its only argument.

    ``category``: shown to those who may see at least that something of this kind exists.
    """

    label: Text
    page: str
    category: str
    order: int = 50


@dataclass(frozen=True)
class MergeRule:
    """What happens to a module's rows when two records of one child become one, where moving them is not enough.

    ``check(kept, gone) -> list[str]`` says in sentences why the two cannot be merged yet; an empty list lets them.
    """

    check: str


@dataclass(frozen=True)
class Disclosed:
    """One entry of a subject access pack: labels with words. ``key`` tells it from the module's others."""

    key: str
    category: str
    title: Text
    fields: tuple[tuple[Text, str], ...]


@dataclass(frozen=True)
class Disclosure:
    """What a module adds to a subject access pack beyond its rows with declared fields.

    ``collect(child_id) -> Iterable[Disclosed]``. Each is guarded by its category as a row's fields are, and other people's
    names are taken out of its words: what it adds is withheld and reviewed like everything else.
    """

    collect: str


@dataclass(frozen=True)
class MessageKind:
    """A kind of message to people, and what they may choose about it.

    ``statutory``: the law makes us tell them, so nobody can turn it off. ``urgent``: it does not wait for the morning.
    ``document``: its letter is the document itself, so it may name the child; no other message ever does.
    """

    code: str
    label: Text
    statutory: bool = False
    urgent: bool = False
    document: bool = False


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
    which moves it to the top; ``urgent`` moves it
    there too, and makes its tag stand out.
    """

    title: Text
    link: str
    text: Text = ""
    count: int | None = None
    tag: Text = ""
    due: date | None = None
    urgent: bool = False


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
    ``with_people`` runs it when those to sign in as are there, because it is about what they do.
    """

    run: str
    order: int = 50
    with_people: bool = False


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
    lendings: tuple[Lending, ...] = ()
    categories: tuple[Category, ...] = ()
    grants: tuple[Grant, ...] = ()
    fields: tuple[Fields, ...] = ()
    facts: tuple[FactKind, ...] = ()
    document_kinds: tuple[DocumentKind, ...] = ()
    entries: tuple[EntryKind, ...] = ()
    alerts: tuple[AlertKind, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    requests: tuple[RequestKind, ...] = ()
    tabs: tuple[Tab, ...] = ()
    retention: tuple[RetentionClass, ...] = ()
    parts: tuple[RecordPart, ...] = ()
    on_merge: tuple[MergeRule, ...] = ()
    on_subject_access: tuple[Disclosure, ...] = ()
    message_kinds: tuple[MessageKind, ...] = ()
    jobs: tuple[Job, ...] = ()
    pages: tuple[Page, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    cards: tuple[Card, ...] = ()
    imports: tuple[ImportKind, ...] = ()
    commands: tuple[Commands, ...] = ()
    demonstration: tuple[Demonstration, ...] = ()
