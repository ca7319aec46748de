"""Kinds of household: who the adults are, and which of them are the parents of which child."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal
from uuid import UUID

from .keys import Keys
from .names import Heritage, double_barrelled, some_heritage, some_surname

Role = Literal["mother", "father", "parent", "step_parent", "foster_carer", "grandparent", "guardian"]


@dataclass
class Grown:
    """An invented adult. ``here`` is false for a parent who lives somewhere else."""

    key: UUID
    forename: str
    surname: str
    role: Role
    here: bool = True
    email: str = ""
    phone: str = ""
    limited: bool = False


@dataclass(frozen=True)
class Household:
    """How a family is made up.

    Attributes:
        kind: ``couple``, ``mother``, ``father``, ``blended``, ``two_mothers``, ``two_fathers``, ``grandparent`` or
            ``guardians``.
        surname: what its children are called when their parents do not decide it.
        joined: whether children carry both parents' names.
    """

    kind: str
    surname: str
    joined: bool = False

    def parents_of(self, at: int, count: int, birth: int) -> tuple[int, ...]:  # noqa: ARG002
        """Positions, among the adults, of the parents of the ``at``-th oldest of ``count`` children."""
        if self.kind == "blended":
            return self._in_blended(birth)
        if self.kind == "father":
            return (0,)
        if self.kind in ("grandparent", "guardians"):
            return (2,)
        return (0, 1)

    def _in_blended(self, birth: int) -> tuple[int, ...]:
        """Her children from before, his from before, and theirs together."""
        return ((0, 2), (1, 3), (0, 1))[birth % 3]

    def surname_of(self, parents: tuple[int, ...], adults: list[Grown]) -> str:
        """A child's surname."""
        if self.kind == "blended" and 1 not in parents:
            return adults[parents[-1]].surname
        return self.surname


KINDS = (
    ("couple", 660),
    ("mother", 220),
    ("father", 28),
    ("blended", 50),
    ("two_mothers", 12),
    ("two_fathers", 8),
    ("grandparent", 12),
    ("guardians", 10),
)
ROLES: dict[str, tuple[tuple[Role, bool], ...]] = {
    "couple": (("mother", True), ("father", True)),
    "mother": (("mother", True), ("father", False)),
    "father": (("father", True),),
    "blended": (("mother", True), ("father", True), ("father", False), ("mother", False)),
    "two_mothers": (("mother", True), ("parent", True)),
    "two_fathers": (("father", True), ("parent", True)),
    "grandparent": (("grandparent", True), ("grandparent", True), ("mother", False)),
    "guardians": (("guardian", True), ("guardian", True), ("mother", False)),
}
MEN = {"father"}


def some_household(
    rng: Random, keys: Keys, heritage: Heritage, children: int
) -> tuple[Household, list[Grown]]:
    """A household of one kind, with its adults; step families have two children or more."""
    kinds = [(kind, weight) for kind, weight in KINDS if kind != "blended" or children > 1]
    kind = rng.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0]
    surname = some_surname(rng, heritage)
    adults = [
        some_adult(
            rng,
            keys,
            heritage,
            role,
            surname if rng.random() < 0.62 else "",
            here=here,
            man=_man(kind, role, at),
        )
        for at, (role, here) in enumerate(ROLES[kind])
    ]
    joined = kind == "couple" and rng.random() < 0.05
    if joined:
        surname = double_barrelled(rng, adults[0].surname, adults[1].surname)
    elif kind in ("mother", "couple"):
        surname = adults[1].surname if rng.random() < 0.75 else adults[0].surname
    _reach(rng, adults)
    return Household(kind, surname, joined), adults


def some_adult(
    rng: Random,
    keys: Keys,
    heritage: Heritage,
    role: Role,
    surname: str = "",
    *,
    here: bool = True,
    man: bool = False,
) -> Grown:
    """An adult, one in eight of another heritage than the family's."""
    own = heritage if surname or rng.random() < 0.875 else some_heritage(rng)
    forename = rng.choice((own.men or own.boys) if man else (own.women or own.girls))
    return Grown(keys.key(), forename, surname or some_surname(rng, own), role, here)


def _man(kind: str, role: Role, at: int) -> bool:
    if kind == "two_fathers":
        return True
    return role in MEN or (role in ("grandparent", "guardian") and at == 1)


def _reach(rng: Random, adults: list[Grown]) -> None:
    """Telephone numbers are of the range kept for drama; addresses of the domain kept for examples."""
    for adult in adults:
        if rng.random() < 0.9:
            number = adult.key.int % 1_000_000
            name = "".join(
                c
                for c in f"{adult.forename}.{adult.surname}".casefold()
                if c.isascii() and (c.isalpha() or c == ".")
            )
            adult.email = f"{name}.{number}@example.org"
        if rng.random() < 0.85:
            adult.phone = f"07700 900{rng.randrange(1000):03d}"
        adult.limited = not adult.here and rng.random() < 0.02
