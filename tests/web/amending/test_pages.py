"""The pages that change a record: each does what it says, tells its line, and keeps out whoever may not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.support.admissions import make_round
from tests.support.people import TEST
from tests.support.records import Rich, rich_record, staff

from throughline.core.audit.change import change
from throughline.core.people.actions import ChildDetails, add_child
from throughline.core.people.amendable import enrolments_now, who_they_are
from throughline.core.people.likenesses import LookAlike
from throughline.core.people.merging.jobs import list_look_alikes
from throughline.core.people.models import (
    Adult,
    AdultResidence,
    Child,
    ContactLimit,
    Enrolment,
    Fact,
    FormerName,
    Identifier,
    PairDecision,
    Residence,
    SealedIdentity,
    Sibling,
    Tie,
)
from throughline.core.people.names import is_sealed_away
from throughline.core.people.search import find_children, refresh
from throughline.core.sharing.models import Override
from throughline.core.sharing.show import Sight
from throughline.core.timeline.models import Entry
from throughline.modules.admissions.models import Application

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
KEYS = ("who", "former_name", "upn", "number", "enrol", "fact", "move", "adult", "siblings")


@pytest.fixture
def rich() -> Rich:
    return rich_record()


@pytest.fixture
def officer() -> Any:
    return staff("records_officer")[1]


@pytest.fixture
def lead() -> Any:
    return staff("safeguarding_lead")[1]


def of(child: Child, page: str, *more: Any) -> str:
    return reverse(f"amending.{page}", args=[child.pk, *more])


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def post(client: Any, url: str, **given: Any) -> Any:
    """Sent as the form as shown, with what is typed over it: so that the mark of the edition goes along."""
    shown = client.get(url).context["form"]
    data = {name: shown.initial.get(name, "") for name in shown.fields if name == "seen"}
    return client.post(url, {**data, "once_key": uuid4().hex, **given})


def told(child: Child) -> list[str]:
    return list(Entry.objects.filter(child_id=child.pk).order_by("id").values_list("kind", flat=True))


def fine(answer: Any) -> None:
    assert answer.status_code == 302, [str(e) for e in answer.context["form"].errors.values()]


# ---- Who may


@pytest.mark.parametrize("page", KEYS)
def test_every_question_is_asked_of_a_records_officer_and_of_nobody_who_only_reads(
    rich: Rich, officer: Any, page: str
) -> None:
    assert officer.get(of(rich.child, page)).status_code == 200
    assert staff("caseworker")[1].get(of(rich.child, page)).status_code == 404
    assert officer.get(reverse(f"amending.{page}", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("page", [*KEYS, "record", "look_alikes_of"])
def test_a_child_who_is_not_shown_to_an_officer_is_changed_by_no_page(rich: Rich, page: str) -> None:
    viewer, client = staff("records_officer")
    with change("hidden for a test", by=TEST):
        Override.objects.create(
            child_id=rich.child.pk,
            category="people.identity",
            user_id=viewer.user_id,
            grants=False,
            reason="A relative",
            state="approved",
            since=TODAY() - timedelta(days=1),
            until=TODAY() + timedelta(days=9),
        )
    assert client.get(of(rich.child, page)).status_code == 404


def test_the_page_that_changes_everything_offers_each_officer_what_is_theirs(
    rich: Rich, officer: Any, lead: Any
) -> None:
    url = of(rich.child, "record")
    edits, guards = officer.get(url).content.decode(), lead.get(url).content.decode()
    assert "Record a move" in edits
    assert "Limit contact" not in edits
    assert "Seal an earlier identity" not in edits
    assert "Limit contact" in guards
    assert "Record a move" not in guards


# ---- Who the child is


def names(child: Child, **changed: Any) -> dict[str, Any]:
    given = {
        "forename": child.forename,
        "surname": child.surname,
        "sex": child.sex,
        **day("born", child.born),
    }
    return given | changed


def test_a_name_is_changed_and_the_one_before_finds_the_child(rich: Rich, officer: Any) -> None:
    before = f"{rich.child.forename} {rich.child.surname}"
    fine(post(officer, of(rich.child, "who"), **names(rich.child, surname="Quillfeather")))
    viewer, _client = staff("records_officer", "Another officer")
    for words in (before, f"{rich.child.forename} Quillfeather"):
        assert rich.child.pk in {each.id for each in find_children(viewer, words)}


def test_of_two_officers_neither_loses_work(rich: Rich, officer: Any) -> None:
    url = of(rich.child, "who")
    viewer, _client = staff("records_officer", "Another officer")
    mark = who_they_are(Sight(viewer, [rich.child.pk]), rich.child.pk)[1]
    fine(post(officer, url, **names(rich.child, pronunciation="AH-mee")))
    late = officer.post(url, names(rich.child, pronunciation="AM-ee", seen=mark))
    assert late.status_code == 200
    assert "Somebody else has changed this" in late.content.decode()
    assert "AH-mee" in late.content.decode(), "what the record says now is shown"
    assert "AM-ee" in late.content.decode(), "what was typed is kept"
    rich.child.refresh_from_db()
    assert rich.child.pronunciation == "AH-mee"
    again = officer.post(
        url, names(rich.child, pronunciation="AM-ee", seen=late.context["form"]["seen"].value())
    )
    fine(again)


def test_a_second_click_is_given_the_first_answer(rich: Rich, officer: Any) -> None:
    given = {"forename": "Amy", "surname": "Old", "kind": "former", "once_key": "one"}
    answers = [officer.post(of(rich.child, "former_name"), given) for _click in range(2)]
    assert answers[0].url == answers[1].url
    assert FormerName.objects.filter(surname="Old").count() == 1


def test_a_number_that_cannot_be_right_is_refused_in_plain_words(rich: Rich, officer: Any) -> None:
    answer = post(officer, of(rich.child, "upn"), upn="A801200001001", source="The school")
    assert "check character does not fit" in answer.content.decode()
    fine(post(officer, of(rich.child, "number"), kind="social_care", value="SC 1", source="Social care"))
    assert Identifier.objects.filter(value="SC 1", child=rich.child).exists()


# ---- Schools, circumstances, homes


def test_leaving_and_joining_tell_their_lines(rich: Rich, officer: Any) -> None:
    viewer, _client = staff("records_officer", "Another officer")
    yesterday = TODAY() - timedelta(days=1)
    for each in enrolments_now(Sight(viewer, [rich.child.pk]), rich.child.pk):
        answer = post(
            officer, of(rich.child, "leave_school", each.id), because="Moved", **day("on", yesterday)
        )
        fine(answer)
    given = {
        "school": str(rich.second_school.pk),
        "status": "C",
        "source": "The school",
        **day("since", TODAY()),
    }
    fine(post(officer, of(rich.child, "enrol"), **given))
    assert Enrolment.objects.filter(child=rich.child, since=TODAY()).exists()
    assert {"people.left_school", "people.enrolled"} <= set(told(rich.child))


def test_a_circumstance_begins_and_ends_with_its_lines(rich: Rich, officer: Any) -> None:
    since = TODAY() - timedelta(days=30)
    fine(
        post(
            officer, of(rich.child, "fact"), kind="service_family", source="The family", **day("since", since)
        )
    )
    fact = Fact.objects.get(child=rich.child, kind="service_family")
    fine(post(officer, of(rich.child, "end_fact", fact.pk), **day("on", TODAY())))
    fact.refresh_from_db()
    assert fact.until == TODAY()
    assert {"people.fact_began", "people.fact_ended"} <= set(told(rich.child))


def test_a_circumstance_of_a_kind_the_officer_is_not_shown_is_neither_added_nor_ended(
    rich: Rich, officer: Any
) -> None:
    with change("fact for a test", by=TEST):
        fact = Fact.objects.create(child=rich.child, kind="protection_plan", source="Social care")
    answer = post(officer, of(rich.child, "fact"), kind="child_in_need", source="x")
    assert answer.status_code == 200
    assert officer.get(of(rich.child, "end_fact", fact.pk)).status_code == 404


def moved(**more: Any) -> dict[str, Any]:
    return {"lines": "9 New Row", "town": "Wendmere", "postcode": "WD1 1AB", **day("since", TODAY()), **more}


def test_a_move_tells_its_line_and_a_restriction_moves_along(rich: Rich, officer: Any) -> None:
    with change("restricted for a test", by=TEST):
        rich.residence.address.restricted = True
        rich.residence.address.save(update_fields=["restricted"])
    fine(post(officer, of(rich.child, "move"), **moved()))
    home = Residence.objects.get(child=rich.child, until=None)
    assert home.address.lines == "9 New Row"
    assert home.address.restricted
    assert "people.moved_home_kept" in told(rich.child)


def test_of_two_who_move_a_child_the_second_is_told(rich: Rich, officer: Any) -> None:
    url = of(rich.child, "move")
    seen = officer.get(url).context["form"].initial["seen"]
    fine(post(officer, url, **moved()))
    late = officer.post(url, moved(lines="10 New Row", seen=seen))
    assert "Somebody else has changed this" in late.content.decode()
    assert not Residence.objects.filter(address__lines="10 New Row").exists()


def test_a_restricted_address_is_on_no_page_of_those_who_are_not_entitled(
    rich: Rich, officer: Any, lead: Any
) -> None:
    url = of(rich.child, "restrict", rich.residence.pk)
    lines = rich.residence.address.lines
    answer = post(lead, url, because="domestic_abuse", reason="The police told us")
    fine(answer)
    said = lead.get(answer.url).content.decode()
    assert "record" in said
    for page in ("record", "move", "end_home"):
        more = [rich.residence.pk] if page == "end_home" else []
        answer = officer.get(of(rich.child, page, *more))
        assert answer.status_code == 200
        assert lines not in answer.content.decode()
    assert officer.get(url).status_code == 404
    fine(post(lead, of(rich.child, "lift", rich.residence.pk), reason="The danger is over"))


# ---- Family


def test_an_adult_who_is_on_the_record_is_found_and_not_entered_twice(rich: Rich, officer: Any) -> None:
    tie = Tie.objects.filter(child=rich.child).select_related("adult").first()
    assert tie is not None
    with change("another child", by=TEST):
        child = Child.objects.create(
            reference="C-OTHER", forename="Bo", surname="Test", born=date(2018, 1, 1)
        )
    url = of(child, "adult") + f"?q={tie.adult.surname}"
    assert str(tie.adult) in officer.get(url).content.decode()
    fine(post(officer, url, who=str(tie.adult_id), kind="parent"))
    assert Tie.objects.get(child=child).adult == tie.adult
    fine(post(officer, of(child, "adult"), who="new", forename="Nia", surname="Test", kind="mother"))
    assert Adult.objects.filter(forename="Nia", surname="Test").count() == 1


def test_standing_is_changed_with_its_evidence_and_a_home_is_given(rich: Rich, officer: Any) -> None:
    tie = Tie.objects.filter(child=rich.child).first()
    assert tie is not None
    url = of(rich.child, "standing", tie.pk)
    wrong = post(officer, url, kind="guardian", responsibility_by="guardianship")
    assert "date of the order" in wrong.content.decode()
    given = {"kind": "guardian", "responsibility_by": "guardianship", **day("ordered_on", date(2024, 5, 1))}
    fine(post(officer, url, **given))
    fine(post(officer, of(rich.child, "adult_home", tie.pk), **moved()))
    assert AdultResidence.objects.filter(adult=tie.adult, until=None).get().address.lines == "9 New Row"


def test_contact_is_limited_by_those_who_may_and_the_limit_ended(rich: Rich, officer: Any, lead: Any) -> None:
    tie = Tie.objects.filter(child=rich.child).first()
    assert tie is not None
    url = of(rich.child, "limit", tie.pk)
    assert officer.get(url).status_code == 404
    fine(post(lead, url, kind="no_contact", keeps_back="everything", evidence="Order of 3 March"))
    limit = ContactLimit.objects.get(evidence="Order of 3 March")
    fine(post(lead, of(rich.child, "end_limit", limit.pk), reason="Discharged", **day("on", TODAY())))
    limit.refresh_from_db()
    assert limit.until == TODAY()


def test_a_tie_of_another_child_is_not_changed_through_this_one(rich: Rich, officer: Any) -> None:
    with change("a tie of another child", by=TEST):
        adult = Adult.objects.create(forename="Nia", surname="Test")
        tie = Tie.objects.create(child=rich.sister, adult=adult, kind="mother")
    assert officer.get(of(rich.child, "standing", tie.pk)).status_code == 404


def test_a_pair_is_said_to_be_siblings_or_not(rich: Rich, officer: Any) -> None:
    url = of(rich.child, "sibling", rich.sister.pk)
    assert "Say how you know" in post(officer, url, kind="none").content.decode()
    fine(post(officer, url, kind="half"))
    one, other = sorted((rich.child.pk, rich.sister.pk))
    assert Sibling.objects.get(child_id=one, other_id=other).kind == "half"
    fine(post(officer, url, kind="none", reason="The register of births"))
    assert not Sibling.objects.filter(child_id=one, other_id=other).exists()
    assert PairDecision.objects.get().kind == "not_siblings"


# ---- Adoption


def test_a_sealed_record_is_found_by_no_search_and_opened_by_nobody_but_with_a_reason(
    rich: Rich, lead: Any
) -> None:
    with change("an earlier record", by=TEST):
        earlier = Child.objects.create(
            reference="C-EARLY", forename="Zenobia", surname="Earlier", born=date(2015, 1, 1)
        )
        refresh([earlier.pk])
    fine(post(lead, of(rich.child, "seal"), reference="C-EARLY", reason="Order of 1 May"))
    assert is_sealed_away(earlier.pk)
    for role in ("records_officer", "caseworker"):
        viewer, client = staff(role, f"Another {role}")
        assert not find_children(viewer, "Zenobia Earlier")
        assert client.get(reverse("record.child", args=[earlier.pk])).status_code == 404
        assert client.get(of(earlier, "record")).status_code == 404
        assert client.get(of(rich.child, "open_sealed")).status_code == 404
    assert SealedIdentity.objects.get().child == rich.child
    assert lead.get(of(rich.child, "open_sealed")).status_code == 200
    assert lead.get(reverse("record.child", args=[earlier.pk])).status_code == 404, "not by its address alone"
    answer = post(lead, of(rich.child, "open_sealed"), reason="A court asks")
    assert answer.url == reverse("record.child", args=[earlier.pk])
    assert lead.get(answer.url).status_code == 200


# ---- Adding


def test_whoever_looks_like_a_child_to_be_added_is_shown_first(rich: Rich, officer: Any) -> None:
    child, url = rich.child, reverse("amending.add")
    refresh([child.pk])
    given = {
        "forename": child.forename,
        "surname": child.surname,
        "sex": "F",
        "source": "The family",
        **day("born", child.born),
    }
    before = Child.objects.count()
    first = officer.post(url, given)
    assert child.reference in first.content.decode()
    assert Child.objects.count() == before
    fine(officer.post(url, given | {"looked": first.context["form"]["looked"].value()}))
    assert Child.objects.count() == before + 1


# ---- Two records


def test_the_list_of_pairs_costs_the_same_however_long_it_is(officer: Any) -> None:
    def pairs(number: int) -> None:
        with change("pairs for a test", by=TEST):
            for each in range(number):
                two = [
                    Child.objects.create(
                        reference=uuid4().hex[:10],
                        forename="Bo",
                        surname=f"Pair{each}",
                        born=date(2015, 1, 1),
                    )
                    for _one in range(2)
                ]
                one, other = sorted(two, key=lambda child: child.pk)
                LookAlike.objects.create(child=one, other=other, score=80)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(reverse("amending.look_alikes")).status_code == 200
        return len(queries)

    pairs(1)
    asked()
    few = asked()
    pairs(15)
    assert asked() == few


def test_two_applications_in_one_round_stop_a_merge_in_words(officer: Any) -> None:
    kept, gone = (
        add_child(by=TEST, details=ChildDetails(name, "Rees", date(2022, 10, 1))) for name in ("Mia", "Miya")
    )
    round = make_round()
    with change("applications for a test", by=TEST):
        for each in (kept, gone):
            Application.objects.create(round=round, child=each, reference=uuid4().hex[:12], state="submitted")
    url = reverse("amending.merge", args=[kept.pk, gone.pk])
    shown = officer.get(url).content.decode()
    assert "Set one of the two aside first" in shown
    officer.post(url, {"reason": "One birth certificate"})
    gone.refresh_from_db()
    assert gone.merged_into is None
    with change("one set aside", by=TEST):
        Application.objects.filter(child=gone).update(state="set_aside")
    assert officer.post(url, {"reason": "One birth certificate"}).status_code == 302
    assert Application.objects.filter(child=kept).count() == 2


def home(client: Client) -> str:
    return client.get(reverse("portals.home")).content.decode().partition("<main")[2]


def test_what_was_decided_to_be_two_children_is_asked_no_more(officer: Any) -> None:
    one, other = (
        add_child(by=TEST, details=ChildDetails("Mia", "Rees", date(2015, 10, 1))) for _each in range(2)
    )
    list_look_alikes()
    board = reverse("amending.look_alikes")
    assert str(other.reference) in officer.get(board).content.decode()
    assert "Records that may be one child" in home(officer)
    fine(post(officer, of(one, "different", other.pk), reason="Cousins of one name"))
    assert str(other.reference) not in officer.get(board).content.decode()
    assert str(other.reference) not in officer.get(of(one, "look_alikes_of")).content.decode()
    assert "Cousins of one name" in officer.get(of(one, "compare", other.pk)).content.decode()
    assert "Records that may be one child" not in home(officer)
