"""A run's frozen arrays, read back. A run never changes, so its arrays are kept in memory once read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from uuid import UUID

from throughline.core.access.viewer import Refused, require
from throughline.core.audit.actor import Actor
from throughline.rules.allocation.outcome import Outcome
from throughline.rules.allocation.snapshot import Snapshot

from ..models import Round, Run


@dataclass(frozen=True)
class Frozen:
    """One run's snapshot and outcome, with where each child and school stands in them."""

    snapshot: Snapshot
    outcome: Outcome

    @cached_property
    def child_at(self) -> dict[str, int]:
        return {key: at for at, key in enumerate(self.snapshot.child_keys or ())}

    @cached_property
    def school_at(self) -> dict[str, int]:
        return {school.key: at for at, school in enumerate(self.snapshot.schools)}

    def child_key(self, at: int) -> UUID:
        return UUID((self.snapshot.child_keys or ())[at])


def frozen_of(run_id: UUID, digest: str) -> Frozen:
    """A completed run's arrays."""
    return _frozen(run_id, digest)


@lru_cache(maxsize=12)
def _frozen(run_id: UUID, _digest: str) -> Frozen:
    kept = Run.objects.values_list("snapshot", "outcome").get(pk=run_id)
    return Frozen(Snapshot.from_bytes(bytes(kept[0])), Outcome.from_bytes(bytes(kept[1])))


def runs_of(viewer: Actor, round: Round) -> list[Run]:
    """A round's runs, latest first, without their arrays."""
    require(viewer, "admissions.see_rounds")
    return list(Run.objects.filter(round=round).defer("snapshot", "outcome").order_by("-number"))


def run(viewer: Actor, run_id: UUID) -> Run:
    """One run, without its arrays.

    Raises:
        Refused: when there is none, or the viewer may not see rounds.
    """
    require(viewer, "admissions.see_rounds")
    found = Run.objects.defer("snapshot", "outcome").select_related("round").filter(pk=run_id).first()
    if found is None:
        raise Refused("No such run.")
    return found


def arrays(run: Run) -> Frozen:
    """The arrays of a run that is complete."""
    return frozen_of(run.pk, run.digest)
