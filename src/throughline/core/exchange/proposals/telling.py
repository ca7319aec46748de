"""What a file changed is told in the children's stories; what was taken back is told by a line that corrects it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from ...audit.actor import Actor
from ...organisations.queries import schools_by_id
from ...people.incoming import Command, Outcome, Written
from ...people.models import Enrolment, Residence
from ...registry.assembly import installed
from ...timeline.actions import Told, tell
from ...timeline.models import Entry
from ..proposal_tables import Applied, Proposal

AT_ONCE = 500
PROTECTION = "people.social_care"
# A line that takes back falls under the category of the line it corrects.
CORRECTIONS = {
    "people.education": "exchange.school_taken_back",
    "people.address": "exchange.home_taken_back",
    "people.circumstances": "exchange.circumstance_taken_back",
    "people.restricted_address": "exchange.kept_home_taken_back",
    "people.social_care": "exchange.help_taken_back",
}


def tell_committed(
    by: Actor, proposal: Proposal, commands: Iterable[Command], written: Sequence[Written]
) -> None:
    """A line for each school joined or left, each move, and each circumstance whose first day is known."""
    asked = {command.key: command for command in commands}
    ended = [
        one
        for one in written
        if one.table == "people.Enrolment" and one.before is not None and one.after.get("until")
    ]
    schools = _schools(asked.values(), ended)
    kept = _kept_homes(written)
    lines: list[Told] = []
    for one in written:
        command = asked[one.key]
        if one.before is None:
            lines += _began(proposal, command, one, schools, one.row_id in kept)
    for one in ended:
        command = asked[one.key]
        lines.append(
            Told(
                child_id=command.child_id,
                kind="people.left_school",
                on=date.fromisoformat(one.after["until"]),
                facts={"school": schools.get(str(one.row_id), "")},
                source=proposal.file.name[:120],
                about=one.table,
                about_id=one.row_id,
                key=key_of(one.key, one.row_id),
            )
        )
    tell(by=by, lines=lines)


def tell_undone(by: Actor, kept: Mapping[UUID, Applied], outcomes: Iterable[Outcome]) -> None:
    """A line that corrects each line told about what was taken back. About a child who is gone nobody is told."""
    back = [kept[each.written.key] for each in outcomes if not each.left]
    gone = {one.row_id for one in back if one.table == "people.Child" and one.before is None}
    keys = [key_of(one.difference_id, one.row_id) for one in back]
    kinds = installed().entries
    today = timezone.localdate()
    lines: list[Told] = []
    for at in range(0, len(keys), AT_ONCE):
        for entry in Entry.objects.filter(key__in=keys[at : at + AT_ONCE]):
            kind = CORRECTIONS.get(kinds[entry.kind].category)
            if kind and entry.child_id not in gone:
                facts = {"day": entry.on}
                lines.append(
                    Told(
                        child_id=entry.child_id,
                        kind=kind,
                        on=today,
                        facts=facts,
                        corrects=entry.pk,
                        key=f"undone:{entry.key}"[:160],
                    )
                )
    tell(by=by, lines=lines)


def key_of(difference: UUID, row: UUID) -> str:
    """What makes a line this line: one for each row that a difference made or ended."""
    return f"file:{difference}:{row}"


def _began(
    proposal: Proposal, command: Command, one: Written, schools: Mapping[str, str], kept: bool
) -> list[Told]:
    said = command.becomes
    if one.table == "people.Enrolment":
        kind, facts, on = "people.enrolled", {"school": schools.get(said["school"], "")}, said["since"]
    elif one.table == "people.Residence":
        # A line about a home that is kept from others is kept with it.
        kind, facts, on = "people.moved_home_kept" if kept else "people.moved_home", {}, said["since"]
    elif one.table == "people.Fact" and said.get("since"):
        fact = installed().facts[said["kind"]]
        kind = "people.protection_began" if fact.category == PROTECTION else "people.fact_began"
        facts, on = {"fact": str(fact.label)}, said["since"]
    else:
        return []
    return [
        Told(
            child_id=command.child_id,
            kind=kind,
            on=date.fromisoformat(on),
            facts=facts,
            source=proposal.file.name[:120],
            about=one.table,
            about_id=one.row_id,
            key=key_of(one.key, one.row_id),
        )
    ]


def _kept_homes(written: Sequence[Written]) -> set[UUID]:
    """New residences at an address that is kept from others."""
    keys = [one.row_id for one in written if one.table == "people.Residence" and one.before is None]
    found: set[UUID] = set()
    for at in range(0, len(keys), AT_ONCE):
        rows = Residence.objects.filter(pk__in=keys[at : at + AT_ONCE], address__restricted=True)
        found |= set(rows.values_list("pk", flat=True))
    return found


def _schools(commands: Iterable[Command], ended: Sequence[Written]) -> dict[str, str]:
    """Names of schools by their key, and by the key of each enrolment that ended."""
    keys: set[Any] = {UUID(c.becomes["school"]) for c in commands if c.kind == "enrol"}
    rows: dict[UUID, UUID] = {}
    numbers = [one.row_id for one in ended]
    for at in range(0, len(numbers), AT_ONCE):
        part = Enrolment.objects.filter(pk__in=numbers[at : at + AT_ONCE])
        rows |= dict(part.values_list("pk", "school_id"))
    names = {key: school.name for key, school in schools_by_id({*keys, *rows.values()}).items()}
    found = {str(key): name for key, name in names.items()}
    return found | {str(row): names.get(school, "") for row, school in rows.items()}
