"""Youth justice in the demonstration: whom it works with, and those whose circle still wants a social worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from throughline.core.audit.actor import Actor
from throughline.core.people.bulk import FamilyRows, add_families

from .families import Child
from .households import Grown
from .town import Town

TO_JOIN = 2
# As old as those whom youth justice may work with, and at school.
YEARS = range(8, 11)


def work_with_justice(town: Town, by: Actor, children: Iterable[Child]) -> None:
    """Say that youth justice works with some children: what a social worker may be granted to see, and is not shown."""
    facts: list[dict[str, object]] = [
        {
            "child_id": child.key,
            "kind": "youth_justice",
            "since": town.today - timedelta(days=120),
            "source": "Wendmere Youth Justice Service",
            "evidence": "Referral order of the youth court seen",
        }
        for child in children
    ]
    add_families(by=by, rows=FamilyRows(facts=facts))


def to_be_joined(town: Town, busy: Iterable[str]) -> Iterator[tuple[Grown, Child]]:
    """Children in nobody's circle whom youth justice works with, and a parent of each to sign in as.

    From the end of the town: at its beginning other parts of the demonstration put their own stories.

    Args:
        town: the town.
        busy: schools whose pupils have circles.
    """
    taken = set(busy)
    fitting = (
        (family.adults[0], child)
        for family in reversed(town.families)
        for child in family.children
        if child.year_group in YEARS and child.school and child.school not in taken and child.fostered < 0
        if 0 in child.parents and family.adults[0].email and family.adults[0].here and not family.restricted
        if not any(adult.limited for adult in family.adults)
    )
    for number, pair in enumerate(fitting):
        if number == TO_JOIN:
            return
        yield pair


def to_be_joined_words(child: Child) -> str:
    """What is worth looking at through the parent's eyes, and about whom."""
    words = _("the parent of %(child)s, with whom youth justice works and in whose circle nobody is yet")
    return words % {"child": f"{child.forename} {child.surname}"}
