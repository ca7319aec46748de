"""What a parent or carer reads: their own applications, the schools to choose from, and after offer day the result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from throughline.core.access.viewer import Refused, Viewer, require
from throughline.core.audit.look import look
from throughline.core.organisations.models import School
from throughline.core.people.deciding import homes
from throughline.core.people.limits import free_ties
from throughline.core.people.models import Child, Residence, Tie
from throughline.core.people.queries import address_category, addresses_of, my_child
from throughline.core.sharing.show import Sight
from throughline.rules.allocation.considering import first_criterion

from ..models import Application, Offer, Preference, Round, Submission
from .arrangements import InForce, arrangements_in_force
from .from_record import Asked, facts_from_record
from .measuring import Home, measure
from .outcomes import CutOff, cut_offs_of_last_round, first_released
from .why import Why, why_child


@dataclass(frozen=True)
class Choice:
    """A school as a parent sees it before choosing: how far, in whose catchment, under which criterion, past cut-off.

    ``withheld`` says that this parent may not know where the child lives or the child's circumstances: then there is
    no distance, no catchment, no fact, and ``criterion`` is ``UNKNOWN``.
    """

    school: School
    in_force: InForce
    distance: int | None
    catchment: str
    criterion: int
    facts: tuple[str, ...]
    last_time: CutOff | None
    withheld: bool = False


UNKNOWN = -2
# Distances and criteria give away all of these together, so all must be open to the reader.
BEHIND_A_CHOICE = ("people.family", "people.education", "people.circumstances")


@dataclass(frozen=True)
class KnownHome:
    """Where a child lives, as one parent may know it. ``on_map`` is the point that may be drawn, if any."""

    residence: Residence | None
    seen: bool
    on_map: tuple[int, int] | None


def home_for(viewer: Viewer, child: Child) -> KnownHome:
    """Where a child lives, for the viewer. A restricted address is never drawn, whoever looks."""
    residence = addresses_of([child.pk], viewer.on).get(child.pk)
    sight = Sight(viewer, [child.pk])
    needed = (address_category(residence), *BEHIND_A_CHOICE)
    seen = all(sight.may_see(child.pk, category) for category in needed)
    if residence is None or not seen:
        return KnownHome(None, seen, None)
    at = residence.address
    point = (at.easting, at.northing) if at.easting is not None and at.northing is not None else None
    look(viewer, "where my child lives", [child.pk], [address_category(residence)])
    return KnownHome(residence, seen, None if at.restricted else point)


def rounds_for(child: Child, on: date | None = None) -> list[Round]:
    """Rounds a child could be applied for today by age, soonest to close first."""
    day = on or timezone.localdate()
    rows = Round.objects.filter(
        born_from__lte=child.born, born_to__gte=child.born, opens__lte=day, released_at__isnull=True
    )
    return list(rows.order_by("closes"))


def open_rounds_of(viewer: Viewer) -> list[tuple[Child, Round]]:
    """Every round that is open now for a child of the viewer's, soonest to close first: two queries."""
    children = list(Child.objects.filter(pk__in=_own_children(viewer)).order_by("born", "pk"))
    today = timezone.localdate()
    rows = Round.objects.filter(opens__lte=today, closes__gte=today, released_at__isnull=True)
    found = [
        (child, round)
        for round in rows.order_by("closes")
        for child in children
        if round.born_from <= child.born <= round.born_to
    ]
    look(viewer, "rounds open for my children", [child.pk for child, _round in found], ["people.identity"])
    return found


def my_child_shown(viewer: Viewer, child_id: UUID) -> Child:
    """One of the viewer's own children, for a page; the look is recorded.

    Raises:
        Refused: when the child is not theirs, or does not exist: the two are answered alike.
    """
    child = my_child(viewer, child_id)
    look(viewer, "my child", [child.pk], ["people.identity"])
    return child


def my_applications(viewer: Viewer) -> list[Application]:
    """The viewer's own applications that have not ended, latest round first. Another parent's are never among them."""
    require(viewer, "admissions.apply")
    rows = (
        Application.objects.filter(applicant__user_id=viewer.user_id, child_id__in=_own_children(viewer))
        .exclude(state__in=(Application.State.SET_ASIDE, Application.State.WITHDRAWN))
        .select_related("round", "child", "round__released_run")
        .order_by("-round__entry_year", "-started_at")
    )
    found = list(rows)
    look(viewer, "my applications", [a.child_id for a in found], ["admissions.application"])
    return found


def _own_children(viewer: Viewer) -> QuerySet[Tie, Any]:
    """A parent whose contact has been limited loses sight of the application with the child."""
    return free_ties(viewer.on, adult__user_id=viewer.user_id).values("child_id")


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
    """Every school in the round as it stands to this child, nearest first.

    To a parent who may not know where the child lives, every school in the order of its name and without what would
    give it away: even the order of distances does.
    """
    my_child(viewer, child.pk)
    open_to = home_for(viewer, child).seen
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
    if not open_to:
        return [
            Choice(here.row.school, here, None, "", UNKNOWN, (), past.get(key), withheld=True)
            for key, here in in_force.items()
        ]
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
    """What a family reads on and after offer day. ``waiting`` is a place on the list of each school, by school.

    ``numbers`` says whether distances may be shown to this reader.
    """

    application: Application
    offer: Offer | None
    why: list[Why]
    preferences: list[Preference]
    waiting: dict[UUID, int]
    numbers: bool


def my_result(viewer: Viewer, application_id: UUID) -> Result:
    """The result of an application.

    The reasons are those of offer day. A later re-allocation moves waiting lists and may bring another offer, and
    explains only children who were not in the first.

    Raises:
        Refused: before release there is no result to anybody outside the authority, exactly as if it did not exist.
    """
    application = my_application(viewer, application_id)
    round = application.round
    if round.released_at is None or round.released_run is None:
        raise Refused("Nothing has been released.")
    offer = (
        Offer.objects.filter(round=round, child_id=application.child_id, application=application)
        .select_related("school", "run", "application__applicant")
        .order_by("-made_at", "-id")
        .first()
    )
    numbers = home_for(viewer, application.child).seen
    look(viewer, "my result", [application.child_id], ["admissions.outcome"])
    latest = why_child(round.released_run, application.child_id)
    first = first_released(round)
    then = why_child(first, application.child_id) if first and first.pk != round.released_run.pk else []
    waiting = {each.school_id: each.explanation.waiting for each in latest if each.explanation.waiting}
    preferences = submitted_preferences(application)
    return Result(application, offer, then or latest, preferences, waiting, numbers)


def my_preference(viewer: Viewer, application_id: UUID, school_id: UUID) -> Preference:
    """One school of the viewer's own application.

    Raises:
        Refused: when it is not theirs, or does not exist.
    """
    application = my_application(viewer, application_id)
    found = (
        Preference.objects.filter(application=application, school_id=school_id)
        .select_related("application__applicant", "school")
        .first()
    )
    if found is None:
        raise Refused("No such preference.")
    return found


def unsubmitted(applications: Iterable[Application]) -> set[UUID]:
    """Which submitted applications have been changed since, one query however many there are."""
    rows = {a.pk: a for a in applications if a.version and a.state in Application.LIVE}
    last: dict[UUID, object] = {}
    for key, content in (
        Submission.objects.filter(application_id__in=list(rows))
        .order_by("version")
        .values_list("application_id", "content")
    ):
        last[key] = content
    return {key for key, row in rows.items() if key in last and last[key] != row.answers}


def offers_of(applications: Iterable[Application]) -> dict[UUID, Offer]:
    """The latest offer of each application whose round has been released, by application."""
    keys = [a.pk for a in applications if a.round.released_at]
    rows = Offer.objects.filter(application_id__in=keys).select_related("school").order_by("made_at", "id")
    return {row.application_id: row for row in rows if row.application_id}


def late_now(application: Application) -> bool:
    """Whether an application made today would be a late one."""
    return timezone.localdate() > application.round.closes and application.first_submitted_at is None


def may_change(application: Application) -> bool:
    """Whether the family can still change it here: until the closing day, or until offers if it was never made."""
    if application.state not in (Application.State.DRAFT, *Application.LIVE) or application.round.released_at:
        return False
    return application.first_submitted_at is None or timezone.localdate() <= application.round.closes
