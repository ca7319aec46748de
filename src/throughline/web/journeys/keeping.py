"""Where a journey's answers are kept, and what happens when somebody else has saved meanwhile."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest


class SavedElsewhere(Exception):
    """The answers were saved elsewhere after this page was opened; nothing was written."""


class Keeper(Protocol):
    """Keeps one person's answers to one journey."""

    @property
    def answers(self) -> Mapping[str, Any]: ...

    @property
    def edition(self) -> int: ...

    def keep(self, slug: str, answer: Mapping[str, Any], edition: int) -> None:
        """Keep one answer; ``SavedElsewhere`` when the edition is no longer the latest."""

    def reload(self) -> None:
        """Read again what is kept."""


class SessionKeeper:
    """Answers kept in the visit, for what is not yet anything on the record. One visit is one device: never overtaken."""

    edition = 0

    def __init__(self, request: HttpRequest, name: str) -> None:
        self._session, self._name = request.session, name

    @property
    def answers(self) -> dict[str, Any]:
        held: dict[str, Any] = self._session.get(self._name, {})
        return held

    def keep(self, slug: str, answer: Mapping[str, Any], edition: int) -> None:  # noqa: ARG002
        self._session[self._name] = {**self.answers, slug: plain(answer)}

    def reload(self) -> None:
        """There is nothing to read again: nobody else writes here."""

    def forget(self) -> None:
        """Everything has been done with the answers."""
        self._session.pop(self._name, None)


def plain(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer as JSON keeps it: dates as text."""
    kept: dict[str, Any] = json.loads(json.dumps(dict(answer), cls=DjangoJSONEncoder))
    return kept


def mark_of(answer: Any) -> str:
    """A short mark of an answer, to tell whether this very question was answered elsewhere meanwhile."""
    text = json.dumps(answer, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
