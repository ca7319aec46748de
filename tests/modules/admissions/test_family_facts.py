"""Facts that count, asked once for all the schools that use them, and kept as if asked school by school."""

from __future__ import annotations

import pytest
from tests.support.admissions import small_world
from tests.support.parents import Parent, words
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.people.models import Address
from throughline.modules.admissions.actions.applications import save_answers
from throughline.modules.admissions.actions.arrangements import save_arrangements
from throughline.modules.admissions.models import Application, Claim
from throughline.rules.allocation.presets import arrangement_from_preset

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return small_world("open")


@pytest.fixture
def alma():
    return Parent("Alma Reed")


def lists(alma, world, *names):
    application = alma.starts(alma.adds("Mina", world), world)
    for name in names:
        alma.posts("my_schools", application.pk, add=world.school(name).pk)
    application.refresh_from_db()
    return application


def replies(alma, application, slug, **fields):
    opened = alma.gets("my_question", application.pk, slug).context
    stamp = {"edition": opened["edition"], "was": opened["was"]}
    done = alma.posts("my_question", application.pk, slug, **fields, **stamp)
    application.refresh_from_db()
    return done


def status_of(alma, application, title):
    tasks = alma.gets("my_application", application.pk).context["tasks"]
    return next(str(task.status.text) for task in tasks if str(task.title) == title)


SIBLINGS = "Does Mina have a brother or sister at any of these schools?"
NEEDS = "Does Mina have a social or medical need that only one of these schools can meet?"


def test_each_fact_is_asked_once_for_all_the_schools_that_use_it(world, alma):
    application = lists(alma, world, "Wren", "Mill", "Meadow")
    with_three = [str(task.title) for task in alma.gets("my_application", application.pk).context["tasks"]]
    assert with_three.count(SIBLINGS) == 1
    assert with_three.count(NEEDS) == 1
    assert len(with_three) == 7
    page = words(alma.gets("my_question", application.pk, "sibling"))
    for name in ("Wren Hill", "Mill Road", "Meadow"):
        assert name in page
    assert "or No, none of these" in page
    assert page.count("a half-brother or half-sister") == 1
    assert "They must still be at the school when Mina starts." in page


def test_a_school_that_does_not_use_a_fact_is_not_offered(world, alma):
    application = lists(alma, world, "Wren", "Holy", "Meadow")
    page = words(alma.gets("my_question", application.pk, "social-medical"))
    assert "Wren Hill Primary School" in page
    assert "Holy Well" not in page


def test_a_school_that_means_something_else_says_so_under_its_own_name(world, alma):
    own = arrangement_from_preset("community_primary", admission_number=3)
    sibling = {**own.details["sibling"], "counts": ["full"], "former_pupils": True}
    details = {**own.details, "sibling": sibling}
    changed = type(own)(**{**vars(own), "details": details})
    save_arrangements(by=TEST, round=world.round, school=world.school("Mill"), data=changed)
    application = lists(alma, world, "Wren", "Mill")
    page = alma.gets("my_question", application.pk, "sibling")
    hints = {option.school: option.hint for option in page.context["form"].of_schools}
    assert "Former pupils count." in hints["Mill Road Primary School"]
    assert "Former pupils do not count." in hints["Wren Hill Primary School"]
    assert "Former pupils count." in words(page)


def test_the_schools_ticked_become_the_same_answers_and_claims_as_before(world, alma):
    application = lists(alma, world, "Wren", "Mill", "Meadow")
    wren, mill, meadow = (world.school(name) for name in ("Wren", "Mill", "Meadow"))
    told = {f"words-sibling-{wren.urn}": "Leo, born 2019"}
    replies(alma, application, "sibling", schools=[f"sibling-{wren.urn}", f"sibling-{meadow.urn}"], **told)
    facts = application.answers["facts"]
    assert facts == {str(wren.pk): {"sibling": "Leo, born 2019"}, str(meadow.pk): {"sibling": "Yes"}}
    assert application.answers["answered"][f"sibling-{mill.urn}"]["answer"] == "no"
    check = words(alma.gets("my_check", application.pk))
    assert "Wren Hill Primary School, Meadow Infant School" in check
    assert "Leo, born 2019" in check
    replies(alma, application, "sibling", schools="none")
    assert application.answers["facts"] == {}
    assert "No, none of these" in words(alma.gets("my_check", application.pk))


def test_what_each_ticked_school_needs_is_asked_for_that_school_only(world, alma):
    application = lists(alma, world, "Wren", "Mill")
    wren, mill = world.school("Wren"), world.school("Mill")
    replies(alma, application, "social-medical", schools=f"social-medical-{wren.urn}")
    assert alma.gets("my_papers", application.pk, f"social-medical-{wren.urn}").status_code == 200
    assert alma.gets("my_papers", application.pk, f"social-medical-{mill.urn}").status_code == 404


def test_a_school_and_none_of_these_is_refused_and_what_was_written_is_kept(world, alma):
    application = lists(alma, world, "Wren", "Mill")
    slug = f"sibling-{world.school('Wren').urn}"
    written = {f"words-{slug}": "Leo, born 2019"}
    refused = replies(alma, application, "sibling", schools=[slug, "none"], **written)
    assert "but not both" in words(refused)
    assert "Leo, born 2019" in refused.content.decode()
    nothing = replies(alma, application, "sibling", **written)
    assert "Choose every school where the answer is yes, or" in words(nothing)
    assert "Leo, born 2019" in nothing.content.decode()
    assert "facts" not in application.answers


def test_an_application_answered_school_by_school_shows_as_answered(world, alma):
    application = lists(alma, world, "Wren", "Mill")
    wren, mill = world.school("Wren"), world.school("Mill")
    before = {
        f"sibling-{wren.urn}": {"answer": "yes", "words": "Leo, born 2019"},
        f"sibling-{mill.urn}": {"answer": "no", "words": ""},
        f"social-medical-{wren.urn}": {"answer": "no", "words": ""},
    }
    save_answers(
        by=alma.viewer,
        application=application,
        edition=application.edition,
        answers={"answered": before, "facts": {str(wren.pk): {"sibling": "Leo, born 2019"}}},
    )
    assert status_of(alma, application, SIBLINGS) == "Completed"
    assert status_of(alma, application, NEEDS) == "Not answered yet", "nothing was said of Mill Road"
    form = alma.gets("my_question", application.pk, "sibling").content.decode()
    assert "Leo, born 2019" in form
    assert f'value="sibling-{wren.urn}" checked' in form


@pytest.mark.parametrize("via", ["paper", "file", "online"])
def test_what_was_not_answered_here_shows_as_answered_and_only_gaps_as_gaps(world, alma, via):
    application = alma.applies(alma.adds("Mina", world), world, "Wren", "Mill")
    wren = world.school("Wren")
    with change("it came another way", by=TEST):
        application.via = via
        application.answers = {
            "preferences": application.answers["preferences"],
            "facts": {str(wren.pk): {"sibling": "Leo, born 2019"}},
            "late_reason": "",
        }
        application.save()
    assert status_of(alma, application, "Where Mina lives") == "Completed"
    assert status_of(alma, application, SIBLINGS) == "Completed"
    assert status_of(alma, application, NEEDS) == "Not answered yet"
    check = words(alma.gets("my_check", application.pk))
    assert "1 Larch Row" in check
    alma.posts("my_schools", application.pk, add=world.school("Meadow").pk)
    assert status_of(alma, application, SIBLINGS) == "Not answered yet", "Meadow was not on the paper"


def test_an_address_changed_since_the_paper_is_asked_about(world, alma):
    application = alma.applies(alma.adds("Mina", world), world, "Wren")
    with change("it came on paper with another address", by=TEST):
        application.address = Address.objects.create(
            lines="9 Other Street", town="Testham", postcode="ZZ1 1AA"
        )
        application.answers = {"preferences": application.answers["preferences"]}
        application.save()
    assert status_of(alma, application, "Where Mina lives") == "Not answered yet"


def test_claims_are_made_for_the_schools_ticked(world, alma):
    application = lists(alma, world, "Wren", "Mill")
    wren, mill = world.school("Wren"), world.school("Mill")
    replies(alma, application, "address", lives_here="yes")
    replies(alma, application, "care", care="no")
    replies(alma, application, "social-medical", schools="none")
    replies(
        alma,
        application,
        "sibling",
        schools=[f"sibling-{wren.urn}", f"sibling-{mill.urn}"],
        **{f"words-sibling-{mill.urn}": "Ana, born 2018"},
    )
    alma.posts("my_check", application.pk)
    assert Application.objects.get().state == Application.State.SUBMITTED
    claims = Claim.objects.filter(application=application).values_list("school_id", "fact", "words")
    assert set(claims) == {(wren.pk, "sibling", "Yes"), (mill.pk, "sibling", "Ana, born 2018")}
