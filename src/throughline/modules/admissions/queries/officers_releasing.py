"""What a release will do, in numbers, before anybody does it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer, require

from ..models import Application, Offer, Run
from .running import arrays


@dataclass(frozen=True)
class What:
    """A release in numbers, each with its words."""

    sound: bool
    numbers: list[tuple[str, int]]


def what_release_does(viewer: Viewer, run: Run) -> What:
    """The offers a run would make, and the families who would be told, in one query."""
    require(viewer, "admissions.see_rounds")
    counts = run.counts
    told = (
        Application.objects.filter(round=run.round_id, state=Application.State.SUBMITTED)
        .exclude(applicant__isnull=True)
        .exclude(applicant__email="")
        .count()
    )
    ranks = counts["by_rank"]
    return What(
        not run.findings,
        [
            (_("Offers that will be made"), counts["offered"] + len(run.nearest)),
            (_("Offers of a first preference"), ranks[0] if ranks else 0),
            (_("Offers of a lower preference"), sum(ranks[1:])),
            (_("Offers of the school that a plan names"), counts["named"]),
            (_("Offers of the nearest school with a place"), len(run.nearest)),
            (_("Children without any offer"), counts["not_offered"] - len(run.nearest)),
            (_("Families who will be emailed"), told),
        ],
    )


def what_reallocation_does(viewer: Viewer, run: Run) -> What:
    """The children whom a re-allocation would give a place, or a place they wanted more."""
    require(viewer, "admissions.see_rounds")
    frozen = arrays(run)
    secured, offered = frozen.snapshot.secured, frozen.outcome.offered
    moved = (offered >= 0) & (offered != secured) & (frozen.snapshot.named < 0)
    held = Offer.objects.filter(round=run.round_id, state__in=Offer.LIVE).count()
    return What(
        not run.findings,
        [
            (_("Offers in force now"), held),
            (_("Children who will be offered a place they wanted more"), int(np.sum(moved & (secured >= 0)))),
            (_("Children without a place who will be offered one"), int(np.sum(moved & (secured < 0)))),
            (_("Children still without a place"), int(np.sum(offered < 0))),
        ],
    )
