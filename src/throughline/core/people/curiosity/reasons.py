"""What makes a look unusual, as data with words; and the arithmetic of it, from plain facts about both sides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ...registry.sockets import Text

FAMILY, NEIGHBOUR = "people.looked_at_family", "people.looked_at_neighbour"
COLLEAGUE, NO_TIE = "people.looked_at_colleague", "people.looked_without_tie"


@dataclass(frozen=True)
class Reason:
    """Why a look is told, the alert it belongs to, and the sentence for whoever reviews it."""

    code: str
    alert: str
    words: Text


REASONS = (
    Reason(
        "tied",
        FAMILY,
        _("They are recorded as an adult in the child’s life, or share their work email with one."),
    ),
    Reason("same_home", FAMILY, _("They live at the child’s address.")),
    Reason(
        "name_and_street",
        FAMILY,
        _(
            "They bear the surname of the child or of an adult in the child’s life, and live in the same street."
        ),
    ),
    Reason("same_street", NEIGHBOUR, _("They live in the street where the child lives.")),
    Reason("colleague", COLLEAGUE, _("A parent or carer of the child works at the same school as they do.")),
    Reason(
        "no_tie",
        NO_TIE,
        _(
            "Their role works by involvement, and nothing ties them to the child: no circle, school, request or decision."
        ),
    ),
)
ALERT_OF = {reason.code: reason.alert for reason in REASONS}

# Whoever answers for every pupil of a school opens colleagues' children as a matter of course.
ANSWERS_FOR_ALL = frozenset({"head_teacher"})


@dataclass(frozen=True)
class Looker:
    """What is known of somebody who looked. ``adults``: who on the record they are; empty where nobody is known to be them."""

    surname: str = ""
    roles: frozenset[str] = frozenset()
    schools: frozenset[UUID] = frozenset()
    adults: frozenset[UUID] = frozenset()
    homes: frozenset[UUID] = frozenset()
    streets: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Looked:
    """What is known of a child who was looked at.

    A home that is kept from others is in neither ``homes`` nor ``streets``: an alert must not tell where it is.
    """

    adults: frozenset[UUID] = frozenset()
    surnames: frozenset[str] = frozenset()
    homes: frozenset[UUID] = frozenset()
    streets: frozenset[str] = frozenset()
    parents_work_at: frozenset[UUID] = frozenset()


def closeness(looker: Looker, child: Looked, *, at_work: bool) -> frozenset[str]:
    """The codes of what ties somebody privately to a child whom they looked at.

    Args:
        looker: who looked.
        child: at whom.
        at_work: whether they are in the child's circle: it excuses a colleague's child and a neighbour's, whose
            circle somebody brought them into, and never one's own family.
    """
    found = set()
    if looker.adults & child.adults:
        found.add("tied")
    if looker.homes & child.homes:
        found.add("same_home")
    if looker.streets & child.streets:
        named_alike = plain(looker.surname) in {plain(name) for name in child.surnames if name}
        found.add("name_and_street" if named_alike else "same_street")
    if looker.schools & child.parents_work_at and not looker.roles & ANSWERS_FOR_ALL:
        found.add("colleague")
    if "same_home" in found or "tied" in found:
        # The street and the staff room say nothing more about one's own family.
        found -= {"same_street", "colleague"}
    return frozenset(found - {"same_street", "colleague"} if at_work else found)


def plain(name: str) -> str:
    """A surname for comparing: small letters, hyphens as spaces."""
    return " ".join(name.casefold().replace("-", " ").split())


def words_of(codes: Any) -> list[str]:
    """The sentences for codes that an alert keeps; what is no code says nothing."""
    wanted: Iterable[Any] = codes if isinstance(codes, list) else []
    known = {reason.code: str(reason.words) for reason in REASONS}
    return [known[code] for code in wanted if isinstance(code, str) and code in known]
