"""Letters that staff print and post: the right address on the day, kept as they went, never where they may not go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.core.messages.family_for_tests import OFFICER, Family, make_family
from tests.support.pdfs import page_words, reader, traces, words

from throughline.core.access.viewer import Refused
from throughline.core.audit.models import Event
from throughline.core.messages.actions import Draft, write_all
from throughline.core.messages.handling import (
    LetterHeld,
    letter_shown,
    letter_to_print,
    mark_posted,
    try_again,
)
from throughline.core.messages.letters import reference_of
from throughline.core.messages.models import Delivery, Message, Sheet
from throughline.core.work.worker import Worker
from throughline.formats.pdf.document import Bullets, Facts, Heading

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(frozen, settings) -> Any:
    settings.DEMONSTRATION, settings.NOTIFY_KEY = False, ""
    return frozen("2026-03-02 10:00")


@pytest.fixture
def family(clock) -> Family:
    return make_family()


@pytest.fixture
def waiting(family, clock) -> Message:
    draft = Draft(
        "test",
        "",
        "A decision was made",
        "We have made a decision.\n\nSign in to read it by 12 March 2026.",
        "k",
        channel="letter",
        adult=family.adult.pk,
        about_child=family.child.pk,
        blocks=(
            Heading("How to reply"),
            Bullets(("Sign in.", "Or telephone."), numbered=True),
            Facts((("By", "Friday"),)),
        ),
    )
    write_all(by=OFFICER, drafts=[draft])
    clock.shift(timedelta(seconds=6))
    Worker().run_until_idle()
    return Message.objects.get()


@pytest.fixture
def printer(viewer) -> Any:
    return viewer("messages.print", "messages.retry")


def state() -> tuple[str, str]:
    delivery = Delivery.objects.get()
    return str(delivery.state), delivery.problem


def test_the_sheet_says_to_whom_what_and_by_when_and_bears_its_mark_on_every_page(waiting, printer):
    content = letter_to_print(by=printer, message_id=waiting.pk)
    said = words(content)
    for part in (
        "Ms Amina Quillfeather 7 Wren Lane Mereford ME1 1AA",
        "2 March 2026",
        "We have made a decision.",
    ):
        assert part in said
    assert "How to reply 1. Sign in. 2. Or telephone. By Friday" in said
    assert all(f"Reference: {reference_of(waiting)} Page 1 of 1" in page for page in page_words(content))
    read = reader(content).metadata
    assert read is not None
    assert (read.title, read.creation_date) == ("A decision was made", None)


def test_nothing_of_the_child_is_in_the_file(waiting, printer, family):
    content = letter_to_print(by=printer, message_id=waiting.pk)
    for telling in ("Zebedee", "Orlando", "A123456789012", "2021"):
        assert traces(content, telling) == []
    assert str(family.child.pk) not in words(content)


def test_printed_again_it_is_the_same_sheet_and_posted_it_is_kept(waiting, printer):
    first = letter_to_print(by=printer, message_id=waiting.pk)
    assert letter_to_print(by=printer, message_id=waiting.pk) == first
    mark_posted(by=printer, message_id=waiting.pk)
    assert state() == ("sent", "")
    assert bytes(Sheet.objects.get().content) == first
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds.count("letter printed") == 2
    assert "letter posted" in kinds


def test_a_home_that_became_secret_is_neither_printed_nor_posted(waiting, printer, family):
    letter_to_print(by=printer, message_id=waiting.pk)
    family.now(family.home, restricted=True)
    assert mark_posted(by=printer, message_id=waiting.pk) == "restricted_address"
    assert state() == ("held", "restricted_address")
    with pytest.raises(Refused):
        letter_to_print(by=printer, message_id=waiting.pk)


def test_a_home_that_became_secret_before_printing_is_not_printed(waiting, printer, family):
    family.now(family.home, restricted=True)
    with pytest.raises(LetterHeld):
        letter_to_print(by=printer, message_id=waiting.pk)
    assert not Sheet.objects.exists()


def test_a_sheet_with_an_old_address_may_not_be_posted_and_is_printed_anew(waiting, printer, family, clock):
    letter_to_print(by=printer, message_id=waiting.pk)
    family.now(family.home, lines="8 Wren Lane")
    assert mark_posted(by=printer, message_id=waiting.pk) == "address_changed"
    assert state() == ("held", "address_changed")
    try_again(by=printer, message_id=waiting.pk)
    clock.shift(timedelta(seconds=6))
    Worker().run_until_idle()
    assert "8 Wren Lane" in words(letter_to_print(by=printer, message_id=waiting.pk))
    mark_posted(by=printer, message_id=waiting.pk)
    assert state() == ("sent", "")


def test_what_was_not_printed_cannot_have_been_posted(waiting, printer):
    with pytest.raises(Refused):
        mark_posted(by=printer, message_id=waiting.pk)


def test_nobody_prints_posts_or_tries_again_without_the_permission(waiting, viewer):
    nobody = viewer("messages.see")
    for act in (letter_to_print, mark_posted, try_again):
        with pytest.raises(Refused):
            act(by=nobody, message_id=waiting.pk)


def test_only_what_failed_or_is_held_is_tried_again_and_never_a_code(waiting, printer):
    with pytest.raises(Refused):
        try_again(by=printer, message_id=waiting.pk)
    write_all(by=OFFICER, drafts=[Draft("account", "a@example.org", "Code", "1234", "code")])
    code = Message.objects.get(kind="account")
    Delivery.objects.filter(message=code).update(state="failed")
    with pytest.raises(Refused):
        try_again(by=printer, message_id=code.pk)


def test_letters_are_open_to_everybody_only_in_a_demonstration(waiting, settings, family):
    with pytest.raises(Refused):
        letter_shown(waiting.pk)
    settings.DEMONSTRATION = True
    assert "We have made a decision." in words(letter_shown(waiting.pk) or b"")
    family.now(family.home, restricted=True)
    assert letter_shown(waiting.pk) is None
