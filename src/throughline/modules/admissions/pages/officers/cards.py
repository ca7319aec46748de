"""What a member of the admissions team is asked for, on the first page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.core.registry.sockets import HomeItem

from ...queries.officers_desk import releases_due, runs_to_look_at, waiting_work
from .runs import run_status
from .way import run_name


def waiting(viewer: Viewer) -> list[HomeItem]:
    """Evidence, disputes and late applications that wait; runs that have ended; releases that are due."""
    items = []
    if viewer.may("admissions.see_rounds"):
        items += _releases(viewer)
    if viewer.may("admissions.work"):
        items += _work(viewer)
    if viewer.may("admissions.see_rounds"):
        items += _runs(viewer)
        link = reverse("admissions.rounds")
        items.append(HomeItem(_("School places"), link, _("Rounds, applications, runs and offers.")))
    return items


def _work(viewer: Viewer) -> list[HomeItem]:
    items = []
    for found in waiting_work(viewer):
        board = reverse("admissions.board", args=[found.round_id])
        title, link, text = {
            "evidence": (
                _("Evidence waiting: %(round)s"),
                reverse("admissions.evidence", args=[found.round_id]),
                _("Claims that nobody has decided on yet."),
            ),
            "disputed": (
                _("Applications on hold: %(round)s"),
                f"{board}?state=disputed",
                _("Two people have applied for one child."),
            ),
            "undecided": (
                _("Late applications to decide: %(round)s"),
                f"{board}?time=late_undecided",
                _("Each gives a reason for being late."),
            ),
        }[found.kind]
        items.append(HomeItem(title % {"round": found.round_name}, link, text, count=found.count))
    return items


def _runs(viewer: Viewer) -> list[HomeItem]:
    return [
        HomeItem(
            _("%(run)s has ended: %(round)s") % {"run": run_name(run), "round": run.round.name},
            reverse("admissions.run", args=[run.pk]),
            _("Asked for by %(who)s.") % {"who": run.asked_by},
            tag=run_status(run, run.round).text,
        )
        for run in runs_to_look_at(viewer)
    ]


def _releases(viewer: Viewer) -> list[HomeItem]:
    items = []
    for round in releases_due(viewer):
        ready = bool(round.proposed_run_id)
        release = ready and viewer.may("admissions.release") and round.proposed_by_id != viewer.user_id
        link = reverse("admissions.release" if release else "admissions.round", args=[round.pk])
        text = (
            _("%(who)s has proposed a run. A second person releases it.") % {"who": round.proposed_by}
            if ready
            else _("No run has been proposed yet.")
        )
        items.append(
            HomeItem(_("Release offers: %(round)s") % {"round": round.name}, link, text, due=round.offer_day)
        )
    return items
