"""Runs: asked for by a person, done by the worker, frozen for good."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.access.viewer import require
from throughline.core.audit.actor import THROUGHLINE, Actor
from throughline.core.audit.change import change
from throughline.core.work.actions import Piece, ask
from throughline.core.work.progress import Progress
from throughline.rules.allocation.allocation import allocate_round
from throughline.rules.allocation.checker import check
from throughline.rules.allocation.digest import digest

from ..models import Round, Run
from ..queries.counting import counts_of
from ..queries.freezing import freeze
from ..queries.unplaced import nearest_places
from ..wording.run_findings import finding_row
from .establish import establish

STEPS = 5


def ask_run(
    *, by: Actor, round: Round, kind: str = Run.Kind.DRY, mode: str = "child", note: str = ""
) -> tuple[Run, Piece]:
    """Ask for an allocation to be run in the background. Asking twice at once gives the one that is waiting."""
    require(by, "admissions.work")
    _check_kind(round, kind)
    for _attempt in range(3):
        try:
            return _ask(by, round, kind, mode, note)
        except IntegrityError:
            # Somebody asked for a run in the same moment and took the number: take the next.
            continue
    raise ValidationError(_("Several people are asking for runs at once. Nothing was started. Try again."))


def _ask(by: Actor, round: Round, kind: str, mode: str, note: str) -> tuple[Run, Piece]:
    with change("run asked for", by=by):
        waiting = Run.objects.filter(round=round, kind=kind, mode=mode, state=Run.State.WAITING).first()
        run = waiting or _new_run(by, round, kind, mode, note)
        piece = ask(
            by=by, job="admissions.run", arguments={"run": str(run.pk)}, key=f"admissions.run:{run.pk}"
        )
    return run, piece


def _new_run(by: Actor, round: Round, kind: str, mode: str, note: str) -> Run:
    number = (Run.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0) + 1
    return Run.objects.create(
        round=round,
        number=number,
        kind=kind,
        mode=mode,
        seed=_seed(round, kind, number),
        asked_by=by.actor_label,
        asked_by_id=by.actor_id,
        note=note,
    )


def _seed(round: Round, kind: str, number: int) -> str:
    """Until offer day every run of a round draws the same lots; each re-allocation draws afresh (ADM-22, 1.4 RAND)."""
    if kind == Run.Kind.REALLOCATION:
        return hashlib.sha256(f"{round.seed}:re-allocation {number}".encode()).hexdigest()[:32]
    return round.seed


def _check_kind(round: Round, kind: str) -> None:
    today = timezone.localdate()
    if kind == Run.Kind.REALLOCATION and not round.released_at:
        raise ValidationError(_("Offers have not been released yet, so there is nothing to re-allocate."))
    if kind == Run.Kind.OFFER and round.released_at:
        raise ValidationError(_("Offers for this round have been released. Use a re-allocation instead."))
    if kind == Run.Kind.OFFER and today <= round.closes:
        raise ValidationError(_("The round has not closed yet. Use a dry run until it has."))


def carry_out(progress: Progress, run_id: str) -> None:
    """Do a run: establish, freeze, allocate, check, keep. Doing it again after a fault starts afresh or finds it done."""
    run = Run.objects.defer("snapshot", "outcome").select_related("round").get(pk=run_id)
    if run.state == Run.State.COMPLETE:
        return
    progress.say(0, STEPS, _("Bringing distances and facts up to date"))
    if run.kind != Run.Kind.REALLOCATION or run.round.released_at:
        establish(by=THROUGHLINE, round=run.round)
    progress.say(1, STEPS, _("Freezing the round"))
    frozen = freeze(run.round, run.kind, run.seed)
    progress.say(2, STEPS, _("Allocating places"))
    outcome = allocate_round(frozen.snapshot, mode=run.mode)
    progress.say(3, STEPS, _("Checking every offer with the independent checker"))
    findings = [finding_row(finding) for finding in check(frozen.snapshot, outcome)]
    progress.say(4, STEPS, _("Keeping the result"))
    values: dict[str, Any] = {
        "state": Run.State.COMPLETE,
        "completed_at": timezone.now(),
        "snapshot": frozen.snapshot.to_bytes(),
        "outcome": outcome.to_bytes(),
        "digest": digest(frozen.snapshot, outcome),
        "findings": findings,
        "warnings": frozen.warnings,
        "counts": counts_of(frozen.snapshot, outcome),
        "nearest": []
        if run.kind == Run.Kind.REALLOCATION
        else nearest_places(run.round, frozen.snapshot, outcome, run.seed),
    }
    with change("run completed", by=THROUGHLINE):
        # Only one worker's result is kept, should a slow one wake after its work was taken back.
        Run.objects.filter(pk=run.pk, state=Run.State.WAITING).update(**values)
    progress.say(STEPS, STEPS, _("Finished"))


def mark_failed(*, run_id: str, problem: str) -> None:
    """Say on the run that it could not be completed; another can be asked for."""
    with change("run failed", by=THROUGHLINE):
        Run.objects.filter(pk=run_id, state=Run.State.WAITING).update(state=Run.State.FAILED, problem=problem)
