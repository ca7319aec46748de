"""What modules declare is checked before anything starts."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from throughline.core.registry.assembly import RegistryError, assemble
from throughline.core.registry.sockets import (
    AlertKind,
    Category,
    EntryKind,
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

HERE = "django.shortcuts.render"
CLERK = Role("clerk", "Clerk", "Keeps the list.")
SEE = Permission("library.see", "See the library", roles=("clerk",))
NEIGHBOUR = Relationship("neighbour", "Somebody next door", HERE)
SHELF = Page("library.shelf", "library/", HERE, "staff", permission="library.see")


def library(**sockets: Any) -> Module:
    """A made-up module that fits, with whatever a test changes."""
    fitting: dict[str, Any] = {"roles": (CLERK,), "permissions": (SEE,), "pages": (SHELF,)}
    return Module(code="library", label="Library", **{**fitting, **sockets})


def problems(*modules: Module) -> str:
    with pytest.raises(RegistryError) as raised:
        assemble(modules)
    return str(raised.value)


def test_modules_that_fit_are_assembled() -> None:
    registry = assemble([library()])
    assert registry.pages["library.shelf"] is SHELF
    assert registry.modules["library"].label == "Library"


def test_the_registry_is_sealed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        assemble([library()]).pages = {}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("sockets", "meant"),
    [
        ({"pages": (dataclasses.replace(SHELF, permission="library.sea"),)}, "library.see"),
        ({"permissions": (dataclasses.replace(SEE, roles=("clark",)),)}, "clerk"),
        ({"menu": (MenuItem("staff", "Shelf", "library.shelv"),)}, "library.shelf"),
        (
            {
                "categories": (Category("library.loan", "Loans", "personal"),),
                "grants": (Grant("library.loan", "role:clerc", "full"),),
            },
            "role:clerk",
        ),
        (
            {"roles": (dataclasses.replace(CLERK, reach="neighbor"),), "relationships": (NEIGHBOUR,)},
            "neighbour",
        ),
        ({"alerts": (AlertKind("library.late", "Late", "A book is late.", "library.se"),)}, "library.see"),
        (
            {
                "categories": (Category("library.loan", "Loans", "personal"),),
                "entries": (EntryKind("library.lent", "Lent", "A book was lent.", "library.lone"),),
            },
            "library.loan",
        ),
        ({"imports": (ImportKind("books", "Books", "library.se", HERE),)}, "library.see"),
        (
            {
                "categories": (Category("library.loan", "Loans", "personal"),),
                "fields": (Fields("library.Loan", {"title": "library.lone"}),),
            },
            "library.loan",
        ),
    ],
)
def test_an_unknown_code_is_answered_with_the_nearest_spelling(sockets: dict[str, Any], meant: str) -> None:
    assert f"Did you mean {meant!r}?" in problems(library(**sockets))


def test_a_page_without_a_policy_is_refused() -> None:
    open_page = dataclasses.replace(SHELF, permission="")
    assert "has no policy" in problems(library(pages=(open_page,)))


def test_a_public_page_needs_no_permission() -> None:
    public = dataclasses.replace(SHELF, permission="", portal="public")
    assert assemble([library(pages=(public,))]).pages["library.shelf"].portal == "public"


def test_the_same_code_twice_is_refused() -> None:
    other = Module(code="shelves", label="Shelves", permissions=(SEE,))
    assert "'library.see' is declared twice" in problems(library(), other)


def test_a_function_that_is_not_there_is_refused() -> None:
    job = Job("library.count", "Count the books", "throughline.nowhere.count")
    assert "throughline.nowhere.count" in problems(library(jobs=(job,)))


def test_every_problem_is_told_at_once() -> None:
    said = problems(library(menu=(MenuItem("staff", "A", "library.a"), MenuItem("staff", "B", "library.b"))))
    assert "library.a" in said
    assert "library.b" in said
