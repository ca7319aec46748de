"""Short references that people can read out: no vowels, so no words; no letters that look like figures."""

from __future__ import annotations

import secrets

ALPHABET = "23456789BCDFGHJKMNPQRTVWXZ"


def new_reference(prefix: str, length: int = 7) -> str:
    """A fresh random reference such as ``C-7QK3M9T``; a table's unique column has the last word."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))
