"""Kinds of message, as modules declare them."""

from __future__ import annotations

from ..registry.assembly import installed
from ..registry.sockets import MessageKind


def kind_of(code: str) -> MessageKind:
    """The kind that was declared under a code. One that nobody declares waits for the morning and may name nobody."""
    return installed().message_kinds.get(code) or MessageKind(code, code)


def kinds_to_choose() -> list[MessageKind]:
    """The kinds that people may choose about, by their words."""
    return sorted(
        (k for k in installed().message_kinds.values() if not k.statutory), key=lambda k: str(k.label)
    )


def statutory_kinds() -> list[MessageKind]:
    """The kinds that are always sent, by their words."""
    return sorted((k for k in installed().message_kinds.values() if k.statutory), key=lambda k: str(k.label))
