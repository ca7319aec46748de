"""What several schools mean by one fact, when a family is asked about it once for all of them."""

from __future__ import annotations

from collections.abc import Iterable

from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.facts import fact_named
from throughline.rules.allocation.statement import statement

from .questions import counts_for
from .statement import sentence_words


def meaning_at(fact: str, arrangement: Arrangement) -> str:
    """What one school means by the fact: its published definition, or whom it gives priority to for want of one."""
    known = fact_named(fact)
    code = f"define_{known.define}" if known and known.define else ""
    said = [sentence_words(each, arrangement) for each in statement(arrangement) if each.code == code]
    # A definition covers every qualifier at once, so it cannot tell two of them apart.
    if ":" in fact or not any(said):
        return counts_for(fact, arrangement.details)
    return " ".join(said)


def differ(facts: Iterable[tuple[str, Arrangement]]) -> bool:
    """Whether the schools mean different things, so that each needs its own words."""
    meanings = {
        (counts_for(fact, arrangement.details), meaning_at(fact, arrangement)) for fact, arrangement in facts
    }
    return len(meanings) > 1
