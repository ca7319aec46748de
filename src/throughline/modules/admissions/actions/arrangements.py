"""Saving a school's arrangements: refused when the Admissions Code forbids them, with the rule that says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.access.viewer import require
from throughline.core.audit.actor import Actor
from throughline.core.audit.change import change
from throughline.core.organisations.models import School
from throughline.rules.allocation.admissions_code import CodeFinding, check_arrangement
from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.arrangement_data import arrangement_from_data, arrangement_to_data

from ..models import Arrangements, Round


class ArrangementsRefused(ValueError):
    """The Code forbids these arrangements, or they lack what it requires. Nothing was saved."""

    def __init__(self, findings: list[CodeFinding]) -> None:
        super().__init__(f"{len(findings)} rule(s) of the Admissions Code stand against these arrangements.")
        self.findings = findings


class Overtaken(ValueError):
    """Somebody else saved first. What was typed is not lost: it is shown again beside what they saved."""


def save_arrangements(
    *,
    by: Actor,
    round: Round,
    school: School,
    data: Mapping[str, Any] | Arrangement,
    resolves: Mapping[str, Any] | None = None,
    after_version: int | None = None,
) -> tuple[Arrangements, list[CodeFinding]]:
    """Save a new version of a school's arrangements for a round.

    Args:
        data: the arrangements, as data or in the kernel's form.
        resolves: what establishes a fact here (feeder and linked schools by URN, areas by layer and name).
        after_version: the version the officer was looking at; if another has been saved since, nothing is written.

    Returns:
        the row saved, and what the Code asks an officer to look at again.

    Raises:
        ArrangementError: the data has not the shape of arrangements.
        ArrangementsRefused: the Code forbids them.
        Overtaken: somebody else saved a version meanwhile.
        ValidationError: offers have been released under the arrangements that are in force.
    """
    require(by, "admissions.set_up")
    if round.released_at is not None:
        raise ValidationError(
            _(
                "Offers have been released under the arrangements in force, so they can no longer change. Nothing was saved."
            )
        )
    arrangement = data if isinstance(data, Arrangement) else arrangement_from_data(data)
    findings = check_arrangement(arrangement, on=timezone.localdate())
    refusals = [finding for finding in findings if finding.severity == "refuse"]
    if refusals:
        raise ArrangementsRefused(refusals)
    with change("arrangements saved", by=by):
        before = Arrangements.objects.filter(round=round, school=school).order_by("-version").first()
        if after_version is not None and (before.version if before else 0) != after_version:
            raise Overtaken("Somebody else has saved these arrangements since you opened them.")
        Arrangements.objects.filter(round=round, school=school, in_force=True).update(in_force=False)
        row = Arrangements.objects.create(
            round=round,
            school=school,
            version=before.version + 1 if before else 1,
            data=arrangement_to_data(arrangement),
            resolves=dict(resolves if resolves is not None else (before.resolves if before else {})),
            admission_number=arrangement.admission_number,
            saved_by=by.actor_label,
        )
    return row, [finding for finding in findings if finding.severity != "refuse"]
