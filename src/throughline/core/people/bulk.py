"""Many families at once: for an authority that brings its records with it, and for the demonstration."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ..access.viewer import require
from ..audit.actor import Actor
from ..audit.change import change
from ..organisations.queries import schools_by_id
from .models import Address, Adult, Child, ContactLimit, Enrolment, Fact, Residence, Sibling, StaffLink, Tie
from .search.index import refresh
from .telling import tell_of_rows

Values = dict[str, Any]


@dataclass
class FamilyRows:
    """Rows to add, each as its fields' values, with keys given by the caller so that rows can point to one another."""

    addresses: list[Values] = field(default_factory=list)
    adults: list[Values] = field(default_factory=list)
    children: list[Values] = field(default_factory=list)
    ties: list[Values] = field(default_factory=list)
    limits: list[Values] = field(default_factory=list)
    residences: list[Values] = field(default_factory=list)
    siblings: list[Values] = field(default_factory=list)
    enrolments: list[Values] = field(default_factory=list)
    facts: list[Values] = field(default_factory=list)
    staff_links: list[Values] = field(default_factory=list)


TABLES = (
    ("addresses", Address),
    ("adults", Adult),
    ("children", Child),
    ("ties", Tie),
    ("limits", ContactLimit),
    ("residences", Residence),
    ("siblings", Sibling),
    ("enrolments", Enrolment),
    ("facts", Fact),
    ("staff_links", StaffLink),
)


def add_families(*, by: Actor, rows: FamilyRows) -> dict[str, int]:
    """Add families in one change, tell what their rows tell, and say how many rows of each kind there were."""
    require(by, "people.edit")
    made: dict[str, list[Any]] = {}
    with change("families added", by=by):
        for name, table in TABLES:
            made[name] = table.objects.bulk_create([table(**values) for values in getattr(rows, name)])
        refresh(values["id"] for values in rows.children)
        _tell(by, made)
    return {name: len(those) for name, those in made.items()}


def _tell(by: Actor, made: dict[str, list[Any]]) -> None:
    enrolments, residences = made["enrolments"], made["residences"]
    schools = schools_by_id({row.school_id for row in enrolments})
    # Homes may have been added before: those of foster carers are.
    homes = Address.objects.filter(restricted=True)
    tell_of_rows(
        by=by,
        residences=residences,
        enrolments=enrolments,
        facts=made["facts"],
        schools={key: school.name for key, school in schools.items()},
        restricted=frozenset(homes.values_list("pk", flat=True)),
    )


def link_account(*, by: Actor, adult_id: UUID, user_id: UUID) -> None:
    """Say that an account is this adult's, once an officer has made sure. An adult keeps the account they have."""
    require(by, "people.edit")
    adult = Adult.objects.get(pk=adult_id)
    if adult.user_id is None:
        with change("account linked to a parent or carer", by=by):
            adult.user_id = user_id
            adult.save(update_fields=["user"])
