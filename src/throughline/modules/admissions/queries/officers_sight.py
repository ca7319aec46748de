"""Children as an officer may see them: a name, a birthday and how far away, each the value or ``Withheld``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from throughline.core.access.viewer import Viewer
from throughline.core.people.models import Address, Child
from throughline.core.sharing.show import Sight

from ..models import Application, Round

FAR = 2**32 - 1


def home_category(address: Address | None) -> str:
    """The category of a home and of every distance measured from it: a restricted one is seen by far fewer."""
    return "people.restricted_address" if address is not None and address.restricted else "people.address"


@dataclass(frozen=True)
class SeenChild:
    """One child on a list."""

    id: UUID
    name: Any
    born: Any
    reference: Any


class Seen:
    """The children of one page, decided and looked at once, with the homes that their distances were measured from."""

    def __init__(self, viewer: Viewer, round: Round, children: Iterable[UUID]) -> None:
        keys = list(dict.fromkeys(children))
        self.sight = Sight(viewer, keys)
        self._rows = Child.objects.in_bulk(keys)
        homes = Application.objects.filter(
            round=round, child_id__in=keys, state__in=Application.LIVE, address__restricted=True
        )
        self._restricted = set(homes.values_list("child_id", flat=True))

    def child(self, key: UUID) -> SeenChild:
        row = self._rows[key]
        return SeenChild(
            key,
            self.sight.value(key, "people.identity", str(row)),
            self.sight.value(key, "people.identity", row.born),
            self.sight.value(key, "people.identity", row.reference),
        )

    def outcome(self, key: UUID, value: Any) -> Any:
        return self.sight.value(key, "admissions.outcome", value)

    def wish(self, key: UUID, value: Any) -> Any:
        return self.sight.value(key, "admissions.application", value)

    def evidence(self, key: UUID, value: Any) -> Any:
        return self.sight.value(key, "admissions.evidence", value)

    def distance(self, key: UUID, metres: int | None) -> Any:
        """A distance in metres, ``None`` when the home has no point; kept back with an address that is kept back."""
        category = "people.restricted_address" if key in self._restricted else "people.address"
        return self.sight.value(key, category, None if metres is None or metres >= FAR else int(metres))

    def is_restricted(self, key: UUID) -> bool:
        return key in self._restricted
