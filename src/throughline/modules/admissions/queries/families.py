"""What a parent or carer reads: their own applications, the schools to choose from, and after offer day the result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from throughline.core.access.viewer import Refused, Viewer, require
from throughline.core.audit.look import look
from throughline.core.organisations.models import School
from throughline.core.people.deciding import homes
from throughline.core.people.models import Child
from throughline.core.people.queries import my_child
from throughline.rules.allocation.considering import first_criterion

from ..models import Application, Offer, Preference, Round
from .arrangements import InForce, arrangements_in_force
from .from_record import Asked, facts_from_record
from .measuring import Home, measure
from .outcomes import CutOff, cut_offs_of_last_round
from .why import Why, why_child


@dataclass(frozen=True)
class Choice:
    """A school as a parent sees it before choosing: how far, in whose catchment, under which criterion, past cut-off."""

    school: School
    in_force: InForce
    distance: int | None
    catchment: str
    criterion: int
    facts: tuple[str, ...]
    last_time: CutOff | None


def rounds_for(child: Child, on: date | None = None) -> list[Round]:
    """Rounds a child could be applied for today by age, soonest to close first."""
    day = on or timezone.localdate()
    rows = Round.objects.filter(
        born_from__lte=child.born, born_to__gte=child.born, opens__lte=day, released_at__isnull=True
    )
    return list(rows.order_by("closes"))


def my_applications(viewer: Viewer) -> list[Application]:
    """The viewer's own applications that have not ended, latest round first. Another parent's are never among them."""
    require(viewer, "admissions.apply")
    rows = (
        Application.objects.filter(applicant__user_id=viewer.user_id)
        .exclude(state__in=(Application.State.SET_ASIDE, Application.State.WITHDRAWN))
        .select_related("round", "child", "round__released_run")
        .order_by("-round__entry_year", "-started_at")
    )
    found = list(rows)
    look(viewer, "my applications", [a.child_id for a in found], ["admissions.application"])
    return found


def my_application(viewer: Viewer, application_id: UUID) -> Application:
    """One of the viewer's own applications.

    Raises:
        Refused: when it is not theirs, or does not exist: the two are answered alike.
    """
    require(viewer, "admissions.apply")
    found = (
        Application.objects.filter(pk=application_id, applicant__user_id=viewer.user_id)
        .select_related("round", "child", "address", "round__released_run", "applicant")
        .first()
    )
    if found is None:
        raise Refused("Not this person's application.")
    # A parent whose contact with the child has been limited since loses sight of the application with the child.
    my_child(viewer, found.child_id)
    look(viewer, "my application", [found.child_id], ["admissions.application"])
    return found


def submitted_preferences(application: Application) -> list[Preference]:
    """The preferences as last submitted, in order."""
    return list(Preference.objects.filter(application=application).select_related("school").order_by("rank"))


def choices_for(
    viewer: Viewer, round: Round, child: Child, only: Iterable[UUID] | None = None
) -> list[Choice]:
    """Every school in the round as it stands to this child, nearest first."""
    my_child(viewer, child.pk)
    in_force = arrangements_in_force(round)
    if only is not None:
        wanted = set(only)
        in_force = {school: here for school, here in in_force.items() if school in wanted}
    home = _home(child)
    measured = dict(zip(in_force, measure([(home, school) for school in in_force], in_force), strict=True))
    today = timezone.localdate()
    asked = [Asked(child.pk, child.pk, school, today) for school in in_force]
    found = facts_from_record(round, asked, in_force)
    past = cut_offs_of_last_round(round)
    choices = []
    for school_id, here in in_force.items():
        facts = {fact for (_, at, fact) in found if at in (None, school_id)} & here.facts
        areas = measured[school_id].areas
        facts |= {fact for fact, standing in areas.items() if standing in ("inside", "boundary")}
        choices.append(
            Choice(
                school=here.row.school,
                in_force=here,
                distance=measured[school_id].distance,
                catchment=areas.get("catchment", ""),
                criterion=first_criterion(here.arrangement, facts),
                facts=tuple(sorted(facts)),
                last_time=past.get(school_id),
            )
        )
    far = 2**32
    return sorted(choices, key=lambda c: (c.distance if c.distance is not None else far, c.school.name))


def _home(child: Child) -> Home | None:
    point = homes([child.pk], timezone.localdate()).get(child.pk)
    if point is None or point.easting is None or point.northing is None:
        return None
    return Home(point.easting, point.northing, point.precision, point.source)


@dataclass(frozen=True)
class Result:
    """What a family reads on and after offer day."""

    application: Application
    offer: Offer | None
    why: list[Why]
    preferences: list[Preference]


def my_result(viewer: Viewer, application_id: UUID) -> Result:
    """The result of an application.

    Raises:
        Refused: before release there is no result to anybody outside the authority, exactly as if it did not exist.
    """
    application = my_application(viewer, application_id)
    round = application.round
    if round.released_at is None or round.released_run is None:
        raise Refused("Nothing has been released.")
    offer = (
        Offer.objects.filter(round=round, child_id=application.child_id, application=application)
        .select_related("school", "run")
        .order_by("-made_at", "-id")
        .first()
    )
    look(viewer, "my result", [application.child_id], ["admissions.outcome"])
    why = why_child(round.released_run, application.child_id)
    return Result(application, offer, why, submitted_preferences(application))
