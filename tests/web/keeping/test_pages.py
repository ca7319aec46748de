"""What people meet when they keep, dispose of and disclose records."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.core.retention.scene import CANARY, Scene, make_scene
from tests.support.around_one_child import Around, make_around
from tests.support.officers import client_of
from tests.support.pdfs import words
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.people.models import Child, ContactLimit, SealedIdentity
from throughline.core.retention.actions.packs import gather_into
from throughline.core.retention.executing import dispose
from throughline.core.retention.models import Certificate, Disposal, Hold, LocalPeriod, Pack
from throughline.modules.admissions.models import Application, Round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"


@pytest.fixture
def around() -> Around:
    return make_around()


@pytest.fixture
def old() -> Scene:
    return make_scene()


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def page(browser: Any, name: str, *args: Any) -> str:
    answer = browser.get(reverse(name, args=args))
    assert answer.status_code == 200, name
    return str(answer.content.decode())


def send(browser: Any, name: str, *args: Any, **given: Any) -> Any:
    return browser.post(reverse(name, args=args), given)


def test_periods_say_on_whose_word_they_are_and_what_is_not_verified(around: Around) -> None:
    said = page(around.staff("records_officer"), "keeping.periods")
    assert "General knowledge" in said
    assert "Not verified" in said
    assert "Set a period" not in said


def test_the_data_protection_officer_sets_a_period_with_a_reason(around: Around) -> None:
    officer = around.staff("data_protection_officer")
    since = day("since", date(2026, 1, 1))
    send(officer, "keeping.period", "ehc_plan", years="45", reason="Our schedule of 2025", **since)
    assert LocalPeriod.objects.get().years == 45
    said = page(officer, "keeping.periods")
    assert "Set here; 31 at first" in said
    assert "Our schedule of 2025" in said
    again = send(officer, "keeping.period", "ehc_plan", years="40", reason="x", **since)
    assert "Nothing was changed" in again.content.decode()


def test_a_record_goes_after_two_people_said_so_and_leaves_a_certificate(around: Around, old: Scene) -> None:
    officer, lead = around.staff("records_officer"), around.staff("safeguarding_lead")
    assert CANARY in page(officer, "keeping.due")
    send(officer, "keeping.due", records=[str(old.child.pk)], reason="Twenty-five years are over")
    row = Disposal.objects.get()
    assert "Disposals to approve" in lead.get("/home/").content.decode()
    assert CANARY in page(lead, "keeping.disposals")
    assert "cannot be brought back" in page(lead, "keeping.disposal", row.pk)
    send(lead, "keeping.disposal", row.pk, decision="approve")
    assert "Disposals to approve" not in lead.get("/home/").content.decode()
    dispose(by=TEST, disposal_id=row.pk)
    certificate = Certificate.objects.get()
    for browser in (officer, lead):
        assert certificate.reference in page(browser, "keeping.certificates")
        assert "The record is gone" in page(browser, "keeping.disposals")
    pdf = lead.get(reverse("keeping.certificate", args=[certificate.reference]))
    assert certificate.digest[:20] in words(pdf.content)
    assert CANARY not in words(pdf.content)


def test_keeping_a_record_asks_why(around: Around, old: Scene) -> None:
    send(around.staff("records_officer"), "keeping.due", records=[str(old.child.pk)], reason="x")
    row, lead = Disposal.objects.get(), around.staff("safeguarding_lead")
    assert "Say why it stays" in send(lead, "keeping.disposal", row.pk, decision="refuse").content.decode()
    send(lead, "keeping.disposal", row.pk, decision="refuse", because="The archive wants it")
    row.refresh_from_db()
    assert row.state == "refused"


def test_what_is_not_on_the_page_cannot_be_proposed(around: Around, old: Scene) -> None:
    send(around.staff("records_officer"), "keeping.due", records=[str(around.child.pk)], reason="x")
    assert Disposal.objects.count() == 0


def test_the_list_of_old_records_costs_the_same_however_many(
    around: Around, old: Scene, django_assert_max_num_queries: Any
) -> None:
    officer = around.staff("records_officer")
    page(officer, "keeping.due")
    with change("more", by=TEST):
        for number in range(30):
            Child.objects.create(reference=f"C-M{number}", forename="A", surname="B", born=date(1985, 1, 1))
    with django_assert_max_num_queries(45):
        page(officer, "keeping.due")


def test_a_hold_is_placed_shown_and_lifted(around: Around) -> None:
    lead, child = around.staff("safeguarding_lead"), around.child.pk
    send(lead, "keeping.hold", child, because="A public inquiry")
    hold = Hold.objects.get()
    said = page(lead, "keeping.of_child", child)
    assert "It is held" in said
    assert "A public inquiry" in said
    send(lead, "keeping.lift", hold.pk, because="It is over")
    assert "It is held" not in page(lead, "keeping.of_child", child)
    assert lead.get(reverse("keeping.lift", args=[hold.pk])).status_code == 404


def opened(around: Around, who: str) -> Pack:
    lead = around.staff("safeguarding_lead")
    today = timezone.localdate()
    send(lead, "keeping.open_pack", around.child.pk, who=who, identity="A passport", **day("received", today))
    pack = Pack.objects.get(state="gathering")
    assert "being gathered" in page(lead, "keeping.pack", pack.pk)
    gather_into(by=TEST, pack_id=pack.pk)
    return pack


def given(around: Around, who: str) -> Pack:
    pack = opened(around, who)
    send(around.staff("safeguarding_lead"), "keeping.release", pack.pk, edition="1")
    pack.refresh_from_db()
    assert pack.state == "released"
    return pack


def test_a_pack_is_read_decided_and_given_to_whoever_asked(around: Around) -> None:
    pack = opened(around, str(around.adults["mother"].pk))
    lead, mother = around.staff("safeguarding_lead"), client_of(around.users["mother"])
    said = page(lead, "keeping.pack", pack.pk)
    assert "Withheld" in said
    assert "nothing to fetch" in page(mother, "keeping.mine")
    key = f"people.Enrolment:{around.child.enrolments.get().pk}:people.education"
    assert "Ash School" in lead.get(reverse("keeping.decide", args=[pack.pk, key])).content.decode()
    send(lead, "keeping.decide", pack.pk, key, edition="1", because="Another reason")
    late = send(lead, "keeping.release", pack.pk, edition="1").content.decode()
    assert "Nothing of yours was kept" in late
    send(lead, "keeping.release", pack.pk, edition="2")
    assert "Fetch the PDF" in page(mother, "keeping.mine")
    pdf = mother.get(reverse("keeping.fetch", args=[pack.pk, "pdf"]))
    assert pdf["Content-Type"] == "application/pdf"
    assert "7 Hidden Lane" in words(pdf.content)
    assert "Ash School" not in words(pdf.content)


def test_nobody_else_can_fetch_it(around: Around) -> None:
    pack = given(around, str(around.adults["mother"].pk))
    for browser in (
        client_of(around.users["father"]),
        around.staff("caseworker"),
        around.staff("records_officer"),
    ):
        for which in ("pdf", "data"):
            assert browser.get(reverse("keeping.fetch", args=[pack.pk, which])).status_code == 404


def test_an_order_that_comes_after_it_was_given_keeps_it_back(around: Around) -> None:
    pack = given(around, str(around.adults["father"].pk))
    father = client_of(around.users["father"])
    assert father.get(reverse("keeping.fetch", args=[pack.pk, "pdf"])).status_code == 200
    with change("an order", by=TEST):
        ContactLimit.objects.update(keeps_back="everything")
    assert "nothing to fetch" in page(father, "keeping.mine")
    assert father.get(reverse("keeping.fetch", args=[pack.pk, "pdf"])).status_code == 404


def test_a_limited_father_is_not_given_the_address_or_the_school(around: Around) -> None:
    pack = given(around, str(around.adults["father"].pk))
    pdf = client_of(around.users["father"]).get(reverse("keeping.fetch", args=[pack.pk, "pdf"]))
    assert "Mia" in words(pdf.content)
    for canary in ("Hidden Lane", "WM1 1AA", "Ash School"):
        assert canary not in words(pdf.content)


def test_a_request_in_the_future_and_a_second_one_are_refused_with_words(around: Around) -> None:
    lead = around.staff("safeguarding_lead")
    future = day("received", date(2099, 1, 1))
    answer = send(lead, "keeping.open_pack", around.child.pk, who="child", identity="x", **future)
    assert "cannot be in the future" in answer.content.decode()
    opened(around, "child")
    today = day("received", timezone.localdate())
    answer = send(lead, "keeping.open_pack", around.child.pk, who="child", identity="x", **today)
    assert "open already" in answer.content.decode()
    assert Hold.objects.count() == 1


def test_a_request_can_be_closed(around: Around) -> None:
    pack = opened(around, "child")
    send(around.staff("safeguarding_lead"), "keeping.close", pack.pk, because="They withdrew it")
    pack.refresh_from_db()
    assert pack.state == "closed"
    assert Hold.objects.get().lifted_at


def old_file(child: Child) -> Application:
    day = date(2020, 1, 1)
    days = dict.fromkeys(
        ("born_from", "born_to", "opens", "closes", "late_until", "offer_day", "reply_by"), day
    )
    with change("an old application", by=TEST):
        round_, _ = Round.objects.get_or_create(
            phase="year_7", entry_year=2020, defaults={"name": "Long ago", "seed": "x", **days}
        )
        row: Application = Application.objects.create(
            round=round_, child=child, reference=f"A-{child.reference}"[:14]
        )
    return row


def test_a_part_goes_after_two_people_said_so_and_the_record_stands(around: Around) -> None:
    officer, lead = around.staff("records_officer"), around.staff("safeguarding_lead")
    old_file(around.child)
    said = page(officer, "keeping.parts") + str(
        officer.get(reverse("keeping.parts") + "?kind=admission_file").content.decode()
    )
    assert "Mia" in said
    assert "Applications for a school place: 1" in said
    assert "31 August 2022" in said
    address = reverse("keeping.parts") + "?kind=admission_file"
    officer.post(address, {"records": [str(around.child.pk)], "reason": "The year is over"})
    row = Disposal.objects.get()
    assert row.part == "admission_file"
    told = page(lead, "keeping.disposal", row.pk)
    assert "Working file of a school application" in told
    assert "Applications for a school place: 1" in told
    assert "The rest of the record stays" in told
    send(lead, "keeping.disposal", row.pk, decision="approve")
    dispose(by=TEST, disposal_id=row.pk)
    assert "Part of a record" in page(lead, "keeping.certificates")
    assert "Working file" in page(lead, "keeping.disposals")
    pdf = lead.get(reverse("keeping.certificate", args=[Certificate.objects.get().reference]))
    assert "The rest stays" in words(pdf.content)
    assert not Application.objects.exists()
    assert Child.objects.filter(pk=around.child.pk).exists()


def test_a_part_that_is_held_or_of_no_kind_cannot_be_proposed(around: Around) -> None:
    officer, address = around.staff("records_officer"), reverse("keeping.parts") + "?kind=admission_file"
    old_file(around.child)
    send(around.staff("safeguarding_lead"), "keeping.hold", around.child.pk, because="A court")
    assert "Held" in officer.get(address).content.decode()
    officer.post(address, {"records": [str(around.child.pk)], "reason": "x"})
    assert not Disposal.objects.exists()
    assert officer.get(reverse("keeping.parts") + "?kind=youth_justice").status_code == 404


def test_the_list_of_parts_costs_the_same_however_many(
    around: Around, django_assert_max_num_queries: Any
) -> None:
    officer, address = around.staff("records_officer"), reverse("keeping.parts") + "?kind=admission_file"
    officer.get(address)
    with change("more", by=TEST):
        children = [
            Child.objects.create(reference=f"C-M{n}", forename="A", surname="B", born=date(2012, 1, 1))
            for n in range(30)
        ]
    for child in children:
        old_file(child)
    with django_assert_max_num_queries(45):
        assert officer.get(address).status_code == 200


def test_a_sealed_earlier_identity_stands_in_no_list(around: Around, old: Scene) -> None:
    officer = around.staff("records_officer")
    old_file(old.child)
    assert CANARY in page(officer, "keeping.due")
    with change("sealed", by=TEST):
        SealedIdentity.objects.create(
            child=around.child, earlier=old.child, reason="x", sealed_by="x", sealed_on=date(2020, 1, 1)
        )
    assert CANARY not in page(officer, "keeping.due")
    assert CANARY not in officer.get(reverse("keeping.parts") + "?kind=admission_file").content.decode()


def test_that_a_record_is_kept_for_an_adoption_is_told_to_nobody_who_may_not_know(
    around: Around, old: Scene
) -> None:
    with change("sealed", by=TEST):
        SealedIdentity.objects.create(
            child=old.child, earlier=around.child, reason="x", sealed_by="x", sealed_on=date(2020, 1, 1)
        )
    officer, lead = around.staff("records_officer"), around.staff("safeguarding_lead")
    for said in (page(officer, "keeping.of_child", old.child.pk), page(officer, "keeping.due")):
        assert "Adoption" not in said
        assert "2120" not in said
        assert "3 February 2015" in said
    assert "Must be kept" in page(officer, "keeping.due")
    told = page(lead, "keeping.of_child", old.child.pk)
    assert "1 January 2120" in told
    assert "Adoption" in told
