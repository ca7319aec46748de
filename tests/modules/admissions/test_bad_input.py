"""Bad input, a test for each line of the list: a clear error or a clean resumption, nothing lost, nothing by halves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from tests.support.admissions_market import MANAGER, OFFICER, WHILE_OPEN, Market, make_market
from tests.support.application_files import HEADINGS, MIA, NOAH, file_of

from throughline.core.audit.change import change
from throughline.core.exchange.wording import finding_words, outcome_words, refusal_words
from throughline.core.organisations.models import School
from throughline.core.people.models import Child
from throughline.core.work.models import Piece
from throughline.core.work.worker import Worker
from throughline.formats.reading import FileRefused
from throughline.modules.admissions.actions.applications import (
    save_answers,
    start_application,
    submit_application,
)
from throughline.modules.admissions.actions.arrangements import ArrangementsRefused, save_arrangements
from throughline.modules.admissions.actions.bringing_in import bring_in_applications
from throughline.modules.admissions.actions.runs import ask_run
from throughline.modules.admissions.models import Application, Arrangements, Preference, Run
from throughline.rules.allocation.arrangement import Quota, Who
from throughline.rules.allocation.arrangement_data import arrangement_to_data
from throughline.rules.allocation.presets import arrangement_from_preset

pytestmark = pytest.mark.django_db
ROUND = {"round": "year_7-2027"}


@pytest.fixture
def market(frozen) -> Market:
    frozen(WHILE_OPEN)
    return make_market("ash", "elm")


def nothing_came_in() -> bool:
    return not (Application.objects.exists() or Child.objects.exists())


def refused(data: bytes) -> str:
    """The words with which a file is refused, with nothing of it kept."""
    with pytest.raises(FileRefused) as found:
        bring_in_applications(data, by=OFFICER, options=ROUND)
    assert nothing_came_in()
    return refusal_words(found.value.code, found.value.detail)


def test_wrong_columns(market):
    words = refused(file_of(MIA, headings=("family", "given", "born", "first_choice")))
    assert "no column called" in words
    assert "Nothing was changed" in words
    twice = refused(file_of(MIA, headings=(*HEADINGS, "surname")))
    assert "more than one column called" in twice


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_wrong_encoding_that_can_still_be_read_keeps_every_letter(market, encoding):
    welsh = {**MIA, "forename": "Siân", "surname": "O’Neill"}
    bring_in_applications(file_of(welsh, encoding=encoding), by=OFFICER, options=ROUND)
    child = Child.objects.get()
    assert (child.forename, child.surname) == ("Siân", "O’Neill")


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04" + bytes(60), b"\x00\x01\x02\xff\xfe" * 40, b"%PDF-1.7 " + bytes(80)]
)
def test_wrong_encoding_that_cannot_be_read_is_refused_in_words(market, data):
    assert "Nothing was changed" in refused(data)


def test_a_duplicate_child(market):
    data = file_of(MIA, NOAH, {**MIA, "preference_1": "100002", "parent_name": "Dai Bevan"})
    counts = bring_in_applications(data, by=OFFICER, options=ROUND)
    assert (counts.added, counts.unchanged, counts.rejected) == (2, 1, 0)
    assert [(f.line, f.code) for f in counts.findings] == [(4, "same_child"), (4, "applied_above")]
    assert "earlier line" in finding_words(vars_of(counts.findings[-1]))
    assert Child.objects.filter(forename="Mia").count() == 1
    mia = Preference.objects.get(application__child__forename="Mia")
    assert mia.school == market.schools["ash"], "the line that came first stands until a person decides"


def vars_of(finding: object) -> dict[str, object]:
    return {name: getattr(finding, name) for name in ("code", "value", "line", "severity", "kept")}


def test_a_preference_for_a_closed_school(market):
    child = market.child("Ava")
    by = market.parent(child)
    application = start_application(by=by, round=market.round, child_id=child.pk)
    answers = {"preferences": [{"school": str(market.schools["elm"].pk)}]}
    application = save_answers(by=by, application=application, edition=0, answers=answers)
    with change("school closed", by=OFFICER):
        School.objects.filter(pk=market.schools["elm"].pk).update(status="closed")
    with pytest.raises(ValidationError, match="Elm Catholic School does not admit children in this round"):
        submit_application(by=by, application=application)
    assert Application.objects.get().answers == answers
    data = file_of(
        {**MIA, "preference_1": "100002"}, {**NOAH, "preference_1": "100002", "preference_2": "100001"}
    )
    counts = bring_in_applications(data, by=OFFICER, options=ROUND)
    assert (counts.added, counts.rejected) == (1, 1)
    said = [finding_words(vars_of(finding)) for finding in counts.findings]
    assert said[0] == "Elm Catholic School has closed. This preference was left out."
    left_out = next(f for f in counts.findings if f.severity == "reject_row")
    assert (left_out.line, outcome_words(vars_of(left_out))) == (2, "The row was left out.")


def test_two_parents_applying_for_one_child(market):
    child = market.child("Ava")
    first, second = market.parent(child), market.second_parent(child)
    written = []
    for by, school in ((first, "ash"), (second, "elm")):
        application = start_application(by=by, round=market.round, child_id=child.pk)
        answers = {"preferences": [{"school": str(market.schools[school].pk)}]}
        written.append(save_answers(by=by, application=application, edition=0, answers=answers))
    # Both were read before either was submitted, as two people on two devices have them.
    for by, application in zip((first, second), written, strict=True):
        submit_application(by=by, application=application)
    rows = {a.applicant.user_id: a for a in Application.objects.select_related("applicant")}
    assert {a.state for a in rows.values()} == {"disputed"}
    assert rows[first.user_id].preferences.get().school == market.schools["ash"]
    assert rows[second.user_id].preferences.get().school == market.schools["elm"]
    run = market.run()
    assert (run.counts["children"], {w["code"] for w in run.warnings}) == (0, {"disputed"})


def test_an_arrangement_with_an_impossible_quota(market):
    lawful = arrangement_from_preset("community_secondary", admission_number=3)
    inside = Who(all_of=("catchment",))
    impossible = {
        "more than there are": (Quota("catchment", inside, places=4),),
        "more than a hundred per cent": (
            Quota("catchment", inside, percent=70.0),
            Quota("feeder", Who(all_of=("feeder",)), percent=70.0),
        ),
        "nobody can be both": (Quota("none", Who(all_of=("sibling",), none_of=("sibling",)), places=1),),
    }
    for quotas in impossible.values():
        with pytest.raises(ArrangementsRefused) as found:
            save_arrangements(
                by=MANAGER,
                round=market.round,
                school=market.schools["ash"],
                data=replace(lawful, quotas=quotas),
            )
        finding = found.value.findings[0]
        assert finding.rule
        assert finding.reference
        assert finding.where.startswith("quotas")
    assert Arrangements.objects.filter(school=market.schools["ash"]).count() == 1


@pytest.mark.parametrize("places", [-4, 4])
def test_an_impossible_quota_that_came_by_another_way_gives_no_place_that_is_not_there(market, places):
    for number in range(5):
        market.apply(market.child(f"C{number}", 100 + number), "ash")
    lawful = arrangement_from_preset("community_secondary", admission_number=3)
    quota = Quota("catchment", Who(all_of=("catchment",)), places=places)
    data = arrangement_to_data(replace(lawful, quotas=(quota,)))
    with change("written past the check", by=OFFICER):
        Arrangements.objects.filter(school=market.schools["ash"]).update(data=data)
    asked, _piece = ask_run(by=OFFICER, round=market.round)
    Worker().run_until_idle()
    run = Run.objects.get(pk=asked.pk)
    assert (run.state, run.findings, run.counts["offered"]) == ("complete", [], 3)


def test_a_share_that_is_not_a_number_stops_the_run_in_words_and_the_next_can_be_asked_for(market):
    row = Arrangements.objects.get(school=market.schools["ash"])
    lawful = dict(row.data)
    broken = {**lawful, "quotas": [{"code": "catchment", "who": {"all_of": ["catchment"]}, "places": "many"}]}
    with change("written past the check", by=OFFICER):
        Arrangements.objects.filter(pk=row.pk).update(data=broken)
    asked, piece = ask_run(by=OFFICER, round=market.round)
    Worker().run_until_idle()
    kept = Run.objects.get(pk=asked.pk)
    assert (kept.state, kept.outcome) == ("failed", None)
    assert "quotas" in kept.problem
    assert Piece.objects.get(pk=piece.pk).state == "failed"
    with change("mended", by=OFFICER):
        Arrangements.objects.filter(pk=row.pk).update(data=lawful)
    assert market.run().state == "complete"
