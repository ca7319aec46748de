"""A small invented world in which every piece of personal information is a canary.

Four adults: a mother; the separated father of her children, who lives elsewhere and has applied for one of them too; an
estranged man whose contact with that child is limited; and a neighbour. A fifth, `half`, is told who `released` is and
by order of a court not where she lives or learns. Seven children, named by what they are for:

    own         the mother's, with an application of hers and a rival one of the father's in the open round
    released    the mother's and the father's, whose result has been released
    idle        the mother's, with no application
    hidden      the mother's by birth, living with the neighbour: her contact is limited
    other       the neighbour's, in the open round
    restricted  the neighbour's, in the open round, at an address that is kept from others
    settled     the neighbour's, whose result has been released
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.matrix.canaries import Cage, fill

from throughline.core.access.models import User
from throughline.core.audit.actor import Trusted

OFFICER, MANAGER = Trusted("An officer"), Trusted("A manager")
PARENTS = {
    "mother": "owner",
    "father": "separated",
    "estranged": "estranged",
    "half": "halftold",
    "neighbour": "neighbour",
}
# child -> adult -> how the adult stands to the child.
AT_HOME: dict[str, bool] = {"lives_with_child": True, "parental_responsibility": True}
AWAY: dict[str, bool] = {"lives_with_child": False, "parental_responsibility": True}
LIMITED: dict[str, bool] = {**AWAY, "limited": True}
HALF_TOLD: dict[str, bool] = {**LIMITED, "may_know_who": True}
FAMILIES: dict[str, dict[str, dict[str, bool]]] = {
    "own": {"mother": AT_HOME, "father": AWAY, "estranged": LIMITED},
    "released": {"mother": AT_HOME, "father": AWAY, "half": HALF_TOLD},
    "idle": {"mother": AT_HOME},
    "hidden": {"mother": LIMITED, "neighbour": AT_HOME},
    "other": {"neighbour": AT_HOME},
    "restricted": {"neighbour": AT_HOME},
    "settled": {"neighbour": AT_HOME},
}
# What a restricted home gives away is restricted too, whatever table it lies in.
HOMELY = {
    "people.Address": ("lines", "town", "postcode", "uprn", "easting", "northing", "point_source"),
    "people.Residence": ("evidence",),
    "admissions.Preference": ("distance", "measured"),
}
RESTRICTED = "people.restricted_address"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class World:
    """The rows that pages are asked for, by kind and by whose they are; and the canaries among them."""

    cage: Cage
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def put(self, kind: str, whose: str, row: Any) -> Any:
        self.rows.setdefault(kind, {})[whose] = row
        return row

    def key(self, kind: str, whose: str) -> Any:
        """The key of a row; of a kind that nobody has (``absent``), a fresh one."""
        row = self.rows.get(kind, {}).get(whose)
        return getattr(row, "pk", row) if row is not None else uuid4()


def made(world: World, table: Any, subject: str, kinds: Mapping[str, str] | None = None, **given: Any) -> Any:
    """A stored row with a canary in every declared field that the world does not need as given."""
    row = table(**given)
    label = row._meta.label
    found = dict(kinds or {})
    if subject == "restricted":
        found |= dict.fromkeys(HOMELY.get(label, ()), RESTRICTED)
    fill(world.cage, subject, row, given, found)
    row.save()
    return row
