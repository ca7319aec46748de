"""Rounds, and how they are named aloud: ``year_7-2027``; a run of one is ``year_7-2027/3``."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Refused, require
from throughline.core.audit.actor import Actor

from ..models import Application, Round, Run


@dataclass(frozen=True)
class RoundLine:
    """A round in a list, with its counts."""

    round: Round
    code: str
    applications: int
    runs: int


def code_of(round: Round) -> str:
    """The round's short name."""
    return f"{round.phase}-{round.entry_year}"


def rounds_listed(viewer: Actor) -> list[RoundLine]:
    """Every round with its counts, in one query."""
    require(viewer, "admissions.see_rounds")
    runs = (
        Run.objects.filter(round=OuterRef("pk"))
        .order_by()
        .values("round")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = Round.objects.annotate(
        live=Count("applications", filter=Q(applications__state__in=Application.LIVE)),
        run_count=Coalesce(Subquery(runs), 0),
    )
    return [RoundLine(row, code_of(row), row.live, row.run_count) for row in rows]


def round_by_id(viewer: Actor, round_id: UUID) -> Round:
    """One round, for staff.

    Raises:
        Refused: when there is none, or the viewer may not see rounds.
    """
    require(viewer, "admissions.see_rounds")
    found = Round.objects.select_related("proposed_run", "released_run").filter(pk=round_id).first()
    if found is None:
        raise Refused("No such round.")
    return found


def round_called(code: str) -> Round:
    """The round of a short name.

    Raises:
        ValidationError: naming the rounds there are.
    """
    phase, _dash, year = code.rpartition("-")
    found = Round.objects.filter(phase=phase, entry_year=year).first() if year.isdigit() else None
    if found is None:
        known = ", ".join(code_of(row) for row in Round.objects.all()) or _("none yet")
        raise ValidationError(
            _("There is no round %(code)s. There are: %(known)s.") % {"code": code, "known": known}
        )
    return found


def run_called(code: str) -> Run:
    """The completed run of a round and number.

    Raises:
        ValidationError: when there is none, or it is not complete.
    """
    round_code, _stroke, number = code.rpartition("/")
    round = round_called(round_code)
    rows = Run.objects.filter(round=round).defer("snapshot", "outcome").select_related("round")
    found = rows.filter(number=number).first() if number.isdigit() else None
    if found is None:
        raise ValidationError(
            _("Round %(round)s has no run %(number)s.") % {"round": round_code, "number": number}
        )
    if found.state != Run.State.COMPLETE:
        raise ValidationError(
            _("Run %(code)s is not complete, so there is nothing to read.") % {"code": code}
        )
    return found


def round_if_any(phase: str, entry_year: int) -> Round | None:
    """The round of a phase and year, if there is one."""
    return Round.objects.filter(phase=phase, entry_year=entry_year).first()


def released_rounds() -> list[Round]:
    """Rounds whose outcomes are published, latest first: for anybody."""
    return list(Round.objects.filter(released_at__isnull=False))


def public_rounds() -> list[Round]:
    """Rounds whose arrangements are published: every round that has opened."""
    return list(Round.objects.filter(opens__lte=timezone.localdate()))
