"""What was written to the families of the invented world: an e-mail each, one that failed, and a letter to print."""

from __future__ import annotations

from typing import Any

from tests.matrix.world import PARENTS, World, made

from throughline.core.messages.models import Channel, Delivery, Message


def make_messages(world: World) -> None:
    for name in ("mother", "father", "neighbour"):
        _email(world, name)
    failed = _message(
        world,
        "mother",
        adult=world.rows["adult"]["mother"],
        about_child=world.rows["child"]["own"],
        channel=Channel.EMAIL,
        to="",
        blocks=[],
    )
    made(world, Delivery, "mother", message=failed, state=Delivery.State.FAILED, problem="refused")
    world.put("message", "own", failed)
    world.put("letter", "own", _letter(world))


def _email(world: World, name: str) -> None:
    to = world.rows["adult"][name].email
    world.cage.places.add("outbox.Message.to")
    row = _message(world, PARENTS[name], to=to, key=name, channel=Channel.EMAIL, blocks=[])
    Delivery.objects.create(message=row)


def _letter(world: World) -> Message:
    said = world.cage.word("mother", "messages.message", "outbox.Message.blocks")
    row = _message(
        world,
        "mother",
        adult=world.rows["adult"]["mother"],
        to="",
        channel=Channel.LETTER,
        blocks=[{"kind": "paragraph", "text": said}],
    )
    made(
        world,
        Delivery,
        "mother",
        message=row,
        state=Delivery.State.TO_PRINT,
        problem="",
        answer="",
        sent_to="",
    )
    return row


def _message(world: World, subject: str, **given: Any) -> Message:
    row: Message = made(world, Message, subject, {}, kind="test", lang="en-gb", **given)
    return row
