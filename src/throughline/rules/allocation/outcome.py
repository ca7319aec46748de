"""What one allocation round decided, as arrays: an offer per child, a result per preference, a line per school."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from throughline.rules.allocation.shape import Column
from throughline.rules.allocation.storage import StorageError, seal, unseal

_KIND = "outcome-1"

NOT_RANKED = 255
"""``criterion`` of a preference that no criterion applies to."""

NO_POOL = -1
OVER_NUMBER = -2
"""``pool`` of a place given over the admission number: a multiple birth, or a place already held."""


class Result(IntEnum):
    """What became of one preference."""

    OFFERED = 0
    HIGHER_OFFERED = 1
    NAMED_ELSEWHERE = 2
    REFUSED_FULL = 3
    REFUSED_NOT_QUALIFIED = 4


OUTCOME_TYPES: dict[str, str] = {
    "offered": "<i4",
    "preference": "<i4",
    "result": "<u1",
    "criterion": "<u1",
    "rank": "<i4",
    "pool": "<i2",
    "waiting": "<i4",
    "places": "<i4",
    "offers": "<i4",
    "named": "<i4",
    "over_number": "<i4",
    "last_preference": "<i4",
    "last_rank": "<i4",
    "last_criterion": "<i4",
    "last_distance": "<i8",
    "last_score": "<i4",
    "oversubscribed": "|b1",
    "by_criterion": "<i4",
    "by_quota": "<i4",
    "quota_places": "<i4",
    "quota_last": "<i4",
}
"""The columns in their canonical order, with their type."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """One round's result. n children, m preferences, s schools, k the most pools any school has.

    Attributes:
        mode: "child" or "iterative".
        offered: i32[n], school index, -1 none; a plan's school and a secured place count as offered.
        preference: i32[n], preference row of the offer, -1 none or not among the child's preferences.
        result: u8[m], see ``Result``.
        criterion: u8[m], index into the school's own criteria, 255 not ranked.
        rank: i32[m], 1-based place in the school's whole list by its criteria, 0 not ranked.
        pool: i16[m], for an offer the pool that gave the place, for a refusal the pool that refused last: quotas
            first (0 is the first), then the open places, or band 1, band 2 ...; ``OVER_NUMBER`` or ``NO_POOL``.
        waiting: i32[m], 1-based place on the school's waiting list, 0 not on it.
        places: i32[s], the admission number.
        offers: i32[s], all offers including named and over the number.
        named: i32[s], children whose plan names the school.
        over_number: i32[s], places given outside every pool to multiple births and to places already held.
        last_preference: i32[s], row of the last child admitted by the school's own order, -1 none. Places already
            held and places in quotas are left out unless there are no others.
        last_rank, last_criterion, last_distance, last_score: of that row; 0, -1, -1, -1 when none.
        oversubscribed: bool[s], somebody was refused for want of a place.
        by_criterion: i32[s, criteria], offers by criterion; a quota with criteria of its own is counted only in
            ``by_quota``, a place over the number or in a plan nowhere.
        by_quota: i32[s, k], offers by pool, numbered as in ``pool``.
        quota_places: i32[s, k], places in each pool.
        quota_last: i32[s, k], row of the last child admitted to each pool who did not already hold a place, -1 none.
    """

    mode: str
    offered: Column
    preference: Column
    result: Column
    criterion: Column
    rank: Column
    pool: Column
    waiting: Column
    places: Column
    offers: Column
    named: Column
    over_number: Column
    last_preference: Column
    last_rank: Column
    last_criterion: Column
    last_distance: Column
    last_score: Column
    oversubscribed: Column
    by_criterion: Column
    by_quota: Column
    quota_places: Column
    quota_last: Column

    def to_bytes(self) -> bytes:
        """The outcome as bytes: versioned, compressed, with a digest of its content."""
        return seal(_KIND, {"mode": self.mode}, {n: getattr(self, n) for n in OUTCOME_TYPES}, OUTCOME_TYPES)

    @classmethod
    def from_bytes(cls, data: bytes) -> Outcome:
        """Read what ``to_bytes`` wrote.

        Raises:
            StorageError: cut short, changed, of another version, or not an outcome.
        """
        header, columns = unseal(_KIND, data, OUTCOME_TYPES)
        if header.get("mode") not in ("child", "iterative"):
            raise StorageError("its mode is not one")
        return cls(mode=header["mode"], **columns)
