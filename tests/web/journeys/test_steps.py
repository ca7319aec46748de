"""A journey as data: order, progress, resuming, and what is only asked of some."""

from __future__ import annotations

import pytest
from django import forms

from throughline.web.components.forms import DateParts
from throughline.web.journeys.asking import Route
from throughline.web.journeys.keeping import mark_of, plain
from throughline.web.journeys.saying import check_groups, said_of
from throughline.web.journeys.steps import Journey, Step


class NameForm(forms.Form):
    name = forms.CharField(label="Name")
    born = DateParts(label="Born")


class PetForm(forms.Form):
    pet = forms.ChoiceField(label="Pet", choices=[("d", "Dog"), ("c", "Cat")])


JOURNEY = Journey(
    (
        Step("name", "Your name", NameForm, group="You"),
        Step("pet", "Your pet", PetForm, group="Pets"),
        Step("lead", "Its lead", PetForm, applies=lambda answers: answers.get("pet", {}).get("pet") == "d"),
        Step("more", "Anything else", PetForm, optional=True),
        Step("list", "A page of its own", page="/list/", done=lambda answers: bool(answers.get("list"))),
    )
)
ROUTE = Route(lambda slug: f"/ask/{slug}/", "/check/", "/start/")
NAMED = {"name": {"name": "Alma", "born": "2019-02-03"}}
DOG = {**NAMED, "pet": {"pet": "d"}}


def test_a_question_that_does_not_apply_is_neither_counted_nor_met():
    assert [step.slug for step in JOURNEY.asked(NAMED)] == ["name", "pet", "more", "list"]
    assert JOURNEY.progress("pet", NAMED) == "Question 2 of 4"
    assert JOURNEY.progress("pet", DOG) == "Question 2 of 5"
    assert JOURNEY.step("lead", NAMED) is None


def test_the_way_forward_and_back_follows_the_answers():
    assert JOURNEY.after("pet", DOG).slug == "lead"
    assert JOURNEY.after("pet", {**NAMED, "pet": {"pet": "c"}}).slug == "more"
    assert JOURNEY.before("more", NAMED).slug == "pet"
    assert JOURNEY.before("name", {}) is None
    assert JOURNEY.after("list", {}) is None
    # Its own answer has just made it not apply: the way on is still known.
    assert JOURNEY.after("lead", NAMED).slug == "more"


def test_a_journey_resumes_at_the_first_question_that_is_left_and_passes_over_what_is_optional():
    assert JOURNEY.resume({}).slug == "name"
    assert JOURNEY.resume(DOG).slug == "lead"
    assert JOURNEY.resume({**DOG, "lead": {"pet": "c"}}).slug == "list"
    assert JOURNEY.resume({**DOG, "lead": {"pet": "c"}, "list": [1]}) is None


def test_two_steps_of_one_name_are_refused():
    with pytest.raises(ValueError, match="the same name: pet"):
        Journey((Step("pet", "A"), Step("pet", "B")))


def test_answers_are_said_as_they_were_chosen():
    assert said_of(JOURNEY.steps[0], NAMED["name"]) == [("Name", "Alma"), ("Born", "3 February 2019")]
    assert said_of(JOURNEY.steps[1], {"pet": "c"}) == [("Your pet", "Cat")]
    assert said_of(JOURNEY.steps[1], None) == [("Your pet", "Not answered yet")]


def test_the_check_page_has_every_question_once_with_a_way_to_change_it():
    groups = check_groups(JOURNEY, DOG, ROUTE)
    assert [str(group.title) for group in groups] == ["You", "Pets", ""]
    first = groups[0].rows[0]
    assert (first.key, first.value, first.actions[0].href) == ("Name", "Alma", "/ask/name/?change=1")
    assert first.actions[0].hidden == "Your name"
    assert ROUTE.of(JOURNEY.steps[4]) == "/list/"


def test_an_answer_is_kept_as_plain_data_with_a_mark_that_changes_with_it():
    form = NameForm({"name": "Alma", "born_day": "3", "born_month": "2", "born_year": "2019"})
    assert form.is_valid()
    assert plain(form.cleaned_data) == NAMED["name"]
    assert mark_of(NAMED["name"]) == mark_of(dict(reversed(NAMED["name"].items())))
    assert mark_of(None) != mark_of({"name": "Alma"})
