"""The sentence of a line: its kind's words with the facts put in their places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format

from ..registry.assembly import Registry
from ..registry.sockets import EntryKind, FactKind, Role

ISO, ISO_LENGTH = re.compile(r"\d{4}-\d\d-\d\d"), 10


def sentence(registry: Registry, kind: EntryKind, facts: Mapping[str, Any]) -> str:
    """A whole sentence in the reader's language; the kind's label where a fact it needs was never written."""
    return filled(registry, str(kind.sentence), str(kind.label), facts)


def filled(registry: Registry, words: str, label: str, facts: Mapping[str, Any]) -> str:
    """The same for words that have been translated: once for a page, rather than for each of its lines."""
    try:
        return words % _words(registry, facts)
    except (KeyError, ValueError, TypeError):
        return label


def _words(registry: Registry, facts: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: _plain(value) for name, value in facts.items()}
    # What was written as words when it happened is said in the reader's language where its code is still known.
    both: tuple[tuple[str, Mapping[str, FactKind | Role]], ...]
    both = (("fact", registry.facts), ("role", registry.roles))
    for name, known in both:
        declared = known.get(facts.get(f"{name}_code", ""))
        if declared is not None:
            found[name] = str(declared.label)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, str) and len(value) == ISO_LENGTH and ISO.fullmatch(value):
        return date_format(date.fromisoformat(value), "j F Y", use_l10n=False)
    return value
