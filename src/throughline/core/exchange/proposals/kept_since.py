"""What a file says of a home, where that home was kept from others only after the file was compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from ...people.incoming.snapshots import kept_places, place_mark
from ...people.models import Address, Residence
from ..proposal_tables import Difference, Proposal, ProposedChild


def homes_kept_now(rows: Iterable[Difference]) -> set[UUID]:
    """The differences about a home that is kept from others today, or was left and is: in two queries."""
    moves = [row for row in rows if row.command == "move"]
    if not moves:
        return set()
    places = kept_places()
    # Those kept from others are few; what a large file moves may be more than one question can carry.
    kept = Residence.objects.filter(address__restricted=True).values_list("pk", flat=True)
    kept_left = {str(key) for key in kept}
    return {
        row.pk
        for row in moves
        if is_kept(row.becomes, places) or kept_left.intersection(row.was.get("residences", ()))
    }


def is_kept(home: Mapping[str, Any], places: frozenset[tuple[str, str]]) -> bool:
    """Whether the address that a file gives is one of the places kept from others."""
    return bool(home) and place_mark(home.get("lines", ""), home.get("postcode", "")) in places


def holds_a_kept_home(proposal: Proposal) -> bool:
    """Whether a line of the file gives a place that is kept from others today."""
    postcodes = list(Address.objects.filter(restricted=True).values_list("postcode", flat=True).distinct())
    written = {*postcodes, *("".join(code.split()) for code in postcodes)}
    rows = ProposedChild.objects.filter(proposal=proposal, said__address__postcode__in=sorted(written))
    places = kept_places()
    return any(is_kept(said.get("address", {}), places) for said in rows.values_list("said", flat=True))
