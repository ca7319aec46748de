"""What an officer types in for others: applications on paper, and the worksheet of test results."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.admissions import Family, World, families, small_world
from tests.support.officers import MANAGER, OFFICER, client_of, member
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.people.models import Child, SealedIdentity, Tie
from throughline.modules.admissions.actions.arrangements import save_arrangements
from throughline.modules.admissions.models import Application, Claim, TestResult
from throughline.rules.allocation.presets import arrangement_from_preset

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = small_world("open")
    banded = arrangement_from_preset("fair_banded", admission_number=4, bands=4)
    save_arrangements(by=TEST, round=made.round, school=made.school("Meadow"), data=banded)
    families(made, [Family("Ffion", ["Meadow", "Mill"], 900), Family("Gwen", ["Meadow"], 300)])
    return made


@pytest.fixture
def olwen(db: None) -> Any:
    return client_of(member(OFFICER, "Olwen Test"))


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def sheet(world: World) -> str:
    return f"/admissions/{world.round.pk}/tests/{world.school('Meadow').pk}/"


def filled(answer: Any, **new: str) -> dict[str, str]:
    """What a browser sends back: what stood there when the page was opened, and what was typed over it."""
    sent: dict[str, str] = {}
    for row, form in answer.context["lines"]:
        first = str(row.name).split()[0]
        for field in form:
            there = "" if field.initial is None else str(field.initial)
            sent[f"initial-{field.html_name}"] = there
            sent[field.html_name] = new.get(f"{first}_{field.name}", there)
    return sent


def test_only_schools_that_use_a_test_have_a_worksheet(world: World, olwen: Any) -> None:
    page = words(olwen.get(f"/admissions/{world.round.pk}/tests/"))
    assert "Meadow Infant School" in page
    assert "Wren Hill" not in page
    assert olwen.get(f"/admissions/{world.round.pk}/tests/{world.school('Wren').pk}/").status_code == 404


def test_only_the_lines_that_differ_are_saved(world: World, olwen: Any) -> None:
    page = olwen.get(sheet(world))
    answer = olwen.post(sheet(world), filled(page, Ffion_score="104", Ffion_band="2"), follow=True)
    assert "1 result is saved." in words(answer)
    row = TestResult.objects.get()
    assert (row.child_id, row.score, row.band) == (world.children["Ffion"], 104, 2)


def test_a_band_that_the_school_does_not_have_is_refused_and_nothing_is_saved(
    world: World, olwen: Any
) -> None:
    page = olwen.get(sheet(world))
    answer = words(olwen.post(sheet(world), filled(page, Ffion_band="9", Gwen_score="100")))
    assert "Ffion Test: The band must be between 1 and 4" in answer
    assert "What you typed is still here." in answer
    assert not TestResult.objects.exists()


def test_of_two_at_one_worksheet_the_second_is_told(world: World, olwen: Any) -> None:
    other = client_of(member(MANAGER, "Mair Test"))
    mine, theirs = olwen.get(sheet(world)), other.get(sheet(world))
    olwen.post(sheet(world), filled(mine, Ffion_score="104"))
    told = other.post(sheet(world), filled(theirs, Ffion_score="99", Gwen_score="88"), follow=True)
    assert "Somebody else recorded results here" in words(told)
    assert [row.score for row in TestResult.objects.all()] == [104]


def test_two_who_correct_different_children_do_not_hinder_each_other(world: World, olwen: Any) -> None:
    other = client_of(member(MANAGER, "Mair Test"))
    mine, theirs = olwen.get(sheet(world)), other.get(sheet(world))
    olwen.post(sheet(world), filled(mine, Ffion_score="104"))
    other.post(sheet(world), filled(theirs, Gwen_score="88"))
    assert sorted(TestResult.objects.values_list("score", flat=True)) == [88, 104]


def paper(world: World, **more: str) -> dict[str, str]:
    return {
        "via": "paper",
        "applicant": "",
        "schools_1": str(world.school("Mill").pk),
        "late_reason": "",
    } | more


def withdrawn_child(world: World, olwen: Any) -> Any:
    application = Application.objects.get(child_id=world.children["Gwen"])
    olwen.post(f"/admissions/applications/{application.pk}/withdraw/", {"reason": "They asked."})
    return application.child_id


def enter(world: World, child: Any) -> str:
    return f"/admissions/{world.round.pk}/applications/new/{child}/"


def test_a_child_is_found_by_name_and_only_of_the_rounds_age(world: World, olwen: Any) -> None:
    path = f"/admissions/{world.round.pk}/applications/new/"
    assert "Gwen Test" in words(olwen.post(path, {"search": "gwen"}, follow=True))
    assert "No child of this round" in words(olwen.post(path, {"search": "nobody"}, follow=True))


def test_a_record_that_was_sealed_or_merged_away_is_not_found_to_enter_an_application(
    world: World, olwen: Any
) -> None:
    path = f"/admissions/{world.round.pk}/applications/new/"
    gwen, ffion = (Child.objects.get(pk=world.children[name]) for name in ("Gwen", "Ffion"))
    with change("sealed and merged for a test", by=TEST):
        later = Child.objects.create(reference="C-LATER", forename="New", surname="Name", born=gwen.born)
        SealedIdentity.objects.create(
            child=later, earlier=gwen, reason="Adoption", sealed_by="x", sealed_on=gwen.born
        )
        Child.objects.filter(pk=ffion.pk).update(merged_into=later)
    for child in (gwen, ffion):
        page = words(olwen.post(path, {"search": child.forename}, follow=True))
        assert "No child of this round" in page
        assert olwen.get(enter(world, child.pk)).status_code == 404


def test_an_application_on_paper_is_submitted_with_its_claims(world: World, olwen: Any) -> None:
    child = withdrawn_child(world, olwen)
    tie = Tie.objects.get(child_id=child)
    claim = f"{world.school('Mill').pk}.sibling"
    answer = olwen.post(
        enter(world, child), paper(world, applicant=str(tie.adult_id), facts=claim), follow=True
    )
    assert "The application is entered and submitted." in words(answer)
    made = Application.objects.get(child_id=child, state="submitted")
    assert (made.via, made.applicant_id) == ("paper", tie.adult_id)
    assert Claim.objects.get(application=made).state == "claimed"


def test_a_school_named_twice_is_refused_and_what_was_chosen_is_kept(world: World, olwen: Any) -> None:
    child = withdrawn_child(world, olwen)
    mill = str(world.school("Mill").pk)
    answer = olwen.post(enter(world, child), paper(world, schools_2=mill))
    assert "more than once" in words(answer)
    assert answer.context["form"]["schools"].value() == [mill, mill]


def test_one_press_sent_twice_enters_one_application(world: World, olwen: Any) -> None:
    child = withdrawn_child(world, olwen)
    for _press in range(2):
        olwen.post(enter(world, child), paper(world, once_key="one press"))
    assert Event.objects.filter(kind="application entered by an officer").count() == 1
    assert Application.objects.filter(child_id=child, state="submitted").count() == 1
