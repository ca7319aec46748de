"""Arrangements while an officer writes them: kept in the page itself, so nothing typed is lost and nothing is half saved.

The draft is the data of ``rules.allocation.arrangement_data``. Every operation takes it from one sound shape to
another; whether it is lawful is asked of the Code check alone.
"""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass, field
from typing import Any

from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.arrangement_data import (
    arrangement_from_data,
    arrangement_to_data,
)
from throughline.rules.allocation.facts import FACTS, LOOKED_AFTER, base_name, fact_named, fact_uses

EVERYONE = "everyone"
LOOKED_AFTER_ALL = "looked_after_all"
PARTS = ("all_of", "any_of", "none_of")


class DraftLost(ValueError):
    """What the page sent back is not a draft of arrangements. The officer starts again from what is in force."""


@dataclass
class Draft:
    """Arrangements being written.

    Attributes:
        data: as plain data.
        resolves: what establishes facts here.
        after_version: the saved version it was begun from; 0 for none.
        editing: ``criteria:2`` or ``quotas:0`` while who it is for is being changed.
    """

    data: dict[str, Any]
    resolves: dict[str, Any] = field(default_factory=dict)
    after_version: int = 0
    editing: str = ""

    @property
    def arrangement(self) -> Arrangement:
        return arrangement_from_data(self.data)

    @property
    def details(self) -> dict[str, Any]:
        found: dict[str, Any] = self.data.setdefault("details", {})
        return found

    @property
    def edited(self) -> dict[str, Any] | None:
        """The criterion or share whose children are being chosen."""
        kind, _colon, at = self.editing.partition(":")
        rows = self.data.get(kind, [])
        return rows[int(at)] if at.isdigit() and int(at) < len(rows) else None

    def as_text(self) -> str:
        """The draft for the page's hidden field."""
        kept = {"data": self.data, "resolves": self.resolves, "after": self.after_version}
        return json.dumps({**kept, "editing": self.editing}, ensure_ascii=False)


def draft_of(
    arrangement: Arrangement, resolves: dict[str, Any] | None = None, after_version: int = 0
) -> Draft:
    """A draft that begins from arrangements."""
    return Draft(
        copy.deepcopy(arrangement_to_data(arrangement)), copy.deepcopy(resolves or {}), after_version
    )


def read_draft(text: str) -> Draft:
    """The draft that a page sends back.

    Raises:
        DraftLost: it is not one.
    """
    try:
        kept = json.loads(text)
        draft = Draft(dict(kept["data"]), dict(kept["resolves"]), int(kept["after"]), str(kept["editing"]))
        if draft.editing and not re.fullmatch(r"(criteria|quotas):[0-9]{1,3}", draft.editing):
            raise DraftLost("The draft edits nothing that it has.")
        if any(fact_named(name) is None for _where, name in fact_uses(arrangement_from_data(draft.data))):
            raise DraftLost("The draft uses a fact that there is not.")
    except (ValueError, KeyError, TypeError) as wrong:
        raise DraftLost("The page did not send a draft back.") from wrong
    return draft


def change_draft(draft: Draft, do: str, new_criterion: str, new_share: str) -> None:
    """Carry out one button: ``up:2``, ``down:2``, ``remove:criteria:2``, ``change:quotas:0``, ``add`` and so on."""
    verb, _colon, rest = do.partition(":")
    if verb in ("up", "down") and rest.isdigit():
        _move(draft.data["criteria"], int(rest), -1 if verb == "up" else 1)
        draft.editing = ""
    elif verb == "remove":
        _remove(draft, rest)
    elif verb == "change":
        draft.editing = rest if re.fullmatch(r"(criteria|quotas):[0-9]{1,3}", rest) else ""
    elif verb == "keep":
        draft.editing = ""
    elif verb == "add" and new_criterion:
        _add_criterion(draft, new_criterion)
    elif verb == "add_share" and new_share:
        _add_share(draft, new_share)


def add_name(draft: Draft, kind: str, name: str) -> None:
    """A new named place or school that criteria can then ask for: ``parish:st_aldate``."""
    slug = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:40]
    fact = fact_named(kind)
    if slug and fact is not None and fact.qualified:
        draft.details.setdefault("names", {})[f"{kind}:{slug}"] = name.strip()


def fact_names(draft: Draft) -> list[str]:
    """Every fact that can be chosen: the vocabulary, the named places of this draft, and what it uses already."""
    names = [fact.name for fact in FACTS]
    names += [name for name in draft.details.get("names", {}) if fact_named(name) is not None]
    names += [name for _where, name in fact_uses(draft.arrangement)]
    order = {fact.name: at for at, fact in enumerate(FACTS)}
    return sorted(dict.fromkeys(names), key=lambda name: (order.get(base_name(name), 99), name))


def _move(rows: list[Any], at: int, by: int) -> None:
    if 0 <= at < len(rows) and 0 <= at + by < len(rows):
        rows[at], rows[at + by] = rows[at + by], rows[at]


def _remove(draft: Draft, which: str) -> None:
    kind, _colon, at = which.partition(":")
    rows = draft.data.get(kind, [])
    if kind in ("criteria", "quotas") and at.isdigit() and int(at) < len(rows):
        del rows[int(at)]
        draft.editing = ""


def _who(chosen: str) -> dict[str, list[str]]:
    if chosen == LOOKED_AFTER_ALL:
        return {"any_of": list(LOOKED_AFTER)}
    return {} if chosen == EVERYONE else {"all_of": [chosen]}


def _add_criterion(draft: Draft, chosen: str) -> None:
    rows = draft.data.setdefault("criteria", [])
    row: dict[str, Any] = {"code": free_code(rows, chosen)}
    if _who(chosen):
        row["who"] = _who(chosen)
    # Before the one for everyone, where it can still decide something.
    last = len(rows) - 1 if rows and not rows[-1].get("who") and chosen != EVERYONE else len(rows)
    rows.insert(0 if chosen == LOOKED_AFTER_ALL else last, row)
    draft.editing = ""


def _add_share(draft: Draft, chosen: str) -> None:
    rows = draft.data.setdefault("quotas", [])
    rows.append({"code": free_code(rows, chosen), "who": _who(chosen), "places": 1})
    draft.editing = ""


def free_code(rows: list[Any], chosen: str) -> str:
    """A short name that no other row of the list has."""
    plain = {EVERYONE: "other", LOOKED_AFTER_ALL: "looked_after"}.get(chosen, chosen)
    stem = re.sub(r"[^a-z0-9_]+", "_", plain)
    taken = {row.get("code") for row in rows}
    number = 1
    while (code := stem if number == 1 else f"{stem}_{number}") in taken:
        number += 1
    return code
