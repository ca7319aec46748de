"""Co-ordination between authorities: potential offers and releases, exchanged until nothing changes.

Each authority knows its own schools' lists and its own children's preferences and nothing else: a school's authority
never learns how a child ranked it (ADM-05). What they reach together is what one school-side match of all schools
gives. A hub that holds both sides needs no exchange and gives the child-side result instead.

Source: ADM-47; worked example 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from throughline.rules.allocation.engines import solver
from throughline.rules.allocation.priorities import Priorities, prioritise
from throughline.rules.allocation.program import compile_program
from throughline.rules.allocation.settle import settle
from throughline.rules.allocation.shape import Column
from throughline.rules.allocation.snapshot import Snapshot, SnapshotError


@dataclass(frozen=True)
class Message:
    """One line of one exchange: ``sender`` tells ``receiver`` that ``school`` can offer, or is released by, ``child``."""

    exchange: int
    kind: Literal["can_offer", "released"]
    sender: int
    receiver: int
    school: int
    child: int


@dataclass(frozen=True, eq=False)
class Exchange:
    """The end of the exchange.

    Attributes:
        offered: i32[n], school whose offer the home authority writes to the parent, -1 none.
        exchanges: how many it took.
        messages: every line sent, in order.
        settled: nothing was left to say; False when the stop date came first.
        home: i32[n], the authority that writes to each child's parent.
    """

    offered: Column
    exchanges: int
    messages: tuple[Message, ...]
    settled: bool
    home: Column


class _Authorities:
    """What every authority knows while the exchange runs."""

    def __init__(self, p: Priorities, places: Column, home: list[int], maintains: list[int]) -> None:
        self.home = home
        self.order, self.child = p.order.tolist(), p.child.tolist()
        self.pool = p.pool.tolist()
        self.at, self.end = p.pool_start[:-1].tolist(), p.pool_start[1:].tolist()
        self.room = places.tolist()
        self.school = p.rows.school[p.edges.row].tolist()
        self.keeper = [maintains[school] for school in self.school]
        self.best: dict[int, int] = {}
        self.lacking = set(range(len(self.room)))
        self.releasing: list[int] = []

    def offer(self) -> list[int]:
        """Offer down every list that has room, settling children of the school's own authority; edges to send."""
        sending: list[int] = []
        while self.lacking:
            pool = self.lacking.pop()
            while self.room[pool] > 0 and self.at[pool] < self.end[pool]:
                edge = self.order[self.at[pool]]
                self.at[pool] += 1
                self.room[pool] -= 1
                if self.home[self.child[edge]] != self.keeper[edge]:
                    sending.append(edge)
                elif (released := self.receive(edge)) is not None and self.own(released):
                    self.release(released)
                elif released is not None:
                    self.releasing.append(released)
        return sending

    def own(self, edge: int) -> bool:
        return bool(self.home[self.child[edge]] == self.keeper[edge])

    def receive(self, edge: int) -> int | None:
        """The home authority keeps the higher of two offers; the edge it releases."""
        child = self.child[edge]
        had = self.best.get(child)
        if had is not None and had < edge:
            return edge
        self.best[child] = edge
        return had

    def release(self, edge: int) -> None:
        """The school's authority has the place again."""
        self.room[self.pool[edge]] += 1
        self.lacking.add(self.pool[edge])


def exchange(
    snapshot: Snapshot, home: Sequence[int], maintains: Sequence[int], *, stop_after: int | None = None
) -> Exchange:
    """Run the exchange between authorities.

    Args:
        snapshot: all children and schools of all authorities.
        home: authority of each child, any whole numbers.
        maintains: authority of each school.
        stop_after: the scheme's last exchange; None for as many as it takes.

    Raises:
        SnapshotError: a column has the wrong length, or as ``allocate_round``.
    """
    if len(home) != snapshot.children or len(maintains) != len(snapshot.schools):
        raise SnapshotError("home needs one authority per child, maintains one per school")
    snapshot.validate()
    p = prioritise(snapshot, compile_program(snapshot.schools, snapshot.facts))
    places = settle(snapshot, p, solver("numpy", "iterative")).places
    known = _Authorities(p, places, [int(a) for a in home], [int(a) for a in maintains])
    messages, exchanges, settled = _talk(known, stop_after)
    offered = snapshot.named.copy()
    for child, edge in known.best.items():
        offered[child] = known.school[edge]
    return Exchange(offered, exchanges, tuple(messages), settled, np.asarray(home, dtype=np.int32))


def _talk(known: _Authorities, stop_after: int | None) -> tuple[list[Message], int, bool]:
    messages: list[Message] = []
    exchanges = 0
    while True:
        known.releasing = []
        sending = known.offer()
        if not sending and not known.releasing:
            return messages, exchanges, True
        if exchanges == stop_after:
            return messages, exchanges, False
        exchanges += 1
        for edge in sorted(sending):
            messages.append(_message(known, exchanges, "can_offer", edge))
            released = known.receive(edge)
            if released is not None:
                known.releasing.append(released)
        for edge in sorted(known.releasing):
            if not known.own(edge):
                messages.append(_message(known, exchanges, "released", edge))
            known.release(edge)


def _message(known: _Authorities, number: int, kind: Literal["can_offer", "released"], edge: int) -> Message:
    child, keeper = known.child[edge], known.keeper[edge]
    ends = (keeper, known.home[child]) if kind == "can_offer" else (known.home[child], keeper)
    return Message(number, kind, ends[0], ends[1], known.school[edge], child)
