"""Children as rows of a transfer file: each part only where both its sender and the school that receives it may see it.

Nothing restricted leaves: not a home that is kept from others, not a name used before, no limit on contact, and no adult to
whom a limit applies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from throughline.formats.pupils import (
    Contact,
    FreeMealPeriod,
    Phone,
    PostalAddress,
    PupilRow,
    SchoolReference,
)
from throughline.rules.year_groups import YEAR_CODES, year_code

from ...access.viewer import Refused, Viewer
from ...people.limits import free_ties
from ...people.models import Child, Enrolment, Fact, Residence, Tie
from ...sharing.show import Sight
from .destination import Leaving

IDENTITY, NUMBERS, HOME = "people.identity", "people.identifiers", "people.address"
# As whom the receiving school would look: whoever answers for every pupil there.
RECEIVER = frozenset({"role:head_teacher", "at_own_school"})
RELATIONSHIPS = {
    Tie.Kind.MOTHER: "PAM",
    Tie.Kind.FATHER: "PAF",
    Tie.Kind.STEP_PARENT: "STP",
    Tie.Kind.FOSTER_CARER: "CAR",
    Tie.Kind.GRANDPARENT: "REL",
    Tie.Kind.GUARDIAN: "CAR",
}
SEN = {"ehc_plan": "E", "sen_support": "K"}
# Who first said so is words on our record: to the receiver it is said by the sender, as a school would say it.
CARER = "S"
SECOND = frozenset({Enrolment.Status.SUBSIDIARY})


class Eyes:
    """What may go into a file: what the sender sees and the receiver would see."""

    def __init__(self, viewer: Viewer, children: Sequence[UUID]) -> None:
        self.own = Sight(viewer, children)
        self._theirs = Sight(viewer, children, readers=RECEIVER)
        for child in children:
            if not self.own.may_see(child, IDENTITY):
                raise Refused("No such child for this person.")

    def may_go(self, child: UUID, category: str) -> bool:
        """Whether this part may be in the file. What is put in counts as looked at."""
        if not (self.own.may_see(child, category) and self._theirs.may_see(child, category)):
            return False
        self.own.shown.setdefault(category, set()).add(child)
        return True


def pupil_rows(
    viewer: Viewer, children: Sequence[UUID], leaving: Leaving | None = None
) -> tuple[list[PupilRow], Eyes]:
    """The rows, and the eyes through which they were seen, whose look is still to be recorded.

    ``leaving``: they are on a roll still, and are known to leave it.

    Raises:
        Refused: one of the children is not there for this person.
    """
    eyes = Eyes(viewer, children)
    found = Child.objects.filter(merged_into__isnull=True, sealed_later__isnull=True).in_bulk(list(children))
    if set(found) != set(children):
        raise Refused("No such child.")
    homes = _homes(children, viewer)
    facts, rolls, ties = _facts(children), _rolls(children, leaving), _ties(children, viewer)
    rows = [
        _row(number, found[key], eyes, homes.get(key), facts[key], rolls.get(key), ties[key], leaving)
        for number, key in enumerate(children, start=1)
    ]
    return rows, eyes


def _row(
    number: int,
    child: Child,
    eyes: Eyes,
    home: Residence | None,
    facts: Sequence[Fact],
    roll: Enrolment | None,
    ties: Sequence[Tie],
    leaving: Leaving | None,
) -> PupilRow:
    key = child.pk
    numbers = eyes.may_go(key, NUMBERS)
    schooling = roll if roll and eyes.may_go(key, "people.education") else None
    known = {fact.kind: fact for fact in facts if eyes.may_go(key, "people.circumstances")}
    open_home = home if home and not home.address.restricted and eyes.may_go(key, HOME) else None
    family = eyes.may_go(key, "people.family") and eyes.may_go(key, "people.contact")
    eyes.may_go(key, IDENTITY)
    return PupilRow(
        line=number,
        upn=child.upn or None if numbers else None,
        surname=child.surname,
        forename=child.forename,
        middle_names=child.middle_names or None,
        preferred_forename=child.chosen_name or None,
        born=child.born,
        sex=child.sex,
        school=SchoolReference("laestab", schooling.school.laestab)
        if schooling and len(schooling.school.laestab) == 7
        else None,
        entered=schooling.since if schooling else None,
        left=_left(schooling, leaving),
        year_group=_year(schooling.year_group) if schooling else None,
        enrol_status=schooling.status if schooling else None,
        sen_provision=next((code for kind, code in SEN.items() if kind in known), None),
        free_meals=_meals(known),
        service_child="Y" if "service_family" in known else None,
        young_carer=CARER if "young_carer" in known else None,
        in_care=True if "looked_after" in known else None,
        addresses=(_address(open_home),) if open_home else None,
        contacts=tuple(
            _contact(tie, order, open_home, eyes.own.viewer.on) for order, tie in enumerate(ties, start=1)
        )
        if family and ties
        else None,
    )


def _year(group: int | None) -> str | None:
    """The code of a year group; none where there is none, or no code stands for it."""
    return year_code(group) if group is not None and group in YEAR_CODES.values() else None


def _meals(known: Mapping[str, Fact]) -> tuple[FreeMealPeriod, ...] | None:
    fact = known.get("free_meals")
    return (FreeMealPeriod(fact.since),) if fact and fact.since else None


def _address(home: Residence) -> PostalAddress:
    place = home.address
    return PostalAddress(lines=(place.lines,), town=place.town, postcode=place.postcode, uprn=place.uprn)


def _contact(tie: Tie, order: int, home: Residence | None, on: date) -> Contact:
    adult = tie.adult
    return Contact(
        surname=adult.surname,
        forename=adult.forename,
        title=adult.title,
        order=order,
        relationship=RELATIONSHIPS.get(Tie.Kind(tie.kind), "OTH"),
        responsibility=tie.responsible_on(on),
        # Only where the home itself is in the file: otherwise it would say where somebody in hiding lives.
        at_pupils_address=bool(home) and tie.lives_with_child,
        phones=(Phone("M", adult.phone),) if adult.phone else (),
        email=adult.email,
    )


def _homes(children: Iterable[UUID], viewer: Viewer) -> dict[UUID, Residence]:
    """Each child's home today; none where any of several that run is kept from others."""
    rows = Residence.objects.filter(child_id__in=list(children), until__isnull=True, since__lte=viewer.on)
    found: dict[UUID, Residence] = {}
    kept: set[UUID] = set()
    for row in rows.select_related("address").order_by("since", "id"):
        found[row.child_id] = row
        kept |= {row.child_id} if row.address.restricted else set()
    return {key: row for key, row in found.items() if key not in kept}


def _facts(children: Iterable[UUID]) -> dict[UUID, list[Fact]]:
    found: dict[UUID, list[Fact]] = defaultdict(list)
    for row in Fact.objects.filter(child_id__in=list(children), until__isnull=True).order_by("id"):
        found[row.child_id].append(row)
    return found


def _rolls(children: Iterable[UUID], leaving: Leaving | None) -> dict[UUID, Enrolment]:
    """The school each child was at before the one they go to: what they leave now, else the enrolment that ended last, else
    the one that runs."""
    found: dict[UUID, Enrolment] = {}
    left_now: dict[UUID, Enrolment] = {}
    rows = Enrolment.objects.filter(child_id__in=list(children)).select_related("school")
    for row in rows.order_by("since", "id"):
        held = found.get(row.child_id)
        if held is None or _ended_later(row, held):
            found[row.child_id] = row
        if leaving and leaving.ends(row) and (row.child_id not in left_now or row.status not in SECOND):
            left_now[row.child_id] = row
    return found | left_now


def _left(roll: Enrolment | None, leaving: Leaving | None) -> date | None:
    """The last day there; none while nobody knows of any."""
    if roll is None or roll.until is not None:
        return roll.until if roll else None
    return leaving.on if leaving and leaving.ends(roll) else None


def _ended_later(row: Enrolment, held: Enrolment) -> bool:
    """Whether the later of two rolls is the one to tell of: what ended before what runs, then what ended last."""
    if row.until is None:
        return held.until is None
    return held.until is None or row.until >= held.until


def _ties(children: Iterable[UUID], viewer: Viewer) -> dict[UUID, list[Tie]]:
    """Adults from whom nothing is kept back: whoever has a limit on contact is not made known to another office."""
    found: dict[UUID, list[Tie]] = defaultdict(list)
    rows = free_ties(viewer.on, child_id__in=list(children)).filter(limits__isnull=True)
    for row in rows.select_related("adult").order_by("-parental_responsibility", "id"):
        found[row.child_id].append(row)
    return found
