"""Whom each row of a file is taken to mean. What is not certain is asked, and never guessed.

Source: data standards section 0.2. A sound and permanent pupil number first, where name or birth do not speak against it;
then a former number; then a person decides by name, birth and postcode. Two rows of one child, and one number for two
children, are questions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from throughline.rules.matching import Band, fold

from ...people.models import Child
from ...people.search import Match, match_many
from ..proposal_tables import ProposedChild
from .said import Said, identity_of

Decision = ProposedChild.Decision


@dataclass(frozen=True, slots=True)
class Taken:
    """Whom a row is taken to mean, why, and who else it may be. ``again``: another row means the same child already."""

    decision: str
    because: str
    child_id: UUID | None = None
    band: str = ""
    candidates: list[dict[str, Any]] = field(default_factory=list)
    again: bool = False


def take(rows: Sequence[Said], *, nhs_number_is_lawful: bool) -> list[Taken]:
    """Whom each of these rows means, as far as it is certain. All rows of a part of the file at once."""
    identities = [identity_of(row, with_nhs_number=nhs_number_is_lawful) for row in rows]
    matches = match_many(identities, nhs_number_is_lawful=nhs_number_is_lawful)
    bearers = _bearers(row.get("upn", "") for row in rows)
    return [_one(row, found, bearers) for row, found in zip(rows, matches, strict=True)]


def rows_at_odds(rows: Sequence[Said]) -> dict[int, str]:
    """Rows that cannot be taken one by one, by their place: several of one child at one school, or one number for two."""
    by_number: dict[str, list[int]] = defaultdict(list)
    by_self: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if row.get("upn"):
            by_number[row["upn"]].append(at)
        if row.get("born") and row.get("surname"):
            by_self[(*_names(row), row["born"])].append(at)
    odd: dict[int, str] = {}
    for places in by_self.values():
        schools = Counter((rows[at].get("school", ""), rows[at].get("on_roll", True)) for at in places)
        if len(places) > 1 and (
            max(schools.values()) > 1 or len({rows[a].get("upn", "") for a in places}) > 1
        ):
            odd |= dict.fromkeys(places, "two_rows")
    for places in by_number.values():
        # One child may stand twice under one number: at a main school and at a second one.
        if len({(_names(rows[at])[1], rows[at].get("born")) for at in places}) > 1:
            odd |= dict.fromkeys(places, "number_of_two")
    return odd


def _one(row: Said, found: Sequence[Match], bearers: Mapping[str, list[UUID]]) -> Taken:
    candidates = [_kept(match) for match in found]
    holders = bearers.get(row.get("upn", ""), [])
    known = {match.child_id for match in found}
    candidates += [_bearer(key) for key in holders if key not in known]
    if len(holders) > 1:
        return Taken(Decision.ASKED, "number_twice", candidates=candidates)
    if holders:
        sure = next((m for m in found if m.child_id == holders[0]), None)
        if sure and sure.likeness.band in (Band.SAME, Band.LIKELY):
            return Taken(Decision.MATCH, "upn", holders[0], sure.likeness.band, candidates)
        return Taken(Decision.ASKED, "number_of_another", candidates=candidates)
    former = [m for m in found if "upn_former" in m.likeness.codes and m.likeness.band is Band.SAME]
    if len(former) == 1:
        return Taken(Decision.MATCH, "former_upn", former[0].child_id, Band.SAME, candidates)
    if found:
        return Taken(Decision.ASKED, "alike", None, found[0].likeness.band, candidates)
    if not (row.get("born") and row.get("forename") and row.get("surname")):
        return Taken(Decision.IGNORE, "not_enough")
    return Taken(Decision.NEW, "nobody")


def _bearers(numbers: Iterable[str]) -> dict[str, list[UUID]]:
    wanted = sorted({number for number in numbers if number})
    found: dict[str, list[UUID]] = defaultdict(list)
    for at in range(0, len(wanted), 500):
        rows = Child.objects.filter(upn__in=wanted[at : at + 500], merged_into__isnull=True)
        for upn, key in rows.filter(sealed_later__isnull=True).values_list("upn", "pk"):
            found[upn].append(key)
    return found


def _kept(match: Match) -> dict[str, Any]:
    likeness = match.likeness
    return {
        "child": str(match.child_id),
        "score": likeness.score,
        "band": likeness.band.value,
        "reasons": [reason.code for reason in likeness.reasons],
    }


def _bearer(key: UUID) -> dict[str, Any]:
    """The number's bearer, of whom everything else speaks against being this child."""
    return {"child": str(key), "score": 0, "band": Band.DIFFERENT.value, "reasons": ["upn_same"]}


def _names(row: Said) -> tuple[str, str]:
    return fold(row.get("forename", "")), fold(row.get("surname", ""))
