"""One run in numbers: the verdict, offers by preference, a line a school, and what an officer should look at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from throughline.core.access.viewer import Viewer, require
from throughline.core.audit.actor import THROUGHLINE
from throughline.core.organisations.queries import schools_by_id, schools_by_urn
from throughline.core.work.models import Piece
from throughline.core.work.queries import pieces

from ..models import Run
from .officers_sight import FAR, Seen, SeenChild
from .running import Frozen, arrays

JOB = "admissions.run"
RECENT = 200


@dataclass(frozen=True)
class SchoolLine:
    """One school in a run. ``last_distance`` none: the last place was not decided by distance, or nobody was refused."""

    school_id: UUID
    name: str
    places: int
    preferences: int
    first_preferences: int
    offers: int
    named: int
    over_number: int
    free: int
    refused: int
    oversubscribed: bool
    by_criterion: tuple[int, ...]
    last_criterion: int
    last_distance: int | None


@dataclass(frozen=True)
class Note:
    """One warning of a run, about one child where it is about one."""

    child: SeenChild | None
    school: str
    other: SeenChild | None
    application: str
    in_run: bool


def piece_of(run: Run) -> Piece | None:
    """The background work of a run. It says nothing about a child, so whoever may see the run may follow it."""
    found = pieces(THROUGHLINE, job=JOB, limit=RECENT)
    return next((piece for piece in found if piece.arguments.get("run") == str(run.pk)), None)


def school_lines(viewer: Viewer, run: Run) -> list[SchoolLine]:
    """Every school of a complete run, by name, from the arrays and one query."""
    require(viewer, "admissions.see_rounds")
    frozen = arrays(run)
    snapshot, outcome = frozen.snapshot, frozen.outcome
    count = len(snapshot.schools)
    rows = np.arange(snapshot.preferences)
    owner = snapshot.child_of()
    first = rows == snapshot.start[:-1][owner] if len(rows) else np.zeros(0, dtype=bool)
    asked = np.bincount(snapshot.school, minlength=count)
    firsts = np.bincount(snapshot.school[first], minlength=count)
    refused = np.bincount(snapshot.school[outcome.result >= 3], minlength=count)
    known = schools_by_urn([school.key for school in snapshot.schools])
    lines = []
    for at, school in enumerate(snapshot.schools):
        full = bool(outcome.oversubscribed[at])
        distance = int(outcome.last_distance[at])
        places, offers = int(outcome.places[at]), int(outcome.offers[at])
        lines.append(
            SchoolLine(
                school_id=school_id(frozen, at, known),
                name=known[school.key].name if school.key in known else school.key,
                places=places,
                preferences=int(asked[at]),
                first_preferences=int(firsts[at]),
                offers=offers,
                named=int(outcome.named[at]),
                over_number=int(outcome.over_number[at]),
                free=max(places - offers, 0),
                refused=int(refused[at]),
                oversubscribed=full,
                by_criterion=tuple(
                    int(n) for n in outcome.by_criterion[at][: len(school.arrangement.criteria)]
                ),
                last_criterion=int(outcome.last_criterion[at]) + 1 if full else 0,
                last_distance=distance if full and 0 <= distance < FAR else None,
            )
        )
    return sorted(lines, key=lambda line: (line.name, str(line.school_id)))


def school_id(frozen: Frozen, at: int, known: dict[str, Any]) -> UUID:
    """The key of a run's school: by its URN, or its own key where it has none."""
    key = frozen.snapshot.schools[at].key
    return known[key].pk if key in known else UUID(key)


def school_names(run: Run) -> list[str]:
    """The names of a run's schools in the run's own order, for its findings."""
    schools = arrays(run).snapshot.schools
    known = schools_by_urn([school.key for school in schools])
    return [known[s.key].name if s.key in known else s.key for s in schools]


def warning_counts(run: Run) -> list[tuple[str, int]]:
    """The run's warnings by kind; a kind that carries a number of its own counts that."""
    found: Counter[str] = Counter()
    for warning in run.warnings:
        found[warning["code"]] += int(warning.get("count", 1))
    return sorted(found.items())


def notes(viewer: Viewer, run: Run, warnings: list[dict[str, Any]]) -> list[Note]:
    """Warnings of a run with the children they are about, as this viewer may see them."""
    require(viewer, "admissions.see_applications")
    keys = [UUID(w[name]) for w in warnings for name in ("child", "other") if name in w]
    seen = Seen(viewer, run.round, keys)
    schools = schools_by_id({UUID(w["school"]) for w in warnings if "school" in w})
    there = arrays(run).child_at if run.digest else {}
    found = [
        Note(
            child=seen.child(UUID(w["child"])) if "child" in w else None,
            school=schools[UUID(w["school"])].name if "school" in w else "",
            other=seen.child(UUID(w["other"])) if "other" in w else None,
            application=str(w.get("application", "")),
            in_run=str(w.get("child", "")) in there,
        )
        for w in warnings
    ]
    seen.sight.record_look("warnings of a run")
    return found


def children_moved(viewer: Viewer, run: Run, children: list[UUID]) -> dict[UUID, tuple[Any, bool]]:
    """The names of children on a comparison, and whether their offers may be shown."""
    require(viewer, "admissions.see_applications")
    seen = Seen(viewer, run.round, children)
    found = {key: (seen.child(key).name, seen.sight.may_see(key, "admissions.outcome")) for key in children}
    seen.sight.record_look("comparison of two runs")
    return found
