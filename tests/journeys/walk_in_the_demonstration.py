"""The six journeys of a child's record, walked in a demonstration that was made as anybody makes one: ``make walk``.

Everybody comes in as the page of sign-ins says, and goes from their first page by what they see. Each journey is walked
at a desk and again, about another child, on a phone without JavaScript. It is named so that ``make test`` passes it over:
making a demonstration takes minutes where the machine is busy, and the same steps are taken there on data of its own.
Without THROUGHLINE_WALK=whole the demonstration is a small one, and no pictures are kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.journeys.steps import census, leaving, pack, sharing, two_records
from tests.journeys.steps.coming_in import Door
from tests.journeys.steps.sitting import Sitting
from tests.support.demonstration import demonstration

from throughline.web.components.wording import long_date

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
WHOLE = os.environ.get("THROUGHLINE_WALK") == "whole"
CHILDREN = 25_000 if WHOLE else 1_200
# How many differences a file to try has, and of which school.
OFFICES = (("Peter Lindqvist", "census-of-bishop"), ("Beatrice Fenner", "census-of-chantry"))
OFFICER, RECORDS, LEAD = "Ngozi Whitlock", "Harriet Osei", "Imran Pickering"
TO_JOIN = "in whose circle nobody is yet"
LIMITED = "a parent with a prohibited steps order"
ASKERS = ("one child who starts school and one who moves up", "twins who start school")
# A teacher, and who ends their post. The list of pupils names the school where somebody works at two.
TEACHERS = (("Anwen Castle", "Joseph Adeyemi", ""), ("Idris Coleman", "Moira Tennant", "Bishop Aldhelm"))
JUSTICE = "Wendmere Youth Justice Service"
NAMED = re.compile(r"(.+) \(C-")
REACHED = re.compile(r"[\w.]+@example.org|07700 \d{6}")


@pytest.fixture(scope="module")
def door(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with demonstration(tmp_path_factory.mktemp("demonstration"), CHILDREN) as live:
        yield Door(browser, live, pictures=WHOLE)


@pytest.fixture(params=[False, True], ids=["at a desk", "on a phone without JavaScript"])
def phone(request: pytest.FixtureRequest, door: Door) -> Iterator[bool]:
    yield request.param
    door.close()


def test_a_social_worker_joins_asks_for_more_and_the_family_sees_it(door: Door, phone: bool) -> None:
    who = door.words_of(TO_JOIN, int(phone))
    parent = door.come_in(who, phone=phone)
    name = who.split("parent of ")[1].split(", with")[0]
    _text, born = about(parent, name)
    scene = sharing.Asking(child=name, asked=f"{name} {born}", worker="Marcus Penhale")
    officer = door.come_in(OFFICER, phone=phone)
    sharing.brings_in(officer, scene)
    worker = door.come_in(scene.worker, phone=phone)
    assert JUSTICE not in sharing.opens(worker, scene)
    sharing.asks_for_more(worker)
    sharing.proposes(officer, scene)
    sharing.approves(door.come_in(LEAD, phone=phone), scene)
    assert JUSTICE in sharing.opens(worker, scene)
    sharing.the_family_sees(parent, scene, long_date(timezone.localdate() + timedelta(days=30)))


def test_a_school_sends_its_census_and_an_officer_takes_it_back(
    door: Door, phone: bool, tmp_path: Path
) -> None:
    who, name = OFFICES[phone]
    file = tmp_path / f"{name}.csv"
    file.write_bytes(door.fetch(name))
    census.sends(door.come_in(who, phone=phone), file)
    officer = door.come_in(RECORDS, phone=phone)
    census.accepts_all_but_two(officer, file.name)
    census.takes_it_back(officer)


def test_two_records_of_one_child_become_one_and_two_again(door: Door, phone: bool) -> None:
    officer = door.come_in(RECORDS, phone=phone)
    officer.home()
    officer.follow("Records that may be one child")
    pairs = (NAMED.findall(row) for row in officer.page.locator("main table tbody tr").all_inner_texts())
    pair = two_records.Pair(*next(names for names in pairs if not door.walked & set(names)))
    door.walked |= {pair.kept, pair.gone}
    two_records.finds_and_compares(officer, pair)
    two_records.makes_one(officer, pair)
    two_records.makes_two_again(officer, pair)


def test_a_parent_with_a_prohibited_steps_order_finds_neither_home_nor_school(
    door: Door, phone: bool
) -> None:
    parent = door.come_in(LIMITED, phone=phone)
    name, born = only_child(parent)
    lead = door.come_in(LEAD, phone=phone)
    lead.home()
    lead.find_child(f"{name} {born}", name)
    home, school = now(lead, "Home"), now(lead, "School")
    street, *_rest, postcode = home.splitlines()[0].split(", ")
    sharing.finds_neither(parent, name, (street, postcode, school.splitlines()[0]))


def test_a_designated_teacher_leaves_and_sees_nothing(door: Door, phone: bool) -> None:
    who, administrator, one_of_two = TEACHERS[phone]
    teacher = door.come_in(who, phone=phone)
    child, left_open = leaving.opens_a_pupil(teacher, one_of_two)
    leaving.ends_the_post(door.come_in(administrator, phone=phone), who)
    teacher.page.goto(left_open)
    assert child not in teacher.page.content()
    teacher.look("the record that was open")
    if one_of_two:
        still, _address = leaving.opens_a_pupil(teacher, "")
        assert still != child, "the other school's pupils are still theirs to see"


def test_a_subject_access_pack_tells_of_nobody_else(door: Door, phone: bool) -> None:
    parent = door.come_in(ASKERS[phone], phone=phone)
    name, born = only_child(parent)
    lead = door.come_in(LEAD, phone=phone)
    lead.home()
    lead.find_child(f"{name} {born}", name)
    # Not the school: a child who starts next September may be at none.
    street = now(lead, "Home").split(", ")[0]
    asker = door.name_of(ASKERS[phone])
    others = others_in_the_family(lead, name, asker)
    pack.opens(lead, asker)
    pack.reads_and_gives(lead)
    pdf, archive = pack.fetches(parent)
    pack.holds_only(pdf, archive, wanted=(name.split()[0], street), others=others)


def only_child(parent: Sitting) -> tuple[str, str]:
    """The first child whose record the parent's first page leads to: the name, and the day of birth as it is typed."""
    parent.home()
    link = parent.page.locator("main a", has_text=": the record").first
    name = str(link.inner_text()).split(": the record")[0]
    _said, born = about(parent, name)
    return name, born


def about(parent: Sitting, name: str) -> tuple[str, str]:
    parent.home()
    parent.follow(f"{name}: the record")
    return parent.said(), now(parent, "Date of birth")


def now(sitting: Sitting, label: str) -> str:
    """What a record says beside one of its labels."""
    row = sitting.page.locator("main .govuk-summary-list__row", has_text=label).first
    return str(row.locator(".govuk-summary-list__value").inner_text())


def others_in_the_family(officer: Sitting, child: str, asker: str) -> list[str]:
    """How the others of the family are called and reached, as an officer is told."""
    officer.tab("Family")
    said = "\n".join(officer.page.locator("main table").all_inner_texts())
    names = {
        text.strip() for text in officer.page.locator("main table tbody tr > :first-child").all_inner_texts()
    }
    people = {each.splitlines()[0] for each in names} - {asker, child}
    assert people, "somebody else is in the family"
    reached = [each for each in REACHED.findall(said) if each not in REACHED.findall(asker)]
    return [*people, *reached]
