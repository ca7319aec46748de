"""How an XML element and a typed value answer one another, as data: one description serves the reader and the writer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

LeafKind = Literal["text", "marks", "date", "moment", "flag", "whole"]
"""``marks`` is text whose blanks mean something; ``flag`` is true or false; ``moment`` a day and a time."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """An element with a value in it."""

    tag: str
    name: str
    kind: LeafKind = "text"


@dataclass(frozen=True, slots=True)
class Part:
    """An element with elements in it, at most once."""

    tag: str
    name: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Many:
    """Elements that repeat, within an element of their own (``outer``) or straight among the others.

    ``shape`` None means that each holds a text. With an ``outer``, None is "not sent" and empty is "none"; without one
    the two cannot be told apart and the value is empty.
    """

    tag: str
    name: str
    shape: Shape | None = None
    outer: str = ""


@dataclass(frozen=True)
class Shape:
    """A typed value and its elements, in the order in which they are written."""

    make: Callable[..., Any]
    parts: tuple[Leaf | Part | Many, ...]

    @cached_property
    def by_tag(self) -> dict[str, Leaf | Part | Many]:
        """The parts by the tag they begin with."""
        return {(part.outer or part.tag) if isinstance(part, Many) else part.tag: part for part in self.parts}
