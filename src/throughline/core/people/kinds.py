"""Kinds that other rooms choose from."""

from typing import Any

from .models import Sibling, Tie

SIBLING_KINDS: dict[str, Any] = dict(Sibling.Kind.choices)
TIE_KINDS: dict[str, Any] = dict(Tie.Kind.choices)
