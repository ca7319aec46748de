"""No message says who the child is, except a letter that is the document itself."""

from __future__ import annotations

import pytest
from tests.core.messages.family_for_tests import OFFICER, Family, make_family

from throughline.core.audit.change import change
from throughline.core.messages.actions import Draft, NamesTheChild, write_all
from throughline.core.messages.models import Message
from throughline.core.people.models import FormerName, Identifier
from throughline.core.registry import assembly
from throughline.core.registry.sockets import MessageKind, Module
from throughline.formats.pdf.document import Facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def family() -> Family:
    return make_family()


def tell(family: Family, words: str, **rest: object) -> None:
    values = {"channel": "email", "body": words, "subject": "News", **rest}
    draft = Draft("test", "", key="k", adult=family.adult.pk, about_child=family.child.pk, **values)
    write_all(by=OFFICER, drafts=[draft])


TELLING = [
    "We have news about Zebedee.",
    "ZEB has a place",
    "Orlando's place",
    "The Quillfeather family",
    "pupil A123456789012",
    "Home: ME1 1AA",
    "Home: me11aa",
    "born 3 February 2021",
    "born 03/02/2021",
    "born 3.2.21",
    "born 2021-02-03",
    "born 3 Feb 2021",
    "born 3rd February 2021",
    "Zebedee\nis here",
]


@pytest.mark.parametrize("words", TELLING)
def test_what_gives_the_child_away_is_refused_and_nothing_is_written(family, words):
    with pytest.raises(NamesTheChild) as refused:
        tell(family, words)
    assert not Message.objects.exists()
    assert "Zeb" not in str(refused.value)


def test_it_is_refused_in_the_subject_and_in_the_blocks_of_a_letter(family):
    with pytest.raises(NamesTheChild):
        tell(family, "Sign in.", subject="News of Zebedee")
    with pytest.raises(NamesTheChild):
        tell(family, "See below.", channel="letter", blocks=(Facts((("Child", "Zebedee"),)),))


def test_former_names_and_other_numbers_are_refused_too(family):
    with change("former name", by=OFFICER):
        FormerName.objects.create(child=family.child, forename="Jasper", surname="Thistledown")
        Identifier.objects.create(child=family.child, kind="nhs", value="943 476 5919", source="test")
    for words in ("Jasper", "THISTLEDOWN", "number 943 476 5919"):
        with pytest.raises(NamesTheChild):
            tell(family, words)


@pytest.mark.parametrize(
    "words",
    [
        "A decision was made on 3 March 2026. Sign in to read it by 12 May 2026.",
        "Zebras and quillfeatherers are words.",
    ],
)
def test_words_that_tell_nothing_are_written(family, words):
    tell(family, words)
    assert Message.objects.get().body == words


def test_a_name_that_is_an_ordinary_word_does_not_silence_us_but_the_full_name_is_still_refused(family):
    family.now(family.child, forename="May", chosen_name="", surname="Will")
    tell(family, "You may reply until 3 May 2026. We will answer.")
    assert Message.objects.count() == 1
    with pytest.raises(NamesTheChild):
        tell(family, "May Will has a place.", subject="Other")


def test_a_letter_that_is_the_document_itself_names_its_child_and_its_email_does_not(family, monkeypatch):
    kinds = Module("t", "t", message_kinds=(MessageKind("test", "Decision", document=True),))
    monkeypatch.setattr(assembly, "_sealed", [assembly.assemble([kinds])])
    tell(family, "We decided about Zebedee.", channel="letter")
    with pytest.raises(NamesTheChild):
        tell(family, "We decided about Zebedee.", channel="email")


def test_checking_costs_the_same_queries_for_many_messages(family, django_assert_max_num_queries):
    drafts = [
        Draft("test", "", "News", "Sign in.", f"k{n}", adult=family.adult.pk, about_child=family.child.pk)
        for n in range(200)
    ]
    with django_assert_max_num_queries(20):
        write_all(by=OFFICER, drafts=drafts)
