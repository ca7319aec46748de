"""When an alert is raised or a reminder sent: the figures of the first day, and the authority's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..access.viewer import Viewer
from ..audit.actor import Refused, require
from ..audit.change import change
from ..registry.assembly import installed
from ..registry.sockets import Criterion
from .actions import raise_alert
from .models import LocalFigure

LOOK, SET = "alerts.look", "alerts.set_criteria"
CHANGED = "alerts.criterion_set"


class CannotSet(ValueError):
    """The figure cannot be set so; ``problem`` says why, as a code: ``figure``, ``past`` or ``moved on``."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Standing:
    """A criterion on a day: the figure that holds, whose and since when, and those that are set for later."""

    criterion: Criterion
    figure: int
    row: LocalFigure | None
    to_come: tuple[LocalFigure, ...]
    number: int
    """The number of the last figure that was set; 0 where none was."""


def figures(on: date) -> dict[str, int]:
    """Every figure in force on a day, by code: one query."""
    return {code: each.figure for code, each in _standing(on).items()}


def criteria_for(viewer: Viewer) -> list[Standing]:
    """How every criterion stands today, in the order in which they are declared.

    Raises:
        Refused: when the viewer has nothing to do with alerts.
    """
    require(viewer, LOOK)
    return list(_standing(timezone.localdate()).values())


def criterion_for(viewer: Viewer, code: str) -> Standing:
    """One criterion, for whoever may set it.

    Raises:
        Refused: there is none of that code, or this person may not.
    """
    require(viewer, SET)
    if code not in installed().criteria:
        raise Refused("There is no such criterion.")
    return _standing(timezone.localdate(), [code])[code]


def set_figure(*, by: Viewer, code: str, figure: int, since: date, reason: str, after: int) -> LocalFigure:
    """From a day on, this criterion has that figure. Whoever reviews looking is told.

    Args:
        by: who sets it.
        code: which criterion.
        figure: within the bounds of the criterion.
        since: today or a later day.
        reason: why, for the trail and the page.
        after: the number of the last figure that the page showed, 0 where it showed the first day's.

    Raises:
        Refused: there is none of that code, or this person may not.
        CannotSet: out of bounds, in the past, or a colleague set one meanwhile.
    """
    require(by, SET)
    known = installed().criteria.get(code)
    if known is None:
        raise Refused("There is no such criterion.")
    if not known.least <= figure <= known.most:
        raise CannotSet("figure")
    if since < timezone.localdate():
        raise CannotSet("past")
    try:
        with transaction.atomic():
            return _set(
                by, LocalFigure(code=code, number=after + 1, figure=figure, since=since, reason=reason)
            )
    except IntegrityError:
        raise CannotSet("moved on") from None


def _set(by: Viewer, row: LocalFigure) -> LocalFigure:
    row.set_by = by.actor_label[:200]
    # A page may show a number that is not the last one, when figures were set between: then nothing is written.
    if LocalFigure.objects.filter(code=row.code, number__gte=row.number).exists():
        raise CannotSet("moved on")
    with change("alert criterion set", by=by, reason=row.reason):
        row.save(force_insert=True)
        raise_alert(
            by=by,
            kind=CHANGED,
            user_id=by.user_id,
            details={"criterion": row.code, "figure": row.figure},
            key=f"{CHANGED}:{row.code}:{row.number}",
        )
    return row


def _standing(on: date, codes: Iterable[str] | None = None) -> dict[str, Standing]:
    declared = installed().criteria
    wanted = list(declared) if codes is None else list(codes)
    rows: dict[str, list[LocalFigure]] = {code: [] for code in wanted}
    for row in LocalFigure.objects.filter(code__in=wanted).order_by("since", "number"):
        rows[row.code].append(row)
    return {code: _one(declared[code], rows[code], on) for code in wanted}


def _one(criterion: Criterion, rows: list[LocalFigure], on: date) -> Standing:
    begun = [row for row in rows if row.since <= on]
    last = begun[-1] if begun else None
    return Standing(
        criterion,
        last.figure if last else criterion.first,
        last,
        tuple(row for row in rows if row.since > on),
        max((row.number for row in rows), default=0),
    )
