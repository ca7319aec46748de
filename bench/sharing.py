"""What sharing costs: a child's page and a list of 200 children, against the same pages for eyes that see everything.

The eyes that see everything ask no rule, no decision and no relationship, and still leave the look in the trail: what is
measured is deciding who sees what, and nothing else.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from bench.cell import Cell, Row, together
from bench.installation import installation

Result = tuple[list[Row], dict[str, Any]]
CHILDREN = 200
ONE_DOES = 1.3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This area has no options."""


def cells(options: argparse.Namespace) -> Iterator[Cell]:  # noqa: ARG001
    """One cell on SQLite: on a server the queries cost the same, and the server's own share hides the deciding."""
    yield Cell("pages", f"sqlite: a child’s page, and a list of {CHILDREN}, with and without sharing")


def pages() -> Result:
    """Both pages as a caseworker and as a teacher of the school, each beside the page that decides nothing."""
    with installation("sqlite"):
        scene = import_module("bench.sharing_scene").make(CHILDREN)
        rows = [
            row
            for who in ("caseworker", "designated_teacher")
            for row in (*_measured(scene, who), _fixed(scene, who))
        ]
    return rows, {"children": CHILDREN}


def _measured(scene: Any, who: str) -> Iterator[Row]:
    for what, page in (("a child’s page", scene.child_page), (f"a list of {CHILDREN}", scene.list_page)):
        ours, floor = together(lambda p=page: p(who), lambda p=page: _without_sharing(scene, p, who))
        note = f"{ours * 1e3:.1f} ms against {floor * 1e3:.1f} ms"
        yield Row(
            "SH", f"{what}, {who}", "the same page that decides nothing", ours / floor, "<=", ONE_DOES, note
        )


def _fixed(scene: Any, who: str) -> Row:
    """Queries for 200 children less those for one."""
    many, one = scene.queries(who, CHILDREN), scene.queries(who, 1)
    note = f"{many} queries for {CHILDREN}, {one} for one"
    return Row("SH", f"queries that a longer list adds, {who}", "", many - one, "==", 0, note, gate=True)


def _without_sharing(scene: Any, page: Callable[[str], Any], who: str) -> Any:
    with scene.eyes_that_see_everything():
        return page(who)


CELLS = {"pages": pages}
