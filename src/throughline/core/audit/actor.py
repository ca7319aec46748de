"""Who is acting, and from where: known to the trail, whatever the door they came through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class Actor(Protocol):
    """Whoever does or looks at something. A signed-in person, a command at the console, or Throughline itself."""

    @property
    def actor_id(self) -> UUID | None: ...

    @property
    def actor_label(self) -> str: ...

    def may(self, permission: str) -> bool: ...


class Refused(PermissionError):
    """The actor may not do this. The doors answer it exactly as they answer something that does not exist."""


def require(by: Actor, permission: str) -> None:
    """The first line of every action.

    Raises:
        Refused: when the actor may not do it.
    """
    if not by.may(permission):
        raise Refused(f"{by.actor_label} may not do this ({permission}).")


@dataclass(frozen=True)
class Trusted:
    """Throughline itself (background work), or an operator at the machine's own command line."""

    actor_label: str
    actor_id: UUID | None = None

    def may(self, permission: str) -> bool:  # noqa: ARG002
        return True


THROUGHLINE = Trusted("Throughline")


@dataclass(frozen=True)
class Origin:
    """Where a request came from."""

    session: str = ""
    address: str = ""


NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def origin() -> Origin:
    return _origin.get()


@contextmanager
def acting_from(session: str, address: str) -> Iterator[None]:
    """Everything recorded inside carries this session and network address."""
    token = _origin.set(Origin(session, address))
    try:
        yield
    finally:
        _origin.reset(token)
