"""A whole city from its public registers to published outcomes, through the command line: Sheffield's Reception places.

Schools, postcodes and catchment areas are real; every child is invented. It runs where the public data is, never
elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.support.city import Choice, applications_file
from tests.support.people import TEST
from tests.support.surroundings import ROOT

from throughline.core.organisations.models import School
from throughline.core.places.models import Catchment, Postcode
from throughline.formats.outcomes import disagreements, read_offers_by_criterion, read_offers_by_school
from throughline.modules.admissions.actions.arrangements import save_arrangements
from throughline.modules.admissions.actions.bulk_decisions import confirm_claims
from throughline.modules.admissions.actions.rounds import RoundDetails, open_round
from throughline.modules.admissions.models import Application, Arrangements, Claim, Offer, Round, Run
from throughline.project.command import main
from throughline.rules.allocation.presets import arrangement_from_preset

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]

SCHOOLS, AREAS, POSTCODES, CHILDREN = 133, 101, 19_410, 6_000
LAYER = "Sheffield primary catchments"
Say = Callable[..., bytes]
# How long each command took, kept beside the pictures that tests take.
TIMES = ROOT / "build/real-city.txt"


@pytest.fixture
def say(capsysbinary: pytest.CaptureFixture[bytes]) -> Iterator[Say]:
    """``say("round", "list")`` runs a command, insists that it succeeds, and gives what it wrote."""

    def run(*words: str, code: int = 0) -> bytes:
        capsysbinary.readouterr()
        began = time.perf_counter()
        result = main(list(words))
        said = capsysbinary.readouterr()
        took.append(f"{time.perf_counter() - began:6.1f} s  throughline {' '.join(words[:3])}")
        assert result == code, said.err.decode() + said.out.decode()
        return said.out

    took: list[str] = []
    yield run
    TIMES.parent.mkdir(exist_ok=True)
    TIMES.write_text("\n".join(took) + "\n")


def registers(say: Say, folder: Path) -> list[tuple[str, ...]]:
    """Bring the public registers in; returns the commands, to be given again."""
    commands: list[tuple[str, ...]] = [
        ("import", "la-codes", str(folder / "schools/english_la_codes_2025.csv")),
        ("import", "gias", str(folder / "schools/gias_sheffield_thin_2022.csv")),
        ("import", "postcodes", str(folder / "postcodes/onspd_nov2025_sheffield.csv")),
        (
            "import",
            "catchments",
            str(folder / "catchments/sheffield_primary_catchments_epsg27700.geojson"),
            "--option",
            f"layer={LAYER}",
        ),
    ]
    for command in commands:
        say(*command)
    return commands


def reception_round(schools: list[School]) -> Round:
    """A round whose offer day is today, with arrangements from the preset that fits each school."""
    today = timezone.localdate()
    year = today.year
    round = open_round(
        by=TEST,
        seed="sheffield",
        details=RoundDetails(
            name=f"Reception {year}",
            phase="reception",
            entry_year=year,
            born_from=date(year - 5, 9, 1),
            born_to=date(year - 4, 8, 31),
            opens=today - timedelta(days=220),
            closes=today - timedelta(days=90),
            late_until=today - timedelta(days=75),
            offer_day=today,
            reply_by=today + timedelta(days=14),
        ),
    )
    for school in schools:
        arrangement = arrangement_from_preset(preset_for(school), admission_number=places_at(school))
        resolves = {"catchment": {"layer": LAYER}} if "catchment" in str(arrangement.criteria) else {}
        save_arrangements(by=TEST, round=round, school=school, data=arrangement, resolves=resolves)
    return round


def preset_for(school: School) -> str:
    """The usual arrangements of a school's kind."""
    if "Catholic" in school.religious_character:
        return "faith_primary"
    if "Church of England" in school.religious_character:
        return "church_of_england_parish_split"
    if (school.low_age or 0) >= 7:
        return "junior"
    return "infant" if (school.high_age or 11) <= 7 else "community_primary"


def places_at(school: School) -> int:
    """An admission number in half classes, from the school's size and how many years it has."""
    years = max(1, (school.high_age or 11) - max(school.low_age or 4, 4))
    return max(15, round((school.capacity or school.pupils or 210) / years / 15) * 15)


def choices(schools: list[School]) -> list[Choice]:
    """Schools that have a Reception class, as families see them."""
    return [
        Choice(
            school.urn or "",
            school.easting,
            school.northing,
            school.religious_character not in ("", "Does not apply", "None"),
        )
        for school in schools
        if (school.low_age or 0) < 6 and school.easting is not None and school.northing is not None
    ]


def test_a_city_goes_from_its_registers_to_published_outcomes(
    real_data: Path, say: Say, tmp_path: Path
) -> None:
    commands = registers(say, real_data)
    schools = list(School.objects.filter(la_code="373", phase=School.Phase.PRIMARY))
    assert len(schools) == SCHOOLS
    assert Catchment.objects.filter(layer=LAYER).count() == AREAS
    assert Postcode.objects.count() == POSTCODES
    round = reception_round(schools)
    assert Arrangements.objects.filter(round=round, in_force=True).count() == SCHOOLS

    file = tmp_path / "applications.csv"
    file.write_bytes(
        applications_file(
            seed=373,
            number=CHILDREN,
            postcodes=list(Postcode.objects.order_by("code").values_list("code", "easting", "northing")),
            schools=choices(schools),
            born_from=round.born_from,
            opens=round.opens,
            closes=round.closes,
        )
    )
    code = f"reception-{round.entry_year}"
    applications = ("import", "applications", str(file), "--option", f"round={code}")
    say(*applications)
    assert Application.objects.filter(round=round, state=Application.State.SUBMITTED).count() == CHILDREN

    for command in (*commands, applications):
        assert b"othing" in say(*command), command  # Nothing is new, so nothing changes.
    assert Application.objects.filter(round=round).count() == CHILDREN
    assert Postcode.objects.count() == POSTCODES

    waiting = Claim.objects.filter(state=Claim.State.CLAIMED).values_list("pk", flat=True)
    confirm_claims(by=TEST, claims=list(waiting), reason="")
    decide(say, code)
    published(say, code)


def decide(say: Say, code: str) -> None:
    """Run, check, replay and release; the checker is silent and the replay identical."""
    said = say("round", "run", code, "--kind", "offer").decode()
    assert "6000 children" in said
    assert "The checker found nothing wrong." in said
    assert "The checker found nothing wrong." in say("round", "check", f"{code}/1").decode()
    assert "Identical." in say("round", "replay", f"{code}/1").decode()
    say("round", "release", f"{code}/1", "--proposed-by", "Nia", "--released-by", "Owen")
    run = Run.objects.get()
    assert Offer.objects.filter(run=run).count() >= run.counts["offered"] > CHILDREN * 0.8


def published(say: Say, code: str) -> None:
    """Both files of outcomes read back, a school each, and what is not held back adds up."""
    schools = read_offers_by_school(say("round", "outcomes", code))
    lines = read_offers_by_criterion(say("round", "outcomes", code, "--by", "criterion"))
    assert len(schools.rows) == SCHOOLS
    assert len({row.school for row in lines.rows}) == SCHOOLS
    assert not disagreements(lines.rows, schools.rows)
    assert any(row.last_distance for row in schools.rows)
    # A place above the number is only ever a twin, a triplet or a child whose plan names the school; here there are none.
    assert not [row for row in schools.rows if (row.offered or 0) > row.admission_number]
