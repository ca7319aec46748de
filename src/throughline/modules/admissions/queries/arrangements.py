"""Arrangements in force, as the kernel's data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from throughline.core.access.viewer import Refused, require
from throughline.core.audit.actor import Actor
from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.arrangement_data import arrangement_from_data
from throughline.rules.allocation.statement import needed_facts

from ..models import Arrangements, Round


@dataclass(frozen=True)
class InForce:
    """One school's arrangements for a round: the row, the kernel's form, and the facts they need."""

    row: Arrangements
    arrangement: Arrangement
    facts: frozenset[str]

    @property
    def school_id(self) -> UUID:
        return self.row.school_id

    def urns(self, fact: str) -> frozenset[str]:
        """Schools, by URN, that establish a fact here: feeders, a linked school, a nursery."""
        found = self.row.resolves.get(fact, [])
        return frozenset(str(urn) for urn in found)


def arrangements_in_force(round: Round) -> dict[UUID, InForce]:
    """Every school's arrangements in a round, by school, in the order of the schools' names."""
    rows = (
        Arrangements.objects.filter(round=round, in_force=True)
        .select_related("school")
        .order_by("school__name", "id")
    )
    return {row.school_id: in_force(row) for row in rows}


def in_force(row: Arrangements) -> InForce:
    """One row in the kernel's form."""
    arrangement, facts = _read(row.pk, row.version, _frozen(row.data))
    return InForce(row, arrangement, facts)


def arrangements_of(viewer: Actor, round: Round, school_id: UUID) -> InForce:
    """One school's arrangements, for an officer.

    Raises:
        Refused: when there are none, or the viewer may not see rounds: answered alike.
    """
    require(viewer, "admissions.see_rounds")
    row = (
        Arrangements.objects.filter(round=round, school_id=school_id, in_force=True)
        .select_related("school")
        .first()
    )
    if row is None:
        raise Refused("No such arrangements.")
    return in_force(row)


def versions_of(viewer: Actor, round: Round, school_id: UUID) -> list[Arrangements]:
    """Every version a school has had for a round, latest first."""
    require(viewer, "admissions.see_rounds")
    return list(Arrangements.objects.filter(round=round, school_id=school_id).order_by("-version"))


class _Frozen:
    """A row's data as a cache key: two readings of one version are the same."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and other.data == self.data


def _frozen(data: dict[str, Any]) -> _Frozen:
    return _Frozen(data)


@lru_cache(maxsize=2_000)
def _read(_row: UUID, _version: int, frozen: _Frozen) -> tuple[Arrangement, frozenset[str]]:
    arrangement = arrangement_from_data(frozen.data)
    return arrangement, frozenset(needed_facts(arrangement))
