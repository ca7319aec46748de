"""Applying, as a parent meets it: pages, words, what is kept, and what nobody else may see."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.support.admissions import small_world
from tests.support.parents import Parent, also_parent, words
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.people.models import Address, Child, ContactLimit, Enrolment, Sibling, Tie
from throughline.modules.admissions.models import Application, Claim, Preference, Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return small_world("open")


@pytest.fixture
def alma():
    return Parent("Alma Reed")


def chosen(application):
    application.refresh_from_db()
    return [each["school"] for each in application.answers.get("preferences", [])]


def test_a_new_parent_is_asked_their_name_then_adds_a_child_page_by_page(world, alma):
    assert alma.gets("my_places").url == reverse("admissions.about_you")
    assert alma.posts("about_you", forename="Alma", surname="Reed").url == reverse("admissions.add_child")
    assert alma.gets("add_child").url == reverse("admissions.add_child_question", args=["child"])
    born = world.round.born_from
    child = {"forename": "Mina", "surname": "Reed", "sex": "F"}
    day = {"born_day": born.day, "born_month": born.month, "born_year": born.year}
    alma.posts("add_child_question", "child", **child, **day)
    alma.posts("add_child_question", "you", kind="mother", responsible="yes")
    alma.posts("add_child_question", "address", lines="1 Larch Row", town="Testham", postcode="ab1 2de")
    check = words(alma.gets("add_child_check"))
    assert "Mina" in check
    assert "Mother" in check
    assert "AB1 2DE" in check
    assert "do not know this postcode yet" in check
    done = alma.posts("add_child_check")
    added = Child.objects.get()
    assert done.url == reverse("admissions.my_child", args=[added.pk])
    assert Address.objects.get().postcode == "AB1 2DE"
    assert Tie.objects.get().parental_responsibility
    assert "Apply by" in words(alma.gets("my_child", added.pk))


def test_adding_the_same_child_twice_is_refused_in_words_and_what_was_given_is_kept(world, alma):
    child = alma.adds("Mina", world)
    born = child.born
    day = {"born_day": born.day, "born_month": born.month, "born_year": born.year}
    alma.posts("add_child_question", "child", forename="mina", surname="Reed", sex="F", **day)
    alma.posts("add_child_question", "you", kind="mother", responsible="yes")
    alma.posts("add_child_question", "address", lines="1 Larch Row", town="Testham", postcode="AB1 2DE")
    refused = words(alma.posts("add_child_check"))
    assert "You have already added mina" in refused
    assert "1 Larch Row" in refused
    assert Child.objects.count() == 1


def test_a_question_answered_badly_says_what_to_do_and_keeps_what_was_typed(alma):
    alma.says_who()
    page = alma.posts("add_child_question", "address", lines="1 Larch Row", town="", postcode="nowhere")
    assert page.status_code == 200
    assert "Enter a full UK postcode" in words(page)
    assert 'value="1 Larch Row"' in page.content.decode()


def test_schools_are_nearest_first_with_what_would_count_for_this_child(world, alma):
    application = alma.starts(alma.adds("Mina", world, metres_north=500), world)
    said = words(alma.gets("my_schools", application.pk))
    names = ["Wren Hill Primary", "Mill Road Primary", "Holy Well Catholic", "Meadow Infant"]
    assert [said.index(name) for name in names] == sorted(said.index(name) for name in names)
    assert "0.500 km" in said
    assert "Criterion" in said
    found = words(alma.gets("my_schools", application.pk, q="holy"))
    assert "Holy Well Catholic" in found
    assert "Meadow Infant School" not in found


def test_a_list_is_put_in_order_with_buttons_alone(world, alma):
    application = alma.starts(alma.adds("Mina", world), world)
    wren, mill = str(world.school("Wren").pk), str(world.school("Mill").pk)
    alma.posts("my_schools", application.pk, add=wren)
    alma.posts("my_schools", application.pk, add=mill)
    assert chosen(application) == [wren, mill]
    alma.posts("my_list", application.pk, up=mill)
    assert chosen(application) == [mill, wren]
    alma.posts("my_list", application.pk, down=mill)
    assert chosen(application) == [wren, mill]
    alma.posts("my_list", application.pk, remove=wren)
    assert chosen(application) == [mill]


def test_the_same_school_a_closed_school_and_one_too_many_are_refused_in_words(world, alma):
    application = alma.starts(alma.adds("Mina", world), world)
    wren, mill = world.school("Wren"), world.school("Mill")
    with change("test", by=TEST):
        world.round.preferences = 3
        world.round.save()
        mill.status = "closed"
        mill.save()
    alma.posts("my_schools", application.pk, add=wren.pk)

    def refused(key):
        response = alma.posts("my_schools", application.pk, add=key)
        return words(alma.browser.get(response.url))

    assert "Wren Hill Primary School is on your list already" in refused(wren.pk)
    assert "Mill Road Primary School is closed" in refused(mill.pk)
    with change("test", by=TEST):
        world.round.preferences = 1
        world.round.save()
    assert "You can choose 1 school" in refused(world.school("Holy").pk)
    assert chosen(application) == [str(wren.pk)]
    assert alma.posts("my_schools", application.pk, add=uuid4()).status_code == 404


def test_only_what_the_chosen_schools_need_is_asked(world, alma):
    application = alma.starts(alma.adds("Mina", world), world)
    alma.posts("my_schools", application.pk, add=world.school("Wren").pk)
    overview = words(alma.gets("my_application", application.pk))
    assert "Does Mina have a brother or sister at Wren Hill Primary School?" in overview
    assert "faith" not in overview
    assert "catchment" not in overview
    alma.posts("my_schools", application.pk, add=world.school("Holy").pk)
    assert "Is Mina of the faith of Holy Well" in words(alma.gets("my_application", application.pk))


def no_to(form):
    return {"schools": "none"} if "schools" in form.fields else {"answer": "no"}


def answer_everything(alma, application):
    """Answer no to whatever is asked, as somebody does who goes from page to page."""
    for _turn in range(30):
        page = alma.gets("my_application", application.pk)
        onward = page.context["resume"]
        slug = onward.rstrip("/").rsplit("/", 1)[-1]
        if slug == "check":
            return
        fields = {"address": {"lives_here": "yes"}, "care": {"care": "no"}, "late": {"reason": "Moved"}}
        posted = alma.browser.get(onward)
        assert posted.status_code == 200, onward
        form = posted.context
        alma.posts(
            "my_question",
            application.pk,
            slug,
            edition=form["edition"],
            was=form["was"],
            **fields.get(slug, no_to(form["form"])),
        )
    raise AssertionError("The questions never end.")


def test_an_application_is_checked_submitted_and_given_a_receipt(world, alma, mailoutbox):
    application = alma.starts(alma.adds("Mina", world), world)
    alma.posts("my_schools", application.pk, add=world.school("Wren").pk)
    assert "still need an answer" in words(alma.gets("my_check", application.pk))
    answer_everything(alma, application)
    check = words(alma.gets("my_check", application.pk))
    assert "Wren Hill Primary School" in check
    assert "still need an answer" not in check
    done = alma.posts("my_check", application.pk)
    application.refresh_from_db()
    assert application.state == Application.State.SUBMITTED
    assert application.reference in words(alma.browser.get(done.url))


def test_pressing_submit_twice_with_the_same_key_submits_once(world, alma):
    application = alma.starts(alma.adds("Mina", world), world)
    alma.posts("my_schools", application.pk, add=world.school("Wren").pk)
    answer_everything(alma, application)
    answers = {alma.posts("my_check", application.pk, key="one-key").url for _press in range(2)}
    assert len(answers) == 1
    assert Submission.objects.filter(application=application).count() == 1


def test_an_answer_and_its_files_become_a_claim_with_evidence(world, alma):
    application = alma.starts(alma.adds("Mina", world), world)
    wren = world.school("Wren")
    alma.posts("my_schools", application.pk, add=wren.pk)
    slug = f"social-medical-{wren.urn}"
    opened = alma.gets("my_question", application.pk, "social-medical")
    assert "Question" in words(opened)
    alma.posts(
        "my_question",
        application.pk,
        "social-medical",
        schools=slug,
        **{f"words-{slug}": "She needs the ramp"},
        edition=opened.context["edition"],
        was=opened.context["was"],
    )
    page = SimpleUploadedFile("page.html", b"<html><script>1</script></html>", "text/html")
    refused = alma.posts("my_papers", application.pk, slug, papers=page)
    assert "page.html" in words(alma.browser.get(refused.url))
    letter = SimpleUploadedFile("letter.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    alma.posts("my_papers", application.pk, slug, papers=letter)
    assert "letter.pdf" in words(alma.gets("my_papers", application.pk, slug))
    answer_everything(alma, application)
    alma.posts("my_check", application.pk)
    claim = Claim.objects.get(application=application, fact="social_medical")
    assert (claim.school_id, claim.words, claim.document.name) == (
        wren.pk,
        "She needs the ramp",
        "letter.pdf",
    )
    opened = alma.gets("my_paper", application.pk, slug, claim.document_id)
    assert opened["Content-Disposition"].startswith("attachment")
    other = Parent("Other One")
    other.says_who()
    assert other.gets("my_paper", application.pk, slug, claim.document_id).status_code == 404


def test_what_was_saved_elsewhere_and_what_was_typed_are_both_shown(world, alma):
    application = alma.starts(alma.adds("Mina", world), world)
    wren = world.school("Wren")
    alma.posts("my_schools", application.pk, add=wren.pk)
    slug = f"sibling-{wren.urn}"
    phone, laptop = (alma.gets("my_question", application.pk, "sibling").context for _device in range(2))

    def answered(opened, said):
        stamp = {"edition": opened["edition"], "was": opened["was"]}
        told = {"schools": slug, f"words-{slug}": said}
        return alma.posts("my_question", application.pk, "sibling", **told, **stamp)

    assert answered(phone, "Leo, born 2019").status_code == 302
    second = answered(laptop, "Leonard, born 2020")
    said = words(second)
    assert "saved somewhere else" in said
    assert "Leo, born 2019" in said
    assert "Leonard, born 2020" in second.content.decode()
    assert answered(second.context, "Leonard, born 2020").status_code == 302
    application.refresh_from_db()
    assert application.answers["facts"][str(wren.pk)]["sibling"] == "Leonard, born 2020"


def test_another_question_answered_elsewhere_does_not_stop_this_one(world, alma):
    application = alma.starts(alma.adds("Mina", world), world)
    wren = world.school("Wren")
    alma.posts("my_schools", application.pk, add=wren.pk)
    stale = alma.gets("my_question", application.pk, "sibling").context
    mill = world.school("Mill")
    alma.posts("my_schools", application.pk, add=mill.pk)
    kept = alma.posts(
        "my_question",
        application.pk,
        "sibling",
        schools="none",
        shown=f"sibling-{wren.urn}",
        edition=stale["edition"],
        was=stale["was"],
    )
    assert kept.status_code == 302
    assert len(chosen(application)) == 2
    answered = application.answers["answered"]
    assert answered[f"sibling-{wren.urn}"]["answer"] == "no"
    assert f"sibling-{mill.urn}" not in answered, "nobody was asked about the school added meanwhile"
    still = [title for title, _href in left_to_answer(alma, application)]
    assert "Does Mina have a brother or sister at any of these schools?" in still


def left_to_answer(alma, application):
    return [(str(step.title), at) for step, at in alma.gets("my_check", application.pk).context["missing"]]


def test_an_edit_leaves_the_submitted_application_standing_and_says_so(world, alma):
    child = alma.adds("Mina", world)
    application = alma.applies(child, world, "Wren")
    assert "You have changes" not in words(alma.gets("my_application", application.pk))
    alma.posts("my_schools", application.pk, add=world.school("Mill").pk)
    page = words(alma.gets("my_application", application.pk))
    assert "You have changes you have not submitted. Your application of" in page
    assert "stands until you submit again" in page
    application.refresh_from_db()
    assert application.state == Application.State.SUBMITTED
    assert [p.school.name for p in Preference.objects.filter(application=application)] == [
        "Wren Hill Primary School"
    ]


def test_after_closing_a_submitted_application_can_only_be_read(world, alma, frozen):
    child = alma.adds("Mina", world)
    application = alma.applies(child, world, "Wren")
    frozen(timezone.now() + timedelta(days=40))
    alma.browser.force_login(alma.user)
    assert "can no longer be changed online" in words(alma.gets("my_application", application.pk))
    refused = alma.posts("my_schools", application.pk, add=world.school("Mill").pk)
    assert "can no longer be changed" in words(alma.browser.get(refused.url))
    alma.posts("my_check", application.pk)
    alma.posts("my_withdraw", application.pk)
    application.refresh_from_db()
    assert application.state == Application.State.SUBMITTED
    assert application.version == 1
    assert len(chosen(application)) == 1


def test_a_first_application_after_closing_is_told_what_late_means(world, alma, frozen):
    application = alma.starts(alma.adds("Mina", world), world)
    frozen(timezone.now() + timedelta(days=40))
    alma.browser.force_login(alma.user)
    alma.posts("my_schools", application.pk, add=world.school("Wren").pk)
    assert "your application will be late" in words(alma.gets("my_application", application.pk))
    late = words(alma.gets("my_question", application.pk, "late"))
    assert "We place children whose applications came on time first" in late
    answer_everything(alma, application)
    alma.posts("my_check", application.pk)
    application.refresh_from_db()
    assert (application.late, application.late_reason) == (True, "Moved")


def test_withdrawing_says_what_it_means_first(world, alma):
    application = alma.applies(alma.adds("Mina", world), world, "Wren")
    assert "will not be considered" in words(alma.gets("my_withdraw", application.pk))
    alma.posts("my_withdraw", application.pk)
    application.refresh_from_db()
    assert application.state == Application.State.WITHDRAWN


PAGES = [
    "my_application",
    "my_schools",
    "my_list",
    "my_check",
    "my_receipt",
    "my_withdraw",
    "my_result",
    "my_decline",
]


@pytest.mark.parametrize("name", PAGES)
def test_another_familys_application_is_answered_as_one_that_does_not_exist(world, alma, name):
    application = alma.applies(alma.adds("Mina", world), world, "Wren")
    stranger = Parent("Stranger One")
    stranger.says_who()
    theirs, absent = stranger.gets(name, application.pk), stranger.gets(name, uuid4())
    assert (theirs.status_code, absent.status_code) == (404, 404)
    assert words(theirs) == words(absent)
    assert stranger.posts(name, application.pk).status_code == 404


@pytest.mark.parametrize("name", ["my_result", "my_decline"])
def test_before_release_there_is_no_result_for_the_family_itself(world, alma, name):
    application = alma.applies(alma.adds("Mina", world), world, "Wren")
    assert words(alma.gets(name, application.pk)) == words(alma.gets(name, uuid4()))
    assert alma.gets(name, application.pk).status_code == 404


def test_a_parent_whose_contact_is_limited_loses_sight_of_the_child_and_the_application(world, alma):
    child = alma.adds("Mina", world)
    application = alma.applies(child, world, "Wren")
    with change("test", by=TEST):
        ContactLimit.objects.create(tie=Tie.objects.get(child=child), child=child, kind="no_contact")
    assert alma.gets("my_application", application.pk).status_code == 404
    assert alma.gets("my_child", child.pk).status_code == 404
    assert "Mina" not in words(alma.gets("my_places"))
    assert "Mina" not in words(alma.browser.get(reverse("portals.home")))


def test_two_parents_of_one_child_are_told_neutrally_and_neither_sees_the_other(world, alma):
    child = alma.adds("Mina", world)
    first = alma.applies(child, world, "Wren")
    boris = Parent("Boris Vane")
    also_parent(boris, child)
    second = boris.applies(child, world, "Mill")
    for parent, own, others in ((alma, first, "Vane"), (boris, second, "Alma")):
        page = words(parent.gets("my_application", own.pk))
        assert "More than one application has been made for this child" in page
        assert others not in page
        assert parent.gets("my_application", first.pk if own == second else second.pk).status_code == 404


def test_a_parent_the_child_does_not_live_with_learns_nothing_of_where_the_child_lives(world, alma):
    child = alma.adds("Mina", world)
    boris = Parent("Boris Vane")
    also_parent(boris, child, lives_with_child=False)
    application = boris.starts(child, world)
    page = boris.gets("my_schools", application.pk)
    assert "0.500 km" not in words(page)
    assert "Your home" not in page.content.decode()
    said = words(page)
    names = ["Holy Well", "Meadow", "Mill Road", "Wren Hill"]
    assert [said.index(name) for name in names] == sorted(said.index(name) for name in names)
    assert "Larch Row" not in words(boris.gets("my_application", application.pk))


def test_a_restricted_home_is_never_drawn_even_for_those_who_live_there(world, alma):
    child = alma.adds("Mina", world)
    application = alma.starts(child, world)
    assert "Your home" in alma.gets("my_schools", application.pk).content.decode()
    with change("test", by=TEST):
        Address.objects.update(restricted=True)
    page = alma.gets("my_schools", application.pk)
    assert "Your home" not in page.content.decode()
    assert "0.500 km" in words(page)


def test_a_restricted_address_stays_restricted_when_the_family_moves(world, alma):
    child = alma.adds("Mina", world)
    with change("test", by=TEST):
        Address.objects.update(restricted=True)
    application = alma.starts(child, world)
    opened = alma.gets("my_question", application.pk, "address").context
    stamp = {"edition": opened["edition"], "was": opened["was"]}
    moved = alma.posts("my_question", application.pk, "address", lives_here="no", **stamp)
    opened = alma.browser.get(moved.url).context
    today = timezone.localdate()
    since = {"since_day": today.day, "since_month": today.month, "since_year": today.year}
    stamp = {"edition": opened["edition"], "was": opened["was"]}
    alma.browser.post(
        moved.url, {"lines": "9 Elm Way", "town": "Testham", "postcode": "AB1 2DF", **since, **stamp}
    )
    assert Address.objects.get(lines="9 Elm Way").restricted


@pytest.mark.parametrize("name", ["my_schools", "my_list", "my_application", "my_check"])
def test_a_page_costs_the_same_however_many_schools_are_chosen(world, alma, name):
    application = alma.starts(alma.adds("Mina", world), world)

    def cost():
        alma.gets(name, application.pk)
        with CaptureQueriesContext(connection) as asked:
            alma.gets(name, application.pk)
        return len(asked)

    alma.posts("my_schools", application.pk, add=world.school("Wren").pk)
    with_one = cost()
    for school in ("Mill", "Holy", "Meadow"):
        alma.posts("my_schools", application.pk, add=world.school(school).pk)
    assert cost() == with_one


def test_a_school_that_closes_before_submitting_is_refused_in_words_and_nothing_is_lost(world, alma):
    application = alma.starts(alma.adds("Mina", world), world)
    alma.posts("my_schools", application.pk, add=world.school("Wren").pk)
    answer_everything(alma, application)
    with change("test", by=TEST):
        school = world.school("Wren")
        school.status = "closed"
        school.save()
    refused = words(alma.posts("my_check", application.pk))
    assert "Wren Hill Primary School does not admit children in this round" in refused
    assert "Your answers so far are kept" in refused
    application.refresh_from_db()
    assert application.state == Application.State.DRAFT
    assert len(chosen(application)) == 1


def test_submitting_before_everything_is_answered_is_refused_by_name(world, alma):
    application = alma.starts(alma.adds("Mina", world), world)
    alma.posts("my_schools", application.pk, add=world.school("Wren").pk)
    refused = words(alma.posts("my_check", application.pk))
    assert "Still to answer" in refused
    assert Submission.objects.count() == 0


def test_what_the_record_knows_is_shown_and_not_asked(world, alma):
    child = alma.adds("Mina", world)
    wren = world.school("Wren")
    with change("test", by=TEST):
        leo = Child.objects.create(reference="C-LEO", forename="Leo", surname="Reed", born=date(2019, 5, 1))
        first, second = sorted((child, leo), key=lambda each: each.pk)
        Sibling.objects.create(child=first, other=second, kind="full")
        Enrolment.objects.create(child=leo, school=wren, since=date(2023, 9, 1))
    application = alma.starts(child, world)
    alma.posts("my_schools", application.pk, add=wren.pk)
    assert alma.gets("my_question", application.pk, "sibling").status_code == 404
    assert "brother or sister at" not in words(alma.gets("my_application", application.pk))
    check = words(alma.gets("my_check", application.pk))
    assert "Mina has a brother or sister on the roll of Wren Hill Primary School" in check
    school = words(alma.gets("my_school", application.pk, wren.pk))
    assert "children who have a brother or sister at the school Your child" in school


def test_the_first_page_says_what_is_asked_now(world, alma):
    home = reverse("portals.home")
    assert "Apply for a school place" in words(alma.browser.get(home))
    child = alma.adds("Mina", world)
    assert f"Apply for Mina Reed: {world.round.name}" in words(alma.browser.get(home))
    application = alma.starts(child, world)
    assert "not submitted it" in words(alma.browser.get(home))
    assert application.pk
