"""The demonstration's fuller records: some pupils with earlier homes and schools, a gap, names, languages and notes."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _

from throughline.core.audit.actor import Trusted
from throughline.core.audit.change import change
from throughline.core.audit.tables import new_key
from throughline.core.people.bulk import FamilyRows, add_families
from throughline.core.people.names import WhoTheyAre, add_name, change_who
from throughline.core.people.numbers import record_number
from throughline.core.people.queries import addresses_of
from throughline.core.people.schooling import put_on_roll
from throughline.core.people.telling import moved_home
from throughline.core.timeline.actions import Told, tell

KEEPER = Trusted("Records officer (demonstration)")
MOST = 24
# Old enough to have left a primary school behind.
YEARS = range(8, 12)
LANGUAGES = ("Polish", "Urdu", "Welsh", "Romanian", "Arabic", "Portuguese", "British Sign Language")
TALKING = (
    _("Likes to be asked before being told."),
    _("Wears hearing aids: face them when you speak."),
    _("Prefers a message before a phone call."),
)
NOTES = (
    _("Settled after the move, and has made friends."),
    _("Asked for help with reading, and was given a time each week."),
    _("Played in the school concert."),
    _("Missed a week with a broken wrist."),
    _("Chosen to speak for the year group."),
)
YEAR = timedelta(days=365)


def run(town: Any, report: Any) -> dict[str, int]:
    """Fuller records for the pupils of secondary schools of whom most is known. Run again, it adds nothing twice."""
    chosen = fuller_records(town)
    homes = addresses_of([child.key for child in chosen], town.today)
    for number, child in enumerate(chosen):
        report(_("Children’s stories"), number, len(chosen))
        # A source of chance for each part: one that was made before, and is passed over, must not move the others.
        moved = _earlier_home(town, child, homes.get(child.key), town.random_for(f"home {child.key}"))
        _earlier_schools(town, child, town.random_for(f"schools {child.key}"))
        _names(child, town.random_for(f"names {child.key}"))
        _notes(town, child, moved, town.random_for(f"notes {child.key}"))
    return {"fuller records": len(chosen)}


def fuller_records(town: Any) -> list[Any]:
    """Whose records are told at length: their earlier schools are given here, and not with those of everybody."""
    old = (c for _family, c in town.children() if c.year_group in YEARS and c.school)
    found = [child for child in old if town.school(child.school).low_age == 11]
    return sorted(found, key=lambda c: (-len(c.facts) - 3 * (c.fostered >= 0), str(c.reference)))[:MOST]


def _earlier_home(town: Any, child: Any, home: Any, chance: Random) -> Any:
    """Where they lived from birth until they came to where they live now; the residence of now, if it is a move."""
    if home is None or home.since <= child.born + YEAR or town.today - home.since < timedelta(days=30):
        return None
    if addresses_of([child.key], child.born + timedelta(days=1)):
        # Made before, by a run that was stopped.
        return home
    postcode = chance.choice(town.postcodes)
    address = new_key()
    before = {
        "child_id": child.key,
        "since": child.born,
        "until": home.since,
        "evidence": "Child benefit letter",
    }
    words = {
        "lines": f"{chance.randrange(2, 90)} Old Orchard Road",
        "postcode": postcode.code,
        "town": "Wendmere",
    }
    rows = FamilyRows(addresses=[{"id": address, **words}], residences=[{"address_id": address, **before}])
    add_families(by=KEEPER, rows=rows)
    return home


def _earlier_schools(town: Any, child: Any, chance: Random) -> None:
    """Two primary schools, with some months between them in which no school is known."""
    primaries = [
        plan for plan in town.schools if plan.mainstream and plan.low_age <= 4 and plan.high_age == 11
    ]
    if len(primaries) < 2:
        return
    first, second = chance.sample(primaries, 2)
    began, moved_up = town.autumn - child.year_group, town.autumn - (child.year_group - 7)
    year = began + chance.randrange(2, 5)
    spans = (
        (first, date(began, 9, 1), date(year, 4, 12), year - began - 1),
        (second, date(year, 11, 3), date(moved_up, 7, 21), 6),
    )
    for plan, since, until, group in spans:
        put_on_roll(
            by=KEEPER,
            child_id=child.key,
            school_id=town.school_ids[plan.urn],
            since=since,
            until=until,
            year_group=group,
            source="School census",
        )


def _names(child: Any, chance: Random) -> None:
    who = WhoTheyAre(
        forename=child.forename,
        surname=child.surname,
        born=child.born,
        middle_names=child.middle_names,
        chosen_name=child.forename[:3] if len(child.forename) > 5 else "",
        sex=child.sex,
        first_language=chance.choice(LANGUAGES),
        other_languages="English",
        communication_needs=str(chance.choice(TALKING)),
    )
    change_who(by=KEEPER, child_id=child.key, who=who)
    older = {"forename": child.forename, "surname": f"{child.surname}-Hale", "kind": "former"}
    add_name(by=KEEPER, child_id=child.key, until=child.born + 3 * YEAR, **older)
    number = f"SC-{chance.randrange(10_000, 99_999)}"
    source = "Children’s social care"
    record_number(by=KEEPER, child_id=child.key, kind="social_care", value=number, source=source)


def _notes(town: Any, child: Any, moved: Any, chance: Random) -> None:
    """A note or two in each year, and the move."""
    lines = [] if moved is None else [moved_home(moved, restricted=moved.address.restricted)]
    for year in range(1, child.year_group + 5):
        on = child.born + year * YEAR + timedelta(days=chance.randrange(360))
        if on < town.today:
            words = {"words": str(chance.choice(NOTES))}
            key = f"demonstration:{child.key}:{year}"
            lines.append(Told(child.key, "people.noted", on, words, source="School", key=key))
    with change("stories of the demonstration told", by=KEEPER):
        tell(by=KEEPER, lines=lines)
