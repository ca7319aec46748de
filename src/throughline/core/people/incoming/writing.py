"""Writing what was accepted about many children: in bulk, with its trail, and with what is needed to take it back.

Each row is changed only while it still says what it said when the difference was shown. Whatever else it says by now was
written by somebody who knew more than the file, and stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from ...audit.actor import Actor, require
from ...audit.change import plain
from ..models import Address, Adult, Child, Enrolment, Fact, FormerName, Identifier, Residence, Tie
from ..references import new_reference
from ..search.index import refresh
from .hand import AT_ONCE, Command, Hand, Skipped, Step, Written, flush, in_bulk, unsaid

Numbers = set[tuple[UUID, str, str]]
FINDABLE = frozenset({"forename", "surname", "middle_names", "chosen_name", "born"})
IN_ORDER = (
    "new",
    "detail",
    "number",
    "former_name",
    "roll_detail",
    "leave",
    "enrol",
    "move",
    "fact",
    "adult",
)


def write_all(
    *, by: Actor, commands: Iterable[Command], on: date, source: str, step: Step = unsaid
) -> tuple[list[Written], list[Skipped]]:
    """Write them in the caller's change, kind by kind, and say which rows were made or changed for which difference.

    Args:
        by: whose change it is.
        commands: what was accepted. A child that is new is made before what hangs on it.
        on: the day on which what has no day of its own begins.
        source: said with every row that says where it is known from.
        step: told how far the writing is.
    """
    require(by, "people.edit")
    hand = Hand(on, source[:120])
    by_kind: dict[str, list[Command]] = defaultdict(list)
    for command in commands:
        by_kind[command.kind].append(command)
    done: list[Written] = []
    seen, total = 0, sum(len(those) for those in by_kind.values())
    for kind in IN_ORDER:
        step(seen, total)
        if by_kind[kind]:
            WRITERS[kind](hand, by_kind[kind])
            done += flush(hand)
            seen += len(by_kind[kind])
    refresh(hand.findable)
    return done, hand.skipped


def _new(hand: Hand, commands: Sequence[Command]) -> None:
    for command in commands:
        values = dict(command.becomes)
        born = date.fromisoformat(values.pop("born"))
        hand.make(command.key, Child, id=command.child_id, reference=new_reference("C"), born=born, **values)
        hand.findable.add(command.child_id)


def _detail(hand: Hand, commands: Sequence[Command]) -> None:
    """A field of the child. A legal name and a number in force that go are kept as the ones before."""
    children = in_bulk(Child, [command.child_id for command in commands])
    before = {key: (child.forename, child.surname) for key, child in children.items()}
    renamed: dict[UUID, UUID] = {}
    held = _numbers_held(child for child in children)
    wanted: dict[UUID, list[tuple[Command, str, Any]]] = defaultdict(list)
    for command in commands:
        child, name = children.get(command.child_id), str(command.becomes["field"])
        if child is None or plain({name: getattr(child, name)})[name] != command.was.get("value"):
            hand.skip(command.key, "changed_meanwhile")
            continue
        value = command.becomes["value"]
        wanted[command.child_id].append(
            (command, name, date.fromisoformat(value) if name == "born" else value)
        )
        hand.findable |= {command.child_id} if name in FINDABLE else set()
        if name in ("forename", "surname"):
            renamed.setdefault(command.child_id, command.key)
        if name == "upn" and child.upn:
            _number_kept(hand, held, command, Identifier.Kind.FORMER_UPN, child.upn, until=hand.on)
    for child_id, fields in wanted.items():
        for command, name, value in fields:
            hand.alter(command.key, children[child_id], **{name: value})
    names = _names_held(renamed)
    for child_id, key in renamed.items():
        forename, surname = before[child_id]
        if (child_id, forename, surname) not in names:
            hand.make(key, FormerName, child_id=child_id, forename=forename, surname=surname, until=hand.on)


def _number(hand: Hand, commands: Sequence[Command]) -> None:
    held = _numbers_held(command.child_id for command in commands)
    for command in commands:
        said = command.becomes
        _number_kept(
            hand, held, command, said["kind"], said["value"], since=hand.on, basis=said.get("basis", "")
        )


def _number_kept(hand: Hand, held: Numbers, command: Command, kind: str, value: str, **more: Any) -> None:
    same = (command.child_id, kind, value)
    if same in held:
        hand.skip(command.key, "there_already")
        return
    held.add(same)
    hand.make(
        command.key, Identifier, source=hand.source, child_id=command.child_id, kind=kind, value=value, **more
    )


def _numbers_held(children: Iterable[UUID]) -> Numbers:
    """The numbers that these children have, as (child, kind, value)."""
    wanted = list(dict.fromkeys(children))
    found: Numbers = set()
    for at in range(0, len(wanted), AT_ONCE):
        rows = Identifier.objects.filter(child_id__in=wanted[at : at + AT_ONCE])
        found |= set(rows.values_list("child_id", "kind", "value"))
    return found


def _names_held(children: Iterable[UUID]) -> set[tuple[UUID, str, str]]:
    """The names that these children bore before."""
    wanted = list(children)
    found: set[tuple[UUID, str, str]] = set()
    for at in range(0, len(wanted), AT_ONCE):
        rows = FormerName.objects.filter(child_id__in=wanted[at : at + AT_ONCE])
        found |= set(rows.values_list("child_id", "forename", "surname"))
    return found


def _former_name(hand: Hand, commands: Sequence[Command]) -> None:
    for command in commands:
        hand.make(command.key, FormerName, child_id=command.child_id, **dict(command.becomes))
        hand.findable.add(command.child_id)


def _roll_detail(hand: Hand, commands: Sequence[Command]) -> None:
    rows = in_bulk(Enrolment, [UUID(command.becomes["enrolment"]) for command in commands])
    for command in commands:
        row, name = rows.get(UUID(command.becomes["enrolment"])), str(command.becomes["field"])
        if row is None or plain({name: getattr(row, name)})[name] != command.was.get("value"):
            hand.skip(command.key, "changed_meanwhile")
            continue
        value = command.becomes["value"]
        hand.alter(command.key, row, **{name: date.fromisoformat(value) if name == "since" else value})


def _leave(hand: Hand, commands: Sequence[Command]) -> None:
    rows = in_bulk(Enrolment, [UUID(command.becomes["enrolment"]) for command in commands])
    for command in commands:
        row, until = (
            rows.get(UUID(command.becomes["enrolment"])),
            date.fromisoformat(command.becomes["until"]),
        )
        if row is None or row.until is not None or until < row.since:
            hand.skip(command.key, "changed_meanwhile")
            continue
        hand.alter(command.key, row, until=until, left_because=command.becomes.get("because", "")[:60])


def _enrol(hand: Hand, commands: Sequence[Command]) -> None:
    """On a roll. What must end for it is ended on the day it begins; what else runs by now keeps it from being written."""
    running: dict[UUID, list[Enrolment]] = defaultdict(list)
    keys = [command.child_id for command in commands]
    for at in range(0, len(keys), AT_ONCE):
        part = Enrolment.objects.filter(child_id__in=keys[at : at + AT_ONCE], until__isnull=True)
        for row in part:
            running[row.child_id].append(row)
    for command in commands:
        said = command.becomes
        closes = {UUID(key) for key in said.get("closes", ())}
        others = [row for row in running[command.child_id] if row.pk not in closes]
        since = date.fromisoformat(said["since"])
        alone = Enrolment.Status.ONLY
        clash = [row for row in others if alone in (row.status, said["status"])]
        if clash or any(str(row.school_id) == said["school"] for row in others):
            hand.skip(command.key, "on_another_roll")
            continue
        for row in running[command.child_id]:
            if row.pk in closes:
                hand.alter(command.key, row, until=max(since, row.since))
        made = hand.make(
            command.key,
            Enrolment,
            child_id=command.child_id,
            school_id=UUID(said["school"]),
            since=since,
            status=said["status"],
            year_group=said.get("year_group"),
            source=hand.source,
        )
        running[command.child_id] = [*others, made]  # type: ignore[list-item]


def _move(hand: Hand, commands: Sequence[Command]) -> None:
    """A home. Why one was kept from others does not end with a move: only an officer says that it has."""
    homes: dict[UUID, list[Residence]] = defaultdict(list)
    keys = [command.child_id for command in commands]
    for at in range(0, len(keys), AT_ONCE):
        part = Residence.objects.filter(child_id__in=keys[at : at + AT_ONCE], until__isnull=True)
        for row in part.select_related("address").order_by("since", "id"):
            homes[row.child_id].append(row)
    for command in commands:
        said, now = dict(command.becomes), homes[command.child_id]
        if command.was.get("residences", []) != [str(row.pk) for row in now]:
            hand.skip(command.key, "changed_meanwhile")
            continue
        kept = next((row.address for row in now if row.address.restricted), None)
        restricted = bool(said.pop("restricted", False)) or kept is not None
        because = kept.restricted_because if kept else Address.Restricted.OTHER if restricted else ""
        since = date.fromisoformat(said.pop("since"))
        for row in now:
            hand.alter(command.key, row, until=max(since, row.since))
        address = hand.make(
            command.key,
            Address,
            **said,
            point_source="",
            restricted=restricted,
            restricted_because=because,
        )
        hand.make(
            command.key,
            Residence,
            child_id=command.child_id,
            address_id=address.pk,
            since=since,
            evidence=hand.source,
        )


def _fact(hand: Hand, commands: Sequence[Command]) -> None:
    for command in commands:
        said = command.becomes
        since = date.fromisoformat(said["since"]) if said.get("since") else None
        hand.make(
            command.key, Fact, child_id=command.child_id, kind=said["kind"], since=since, source=hand.source
        )


def _adult(hand: Hand, commands: Sequence[Command]) -> None:
    """A contact is always a person of their own: two of one name are never taken for one."""
    for command in commands:
        said = dict(command.becomes)
        tie = {name: said.pop(name) for name in ("kind", "parental_responsibility", "lives_with_child")}
        adult = hand.make(command.key, Adult, **said)
        hand.make(
            command.key,
            Tie,
            child_id=command.child_id,
            adult_id=adult.pk,
            claimed=True,
            evidence=hand.source,
            since=hand.on,
            **tie,
        )


WRITERS = {
    "new": _new,
    "detail": _detail,
    "number": _number,
    "former_name": _former_name,
    "roll_detail": _roll_detail,
    "leave": _leave,
    "enrol": _enrol,
    "move": _move,
    "fact": _fact,
    "adult": _adult,
}
