"""What one record says about who a child is: what is compared, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a child is, by one record or one row of a file. Everything may be missing: what is missing counts neither way.

    Attributes:
        former_names: forename and surname borne before, or in another spelling.
        upn: the unique pupil number in force, as given.
        former_upns: numbers the child had before.
        nhs_number: compared only where the caller says that a lawful basis is recorded.
    """

    forename: str = ""
    surname: str = ""
    born: date | None = None
    sex: str = ""
    middle_names: str = ""
    chosen_name: str = ""
    former_names: tuple[tuple[str, str], ...] = ()
    postcode: str = ""
    upn: str = ""
    former_upns: tuple[str, ...] = ()
    nhs_number: str = ""
