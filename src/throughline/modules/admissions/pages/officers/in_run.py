"""Why: one school in a run, and one child in a run."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.web.components.parts import Cell, Column, Count, Link, Row, Status
from throughline.web.components.wording import distance, is_withheld

from ...queries.running import run as run_by_id
from ...queries.school_in_run import LISTS, ChildInRun, SchoolInRun, Standing, child_in_run, school_in_run
from ...queries.why import Why
from ...wording.criteria import criterion_at, fact_words, who_words
from ...wording.reasons import why_sentences
from .run import last_place
from .telling import criterion_cell, source_words
from .way import in_round, run_crumb, viewer_of

FAR = 2**32 - 1


def school(request: HttpRequest, run_id: UUID, school_id: UUID) -> HttpResponse:
    """Who was offered a place, in the school's order, and who waits."""
    viewer = viewer_of(request)
    run = run_by_id(viewer, run_id)
    wanted = request.GET.get("list", "offered")
    wanted = wanted if wanted in LISTS else "offered"
    found = school_in_run(viewer, run, school_id, wanted, request.GET.get("page", 1))
    way = in_round(viewer, run.round, "admissions.runs", run_crumb(run), (found.line.name, ""))
    context = way | {
        "run": run,
        "line": found.line,
        "counts": _counts(found),
        "line_words": last_place(found.line),
        "lists": _lists(found, request.path, wanted),
        "title": _titles()[wanted],
        "page": found.page,
        "columns": _columns(wanted),
        "rows": [_standing(run, found, row, wanted) for row in found.rows],
        "criteria": _criteria(found),
        "criteria_columns": [Column(_("Criterion"), sort=False), Column(_("Offers"), numeric=True)],
    }
    return render(request, "admissions/officers/run_school.html", context)


def _titles() -> dict[str, str]:
    return {
        "offered": _("Offered a place"),
        "waiting": _("Waiting"),
        "elsewhere": _("Offered a school they put higher"),
        "unranked": _("Could not be considered"),
    }


def _lists(found: SchoolInRun, here: str, wanted: str) -> list[Link]:
    return [
        Link(f"{words} ({found.counts[name]:,})", f"{here}?list={name}", current=name == wanted)
        for name, words in _titles().items()
    ]


def _counts(found: SchoolInRun) -> list[Count]:
    line = found.line
    return [
        Count(_("Places"), line.places),
        Count(
            _("Offers"),
            line.offers,
            note=_("%(n)s named in a plan") % {"n": line.named} if line.named else "",
        ),
        Count(_("Waiting"), found.counts["waiting"]),
        Count(_("Places left"), line.free),
    ]


def _columns(wanted: str) -> list[Column]:
    first = Column(_("Position"), numeric=True) if wanted == "waiting" else Column(_("Order"), numeric=True)
    return [
        Column(_("Child")),
        first,
        Column(_("Criterion")),
        Column(_("Distance")),
        Column(_("Their preference"), numeric=True),
        Column(_("Why")),
    ]


def _standing(run: Any, found: SchoolInRun, row: Standing, wanted: str) -> list[Any]:
    why = reverse("admissions.run_child", args=[run.pk, row.child.id])
    return [
        Cell(row.child.name, href=why, note=_born(row)),
        row.waiting if wanted == "waiting" else row.rank or "–",
        _criterion(found, row),
        row.distance if is_withheld(row.distance) else distance(row.distance) or _("Not measured"),
        row.preference or "–",
        Cell(_("See why"), href=why),
    ]


def _born(row: Standing) -> str:
    return _("Application counted as late") if row.late is True else ""


def _criterion(found: SchoolInRun, row: Standing) -> Any:
    if row.named is True:
        return _("Named in the child’s plan")
    if row.over_number:
        return Cell(
            _("Over the number"), note=_("A place held already, or children of one birth kept together")
        )
    return criterion_cell(row.criterion, found.arrangement)


def _criteria(found: SchoolInRun) -> list[list[Any]]:
    """Offers by criterion in the school's order, then by share of the places."""
    arrangement = found.arrangement
    rows = [[_("Named in a plan"), found.line.named]] if found.line.named else []
    rows += [
        [_("%(n)s. %(who)s") % {"n": at, "who": criterion_at(arrangement, at)}, number]
        for at, number in enumerate(found.line.by_criterion, start=1)
    ]
    for quota, (_code, given, places) in zip(arrangement.quotas, found.quotas, strict=True):
        words = _("From the %(places)s places set aside for %(who)s") % {
            "places": places,
            "who": who_words(quota.who, arrangement.details),
        }
        rows.append([words, given])
    if found.line.over_number:
        rows.append([_("Over the number"), found.line.over_number])
    return rows


def child(request: HttpRequest, run_id: UUID, child_id: UUID) -> HttpResponse:
    """One child: the offer, and why for every preference, with the numbers and the facts."""
    viewer = viewer_of(request)
    run = run_by_id(viewer, run_id)
    found = child_in_run(viewer, run, child_id)
    context = in_round(viewer, run.round, "admissions.runs", run_crumb(run), (found.child.name, "")) | {
        "run": run,
        "found": found,
        "bar_facts": [Row(_("Born"), found.child.born), Row(_("Record"), found.child.reference)],
        "badges": _badges(found),
        "offer": _offer(found),
        "sum_columns": [
            Column(_("What was compared")),
            Column(_("This child")),
            Column(_("Last child offered a place")),
        ],
        "preferences": [_preference(run, found, why) for why in found.why] if found.may_see_why else [],
    }
    return render(request, "admissions/officers/run_child.html", context)


def _badges(found: ChildInRun) -> list[Status]:
    badges = []
    if found.named and found.may_see_why:
        badges.append(Status(_("Plan names a school"), "purple"))
    if found.late is True:
        badges.append(Status(_("Counted as late"), "yellow"))
    return badges


def _offer(found: ChildInRun) -> str:
    if is_withheld(found.offered):
        return str(found.offered)
    if found.offered and found.named:
        return _("%(school)s, which the child’s plan names.") % {"school": found.offered}
    if found.offered:
        return _("A place at %(school)s.") % {"school": found.offered}
    if found.nearest:
        return _("No preference could be met. The nearest school with a place is %(school)s.") % {
            "school": found.nearest[0]
        }
    return _("No place: no preference could be met, and no other school has a place.")


def _preference(run: Any, found: ChildInRun, why: Why) -> dict[str, Any]:
    numbers = found.may_see_distance
    return {
        "title": _("Preference %(n)s: %(school)s")
        % {"n": why.explanation.position, "school": why.school_name},
        "href": reverse("admissions.run_school", args=[run.pk, why.school_id]),
        "status": _status(why),
        "sentences": why_sentences(why.explanation, why.arrangement, why.school_name, numbers=numbers),
        "sum": _sum(why, numbers, found.scores[why.explanation.position - 1]),
        "caption": _("The numbers at %(school)s") % {"school": why.school_name},
        "key": f"sum-{why.explanation.position}",
        "facts": [_fact(found, why, fact) for fact in why.facts],
    }


def _fact(found: ChildInRun, why: Why, fact: str) -> str:
    """A fact that counted, and where it is known from."""
    words = fact_words(fact, why.arrangement.details)
    source, by = found.sources.get((why.school_id, fact)) or found.sources.get((None, fact)) or ("", "")
    if not source:
        return _("Children who %(fact)s. Known from: where the home lies on the map.") % {"fact": words}
    return _("Children who %(fact)s. Known from: %(source)s. Decided by: %(who)s.") % {
        "fact": words,
        "source": str(source_words(source)).lower(),
        "who": by or "–",
    }


def _status(why: Why) -> Status:
    return [
        Status(_("Offered"), "green"),
        Status(_("Not needed"), "blue"),
        Status(_("Plan"), "purple"),
        Status(_("Full"), "orange"),
        Status(_("Standard not met"), "grey"),
    ][int(why.explanation.result)]


def _sum(why: Why, numbers: bool, score: Any) -> list[list[Any]]:
    """What was compared: this child beside the last one admitted."""
    said, last = why.explanation, why.explanation
    # Where everybody got in nobody stands at the line: the last one's figures would be one child's, and tell nothing.
    nobody = not said.last_rank or not why.oversubscribed
    rows = [
        [
            _("Criterion"),
            _number(said.criterion_number),
            "–" if nobody else _number(last.last_criterion_number),
        ],
        [_("Distance"), _metres(why.distance, numbers), "–" if nobody else _metres(last.last_distance, True)],
        [_("Place in the school’s order"), _number(said.rank), "–" if nobody else _number(last.last_rank)],
    ]
    if said.last_score >= 0 or said.separated_by in ("score", "not_qualified"):
        last_score = "–" if nobody else _number(max(said.last_score, 0))
        rows.append([_("Test score"), _("No test taken") if score == -1 else score, last_score])
    if said.separated_by == "lot":
        rows.append([_("Lot drawn"), said.mine + 1, said.theirs + 1])
    if said.waiting:
        rows.append([_("Place on the waiting list"), said.waiting, "–"])
    return rows


def _number(number: int) -> Any:
    return number or _("Not ranked")


def _metres(metres: int, numbers: bool) -> str:
    if not numbers:
        return _("Kept back with the address")
    return distance(metres) if 0 <= metres < FAR else _("Not measured")
