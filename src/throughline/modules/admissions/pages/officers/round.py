"""One round: its dates as a line, its counts as links, and what to do now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from throughline.core.access.viewer import Viewer
from throughline.web.components.parts import Count, Event, Row, Status, Task
from throughline.web.components.wording import days_until, long_date

from ...queries.officers_desk import RoundCounts, round_counts
from ...queries.rounds import round_by_id
from ...queries.running import runs_of
from .rounds import next_date, stage
from .way import in_round, run_name, viewer_of


def one(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The overview of a round."""
    viewer = viewer_of(request)
    round = round_by_id(viewer, round_id)
    counts, runs = round_counts(viewer, round), runs_of(viewer, round)
    context = in_round(viewer, round, "admissions.round") | {
        "stage": stage(round),
        "counts": _cards(viewer, round, counts, len(runs)),
        "events": _line_of_dates(round),
        "tasks": _tasks(viewer, round, counts, runs),
        "terms": _terms(round),
        "may_change": viewer.may("admissions.set_up") and not round.released_at,
        "may_enter": viewer.may("admissions.work") and not round.released_at,
    }
    return render(request, "admissions/officers/round.html", context)


def _cards(viewer: Viewer, round: Any, counts: RoundCounts, runs: int) -> list[Count]:
    def board(query: str = "") -> str:
        return (
            reverse("admissions.board", args=[round.pk]) + query
            if viewer.may("admissions.see_applications")
            else ""
        )

    evidence = reverse("admissions.evidence", args=[round.pk]) if viewer.may("admissions.work") else ""
    shown = [
        Count(_("Applications"), counts.submitted + counts.disputed, board("?state=live")),
        Count(_("Begun, not submitted"), counts.drafts, board("?state=draft")),
        Count(_("Evidence waiting"), counts.evidence, evidence, late=True),
        Count(_("On hold: two applications"), counts.disputed, board("?state=disputed"), late=True),
        Count(_("Late"), counts.late_in_all, board("?time=late")),
        Count(_("Late, to be decided"), counts.late_undecided, board("?time=late_undecided"), late=True),
        Count(_("Schools"), counts.schools, note=_("%(n)s places") % {"n": f"{counts.places:,}"}),
        Count(_("Runs"), runs, reverse("admissions.runs", args=[round.pk])),
    ]
    if round.released_at:
        offers = reverse("admissions.offers", args=[round.pk]) if board() else ""
        shown += [
            Count(
                _("Offers waiting for a reply"), counts.offers_made, f"{offers}?state=made" if offers else ""
            ),
            Count(_("Accepted"), counts.offers_accepted, f"{offers}?state=accepted" if offers else ""),
            Count(_("Declined"), counts.offers_declined, f"{offers}?state=declined" if offers else ""),
        ]
    return shown


def _line_of_dates(round: Any) -> list[Event]:
    today = timezone.localdate()
    coming = next_date(round)
    dates = [
        (_("Applications open"), round.opens, today >= round.opens),
        (_("Closing date"), round.closes, today > round.closes),
        (_("Last day for a late application with a good reason"), round.late_until, today > round.late_until),
        (_("Offer day"), round.offer_day, bool(round.released_at)),
        (_("Families reply by"), round.reply_by, today > round.reply_by),
    ]
    events = []
    for title, day, done in dates:
        status = Status(_("Done"), "green") if done else Status(_("To come"), "grey")
        if coming and (title, day) == coming:
            status = Status(_("Next, %(when)s") % {"when": days_until(day)}, "blue")
        events.append(Event(title, day, status=status))
    return events


def _tasks(viewer: Viewer, round: Any, counts: RoundCounts, runs: list[Any]) -> list[Task]:
    """What is to be done now, first things first."""
    if round.released_at:
        return []
    todo, done, later = Status(_("To do"), "blue"), Status(_("Done"), "green"), Status(_("Not yet"), "grey")
    closed = timezone.localdate() > round.closes
    see, work = viewer.may("admissions.see_applications"), viewer.may("admissions.work")
    board = reverse("admissions.board", args=[round.pk]) if see else ""
    evidence = reverse("admissions.evidence", args=[round.pk]) if work else ""
    runs_page = reverse("admissions.runs", args=[round.pk])
    offer = next((run for run in runs if run.kind == "offer" and run.state == "complete"), None)
    sound = offer is not None and not offer.findings
    proposed = next((run for run in runs if run.pk == round.proposed_run_id), None)
    release = (
        reverse("admissions.release", args=[round.pk]) if viewer.may("admissions.release") else runs_page
    )
    return [
        Task(_("Give every school its arrangements"), done if counts.schools else todo),
        Task(
            _("Decide the evidence"), todo if counts.evidence else done, evidence if counts.evidence else ""
        ),
        Task(
            _("Settle applications on hold"),
            todo if counts.disputed else done,
            f"{board}?state=disputed" if counts.disputed and board else "",
        ),
        Task(
            _("Decide late applications"),
            todo if counts.late_undecided else done,
            f"{board}?time=late_undecided" if counts.late_undecided and board else "",
        ),
        Task(
            _("Run for offer day"),
            done if sound else todo if closed else later,
            runs_page,
            "" if closed else _("Until the closing date, use a dry run"),
        ),
        Task(
            _("Propose a run for release"),
            done if proposed else todo if sound else later,
            reverse("admissions.run", args=[offer.pk]) if offer and not proposed else "",
            _("%(who)s proposed %(run)s") % {"who": round.proposed_by, "run": run_name(proposed)}
            if proposed
            else "",
        ),
        Task(
            _("Release offers to families"),
            todo if proposed and timezone.localdate() >= round.offer_day else later,
            release if proposed else "",
            _("On or after offer day, by a second person"),
        ),
    ]


def _terms(round: Any) -> list[Row]:
    return [
        Row(
            _("Children born"),
            _("%(first)s to %(last)s")
            % {"first": long_date(round.born_from), "last": long_date(round.born_to)},
        ),
        Row(_("Schools a family may name"), round.preferences),
        Row(_("Smallest number published"), round.small_number),
        Row(
            _("Seed of the lots"),
            round.seed,
            note=_("Fixed when the round was set up, so that every lot can be checked"),
        ),
        Row(_("Supervises the drawing of lots"), round.supervisor),
    ]
