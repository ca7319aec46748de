"""Where a child goes, as an officer says it, made into somewhere that a transfer file can be addressed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.formats.ctf import LEFT_THE_SECTOR, authority_place

from ...organisations.models import School
from ...organisations.queries import authority, open_schools_by_laestab, our_authority
from ..move_tables import Move
from ..transfers.destination import Destination, Leaving

FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Going:
    """What is said when a child moves: where to, the last day here, and why."""

    where: str
    on: date
    because: str
    school_id: UUID | None = None
    name: str = ""
    number: str = ""


@dataclass(frozen=True)
class Place:
    """The same, looked up: a school we know by its own name, an authority by its number."""

    where: str
    name: str
    number: str = ""
    school: School | None = None


def place_of(going: Going) -> Place:
    """Where that is.

    Raises:
        ValidationError: something is missing or does not fit; the words stand beside the field they are about.
    """
    if abs(going.on - timezone.localdate()) > FURTHEST:
        raise ValidationError({"on": _("Enter a day within a year of today. Nothing was saved.")})
    if not going.because.strip():
        raise ValidationError({"because": _("Say why the child leaves. Nothing was saved.")})
    look_up = {
        Move.Where.SCHOOL: _ours,
        Move.Where.AUTHORITY: _authority,
        Move.Where.ELSEWHERE: _elsewhere,
        Move.Where.ABROAD: _abroad,
    }.get(Move.Where(going.where) if going.where in Move.Where.values else Move.Where.ABROAD)
    if look_up is None or going.where not in Move.Where.values:
        raise ValidationError({"where": _("Choose where the child goes. Nothing was saved.")})
    return look_up(going)


def destination_of(move: Move) -> Destination:
    """How the file for a move is addressed."""
    if move.where == Move.Where.AUTHORITY:
        return Destination(authority_place(move.number), move.name)
    if move.where == Move.Where.ABROAD:
        return Destination(LEFT_THE_SECTOR, move.name)
    return Destination(move.number, move.name, move.school)


def leaving_by(move: Move) -> Leaving:
    """What the file for a move says of the school the child is at still."""
    return Leaving(move.on, move.school_id)


def _ours(going: Going) -> Place:
    found = School.objects.filter(pk=going.school_id).first() if going.school_id else None
    if found is None:
        raise ValidationError({"school": _("Choose the school. Nothing was saved.")})
    if len(found.laestab) != 7:
        words = _("That school has no number that a transfer file can be addressed to. Nothing was saved.")
        raise ValidationError({"school": words})
    return Place(going.where, found.name, found.laestab, found)


def _authority(going: Going) -> Place:
    code, ours = going.number.strip(), our_authority()
    if not (len(code) == 3 and code.isascii() and code.isdigit()):
        words = _("Enter the authority’s number, which has three figures. Nothing was saved.")
        raise ValidationError({"number": words})
    if ours is not None and code == ours.code:
        words = _("That is our own number. Choose the school the child goes to. Nothing was saved.")
        raise ValidationError({"number": words})
    known = authority(code)
    return Place(going.where, known.name if known else _named(going), code)


def _elsewhere(going: Going) -> Place:
    number = going.number.strip().replace("/", "").replace(" ", "")
    if not (len(number) == 7 and number.isascii() and number.isdigit()):
        words = _("Enter the school’s number, which has seven figures, like 301 2345. Nothing was saved.")
        raise ValidationError({"number": words})
    known = open_schools_by_laestab([number]).get(number)
    return Place(going.where, known.name if known else _named(going), number, known)


def _abroad(going: Going) -> Place:
    return Place(going.where, _named(going))


def _named(going: Going) -> str:
    name = going.name.strip()[:200]
    if not name:
        raise ValidationError(
            {"name": _("Enter the name of the school, authority or country. Nothing was saved.")}
        )
    return name
