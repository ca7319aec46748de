"""Kinds that other rooms choose from."""

from .models import Sibling, Tie

SIBLING_KINDS: dict[str, str] = dict(Sibling.Kind.choices)
TIE_KINDS: dict[str, str] = dict(Tie.Kind.choices)
