"""JSON kept as the text that was written."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

# Made once: the same for every value.
_encode = DjangoJSONEncoder(separators=(",", ":")).encode


class WrittenJSON(models.TextField):  # type: ignore[type-arg]
    """JSON stored as text, so that both databases keep the same characters.

    A JSON column of PostgreSQL keeps the meaning and writes it anew: a seal over it would not survive a move between
    databases. Nothing is searched inside these values, so nothing is lost.
    """

    # For the type checker: anything that JSON can hold goes in and comes out.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_: Any) -> Any:
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else as_written(value)


def as_written(value: Any) -> str:
    """A value as the trail writes it: ASCII, so that no control character can stand in it."""
    return _encode(value)
