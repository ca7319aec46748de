"""A subject access pack holds what is held about the child, and no trace of anybody else."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.core.retention.scene import person
from tests.support.pdfs import traces, words
from tests.support.people import TEST, make_user

from throughline.core.access.models import User
from throughline.core.audit.actor import Refused
from throughline.core.audit.change import change
from throughline.core.documents.kept import whole
from throughline.core.documents.models import Document, KeptFile
from throughline.core.documents.storage import path_of, store
from throughline.core.organisations.models import School
from throughline.core.people.models import (
    Address,
    Adult,
    AdultResidence,
    Child,
    ContactLimit,
    Enrolment,
    Fact,
    FormerName,
    Involvement,
    Residence,
    Sibling,
    Tie,
    Voice,
)
from throughline.core.registry.assembly import installed
from throughline.core.registry.sockets import Disclosed, Disclosure
from throughline.core.retention.actions.disposals import propose_disposal
from throughline.core.retention.actions.holds import HeldForRequest, lift_hold
from throughline.core.retention.actions.packs import (
    CannotOpen,
    ChangedMeanwhile,
    close_pack,
    decide_by_hand,
    expire_packs,
    gather_into,
    open_pack,
    release_pack,
)
from throughline.core.retention.models import Gathered, Hold, Pack
from throughline.core.retention.packs import gathering
from throughline.core.retention.packs.answering import data
from throughline.core.retention.packs.deciding import judge, words_in
from throughline.core.retention.queries.packs import file_of, my_packs
from throughline.core.sharing.models import Override

pytestmark = pytest.mark.django_db
TODAY = date(2026, 2, 3)
# Each stands in the record and must not be found in what is given, in any file.
THIRD_PARTIES = (
    "Zorander",
    "Quibblewick",
    "Marjolaine",
    "07700900123",
    "zor@example.org",
    "Faraway",
    "Hidden Copse",
)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Any:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    with time_machine.travel("2026-02-03T09:00:00+00:00", tick=True):
        yield


@pytest.fixture
def child() -> Child:
    with change("a scene", by=TEST):
        school = School.objects.create(urn="100007", la_code="999", name="Larch School", status="open")
        child = Child.objects.create(
            reference="C-SAR11",
            forename="Mia",
            surname="Rees",
            born=date(2012, 5, 4),
            upn="A1",
            first_language="Welsh",
        )
        Enrolment.objects.create(child=child, school=school, since=date(2020, 9, 1))
        Fact.objects.create(
            child=child,
            kind="sen_support",
            source="Told by Zorander’s sister Marjolaine Rees, ring 07700 900123",
        )
        FormerName.objects.create(child=child, forename="Formerly", surname="Rees")
        home = Address.objects.create(lines="3 Known Street", postcode="WM1 1AA")
        secret = Address.objects.create(lines="9 Hidden Copse", postcode="WM9 9ZZ", restricted=True)
        Residence.objects.create(
            child=child, address=home, since=date(2012, 5, 4), evidence="Seen by zorander"
        )
        Residence.objects.create(child=child, address=secret, since=date(2025, 5, 4))
        sister = Child.objects.create(
            reference="C-SIS11", forename="Marjolaine", surname="Rees", born=date(2015, 1, 1)
        )
        Sibling.objects.create(child=child, other=sister, kind="full")
        Voice.objects.create(
            child=child, speaker="child", words="I like drawing", said_on=TODAY, written_by="x"
        )
    family(child)
    with change("a file", by=TEST):
        sha = store([b"A letter by Zorander"])
        Document.objects.create(
            child=child,
            kind="letter",
            name="Zorander.txt",
            media_type="text/plain",
            size=20,
            sha256=sha,
            on_record=True,
        )
    return child


def family(child: Child) -> None:
    with change("family", by=TEST):
        elsewhere = Address.objects.create(lines="1 Faraway Lane", postcode="WM8 8YY")
        for forename, surname, kind in (("Ann", "Rees", "mother"), ("Zorander", "Quibblewick", "father")):
            adult = Adult.objects.create(
                forename=forename, surname=surname, email=f"{forename[:3]}@example.org", phone="07700 900123"
            )
            tie = Tie.objects.create(
                child=child,
                adult=adult,
                kind=kind,
                parental_responsibility=True,
                lives_with_child=kind == "mother",
                evidence="Zorander Quibblewick’s paper",
            )
            if kind == "father":
                AdultResidence.objects.create(adult=adult, address=elsewhere, since=date(2020, 1, 1))
                ContactLimit.objects.create(tie=tie, child=child, kind="other", keeps_back="whereabouts")


def adult(forename: str) -> Adult:
    return Adult.objects.get(forename=forename)


def gathered(child: Child, asker: Adult | None = None) -> Pack:
    pack = open_pack(
        by=person("retention.disclose"),
        child_id=child.pk,
        adult_id=asker.pk if asker else None,
        received_on=TODAY,
        identity="Passport seen",
    )
    gather_into(by=TEST, pack_id=pack.pk)
    pack.refresh_from_db()
    return pack


def released(pack: Pack) -> tuple[bytes, bytes]:
    pack.refresh_from_db()
    done = release_pack(
        by=person("retention.disclose"), pack_id=pack.pk, edition=pack.edition, author="Wendmere Council"
    )
    return whole(done.printed), whole(done.data)


def texts(archive: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        return "\n".join([*held.namelist(), *(held.read(name).decode("utf-8") for name in held.namelist())])


def test_what_is_given_holds_no_trace_of_a_third_party(child: Child) -> None:
    pdf, archive = released(gathered(child))
    for canary in THIRD_PARTIES:
        assert traces(pdf, canary) == [], canary
        assert canary.casefold() not in texts(archive).casefold(), canary
        assert canary.encode() not in archive, canary
    assert "another person" in words(pdf)
    assert "another person" in texts(archive)


def test_what_is_held_about_the_child_is_given_in_plain_words(child: Child) -> None:
    pdf, archive = released(gathered(child))
    said = words(pdf)
    for text in (
        "Mia",
        "4 May 2012",
        "Welsh",
        "Larch School",
        "Receives SEN support",
        "I like drawing",
        "3 Known Street",
    ):
        assert text in said, text
    assert "sen_support" not in said
    held = json.loads(zipfile.ZipFile(io.BytesIO(archive)).read("record.json"))
    assert {"Mia", "Larch School"} <= {field["value"] for item in held["record"] for field in item["fields"]}


def test_what_keeps_somebody_safe_is_left_out(child: Child) -> None:
    pdf, archive = released(gathered(child))
    assert "Formerly" not in words(pdf) + texts(archive)
    assert "WM9" not in words(pdf) + texts(archive)


def test_a_limited_parent_is_given_neither_the_home_nor_the_school_nor_the_childs_own_words(
    child: Child,
) -> None:
    pdf, archive = released(gathered(child, adult("Zorander")))
    for canary in ("Known Street", "WM1 1AA", "Larch School", "I like drawing", "Hidden Copse", "Ann"):
        assert traces(pdf, canary) == [], canary
        assert canary not in texts(archive), canary
    assert "Mia" in words(pdf)


def test_a_parent_at_home_is_given_more_and_still_not_what_the_child_said(child: Child) -> None:
    pdf, _archive = released(gathered(child, adult("Ann")))
    assert "3 Known Street" in words(pdf)
    assert "I like drawing" not in words(pdf)


def test_who_is_around_a_child_is_given_to_a_parent_only_by_hand(child: Child) -> None:
    with change("somebody involved", by=TEST):
        Involvement.objects.create(
            child=child,
            role="police_officer",
            name="Constable Quiet",
            because="Zqwatches",
            since=date(2024, 1, 1),
        )
    pack = gathered(child, adult("Ann"))
    judged = judge(pack, Gathered.objects.get())
    about = [each for each in judged if "Zqwatches" in str(each.item)]
    assert [each.why for each in about] == ["safety"]
    pdf, archive = released(pack)
    for canary in ("Constable Quiet", "Zqwatches"):
        assert traces(pdf, canary) == [], canary
        assert canary not in texts(archive), canary


def test_a_parent_from_whom_everything_is_kept_cannot_ask_in_the_childs_place(child: Child) -> None:
    with change("an order", by=TEST):
        ContactLimit.objects.update(keeps_back="everything")
    with pytest.raises(CannotOpen, match="adult"):
        gathered(child, adult("Zorander"))
    assert Hold.objects.count() == 0


def limit(name: str, keeps_back: str) -> None:
    with change("an order made since", by=TEST):
        tie = Tie.objects.get(adult__forename=name)
        ContactLimit.objects.create(
            tie=tie,
            child=tie.child,
            kind="prohibited_steps",
            keeps_back=keeps_back,
            since=timezone.localdate(),
            evidence="Seen",
        )


def test_an_order_made_since_it_was_asked_for_holds_for_what_is_given(child: Child) -> None:
    pack = gathered(child, adult("Ann"))
    with time_machine.travel("2026-02-10T09:00:00+00:00", tick=True):
        limit("Ann", "whereabouts")
        pdf, archive = released(pack)
    for canary in ("Known Street", "WM1 1AA", "Larch School"):
        assert traces(pdf, canary) == [], canary
        assert canary not in texts(archive), canary


def test_nothing_is_given_to_whom_nothing_may_be_told_any_more(child: Child) -> None:
    pack = gathered(child, adult("Ann"))
    limit("Ann", "everything")
    with pytest.raises(ValidationError, match="Nothing was given"):
        released(pack)
    pack.refresh_from_db()
    assert (pack.state, KeptFile.objects.count()) == ("review", 0)


def withhold(child: Child, user: User, category: str) -> None:
    with change("a decision", by=TEST):
        Override.objects.create(
            child_id=child.pk,
            user_id=user.pk,
            category=category,
            grants=False,
            reason="He waits at the gate",
            state="approved",
            since=timezone.localdate(),
            until=timezone.localdate() + timedelta(days=90),
            decided_at=timezone.now(),
        )


def with_a_way_in(name: str) -> tuple[Adult, User]:
    user, found = make_user(portal="family"), adult(name)
    with change("a way in", by=TEST):
        found.user = user
        found.save()
    return found, user


def test_what_was_decided_to_keep_from_whoever_asks_is_not_given_to_them(child: Child) -> None:
    ann, user = with_a_way_in("Ann")
    withhold(child, user, "people.education")
    pdf, archive = released(gathered(child, ann))
    assert "3 Known Street" in words(pdf)
    assert traces(pdf, "Larch School") == []
    assert "Larch School" not in texts(archive)


@pytest.mark.parametrize("since", ["limited", "withheld"])
def test_what_was_given_is_fetched_no_more_once_its_reader_may_know_less(child: Child, since: str) -> None:
    ann, user = with_a_way_in("Ann")
    pack = gathered(child, ann)
    released(pack)
    eyes = replace(person("retention.own_pack"), user_id=user.pk, portal="family")
    assert file_of(eyes, pack.pk, "pdf")
    if since == "limited":
        limit("Ann", "whereabouts")
    else:
        withhold(child, user, "people.education")
    assert my_packs(eyes) == []
    with pytest.raises(Refused):
        file_of(eyes, pack.pk, "pdf")


def test_whoever_reads_it_may_give_or_withhold_with_a_reason(child: Child) -> None:
    pack = gathered(child)
    judged = {each.item["title"]: each for each in judge(pack, Gathered.objects.get())}
    former, fact = judged["A name used before"], judged["Something recorded about the child’s circumstances"]
    assert (former.why, fact.why) == ("safety", "")
    by = person("retention.disclose")
    for at, (key, withheld) in enumerate(((former.item["id"], False), (fact.item["id"], True)), start=1):
        decide_by_hand(
            by=by, pack_id=pack.pk, edition=at, key=key, withheld=withheld, because="It is their own"
        )
    pdf, _archive = released(pack)
    assert "Formerly" in words(pdf)
    assert "Receives SEN support" not in words(pdf)


def test_a_document_is_given_only_once_somebody_has_read_it(child: Child) -> None:
    pack = gathered(child)
    item = next(each.item for each in judge(pack, Gathered.objects.get()) if each.why == "document")
    decide_by_hand(
        by=person("retention.disclose"),
        pack_id=pack.pk,
        edition=1,
        key=item["id"],
        withheld=False,
        because="Read",
    )
    _pdf, archive = released(pack)
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert names == ["record.json", "record.csv", "documents/document-1.txt"]


def test_a_word_can_be_given_back_that_names_nobody(child: Child) -> None:
    pack = gathered(child)
    held = Gathered.objects.get()
    assert [word.word for word in words_in(pack, held, judge(pack, held))] == [
        "marjolaine",
        "quibblewick",
        "zorander",
    ]
    decide_by_hand(
        by=person("retention.disclose"),
        pack_id=pack.pk,
        edition=1,
        key="word:marjolaine",
        withheld=False,
        because="x",
    )
    pdf, _archive = released(pack)
    assert "Marjolaine" in words(pdf)


def test_two_who_read_at_once_do_not_undo_each_other(child: Child) -> None:
    pack = gathered(child)
    by = person("retention.disclose")
    decide_by_hand(by=by, pack_id=pack.pk, edition=1, key="word:ann", withheld=True, because="x")
    with pytest.raises(ChangedMeanwhile):
        decide_by_hand(by=by, pack_id=pack.pk, edition=1, key="word:dan", withheld=True, because="x")
    with pytest.raises(ChangedMeanwhile):
        release_pack(by=by, pack_id=pack.pk, edition=1, author="x")
    assert KeptFile.objects.count() == 0


def test_while_it_is_open_the_record_is_held(child: Child) -> None:
    with change("grown old", by=TEST):
        Child.objects.filter(pk=child.pk).update(born=date(1980, 1, 1))
    pack = gathered(child)
    assert propose_disposal(by=person("retention.propose"), children=[child.pk], reason="x") == 0
    with pytest.raises(HeldForRequest):
        lift_hold(by=person("retention.hold"), hold_id=pack.hold_id, because="x")
    released(pack)
    assert Hold.objects.get().lifted_because


def test_it_is_due_a_calendar_month_after_it_came(child: Child) -> None:
    assert gathered(child).due_on == date(2026, 3, 3)


def test_one_request_at_a_time(child: Child) -> None:
    pack = gathered(child)
    with pytest.raises(CannotOpen, match="open already"):
        gathered(child)
    assert close_pack(by=person("retention.disclose"), pack_id=pack.pk, because="Withdrawn")
    assert not close_pack(by=person("retention.disclose"), pack_id=pack.pk, because="Again")
    assert Gathered.objects.count() == 0
    assert gathered(child)


def test_gathering_twice_leaves_one_and_keeps_what_was_decided(child: Child) -> None:
    pack = gathered(child)
    decide_by_hand(
        by=person("retention.disclose"),
        pack_id=pack.pk,
        edition=1,
        key="word:ann",
        withheld=False,
        because="x",
    )
    gather_into(by=TEST, pack_id=pack.pk)
    pack.refresh_from_db()
    assert (Gathered.objects.count(), pack.state, list(pack.decisions)) == (1, "review", ["word:ann"])


def test_it_is_given_once_and_taken_back_after_a_month(
    child: Child, django_capture_on_commit_callbacks: Any
) -> None:
    pack = gathered(child)
    released(pack)
    with pytest.raises(Refused):
        released(pack)
    names = list(KeptFile.objects.values_list("sha256", flat=True))
    assert expire_packs(by=TEST) == 0
    with (
        time_machine.travel(timezone.now() + timedelta(days=31)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert expire_packs(by=TEST) == 1
    assert KeptFile.objects.count() == 0
    assert not any(path_of(name).exists() for name in names)
    pack.refresh_from_db()
    assert pack.state == "expired"


def test_what_a_module_adds_is_withheld_and_cleaned_like_the_rest(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_one = replace(installed(), on_subject_access=(Disclosure(f"{__name__}.added"),))
    monkeypatch.setattr(gathering, "installed", lambda: with_one)
    pdf, _archive = released(gathered(child))
    assert "Sings in the choir with [another person]" in words(pdf)
    assert "Kept safe" not in words(pdf)


def added(child_id: UUID) -> list[Disclosed]:
    return [
        Disclosed("1", "people.education", "A club", (("Which", "Sings in the choir with Zorander"),)),
        Disclosed("2", "people.sealed", "A secret", (("What", "Kept safe"),)),
    ]


def test_only_who_may_opens_reads_and_gives(child: Child) -> None:
    nobody, pack = person("retention.see"), gathered(child)
    for act in (
        lambda: open_pack(by=nobody, child_id=child.pk, adult_id=None, received_on=TODAY, identity="x"),
        lambda: decide_by_hand(by=nobody, pack_id=pack.pk, edition=1, key="x", withheld=True, because="x"),
        lambda: release_pack(by=nobody, pack_id=pack.pk, edition=1, author="x"),
        lambda: close_pack(by=nobody, pack_id=pack.pk, because="x"),
    ):
        with pytest.raises(Refused):
            act()


def test_two_fields_of_one_name_are_both_given() -> None:
    told = [("Date", "1 May 2026"), ("Date", "2 May 2026")]
    item = {"section": "Facts", "title": "A fact", "fields": told, "document": ""}
    held = json.loads(zipfile.ZipFile(io.BytesIO(data([item], ()))).read("record.json"))
    assert held["record"][0]["fields"] == [{"name": name, "value": value} for name, value in told]
