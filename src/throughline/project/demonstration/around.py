"""The people around the demonstration's children: at schools, agencies and providers, with circles, requests and words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.core.access.viewer import viewer_for
from throughline.core.audit.actor import Actor
from throughline.core.audit.once import once
from throughline.core.organisations.actions import add_agency
from throughline.core.organisations.queries import schools_by_urn
from throughline.core.people.circle import join_circle, leave_circle
from throughline.core.people.voice import give_way_in, name_myself, say, write_down
from throughline.web.portals.demonstration import add_staff

from .asking import make_requests
from .cast import Cast
from .families import Child
from .justice import work_with_justice
from .schools import SchoolPlan
from .town import Town

DOMAIN = "wendmere.example"
YOUNG_DOMAIN = "young.example"
AGENCIES = (
    ("wendmere-social-care", "Wendmere Children’s Social Care", "social_care"),
    ("ash-valley-health", "Ash Valley Health Trust", "health"),
    ("wendmere-psychology", "Wendmere Educational Psychology Service", "psychology"),
    ("wendmere-youth-justice", "Wendmere Youth Justice Service", "youth_justice"),
    ("ash-valley-police", "Ash Valley Police", "police"),
    ("open-doors", "Open Doors", "charity"),
    ("little-acorns", "Little Acorns Nursery", "provider"),
)
# Role, name, where: an agency's code, or the phase of a school.
PEOPLE: tuple[tuple[str, str, str], ...] = (
    ("head_teacher", "Gwen Ashdown", "secondary"),
    ("designated_teacher", "Idris Coleman", "secondary"),
    ("special_needs_lead", "Yasmin Farrow", "secondary"),
    ("school_office", "Peter Lindqvist", "secondary"),
    ("school_administrator", "Moira Tennant", "secondary"),
    ("designated_teacher", "Anwen Castle", "primary"),
    ("school_administrator", "Joseph Adeyemi", "primary"),
    ("school_office", "Beatrice Fenner", "primary"),
    ("social_worker", "Leila Draycott", "wendmere-social-care"),
    ("social_worker", "Marcus Penhale", "wendmere-social-care"),
    ("agency_administrator", "Ruth Kimber", "wendmere-social-care"),
    ("health_professional", "Sunil Barrow", "ash-valley-health"),
    ("health_professional", "Orla Tranter", "ash-valley-health"),
    ("agency_administrator", "Hugh Sallow", "ash-valley-health"),
    ("educational_psychologist", "Esther Vane", "wendmere-psychology"),
    ("youth_justice_worker", "Curtis Holloway", "wendmere-youth-justice"),
    ("police_officer", "Nia Redfern", "ash-valley-police"),
    ("community_worker", "Dawit Marlowe", "open-doors"),
    ("provider_manager", "Catrin Bellamy", "little-acorns"),
    ("provider_administrator", "Frank Osgood", "little-acorns"),
)
WHAT: dict[str, Promise] = {
    "head_teacher": _("sees every pupil of the school, and its queue of requests"),
    "Idris Coleman": _("works at two schools: one list of what is asked"),
    "school_office": _("sends the school’s census: a file to send is under “Files to try”"),
    "school_administrator": _("adds, moves and removes the school’s own staff"),
    "agency_administrator": _("adds, moves and removes the organisation’s own staff"),
    "provider_administrator": _("adds, moves and removes the provider’s own staff"),
    "Marcus Penhale": _("is in no child’s circle yet, and can be brought into one"),
    "social_worker": _("sees the children in whose circle they are, and no others"),
    "police_officer": _("is told that a circle exists, and not who is in it"),
}
IN_A_CIRCLE = 8
# Every which child youth justice works with.
JUSTICE = 4


def make_around(town: Town, by: Actor) -> list[tuple[str, str, str]]:
    """Everybody who works around the children, once; name, address and what is worth looking at through their eyes."""
    cast = Cast(by)
    for code, name, kind in AGENCIES:
        cast.agencies[code] = add_agency(by=by, name=name, kind=kind, code=code)
    places = {phase: busy_school(town, phase) for phase in ("primary", "secondary")}
    people = list(_post_all(town, cast, places))
    young = _young(town, places["secondary"])
    once(f"demonstration:{town.seed}:{town.size}:around", by=by, act=lambda: _live(town, cast, places, young))
    if young is not None:
        words = str(_("sees their own page, and says what matters to them"))
        people.append((f"{young.forename} {young.surname}", _young_address(young), words))
    return people


def _post_all(town: Town, cast: Cast, places: dict[str, SchoolPlan]) -> Iterator[tuple[str, str, str]]:
    schools = schools_by_urn(plan.urn for plan in places.values())
    for role, name, where in PEOPLE:
        email = f"{name.split()[0].casefold()}@{DOMAIN}"
        since = {"since": town.today - timedelta(days=700)}
        place_of = (
            {"school": schools[places[where].urn]} if where in places else {"agency": cast.agencies[where]}
        )
        at = place_of | since
        add_staff(email=email, name=name, role=role, by=cast.by, at=at)
        cast.emails.setdefault(role, []).append(email)
        if role == "designated_teacher" and where == "secondary":
            # One person at two schools.
            add_staff(
                email=email,
                name=name,
                role=role,
                by=cast.by,
                at={"school": schools[places["primary"].urn], **since},
            )
        place = str(at.get("school") or at.get("agency"))
        what = WHAT.get(name) or WHAT.get(role)
        yield name, email, f"{place}: {what}" if what else place


def busy_school(town: Town, phase: str) -> SchoolPlan:
    """The fullest ordinary school of a phase."""
    low = 4 if phase == "primary" else 11
    rolls: dict[str, int] = {}
    for _family, child in town.children():
        rolls[child.school] = rolls.get(child.school, 0) + 1
    fitting = [plan for plan in town.schools if plan.low_age == low and plan.status == "Open"]
    return max(fitting or list(town.schools), key=lambda plan: (rolls.get(plan.urn, 0), plan.urn))


def _pupils(town: Town, plan: SchoolPlan) -> list[Child]:
    """Pupils of a school; those looked after, and those with most recorded, first."""
    found = [child for _family, child in town.children() if child.school == plan.urn]
    kinds = {"looked_after": 8, "protection_plan": 6, "ehc_plan": 4}
    return sorted(found, key=lambda c: (-sum(kinds.get(fact.kind, 1) for fact in c.facts), str(c.reference)))


def _young(town: Town, plan: SchoolPlan) -> Child | None:
    """Somebody old enough, with a circle of their own: the first of those with most recorded."""
    return next((c for c in _pupils(town, plan)[:IN_A_CIRCLE] if c.year_group >= 9), None) or next(
        (c for c in _pupils(town, plan) if c.year_group >= 9), None
    )


def _young_address(child: Child) -> str:
    return f"{child.forename}.{child.reference}@{YOUNG_DOMAIN}".casefold().replace(" ", "")


def _live(town: Town, cast: Cast, places: dict[str, SchoolPlan], young: Child | None) -> str:
    older = _pupils(town, places["secondary"])[:IN_A_CIRCLE]
    younger = _pupils(town, places["primary"])[:IN_A_CIRCLE]
    if young is not None and young not in older:
        older = [young, *older][:IN_A_CIRCLE]
    known = [*older, *younger]
    for number, child in enumerate(known):
        _circle(town, cast, child, number, child is young)
    with_justice = [child for at, child in enumerate(known) if child is young or at % JUSTICE == 0]
    work_with_justice(town, cast.by, with_justice)
    if older and younger:
        make_requests(cast, older, younger)
    if young is not None:
        _own_words(town, cast, young)
    return "done"


def _circle(town: Town, cast: Cast, child: Child, number: int, whole: bool) -> None:
    """A social worker everywhere; the others here and there; one who has left; a family doctor who does not sign in."""
    wanted = [
        ("social_worker", 0, _("Supports the family")),
        ("health_professional", 0, _("Follows the child’s hearing")),
    ]
    if whole or number % 3 == 0:
        wanted.append(("educational_psychologist", 0, _("Advises the school on how the child learns")))
    if whole or number % JUSTICE == 0:
        wanted += [
            ("youth_justice_worker", 0, _("Works with the young person on staying out of trouble")),
            ("community_worker", 0, _("Runs the football club on Saturdays")),
        ]
    if number % 4 == 1:
        wanted.append(("police_officer", 0, _("Works with others to keep the child safe")))
    if child.year_group < 1 or number % 5 == 2:
        wanted.append(("provider_manager", 0, _("Looks after the child after school")))
    for at, (role, who, why) in enumerate(wanted):
        since = town.today - timedelta(days=6 + 90 * at + 7 * number)
        join_circle(
            by=cast.by,
            child_id=child.key,
            role=role,
            because=str(why),
            user_id=cast.viewer(role, who).user_id,
            since=since,
        )
    if number % 3 == 0:
        prescribes = str(_("Prescribes, and writes to the school when it matters"))
        join_circle(
            by=cast.by,
            child_id=child.key,
            role=str(_("Family doctor")),
            name="Dr Josephine Marchbanks",
            because=prescribes,
        )
        left = join_circle(
            by=cast.by,
            child_id=child.key,
            role="social_worker",
            because=str(_("Made the first assessment")),
            user_id=cast.viewer("social_worker", 1).user_id,
            since=town.today - timedelta(days=400),
        )
        leave_circle(by=cast.by, involvement_id=left.pk, because=str(_("Handed over to a colleague")))


def _own_words(town: Town, cast: Cast, young: Child) -> None:
    why = str(_("Seen at school, with the form tutor"))
    user = give_way_in(by=cast.by, child_id=young.key, email=_young_address(young), because=why)
    viewer = viewer_for(user)
    name_myself(by=viewer, chosen_name=young.forename[:3], pronunciation="")
    said = str(
        _("I want to stay at my school until the exams. I like music and I want people to ask me first.")
    )
    say(by=viewer, words=said)
    teacher = cast.viewer("designated_teacher")
    write_down(
        by=teacher,
        child_id=young.key,
        words=str(_("I do not like it when everybody talks about me and I am not there.")),
        said_on=town.today - timedelta(days=40),
        heard=str(_("Said to the designated teacher after a meeting")),
    )
