"""Decisions about one application: what each does, what it refuses in words, and the second of two to save is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.support.admissions import Family, World, decided, families, small_world
from tests.support.officers import MANAGER, OFFICER, client_of, member
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.audit.models import Event
from throughline.core.documents.actions import keep_document
from throughline.core.documents.refusal import DocumentRefused
from throughline.core.people.models import Adult, Tie
from throughline.modules.admissions.actions.applications import enter_application
from throughline.modules.admissions.models import Application, Claim, Offer

pytestmark = pytest.mark.django_db
CLAIM = {("Wren", "sibling"): "Her brother Huw is in Year 3.", (None, "service_family"): "Her mother serves."}


@pytest.fixture
def world() -> World:
    made = small_world("open")
    families(made, [Family("Ffion", ["Wren", "Mill"], 900, CLAIM), Family("Gwen", ["Wren", "Mill"], 300)])
    return made


@pytest.fixture
def olwen(db: None) -> Any:
    return client_of(member(OFFICER, "Olwen Test"))


@pytest.fixture
def other(db: None) -> Any:
    return client_of(member(MANAGER, "Mair Test"))


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def case(world: World, name: str) -> Application:
    return Application.objects.get(child_id=world.children[name], round=world.round)


def seen(answer: Any) -> str:
    return str(answer.context["form"].initial["seen"])


def sibling(world: World) -> Claim:
    return Claim.objects.get(child_id=world.children["Ffion"], fact="sibling")


def claim_page(world: World, claim: Claim) -> str:
    return f"/admissions/{world.round.pk}/evidence/{claim.pk}/"


def test_a_confirmed_claim_leads_to_the_next_that_waits(world: World, olwen: Any) -> None:
    claim, following = sibling(world), Claim.objects.get(fact="service_family")
    answer = olwen.post(claim_page(world, claim), {"decision": "yes", "reason": "On roll in Year 3."})
    claim.refresh_from_db()
    assert (claim.state, claim.decided_by, claim.decision_reason) == (
        "confirmed",
        "Olwen Test",
        "On roll in Year 3.",
    )
    assert answer.url == claim_page(world, following)


def test_after_the_last_claim_the_pile_is_done(world: World, olwen: Any) -> None:
    query = "?fact=sibling"
    answer = olwen.post(
        claim_page(world, sibling(world)) + query, {"decision": "yes", "reason": ""}, follow=True
    )
    assert "Nothing more is waiting here." in words(answer)
    assert "1 claim is waiting for a decision." in words(answer)


def test_not_confirming_needs_a_reason_and_keeps_what_was_chosen(world: World, olwen: Any) -> None:
    answer = olwen.post(claim_page(world, sibling(world)), {"decision": "no", "reason": " "})
    assert "Say why it is not confirmed" in words(answer)
    assert answer.context["form"]["decision"].value() == "no"
    assert sibling(world).state == "claimed"


def test_of_two_officers_at_one_claim_the_second_is_told(world: World, olwen: Any, other: Any) -> None:
    path = claim_page(world, sibling(world))
    first, second = seen(olwen.get(path)), seen(other.get(path))
    olwen.post(path, {"decision": "yes", "reason": "On roll.", "seen": first})
    told = other.post(path, {"decision": "no", "reason": "Not on roll.", "seen": second})
    assert "Somebody else saved this while you had it open." in words(told)
    assert "Olwen Test" in words(told)
    assert "Not on roll." in words(told), "what was typed is kept"
    assert sibling(world).state == "confirmed"


def test_having_been_told_the_second_may_decide_again(world: World, olwen: Any, other: Any) -> None:
    path = claim_page(world, sibling(world))
    stale = seen(other.get(path))
    olwen.post(path, {"decision": "yes", "reason": "On roll."})
    told = other.post(path, {"decision": "no", "reason": "He left in July.", "seen": stale})
    fresh = told.context["form"]["seen"].value()
    other.post(path, {"decision": "no", "reason": "He left in July.", "seen": fresh})
    assert (sibling(world).state, sibling(world).decided_by) == ("not_confirmed", "Mair Test")


def test_evidence_cannot_change_once_offers_are_released(olwen: Any) -> None:
    world = small_world()
    families(world, [Family("Ffion", ["Wren"], 900, CLAIM)])
    decided(world)
    answer = olwen.post(claim_page(world, sibling(world)), {"decision": "yes", "reason": "Late."})
    assert "Offers have been released" in words(answer)
    assert sibling(world).state == "claimed"


def test_a_claim_of_another_round_is_not_found(world: World, olwen: Any) -> None:
    elsewhere = small_world("closed", entry_year=2026)
    assert olwen.get(claim_page(elsewhere, sibling(world))).status_code == 404


def test_one_press_sent_twice_is_one_decision(world: World, olwen: Any) -> None:
    form = {"decision": "yes", "reason": "On roll.", "once_key": "one press"}
    for _press in range(2):
        olwen.post(claim_page(world, sibling(world)), form)
    assert Event.objects.filter(kind="evidence decided").count() == 1


def test_a_late_application_can_count_as_on_time(world: World, olwen: Any) -> None:
    application = case(world, "Gwen")
    with change("made late", by=TEST):
        application.late, application.late_reason = True, "We moved here in January."
        application.save()
    answer = olwen.post(
        f"/admissions/applications/{application.pk}/late/",
        {"decision": "yes", "reason": "Moved."},
        follow=True,
    )
    application.refresh_from_db()
    assert (application.late_accepted, application.late_decided_by) == (True, "Olwen Test")
    assert "Late, counts as on time" in words(answer)


def test_after_the_last_day_a_late_application_cannot_count_as_on_time(olwen: Any) -> None:
    world = small_world("closed")
    families(world, [Family("Gwen", ["Wren"], 300)])
    application = case(world, "Gwen")
    with change("made late", by=TEST):
        application.late, application.late_reason = True, "We moved."
        application.save()
    answer = olwen.post(
        f"/admissions/applications/{application.pk}/late/", {"decision": "yes", "reason": "Moved."}
    )
    assert "The last day on which a late application could count as on time has passed." in words(answer)


def test_an_application_on_time_has_no_page_about_lateness(world: World, olwen: Any) -> None:
    assert olwen.get(f"/admissions/applications/{case(world, 'Gwen').pk}/late/").status_code == 404


def another_parent_applies(world: World, name: str) -> Application:
    child = case(world, name).child
    with change("another parent", by=TEST):
        adult = Adult.objects.create(forename="Other", surname="Parent")
        Tie.objects.create(child=child, adult=adult, kind="father", parental_responsibility=True)
    answers = {"preferences": [{"school": str(world.school("Mill").pk), "reasons": ""}]}
    return enter_application(by=TEST, round=world.round, child=child, applicant=adult, answers=answers)


def test_a_dispute_shows_both_sides_and_one_goes_forward(world: World, olwen: Any) -> None:
    second = another_parent_applies(world, "Gwen")
    first = case_of(second, world)
    path = f"/admissions/applications/{first.pk}/dispute/"
    page = words(olwen.get(path))
    assert first.reference in page
    assert second.reference in page
    olwen.post(path, {"keep": str(second.pk), "reason": "A court order of 3 March."})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("set_aside", "submitted")


def case_of(other: Application, world: World) -> Application:
    return Application.objects.exclude(pk=other.pk).get(child_id=other.child_id, round=world.round)


def test_of_two_settling_a_dispute_the_second_is_told(world: World, olwen: Any, other: Any) -> None:
    second = another_parent_applies(world, "Gwen")
    first = case_of(second, world)
    path = f"/admissions/applications/{first.pk}/dispute/"
    stale = seen(other.get(path))
    olwen.post(path, {"keep": str(first.pk), "reason": "They agree."})
    told = other.post(path, {"keep": str(second.pk), "reason": "An order.", "seen": stale})
    second.refresh_from_db()
    assert second.state == "set_aside"
    assert told.status_code == 200
    assert "There is a problem" in words(told)


def test_a_duplicate_is_set_aside_with_a_reason_and_stays_readable(world: World, olwen: Any) -> None:
    application = case(world, "Gwen")
    path = f"/admissions/applications/{application.pk}/set-aside/"
    assert "Enter an answer" in words(olwen.post(path, {"reason": ""}))
    olwen.post(path, {"reason": "The same child, entered twice."})
    application.refresh_from_db()
    assert application.state == "set_aside"
    assert "The same child, entered twice." in words(olwen.get(f"/admissions/applications/{application.pk}/"))
    assert "Only an application that has been submitted" in words(olwen.post(path, {"reason": "Again."}))


def test_a_withdrawal_says_who_asked(world: World, olwen: Any) -> None:
    application = case(world, "Gwen")
    olwen.post(
        f"/admissions/applications/{application.pk}/withdraw/", {"reason": "Her father rang on 2 May."}
    )
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert Event.objects.get(kind="application withdrawn").reason == "Her father rang on 2 May."


def test_an_offer_is_withdrawn_with_a_reason_by_somebody_who_may_release(olwen: Any, other: Any) -> None:
    world = small_world()
    families(world, [Family("Gwen", ["Wren"], 300)])
    decided(world)
    offer = Offer.objects.get()
    path = f"/admissions/offers/{offer.pk}/withdraw/"
    assert olwen.post(path, {"reason": "An error."}).status_code == 404
    stale = seen(other.get(path))
    olwen.post(f"/admissions/offers/{offer.pk}/reply/", {"reply": "accept"})
    assert "Somebody else saved this" in words(other.post(path, {"reason": "No reply.", "seen": stale}))
    other.post(path, {"reason": "Made in error."})
    offer.refresh_from_db()
    assert (offer.state, offer.withdrawn_reason) == ("withdrawn", "Made in error.")


def test_of_two_changing_a_round_the_second_is_told_and_keeps_what_was_typed(
    world: World, other: Any
) -> None:
    path = f"/admissions/{world.round.pk}/change/"
    page = other.get(path)
    given = typed(page.context["form"].initial)
    client_of(member(MANAGER, "Nia Price")).post(path, given | {"name": "Reception, changed"})
    told = other.post(path, given | {"name": "Reception, mine"})
    assert "Somebody else saved this while you had it open." in words(told)
    assert told.context["form"]["name"].value() == "Reception, mine"
    world.round.refresh_from_db()
    assert world.round.name == "Reception, changed"


def typed(initial: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends back for what a form showed."""
    sent: dict[str, Any] = {}
    for name, value in initial.items():
        if hasattr(value, "year") and hasattr(value, "day"):
            sent |= {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}
        else:
            sent[name] = value
    return sent


def test_dates_out_of_order_are_refused_beside_the_field(world: World, other: Any) -> None:
    path = f"/admissions/{world.round.pk}/change/"
    given = typed(other.get(path).context["form"].initial | {"closes": world.round.opens - timedelta(days=1)})
    answer = other.post(path, given)
    assert answer.context["form"].errors["closes"] == [
        "The closing date must be after the day applications open."
    ]


def test_evidence_opens_as_a_file_to_be_saved_and_only_from_its_own_application(
    world: World, olwen: Any
) -> None:
    claim = sibling(world)
    try:
        document = keep_document(
            by=TEST, child=claim.child_id, kind="evidence", name="roll.pdf", content=b"%PDF-1.4\n%%EOF\n"
        )
    except DocumentRefused:
        pytest.fail("a plain PDF was refused")
    with change("evidence added", by=TEST):
        claim.document = document
        claim.save()
    path = f"/admissions/applications/{claim.application_id}/evidence/{document.pk}/"
    answer = olwen.get(path)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    wrong = f"/admissions/applications/{case(world, 'Gwen').pk}/evidence/{document.pk}/"
    assert olwen.get(wrong).status_code == 404
    assert timezone.localdate() >= world.round.opens
