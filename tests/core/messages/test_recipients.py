"""One person per message, found when it is sent: what the record says on that day decides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.core.messages.family_for_tests import OFFICER, Family, make_family

from throughline.core.audit.change import change
from throughline.core.messages.actions import Draft, NotOneAddress, write_all
from throughline.core.messages.addressing import Nowhere, Place, mobile, where_may_we_write
from throughline.core.messages.jobs import send
from throughline.core.messages.models import Delivery, Message
from throughline.core.people.models import Address, AdultResidence, Residence
from throughline.core.registry import assembly
from throughline.core.registry.sockets import MessageKind, Module
from throughline.core.work.progress import Progress

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


class Quiet(Progress):
    def __init__(self) -> None:
        pass

    def say(self, done: int, of: int) -> None:
        pass


@pytest.fixture
def family() -> Family:
    return make_family()


def written(family: Family, channel: str = "letter", **rest: object) -> Message:
    values = {"adult": family.adult.pk, "about_child": family.child.pk, **rest}
    draft = Draft("test", "", "A decision was made", "Sign in to read it.", "k", channel=channel, **values)
    write_all(by=OFFICER, drafts=[draft])
    return Message.objects.get()


def where(message: Message) -> Place | Nowhere:
    return where_may_we_write(message, timezone.localdate())


def test_a_letter_goes_to_the_home_the_adult_shares_with_the_child(family):
    expected = ("Ms Amina Quillfeather", "7 Wren Lane", "Mereford", "ME1 1AA")
    assert where(written(family)) == Place(name="Ms Amina Quillfeather", lines=expected)


def test_a_text_goes_to_the_mobile_number_and_an_email_to_the_account(family):
    assert where(written(family, "text")) == Place("+447700900123")
    Message._base_manager.all().delete()
    assert where(written(family, "email")) == Place("amina@example.org")


CHANGES = {
    "the home is kept from others": (
        "letter",
        "restricted_address",
        lambda f: f.now(f.home, restricted=True),
    ),
    "the child moved away and no home is known": (
        "letter",
        "no_address",
        lambda f: f.now(f.residence, until=timezone.localdate() - YESTERDAY),
    ),
    "the adult no longer lives with the child": (
        "letter",
        "no_address",
        lambda f: f.now(f.tie, lives_with_child=False),
    ),
    "the tie ended": ("email", "no_tie", lambda f: f.now(f.tie, until=timezone.localdate() - YESTERDAY)),
    "the tie has not begun": (
        "email",
        "no_tie",
        lambda f: f.now(f.tie, since=timezone.localdate() + YESTERDAY),
    ),
    "contact was limited": ("text", "contact_limited", lambda f: f.limit("everything")),
    "the account was closed": ("email", "account_closed", lambda f: f.now(f.user, is_active=False)),
    "the telephone is a landline": ("text", "no_mobile", lambda f: f.now(f.adult, phone="01234 567890")),
}


@pytest.mark.parametrize(("channel", "reason", "happens"), CHANGES.values(), ids=CHANGES.keys())
def test_what_changed_after_it_was_written_holds_it_and_says_why(
    family, settings, frozen, channel, reason, happens
):
    frozen("2026-03-02 10:00")
    settings.DEMONSTRATION = True
    message = written(family, channel)
    happens(family)
    send(Quiet())
    held = Delivery.objects.get(message=message)
    assert (held.state, held.problem, held.sent_to) == ("held", reason, "")


def test_a_letter_follows_the_family_to_the_home_of_the_day_it_is_sent(family):
    message = written(family)
    with change("family moves", by=OFFICER):
        new = Address.objects.create(lines="Flat 2\n9 Heron Court", town="", postcode="ME2 2BB")
        family.residence.until = timezone.localdate()
        family.residence.save()
        Residence.objects.create(child=family.child, address=new, since=timezone.localdate())
    assert where(message).lines == ("Ms Amina Quillfeather", "Flat 2", "9 Heron Court", "ME2 2BB")


def test_somebody_who_may_not_know_where_the_child_is_still_gets_notices_and_no_documents(
    family, monkeypatch
):
    family.limit("whereabouts")
    message = written(family, "email")
    assert where(message) == Place("amina@example.org")
    kinds = Module("t", "t", message_kinds=(MessageKind("test", "Decision", document=True),))
    monkeypatch.setattr(assembly, "_sealed", [assembly.assemble([kinds])])
    assert where(message) == Nowhere("contact_limited")


def test_a_limit_that_is_over_holds_nothing(family):
    family.limit("everything", until=timezone.localdate() - YESTERDAY)
    assert where(written(family, "email")) == Place("amina@example.org")


def test_an_adult_with_a_home_of_their_own_is_written_to_there(family):
    with change("own home", by=OFFICER):
        new = Address.objects.create(lines="5 Kite Row", postcode="ME3 3CC")
        AdultResidence.objects.create(adult=family.adult, address=new, since=date(2024, 1, 1))
    assert where(written(family)).lines == ("Ms Amina Quillfeather", "5 Kite Row", "ME3 3CC")


def test_a_young_person_is_told_of_their_own_record_and_no_other(family, make_user):
    young = make_user(portal="young_person", email="young@example.org")
    message = written(family, "email", adult=None, user=young.pk)
    assert where(message) == Nowhere("no_tie")
    family.now(family.child, user=young)
    assert where(message) == Place("young@example.org")


def test_staff_are_told_of_children_of_their_work(family, make_user):
    officer = make_user(portal="staff", email="priya@example.org")
    assert where(written(family, "email", adult=None, user=officer.pk)) == Place("priya@example.org")


def test_two_homes_are_no_certain_home(family):
    with change("second home", by=OFFICER):
        new = Address.objects.create(lines="1 Elsewhere", postcode="ME2 2BB")
        Residence.objects.create(child=family.child, address=new, since=date(2024, 1, 1))
    assert where(written(family)) == Nowhere("several_addresses")


def test_one_kept_home_among_two_is_kept(family):
    with change("second home", by=OFFICER):
        new = Address.objects.create(lines="1 Elsewhere", postcode="ME2 2BB", restricted=True)
        Residence.objects.create(child=family.child, address=new, since=date(2024, 1, 1))
    assert where(written(family)) == Nowhere("restricted_address")


def test_a_long_address_keeps_every_part_on_seven_lines_at_most(family):
    family.now(family.home, lines="Flat 2, The Mill, North Wing, 9 Heron Court, Low Quay, Old Town")
    lines = where(written(family)).lines
    assert len(lines) <= 7
    assert ", ".join(lines[1:-2]) == "Flat 2, The Mill, North Wing, 9 Heron Court, Low Quay, Old Town"


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (7700) 900-123", "+447700900123"),
        ("00447700900123", "+447700900123"),
        ("01234 567890", ""),
        ("+33 6 12 34 56 78", ""),
        ("0770090012", ""),
        ("", ""),
    ],
)
def test_only_british_mobile_numbers_get_texts(phone, number):
    assert mobile(phone) == number


@pytest.mark.parametrize(
    "values",
    [
        {"to": ""},
        {"to": "a@example.org", "adult": "adult"},
        {"to": "", "adult": "adult", "user": "user"},
        {"to": "a@example.org", "channel": "letter"},
    ],
)
def test_a_message_is_for_exactly_one_person_or_address(family, values):
    values = {k: getattr(family, v).pk if k in ("adult", "user") else v for k, v in values.items()}
    with pytest.raises(NotOneAddress):
        write_all(by=OFFICER, drafts=[Draft("test", subject="s", body="b", key="k", **values)])
    assert not Message.objects.exists()
