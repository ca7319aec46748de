"""A census is proposed, reviewed, put on the record as one change, and taken back as one change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.exchange.proposals.conftest import held
from tests.support.censuses import LEFT, pupil, sent_census, table, upn, work_through
from tests.support.people import TEST

from throughline.core.access.viewer import Refused
from throughline.core.audit.change import change
from throughline.core.exchange.proposal_tables import Applied, Difference, Proposal, ProposedChild
from throughline.core.exchange.proposals.committing import ask_commit, ask_undo, commit, vouch
from throughline.core.exchange.proposals.deciding import (
    DecidedMeanwhile,
    Which,
    decide,
    decide_all,
    decide_all_alike,
    decide_who,
)
from throughline.core.exchange.proposals.reading import read_proposal
from throughline.core.exchange.proposals.schools import name_school
from throughline.core.exchange.proposals.sending import Sent, send_file, turn_down
from throughline.core.exchange.proposals.showing import may_download, show_differences, show_rows
from throughline.core.people.actions import AddressDetails, ChildDetails, add_child
from throughline.core.people.models import Address, Child, Enrolment, FormerName, Residence
from throughline.core.people.numbers import set_upn
from throughline.core.people.schooling import put_on_roll
from throughline.core.people.search import candidates
from throughline.core.sharing.show import Withheld
from throughline.core.timeline.models import Entry

pytestmark = pytest.mark.django_db
BORN = date(2015, 2, 3)
ASH, OAK = "8202001", "8202002"
RECORD = ("Child", "FormerName", "Identifier", "Address", "Residence", "Enrolment", "Fact", "Adult", "Tie")


def child(number: int, forename: str, surname: str, school: Any = None, **more: Any) -> Child:
    home = more.pop("home", AddressDetails(f"{number} Elm Row", "Wendmere", "CF10 1AB"))
    details = ChildDetails(forename, surname, more.pop("born", BORN), upn=upn(number), **more)
    made = add_child(by=TEST, details=details, address=home)
    if school:
        put_on_roll(by=TEST, child_id=made.pk, school_id=school.pk, since=date(2020, 9, 1), year_group=5)
    return made


def kinds(proposal: Proposal) -> list[str]:
    return sorted(Difference.objects.filter(proposal=proposal).values_list("kind", flat=True))


def record() -> dict[str, list[dict[str, Any]]]:
    """Every row of the record of children, as it stands."""
    return {name: list(apps.get_model("people", name).objects.order_by("pk").values()) for name in RECORD}


def accept_all(by: Any, proposal: Proposal) -> int:
    return decide_all(by=by, proposal_id=proposal.pk, which=Which(), decision="accept")


def put_on(by: Any, proposal: Proposal) -> None:
    ask_commit(by=by, proposal_id=proposal.pk)
    assert work_through() == 1
    proposal.refresh_from_db()
    assert proposal.state == "committed"


def taken_back(by: Any, proposal: Proposal) -> None:
    ask_undo(by=by, proposal_id=proposal.pk)
    assert work_through() == 1
    proposal.refresh_from_db()
    assert proposal.state == "undone"


# ---- Reading


def test_nothing_is_on_the_record_before_it_is_committed(officer: Any, ash: Any) -> None:
    child(1, "Mia", "Rees", ash)
    before = record()
    proposal = sent_census(officer, [pupil(1, ASH, "Mia", "Rees-Hughes", BORN)])
    assert proposal.state == "review"
    assert kinds(proposal) == ["name"]
    assert record() == before


def test_what_was_not_sent_is_no_difference(officer: Any, ash: Any) -> None:
    child(1, "Mia", "Rees", ash, middle_names="Ann", sex="F")
    proposal = sent_census(officer, [pupil(1, ASH, "MIA", "REES", BORN, enrolstatus="C", ncyearactual="5")])
    assert kinds(proposal) == []


def test_a_new_child_is_proposed_with_everything_that_hangs_on_it(officer: Any, ash: Any) -> None:
    row = pupil(
        1, ASH, "Ada", "Okafor", BORN, senprovision="K", entrydate="2024-09-02", addressline1="2 Elm Row"
    )
    proposal = sent_census(officer, [{**row, "postcode": "CF10 1AB"}])
    assert kinds(proposal) == ["fact", "home", "joined", "new"]
    assert ProposedChild.objects.get().decision == "new"


def test_a_child_seen_at_another_only_school_is_proposed_to_leave_the_first(
    officer: Any, ash: Any, oak: Any
) -> None:
    child(1, "Mia", "Rees", ash)
    proposal = sent_census(
        officer, [pupil(1, OAK, "Mia", "Rees", BORN, enrolstatus="C", entrydate="2026-09-01")]
    )
    found = Difference.objects.get(proposal=proposal)
    assert (found.kind, found.was["school"], len(found.becomes["closes"])) == ("joined", "Ash School", 1)


def test_a_roll_ends_only_where_the_file_says_so(officer: Any, ash: Any) -> None:
    gone, kept = child(1, "Mia", "Rees", ash), child(2, "Tom", "Rees", ash, born=date(2016, 1, 1))
    lines = [
        {
            "pupilnolongeronrolltableid": "x",
            "NativeId": ASH,
            "dob": BORN.isoformat(),
            "surname": "Rees",
            "forename": "Mia",
            "upn": upn(1),
            "leavingdate": "2026-07-20",
        }
    ]
    row = send_file(by=officer, name="left.csv", content=[table(lines, LEFT)], sent=Sent("school_census"))
    work_through()
    assert kinds(row) == ["left"]
    accept_all(officer, row)
    row.refresh_from_db()
    put_on(officer, row)
    assert Enrolment.objects.get(child=gone).until == date(2026, 7, 20)
    assert Enrolment.objects.get(child=kept).until is None


def test_a_number_that_another_child_bears_is_asked_and_never_taken(officer: Any, ash: Any) -> None:
    bearer = child(1, "Mia", "Rees", ash)
    sent_census(officer, [pupil(1, ASH, "Zachary", "Quill", date(2011, 7, 9))])
    row = ProposedChild.objects.get()
    assert (row.decision, row.because) == ("asked", "number_of_another")
    assert [each["child"] for each in row.candidates] == [str(bearer.pk)]
    assert not Difference.objects.exists()


def test_one_number_for_two_children_of_a_file_is_asked(officer: Any, ash: Any) -> None:
    twins = [pupil(1, ASH, "Mia", "Rees", BORN), pupil(2, ASH, "Tom", "Quill", date(2012, 3, 3), upn=upn(1))]
    sent_census(officer, twins)
    assert set(ProposedChild.objects.values_list("decision", "because")) == {("asked", "number_of_two")}


def test_two_lines_of_one_child_at_one_school_are_asked(officer: Any, ash: Any) -> None:
    rows = [pupil(1, ASH, "Mia", "Rees", BORN), pupil(1, ASH, "Mia", "Rees", BORN)]
    sent_census(officer, rows)
    assert set(ProposedChild.objects.values_list("decision", "because")) == {("asked", "two_rows")}


def test_a_child_at_a_main_and_a_second_school_is_one_child(officer: Any, ash: Any, oak: Any) -> None:
    child(1, "Mia", "Rees")
    sent = {"entrydate": "2026-09-01"}
    rows = [
        pupil(1, ASH, "Mia", "Rees", BORN, enrolstatus="M", **sent),
        pupil(1, OAK, "Mia", "Rees", BORN, enrolstatus="S", **sent),
    ]
    proposal = sent_census(officer, rows)
    assert kinds(proposal) == ["joined", "joined"]
    accept_all(officer, proposal)
    put_on(officer, proposal)
    assert set(Enrolment.objects.values_list("status", "until")) == {("M", None), ("S", None)}


def test_without_a_sound_number_a_person_decides(officer: Any, ash: Any) -> None:
    mia = child(1, "Mia", "Rees", ash)
    proposal = sent_census(officer, [pupil(1, ASH, "Mia", "Rees", BORN, upn="X999", senprovision="K")])
    row = ProposedChild.objects.get()
    assert (row.decision, row.because, row.band) == ("asked", "alike", "likely")
    assert decide_all_alike(by=officer, proposal_id=proposal.pk, band="likely") == 1
    row.refresh_from_db()
    assert (row.decision, row.child_id) == ("match", mia.pk)
    assert kinds(proposal) == ["fact"]


def test_a_row_can_be_decided_to_be_somebody_new_and_back(officer: Any, ash: Any) -> None:
    mia = child(1, "Mia", "Rees", ash)
    proposal = sent_census(officer, [pupil(9, ASH, "Mia", "Rees", BORN, upn="")])
    row = ProposedChild.objects.get()
    decide_who(by=officer, proposed_id=row.pk, decision="new", seen="asked")
    assert kinds(proposal) == ["joined", "new"]
    with pytest.raises(DecidedMeanwhile):
        decide_who(by=officer, proposed_id=row.pk, decision="ignore", seen="asked")
    decide_who(by=officer, proposed_id=row.pk, decision="match", child_id=mia.pk)
    assert kinds(proposal) == []


def test_only_a_child_that_was_listed_can_be_chosen(officer: Any, ash: Any) -> None:
    child(1, "Mia", "Rees", ash)
    stranger = child(2, "Zed", "Quill")
    sent_census(officer, [pupil(9, ASH, "Mia", "Rees", BORN, upn="")])
    with pytest.raises(ValidationError):
        decide_who(
            by=officer, proposed_id=ProposedChild.objects.get().pk, decision="match", child_id=stranger.pk
        )


def test_a_reading_that_was_killed_is_taken_up_again_and_comes_out_the_same(
    officer: Any, ash: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(1, "Mia", "Rees", ash)
    rows = [pupil(1, ASH, "Mia", "Hughes", BORN), pupil(2, ASH, "Ada", "Okafor", BORN)]
    path = "throughline.core.exchange.proposals.reading"
    monkeypatch.setattr(f"{path}.AT_ONCE", 1)
    row = send_file(by=officer, name="c.csv", content=[table(rows)], sent=Sent("school_census"))
    killed = {"after": 1}

    class Half:
        by = TEST

        def say(self, done: int, *_more: Any) -> None:
            if done > killed["after"] - 1 and done:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_proposal(Half(), str(row.pk))  # type: ignore[arg-type]
    row.refresh_from_db()
    assert row.state == "reading"
    assert ProposedChild.objects.count() == 1
    killed["after"] = 10**9
    work_through()
    row.refresh_from_db()
    assert row.state == "review"
    assert ProposedChild.objects.count() == 2
    assert kinds(row) == ["joined", "name", "new"]


def test_a_file_that_is_no_census_is_refused_with_the_reason(officer: Any) -> None:
    row = send_file(by=officer, name="x.csv", content=[b"a,b\n1,2\n"], sent=Sent("school_census"))
    work_through()
    row.refresh_from_db()
    assert (row.state, row.refused_because["code"]) == ("refused", "missing_table")


# ---- Committing and taking back


def test_what_was_accepted_is_written_and_nothing_else(officer: Any, ash: Any) -> None:
    mia, tom = child(1, "Mia", "Rees", ash), child(2, "Tom", "Rees", ash, born=date(2016, 1, 1))
    proposal = sent_census(
        officer,
        [
            pupil(1, ASH, "Mia", "Hughes", BORN, senprovision="K"),
            pupil(2, ASH, "Tommy", "Rees", date(2016, 1, 1)),
        ],
    )
    for found in Difference.objects.filter(child_id=mia.pk):
        decide(by=officer, difference_id=found.pk, decision="accept", seen="open")
    put_on(officer, proposal)
    mia.refresh_from_db()
    tom.refresh_from_db()
    assert (mia.surname, tom.forename) == ("Hughes", "Tom")
    assert FormerName.objects.get(child=mia).surname == "Rees"
    assert [found.child_id for found in candidates("Mia Hughes")] == [mia.pk]


def test_taking_back_restores_the_very_rows(officer: Any, ash: Any, oak: Any) -> None:
    child(1, "Mia", "Rees", ash)
    child(2, "Tom", "Quill", ash, born=date(2016, 1, 1))
    child(3, "Ann", "Hall", ash, born=date(2014, 1, 1))
    before = record()
    rows = [
        pupil(1, ASH, "Mia", "Hughes", BORN, senprovision="E", language="POL", formerupn=upn(77)),
        pupil(2, OAK, "Tom", "Quill", date(2016, 1, 2), enrolstatus="C", entrydate="2026-09-01"),
        pupil(
            3, ASH, "Ann", "Hall", date(2014, 1, 1), addressline1="9 New Row", postcode="CF10 9ZZ", sex="F"
        ),
        pupil(4, ASH, "Ada", "Okafor", BORN, addressline1="8 New Row", postcode="CF10 9ZZ", youngcarer="P"),
    ]
    proposal = sent_census(officer, rows)
    assert accept_all(officer, proposal) == len(kinds(proposal)) == 12
    put_on(officer, proposal)
    assert record() != before
    assert not Difference.objects.exclude(skipped="").exists()
    assert [found.child_id for found in candidates("Ada Okafor")]
    taken_back(officer, proposal)
    assert record() == before
    assert not Applied.objects.exclude(left="").exists()
    assert not candidates("Ada Okafor")
    assert [found.child_id for found in candidates("Mia Rees")]


def test_a_second_run_of_a_commit_writes_nothing(officer: Any, ash: Any) -> None:
    proposal = sent_census(officer, [pupil(4, ASH, "Ada", "Okafor", BORN)])
    accept_all(officer, proposal)
    put_on(officer, proposal)
    before = record()
    commit(by=TEST, proposal_id=proposal.pk)
    assert record() == before


def test_what_somebody_changed_since_is_left_and_said(officer: Any, ash: Any) -> None:
    mia = child(1, "Mia", "Rees", ash)
    proposal = sent_census(officer, [pupil(1, ASH, "Mia", "Hughes", BORN, senprovision="K")])
    accept_all(officer, proposal)
    put_on(officer, proposal)
    with change("name corrected", by=TEST):
        mia.refresh_from_db()
        mia.surname = "Hughes-Rees"
        mia.save()
    taken_back(officer, proposal)
    mia.refresh_from_db()
    assert mia.surname == "Hughes-Rees"
    assert set(Applied.objects.exclude(left="").values_list("table", "left")) == {("people.Child", "changed")}
    assert not mia.facts.exists()


def test_a_new_child_about_whom_somebody_has_written_since_stays(officer: Any, ash: Any) -> None:
    proposal = sent_census(officer, [pupil(4, ASH, "Ada", "Okafor", BORN)])
    accept_all(officer, proposal)
    put_on(officer, proposal)
    ada = Child.objects.get(surname="Okafor")
    with change("name kept", by=TEST):
        FormerName.objects.create(child=ada, forename="A", surname="Obi")
    taken_back(officer, proposal)
    assert Child.objects.filter(pk=ada.pk).exists()
    assert Applied.objects.get(table="people.Child").left == "in_use"


def test_what_the_record_says_otherwise_by_now_is_not_written_over(officer: Any, ash: Any) -> None:
    mia = child(1, "Mia", "Rees", ash)
    proposal = sent_census(officer, [pupil(1, ASH, "Mia", "Hughes", BORN, upn=upn(1))])
    accept_all(officer, proposal)
    with change("name corrected", by=TEST):
        mia.surname = "Rees-Hughes"
        mia.save()
    ask_commit(by=officer, proposal_id=proposal.pk)
    work_through()
    mia.refresh_from_db()
    assert mia.surname == "Rees-Hughes"
    assert Difference.objects.get().skipped == "changed_meanwhile"


def test_a_child_whose_being_new_was_not_accepted_gets_nothing(officer: Any, ash: Any) -> None:
    proposal = sent_census(officer, [pupil(4, ASH, "Ada", "Okafor", BORN)])
    decide_all(by=officer, proposal_id=proposal.pk, which=Which(kind="joined"), decision="accept")
    put_on(officer, proposal)
    assert not Child.objects.exists()
    assert Difference.objects.get(kind="joined").skipped == "child_left"


def test_the_story_tells_what_came_and_that_it_was_taken_back(officer: Any, ash: Any, oak: Any) -> None:
    mia = child(1, "Mia", "Rees", ash)
    row = pupil(1, OAK, "Mia", "Rees", BORN, enrolstatus="C", entrydate="2026-09-01", senprovision="K")
    proposal = sent_census(officer, [row])
    accept_all(officer, proposal)
    put_on(officer, proposal)
    told = Entry.objects.filter(child_id=mia.pk, key__startswith="file:").order_by("kind")
    assert [(line.kind, line.facts.get("school", "")) for line in told] == [
        ("people.enrolled", "Oak School"),
        ("people.left_school", "Ash School"),
    ]
    taken_back(officer, proposal)
    corrections = Entry.objects.filter(child_id=mia.pk, corrects__isnull=False)
    assert sorted(line.kind for line in corrections) == [
        "exchange.school_taken_back",
        "exchange.school_taken_back",
    ]


def test_taking_back_a_closed_roll_opens_it_again(officer: Any, ash: Any, oak: Any) -> None:
    mia = child(1, "Mia", "Rees", ash)
    row = pupil(1, OAK, "Mia", "Rees", BORN, enrolstatus="C", entrydate="2026-09-01")
    proposal = sent_census(officer, [row])
    accept_all(officer, proposal)
    put_on(officer, proposal)
    assert Enrolment.objects.get(child=mia, school=ash).until == date(2026, 9, 1)
    taken_back(officer, proposal)
    assert Enrolment.objects.get(child=mia).until is None


# ---- Homes kept from others


def restricted_mia(ash: Any) -> Child:
    mia = child(1, "Mia", "Rees", ash)
    with change("address restricted", by=TEST):
        Address.objects.filter(residences__child=mia).update(restricted=True, restricted_because="refuge")
    return mia


MOVED = {"addressline1": "9 New Row", "postcode": "CF10 9ZZ"}


def test_a_home_kept_from_others_is_never_accepted_with_others(officer: Any, ash: Any) -> None:
    mia = restricted_mia(ash)
    proposal = sent_census(officer, [pupil(1, ASH, "Mia", "Hughes", BORN, **MOVED)])
    assert accept_all(officer, proposal) == 1
    found = Difference.objects.get(kind="home")
    assert (found.restricted, found.decision, found.category) == (True, "open", "people.restricted_address")
    with pytest.raises(Refused):
        decide(by=officer, difference_id=found.pk, decision="accept")
    put_on(officer, proposal)
    assert Residence.objects.get(child=mia).until is None


def test_a_home_accepted_for_a_child_with_one_kept_from_others_is_kept_too(
    officer: Any, ash: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia = restricted_mia(ash)
    proposal = sent_census(officer, [pupil(1, ASH, "Mia", "Rees", BORN, **MOVED)])
    path = "throughline.core.exchange.proposals.deciding._may_decide"
    monkeypatch.setattr(path, lambda _by, _row: True)
    decide(by=officer, difference_id=Difference.objects.get().pk, decision="accept")
    put_on(officer, proposal)
    now = Residence.objects.get(child=mia, until__isnull=True).address
    assert (now.postcode, now.restricted, now.restricted_because) == ("CF10 9ZZ", True, "refuge")


def test_a_home_that_is_kept_on_another_record_is_kept_on_this_one(officer: Any, ash: Any) -> None:
    restricted_mia(ash)
    row = pupil(4, ASH, "Ada", "Okafor", BORN, addressline1="1 Elm Row", town="Wendmere", postcode="CF10 1AB")
    proposal = sent_census(officer, [row])
    assert Difference.objects.get(kind="home").restricted
    assert ProposedChild.objects.get().restricted
    assert accept_all(officer, proposal) == 2


def test_a_line_that_may_be_a_child_with_a_home_kept_from_others_is_treated_as_one(
    officer: Any, ash: Any
) -> None:
    restricted_mia(ash)
    proposal = sent_census(officer, [pupil(9, ASH, "Mia", "Rees", BORN, upn="", **MOVED)])
    row = ProposedChild.objects.get()
    assert (row.decision, row.restricted) == ("asked", True)
    assert not may_download(officer, proposal)
    (shown,) = show_rows(officer, proposal, [row])
    assert "New Row" not in str(shown.address)


@pytest.mark.parametrize("when", ["reviewed", "committed", "the old home"])
def test_a_home_kept_from_others_after_the_file_was_read_is_shown_to_nobody_by_the_file(
    officer: Any, ash: Any, when: str
) -> None:
    mia = child(1, "Mia", "Rees", ash)
    proposal = sent_census(officer, [pupil(1, ASH, "Mia", "Rees", BORN, **MOVED)])
    found = Difference.objects.filter(kind="home")
    (before,) = show_differences(officer, found)
    assert "New Row" in str(before.becomes)
    if when == "committed":
        accept_all(officer, proposal)
        put_on(officer, proposal)
    with change("address restricted", by=TEST):
        if when == "the old home":
            Address.objects.filter(residences__child=mia).update(restricted=True)
        elif when == "committed":
            Address.objects.filter(lines__startswith="9 New Row").update(restricted=True)
        else:
            # On a brother's record: a restricted address is a place, not a row.
            Address.objects.create(lines="9 New Row", postcode="CF10 9ZZ", restricted=True)
    (shown,) = show_differences(officer, found)
    assert isinstance(shown.was, Withheld)
    assert isinstance(shown.becomes, Withheld)
    assert not shown.may_decide
    if when != "committed":
        assert accept_all(officer, proposal) == 0
        with pytest.raises(Refused):
            decide(by=officer, difference_id=found.get().pk, decision="accept")
    if when != "the old home":
        (row,) = show_rows(officer, proposal, ProposedChild.objects.all())
        assert "New Row" not in str(row.address)
        assert not may_download(officer, proposal)


# ---- Who may


def test_an_improbable_file_waits_for_a_second_person(
    officer: Any, colleague: Any, ash: Any, oak: Any
) -> None:
    rows = []
    for number in range(1, 9):
        child(number, f"Mia{chr(96 + number)}", "Rees", ash, born=date(2015, number, 3))
        rows.append(
            pupil(
                number, OAK, f"Mia{chr(96 + number)}", "Rees", date(2015, number, 3), entrydate="2026-09-01"
            )
        )
    proposal = sent_census(officer, rows)
    assert [each["code"] for each in proposal.improbable] == ["many_leave"]
    accept_all(officer, proposal)
    with pytest.raises(ValidationError):
        ask_commit(by=officer, proposal_id=proposal.pk)
    with pytest.raises(ValidationError):
        vouch(by=officer, proposal_id=proposal.pk, reason="I know")
    vouch(by=colleague, proposal_id=proposal.pk, reason="The school closed")
    put_on(officer, proposal)
    assert Enrolment.objects.filter(school=oak, until__isnull=True).count() == 8


def test_a_number_of_the_health_service_is_compared_only_on_a_basis(officer: Any, ash: Any) -> None:
    set_upn(by=TEST, child_id=child(1, "Mia", "Rees", ash).pk, upn=upn(1), source="test")
    proposal = sent_census(officer, [pupil(1, ASH, "Mia", "Rees", BORN)], nhs_basis="A basis")
    assert proposal.nhs_basis == "A basis"


# ---- Schools in a sender's own words


def test_a_senders_word_for_a_school_is_asked_once_and_kept(officer: Any, ash: Any) -> None:
    proposal = sent_census(officer, [pupil(1, "SCH1", "Ada", "Okafor", BORN)])
    assert proposal.unknown_schools == {"native:SCH1": 1}
    assert kinds(proposal) == ["new"]
    name_school(by=officer, proposal_id=proposal.pk, word="native:SCH1", school_id=ash.pk)
    work_through()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.unknown_schools) == ("review", {})
    assert kinds(proposal) == ["joined", "new"]
    again = sent_census(officer, [pupil(2, "SCH1", "Bela", "Okafor", date(2013, 1, 1))])
    assert again.unknown_schools == {}


def test_a_schools_file_is_about_that_school_and_another_one_is_improbable(
    ash: Any, oak: Any, officer: Any
) -> None:
    office = held("school_office", "exchange.send", school=ash)
    proposal = sent_census(office, [pupil(1, OAK, "Ada", "Okafor", BORN)])
    assert proposal.school == ash
    assert [each["code"] for each in proposal.improbable] == ["other_school"]
    with pytest.raises(Refused):
        sent_census(office, [], school_id=oak.pk)


def test_a_file_that_is_turned_down_changes_nothing_and_cannot_be_committed(officer: Any, ash: Any) -> None:
    proposal = sent_census(officer, [pupil(1, ASH, "Ada", "Okafor", BORN)])
    accept_all(officer, proposal)
    turn_down(by=officer, proposal_id=proposal.pk, reason="An old file")
    with pytest.raises(Refused):
        ask_commit(by=officer, proposal_id=proposal.pk)
    assert not Child.objects.exists()


def test_who_only_sends_reviews_nothing(ash: Any, officer: Any) -> None:
    office = held("school_office", "exchange.send", school=ash)
    proposal = sent_census(office, [pupil(1, ASH, "Ada", "Okafor", BORN)])
    with pytest.raises(Refused):
        decide_all(by=office, proposal_id=proposal.pk, which=Which(), decision="accept")
    with pytest.raises(Refused):
        decide_who(by=office, proposed_id=ProposedChild.objects.get().pk, decision="ignore")


# ---- Whatever a file says


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(data=st.data())
def test_whatever_was_accepted_is_taken_back_to_the_very_rows(
    data: st.DataObject, officer: Any, ash: Any, oak: Any
) -> None:
    with transaction.atomic():
        for number in range(3):
            child(number, FORENAMES[number], "Rees", ash, born=date(2015, 1 + number, 3))
        before = record()
        proposal = sent_census(officer, [data.draw(lines(number)) for number in range(4)])
        for found in Difference.objects.filter(proposal=proposal):
            if data.draw(st.booleans()):
                decide(by=officer, difference_id=found.pk, decision="accept")
        if Difference.objects.filter(proposal=proposal, decision="accept").exists():
            put_on(officer, proposal)
            taken_back(officer, proposal)
        assert record() == before
        assert not Applied.objects.exclude(left="").exists()
        transaction.set_rollback(True)


FORENAMES = ("Mia", "Tom", "Ann", "Zed")


def lines(number: int) -> st.SearchStrategy[dict[str, Any]]:
    """A line about one of three known children or a new one, otherwise in anything."""
    return st.builds(
        lambda more: pupil(
            number, more.pop("at"), FORENAMES[number], more.pop("surname"), date(2015, 1 + number, 3), **more
        ),
        st.fixed_dictionaries(
            {
                "at": st.sampled_from([ASH, OAK]),
                "surname": st.sampled_from(["Rees", "Hughes", "Rees-Hughes"]),
                "enrolstatus": st.sampled_from(["C", "M", "S", ""]),
                "senprovision": st.sampled_from(["K", "E", "N", ""]),
                "formersurname": st.sampled_from(["", "Quill", "Rees"]),
                "formerupn": st.sampled_from(["", upn(90 + number)]),
                "entrydate": st.sampled_from(["", "2020-09-01", "2026-09-01"]),
                "ncyearactual": st.sampled_from(["", "5", "6"]),
                "addressline1": st.sampled_from(["", "8 New Row"]),
                "postcode": st.sampled_from(["CF10 9ZZ"]),
                "language": st.sampled_from(["", "POL", "CYM"]),
            }
        ),
    )
