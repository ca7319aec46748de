"""A young person's own words and way in: kept with their day, read by those who work with them, never claimed."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.support.around_a_child import Around, around_a_child, make_child, make_parent
from tests.support.people import TEST, make_user

from throughline.core.access.models import User
from throughline.core.access.sign_up import register_parent
from throughline.core.access.viewer import Refused
from throughline.core.audit.change import change
from throughline.core.people.models import Child, FindableName, SealedIdentity, Voice
from throughline.core.people.search import candidates
from throughline.core.people.voice import give_way_in, name_myself, say, take_way_in, voice_of, write_down
from throughline.core.sharing.show import Sight
from throughline.core.timeline.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def around() -> Around:
    found = around_a_child()
    found.people["them"] = give_way_in(
        by=TEST,
        child_id=found.child.pk,
        email="quillon@example.org",
        because="Seen at school with a passport",
    )
    return found


def read(around: Around, who: str) -> list[str]:
    viewer = around.viewer(who)
    return [str(said.words) for said in voice_of(around.child.pk, Sight(viewer, [around.child.pk]))]


def test_new_words_stand_above_the_old_which_are_kept(around: Around) -> None:
    say(by=around.viewer("them"), words="I want to stay at my school.")
    say(by=around.viewer("them"), words="I want to stay, and see my brother.")
    assert read(around, "caseworker") == [
        "I want to stay, and see my brother.",
        "I want to stay at my school.",
    ]
    assert Entry.objects.filter(child_id=around.child.pk, kind="people.said").count() == 2


def test_nothing_is_said_on_a_record_that_was_sealed_at_adoption(around: Around) -> None:
    """The old record is frozen, and not even its own young person writes on."""
    with change("test adoption", by=TEST):
        later = make_child()
        SealedIdentity.objects.create(
            child=later,
            earlier=around.child,
            reason="Adopted",
            sealed_by="A test",
            sealed_on=timezone.localdate(),
        )
    with pytest.raises(Refused):
        say(by=around.viewer("them"), words="Still here")
    with pytest.raises(Refused):
        name_myself(by=around.viewer("them"), chosen_name="Quill", pronunciation="")


def test_the_same_words_again_are_said_once(around: Around) -> None:
    say(by=around.viewer("them"), words="I want to stay.")
    say(by=around.viewer("them"), words=" I want to stay. ")
    assert Voice.objects.count() == 1


def test_a_child_can_speak_about_home_because_home_does_not_read_it(around: Around) -> None:
    make_parent(around)
    say(by=around.viewer("them"), words="I am afraid at home.")
    assert read(around, "worker") == ["I am afraid at home."]
    assert read(around, "mother") == []
    assert read(around, "stranger") == []


def test_what_a_child_said_to_somebody_is_written_down_with_how_it_is_known(around: Around) -> None:
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="how you know"):
        write_down(by=around.viewer("worker"), child_id=around.child.pk, words="x", said_on=today, heard="")
    write_down(
        by=around.viewer("worker"),
        child_id=around.child.pk,
        words="I like drums.",
        said_on=today,
        heard="Said on a walk",
    )
    assert read(around, "teacher") == ["I like drums."]
    with pytest.raises(Refused):
        write_down(
            by=around.viewer("stranger"), child_id=around.child.pk, words="x", said_on=today, heard="y"
        )


def test_a_young_person_names_themselves_and_the_legal_name_stays(around: Around) -> None:
    name_myself(by=around.viewer("them"), chosen_name="Quill", pronunciation="kwil")
    child = Child.objects.get(pk=around.child.pk)
    assert (child.chosen_name, child.forename, str(child)) == ("Quill", "Quillon", "Quill Zephyrine")


def test_a_name_that_a_young_person_gives_is_found_at_once_and_the_one_before_no_more(around: Around) -> None:
    by, key = around.viewer("them"), around.child.pk
    name_myself(by=by, chosen_name="Wrenna", pronunciation="")
    assert [found.child_id for found in candidates("Wrenna Zephyrine")] == [key]
    name_myself(by=by, chosen_name="Quill", pronunciation="")
    assert [found.child_id for found in candidates("Quill Zephyrine")] == [key]
    assert not FindableName.objects.filter(child_id=key, forename__startswith="wren").exists()


def test_nobody_is_given_a_way_in_by_an_address_that_an_adult_reads(around: Around) -> None:
    make_parent(around)
    other = around_a_child().child
    for address in (
        around.people["mother"].email.upper(),
        make_user(portal="family").email,
        "not an address",
    ):
        with pytest.raises(ValidationError):
            give_way_in(by=TEST, child_id=other.pk, email=address, because="Seen")


def test_nobody_comes_to_a_record_by_claiming_it(around: Around) -> None:
    account = register_parent(email="quillon.zephyrine@example.org")
    assert account is not None
    assert account.portal == "family"
    # The young person's own address is their own way in, whoever asks for the code.
    assert register_parent(email="quillon@example.org") == around.people["them"]


def test_a_social_worker_gives_no_way_in(around: Around) -> None:
    other = around_a_child()
    with pytest.raises(Refused):
        give_way_in(by=other.viewer("worker"), child_id=other.child.pk, email="a@example.org", because="x")


def test_a_way_in_that_somebody_else_reads_is_closed_at_once(around: Around) -> None:
    take_way_in(by=around.viewer("caseworker"), child_id=around.child.pk, because="Her mother reads it")
    assert not User.objects.get(pk=around.people["them"].pk).is_active
    with pytest.raises(Refused):
        say(by=around.viewer("them"), words="Hello")
