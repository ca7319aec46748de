"""Offer day, as a family meets it: one sentence, a reply, and why not for every school they wanted more."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.support.admissions import Family, decided, families, small_world
from tests.support.parents import Parent, also_parent, words

from throughline.modules.admissions.models import Offer, Preference

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(frozen):
    """Wren Hill has two places and two children live nearer than Mina; Mill Road has a place for her."""
    world = small_world("open")
    families(world, [Family("Near", ["Wren"], north=100), Family("Nearer", ["Wren"], north=50)])
    alma = Parent("Alma Reed")
    child = alma.adds("Mina", world, metres_north=904)
    application = alma.applies(child, world, "Wren", "Mill", "Meadow")
    frozen(timezone.now() + timedelta(days=81))
    decided(world)
    alma.browser.force_login(alma.user)
    return world, alma, application


def offer_of(application):
    return Offer.objects.get(application=application)


def test_the_offer_is_one_sentence_and_every_higher_preference_says_why_not_with_numbers(story):
    _world, alma, application = story
    said = words(alma.gets("my_result", application.pk))
    assert "Mina Reed has been offered a place at Mill Road Primary School, number 2 on your list." in said
    assert (
        "Wren Hill Primary School had 2 places, and more children asked for one than it could take." in said
    )
    assert "and within it up to 0.100 km." in said
    assert "Your child was considered under criterion 6 at 0.904 km." in said
    assert "offered a place at a school you put higher" in said
    assert "Your child is number 1 on this school’s waiting list." in said
    assert "at least 20 school days" in said


def test_a_place_is_accepted_and_a_second_reply_changes_nothing(story):
    _world, alma, application = story
    alma.posts("my_result", application.pk, reply="accept")
    assert offer_of(application).state == Offer.State.ACCEPTED
    at = offer_of(application).replied_at
    alma.posts("my_result", application.pk, reply="accept")
    assert offer_of(application).replied_at == at
    assert "You accepted this place on" in words(alma.gets("my_result", application.pk))


def test_a_reply_must_be_chosen(story):
    _world, alma, application = story
    assert "Choose whether you want this place" in words(alma.posts("my_result", application.pk))
    assert offer_of(application).state == Offer.State.MADE


def test_declining_says_what_it_means_first_and_cannot_be_taken_back(story):
    _world, alma, application = story
    onward = alma.posts("my_result", application.pk, reply="decline")
    assert offer_of(application).state == Offer.State.MADE
    assert "The place will be offered to another child" in words(alma.browser.get(onward.url))
    alma.posts("my_decline", application.pk)
    assert offer_of(application).state == Offer.State.DECLINED
    again = alma.posts("my_result", application.pk, reply="accept")
    assert "can no longer be changed online" in words(alma.browser.get(again.url))
    assert offer_of(application).state == Offer.State.DECLINED


def test_a_waiting_list_is_left_and_joined_again(story):
    world, alma, application = story
    wren = world.school("Wren").pk
    alma.posts("my_waiting_list", application.pk, wren, stay="no")
    assert not Preference.objects.get(application=application, school=wren).keep_waiting
    assert "You have left this school’s waiting list" in words(alma.gets("my_result", application.pk))
    alma.posts("my_waiting_list", application.pk, wren, stay="yes")
    assert Preference.objects.get(application=application, school=wren).keep_waiting
    assert alma.posts("my_waiting_list", application.pk, uuid4(), stay="no").status_code == 404


def test_nobody_else_reads_the_result_or_replies(story):
    _world, _alma, application = story
    stranger = Parent("Stranger One")
    stranger.says_who()
    assert stranger.gets("my_result", application.pk).status_code == 404
    assert stranger.posts("my_result", application.pk, reply="accept").status_code == 404
    assert stranger.posts("my_decline", application.pk).status_code == 404
    assert offer_of(application).state == Offer.State.MADE


def test_a_parent_the_child_does_not_live_with_reads_the_reasons_without_distances(frozen):
    world = small_world("open")
    families(world, [Family("Near", ["Wren"], north=100), Family("Nearer", ["Wren"], north=50)])
    alma, boris = Parent("Alma Reed"), Parent("Boris Vane")
    child = alma.adds("Mina", world, metres_north=904)
    also_parent(boris, child, lives_with_child=False)
    application = boris.applies(child, world, "Wren", "Mill")
    frozen(timezone.now() + timedelta(days=81))
    decided(world)
    boris.browser.force_login(boris.user)
    said = words(boris.gets("my_result", application.pk))
    assert "Your child came after the children who were offered places" in said
    assert "0.904" not in said
    assert "0.100" not in said


def test_the_first_page_asks_for_the_reply_by_its_date(story):
    _world, alma, _application = story
    said = words(alma.browser.get(reverse("portals.home")))
    assert "Read your result and reply to the offer." in said
