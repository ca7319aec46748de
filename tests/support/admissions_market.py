"""A market of school places for tests of what decides: six kinds of secondary school, one round, families on demand.

``tests.support.admissions`` is the smaller world for tests of pages. Here a test says exactly where a child lives, who
the brothers and sisters are, what the record holds, and reads offers and waiting lists by first name.

Every school stands at a round number on the National Grid, so that a home "400 metres away" is a sum anybody can do.
Homes given as a plus number lie to the east, inside Ash's catchment; a minus number lies to the west, outside it.

    market = make_market()
    child = market.child("Mia", 400)
    market.apply(child, "ash", "elm")
    run = market.run("dry")
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import shapely
from tests.support.admissions_families import SCHOOLS, Households
from tests.support.people import TEST
from tests.support.progress import Unheard

from throughline.core.audit.actor import Trusted
from throughline.core.audit.change import change
from throughline.core.organisations.models import Authority, School
from throughline.core.people.models import (
    Child,
    Residence,
)
from throughline.core.places.models import Catchment, CatchmentSchool
from throughline.modules.admissions.actions.arrangements import save_arrangements
from throughline.modules.admissions.actions.receiving import Received, receive_applications
from throughline.modules.admissions.actions.release import propose_run, release, release_reallocation
from throughline.modules.admissions.actions.rounds import RoundDetails, open_round
from throughline.modules.admissions.actions.runs import ask_run, carry_out
from throughline.modules.admissions.models import Application, Offer, Round, Run
from throughline.modules.admissions.queries.running import arrays
from throughline.rules.allocation.arrangement import Arrangement
from throughline.rules.allocation.presets import arrangement_from_preset

OFFICER = Trusted("Olwen Officer")
MANAGER = Trusted("Morgan Manager")
WHILE_OPEN, AFTER_CLOSING, OFFER_DAY = "2026-10-10 09:00", "2026-11-20 09:00", "2027-03-01 00:05"
YEAR_7 = RoundDetails(
    name="Year 7 2027",
    phase="year_7",
    entry_year=2027,
    born_from=date(2015, 9, 1),
    born_to=date(2016, 8, 31),
    opens=date(2026, 9, 1),
    closes=date(2026, 10, 31),
    late_until=date(2026, 12, 1),
    offer_day=date(2027, 3, 1),
    reply_by=date(2027, 3, 15),
)
PRESETS = {
    "ash": ("community_secondary", {"admission_number": 3, "catchment": "Ash", "feeders": ("Hill Lane",)}),
    "elm": ("faith_secondary", {"admission_number": 3}),
    "fir": ("girls_faith", {"admission_number": 3}),
    "gorse": ("grammar_pass_mark", {"admission_number": 3}),
    "beech": ("aptitude", {"admission_number": 20}),
    "lime": ("fair_banded", {"admission_number": 8}),
}


@dataclass
class Market(Households):
    """The rows of the market, and what tests do in it."""

    round: Round
    schools: dict[str, School]
    applications: dict[UUID, Application] = field(default_factory=dict)

    def arrange(self, name: str, preset: str = "", *, resolves: Any = None, **given: Any) -> Arrangement:
        """A new version of a school's arrangements, from a preset; keywords of ``Arrangement`` after ``with_``."""
        code, kept = PRESETS[name]
        changed = {
            key.removeprefix("with_"): given.pop(key) for key in list(given) if key.startswith("with_")
        }
        arrangement = arrangement_from_preset(preset or code, **({} if preset else kept) | given)
        save_arrangements(
            by=MANAGER,
            round=self.round,
            school=self.schools[name],
            data=replace(arrangement, **changed),
            resolves=resolves,
        )
        return arrangement

    def apply(
        self,
        child: Child,
        *schools: str,
        facts: Mapping[tuple[UUID | None, str], str] | None = None,
        at: datetime | None = None,
        late_reason: str = "",
    ) -> Application:
        """The family's application as it would come in a file."""
        adult = self.adult(child)
        received = Received(
            child_id=child.pk,
            address_id=Residence.objects.get(child=child, until__isnull=True).address_id,
            applicant_id=adult.pk if adult else None,
            preferences=[self.schools[name].pk for name in schools],
            facts=facts or {},
            received_at=at,
            late_reason=late_reason,
        )
        assert receive_applications(by=OFFICER, round=self.round, received=[received], via="file") == 1
        return Application.objects.get(round=self.round, child=child, state=Application.State.SUBMITTED)

    def run(self, kind: str = "dry", mode: str = "child") -> Run:
        """Ask for a run and carry it out."""
        run, _piece = ask_run(by=OFFICER, round=self.round, kind=kind, mode=mode)
        carry_out(Unheard(), str(run.pk))  # type: ignore[arg-type]
        return Run.objects.select_related("round").get(pk=run.pk)

    def offered(self, run: Run) -> dict[str, str]:
        """First name -> school's name, of every child offered a place in a run."""
        frozen = arrays(run)
        names = {str(key): name for key, name in Child.objects.values_list("pk", "forename")}
        of = {school.urn: key for key, school in self.schools.items()}
        return {
            names[key]: of[frozen.snapshot.schools[at].key]
            for key, at in zip(frozen.snapshot.child_keys or (), frozen.outcome.offered.tolist(), strict=True)
            if at >= 0
        }

    def waiting(self, run: Run, school: str) -> list[str]:
        """First names on a school's waiting list, in order."""
        frozen = arrays(run)
        names = {str(key): name for key, name in Child.objects.values_list("pk", "forename")}
        at = frozen.school_at[str(self.schools[school].urn)]
        owner = frozen.snapshot.child_of()
        rows = [
            (int(place), names[(frozen.snapshot.child_keys or ())[int(owner[row])]])
            for row, place in enumerate(frozen.outcome.waiting.tolist())
            if place > 0 and int(frozen.snapshot.school[row]) == at
        ]
        return [name for _place, name in sorted(rows)]

    def release(self, run: Run) -> int:
        """Propose and release as two people. The clock must stand at offer day or later."""
        round = propose_run(by=OFFICER, run=run)
        made = release(by=MANAGER, round=round, run=run)
        self.round.refresh_from_db()
        return made

    def reallocate(self) -> Run:
        """A re-allocation, run and released."""
        run = self.run("reallocation")
        release_reallocation(by=MANAGER, run=run)
        return run

    def offers(self) -> dict[str, str]:
        """First name -> school, of every offer that stands."""
        of = {school.pk: key for key, school in self.schools.items()}
        rows = Offer.objects.filter(round=self.round, state__in=Offer.LIVE)
        return {name: of[school] for name, school in rows.values_list("child__forename", "school_id")}

    def offer(self, child: Child) -> Offer:
        return Offer.objects.get(round=self.round, child=child, state__in=Offer.LIVE)


def make_school(urn: str, name: str, at: tuple[int, int], **more: Any) -> School:
    """An open secondary school of the invented authority."""
    values = {"phase": "secondary", "low_age": 11, "high_age": 16, "gender": "Mixed", **more}
    with change("test school made", by=TEST):
        return School.objects.create(
            urn=urn,
            name=name,
            la_code="999",
            establishment_number=str(4000 + int(urn) % 1000),
            easting=at[0],
            northing=at[1],
            **values,
        )


def make_catchment(layer: str, name: str, box: tuple[int, int, int, int], *schools: School) -> Catchment:
    """A rectangle on the grid (west, south, east, north) that belongs to these schools."""
    shape = shapely.to_wkb(shapely.box(*box))
    with change("test catchment made", by=TEST):
        area = Catchment.objects.create(
            layer=layer, name=name, version=hashlib.sha256(shape).hexdigest(), polygon=shape
        )
        for school in schools:
            CatchmentSchool.objects.create(catchment=area, school=school)
    return area


def make_market(*names: str, details: RoundDetails = YEAR_7, seed: str = "a seed") -> Market:
    """The round with the schools named (all six unless told), each with the arrangements of its kind.

    Ash's catchment reaches five kilometres east of it and north and south as far; Hill Lane Primary is its feeder.
    """
    with change("test authority made", by=TEST):
        Authority.objects.create(code="999", name="Invented Borough Council", ours=True)
    wanted = names or tuple(SCHOOLS)
    schools = {}
    for at, (key, values) in enumerate(SCHOOLS.items(), start=1):
        schools[key] = make_school(str(100_000 + at), **values)
    schools["hill lane"] = make_school(
        "100090", "Hill Lane Primary School", (400_500, 300_500), phase="primary", low_age=4, high_age=11
    )
    round = open_round(by=MANAGER, details=details, seed=seed)
    make_catchment("secondary", "Ash", (400_000, 295_000, 405_000, 305_000), schools["ash"])
    market = Market(round, schools)
    for name in wanted:
        market.arrange(name, resolves={"feeder": ["100090"]} if name == "ash" else {})
    return market
