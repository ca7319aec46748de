"""The two rounds of the invented world: what was asked for, what was shown, what was decided."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from tests.matrix.canaries import Cage, fill
from tests.matrix.world import FAMILIES, MANAGER, OFFICER, RESTRICTED, World, made
from tests.matrix.world_people import make_document
from tests.support.people import TEST
from tests.support.progress import Unheard

from throughline.core.audit.change import change
from throughline.core.organisations.models import School
from throughline.modules.admissions.actions.arrangements import save_arrangements
from throughline.modules.admissions.actions.release import propose_run, release
from throughline.modules.admissions.actions.rounds import RoundDetails, open_round
from throughline.modules.admissions.actions.runs import ask_run, carry_out
from throughline.modules.admissions.models import (
    Application,
    Claim,
    Offer,
    Preference,
    Round,
    Run,
    Submission,
    TestResult,
)
from throughline.rules.allocation.presets import arrangement_from_preset


def make_round(world: World, whose: str, closes: date, schools: list[School]) -> None:
    released = whose == "released"
    year = timezone.localdate().year + (0 if released else 1)
    row = open_round(
        by=MANAGER,
        seed=f"matrix {whose}",
        details=RoundDetails(
            name=f"Reception {year}",
            phase="reception",
            entry_year=year,
            born_from=date(year - 5, 1, 1),
            born_to=date(year - 5, 12, 31),
            opens=closes - timedelta(days=90),
            closes=closes,
            late_until=closes,
            offer_day=closes + timedelta(days=60),
            reply_by=closes + timedelta(days=300),
            sibling_kinds=("full",),
        ),
    )
    for school in schools:
        code = "grammar_pass_mark" if school == schools[2] else "community_primary"
        preset = arrangement_from_preset(code, admission_number=30)
        save_arrangements(by=MANAGER, round=row, school=school, data=preset, resolves={})
    for name in ("released", "settled") if released else ("open", "own", "rival", "other", "restricted"):
        world.put("round", name, row)
        world.put("round_code", name, f"reception-{year}")


def make_application(world: World, name: str, round: str, schools: list[School], subject: str = "") -> None:
    whose = subject or name
    cage, child = world.cage, world.rows["child"][name]
    if whose == "rival":
        make_document(world, "rival", child)
    applicant = "father" if whose == "rival" else next(iter(FAMILIES[name]))
    held = world.rows["round"][round]
    at = timezone.now() - timedelta(days=150 if round == "released" else 1)
    row = made(
        world,
        Application,
        whose,
        round=held,
        child=child,
        applicant=world.rows["adult"][applicant],
        address=world.rows["address"][name],
        state=_state(whose),
        answers=_answers(cage, whose, schools, "admissions.Application.answers")
        | {"papers": {"care": _papers(world, whose, name)}},
        started_at=at,
        submitted_at=at,
        first_submitted_at=at,
        version=1,
        late=round == "open",
        via="online",
    )
    world.put("application", whose, row)
    document = world.rows["document"][whose]
    for rank, school in enumerate(schools, start=1):
        _preference(world, whose, row, school, rank)
    about = {"application": row, "child_id": child.pk, "source": "family", "state": "claimed"}
    claim = made(world, Claim, whose, fact="social_medical", school=schools[0], document=document, **about)
    world.put("claim", whose, claim)
    made(
        world,
        Submission,
        whose,
        application=row,
        child_id=child.pk,
        version=1,
        content=_answers(cage, whose, schools, "admissions.Submission.content"),
    )
    score = {"round": held, "child": child, "school": schools[2]}
    if whose == name:
        made(world, TestResult, whose, **score)


def _state(whose: str) -> str:
    return "disputed" if whose in ("own", "rival") else "submitted"


def _preference(world: World, whose: str, application: Application, school: School, rank: int) -> None:
    kind = RESTRICTED if whose == "restricted" else "people.address"
    place = "admissions.Preference.measured"
    home = [world.cage.number(_home_of(whose), kind, place, 330_000) for _side in ("easting", "northing")]
    measured = {"home": home, "school": [1, 1], "precision": "property", "method": "straight_line"}
    row = made(
        world,
        Preference,
        whose,
        {"distance": kind},
        application=application,
        child_id=application.child_id,
        school=school,
        rank=rank,
        areas={},
        measured={**measured, "addresses": "an invented survey", "catchments": ""},
    )
    world.put("preference" if rank == 1 else "second_preference", whose, row)


def _home_of(whose: str) -> str:
    """Whose home an application is measured from: the rival's is measured from the child's own."""
    return "own" if whose == "rival" else whose


def _answers(cage: Cage, whose: str, schools: list[School], place: str) -> dict[str, Any]:
    def word(category: str) -> str:
        return cage.word(whose, category, place)

    return {
        "preferences": [
            {"school": str(school.pk), "reasons": word("admissions.application")} for school in schools
        ],
        "facts": {str(schools[0].pk): {"social_medical": word("admissions.evidence")}},
        "late_reason": word("admissions.application"),
    }


def _papers(world: World, whose: str, name: str) -> dict[str, Any]:
    """The file that came with an application, as its answers name it."""
    row = world.rows["document"][whose]
    return {"school": "child", "fact": "looked_after", "files": [{"id": str(row.pk), "name": row.name}]}


def decide(world: World) -> None:
    """A checked and released result for one round; a run that nobody outside may know of for the other."""
    past = world.rows["round"]["released"]
    run = _run(past, "offer")
    release(by=MANAGER, round=propose_run(by=OFFICER, run=run), run=run)
    past.refresh_from_db()
    for whose in ("released", "settled"):
        world.put("run", whose, run)
    word = world.cage.word("unreleased", "admissions.outcome", "the note of a run")
    for kind, note in (("run", word), ("other_run", "")):
        found = _run(world.rows["round"]["open"], "dry", note)
        for whose in ("open", "other", "restricted"):
            world.put(kind, whose, found)
    world.put("reallocation", "open", _run(past, "reallocation"))
    with change("matrix outcomes marked", by=TEST):
        for whose in ("released", "settled"):
            offer = Offer.objects.get(child=world.rows["child"][whose])
            fill(world.cage, whose, offer, {}, {})
            offer.save()
            world.put("offer", whose, offer)
            # Establishing measured the preferences again: what was measured is marked afresh.
            for row in Preference.objects.filter(application=world.rows["application"][whose]):
                row.distance = world.cage.number(whose, "people.address", "admissions.Preference.distance")
                row.save()


def _run(round: Round, kind: str, note: str = "") -> Run:
    run, _piece = ask_run(by=OFFICER, round=round, kind=kind, note=note)
    carry_out(Unheard(), str(run.pk))  # type: ignore[arg-type]
    return Run.objects.select_related("round").get(pk=run.pk)
