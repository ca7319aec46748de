"""A part of a record goes when its own period is over, the rest stands, and nothing goes that must be kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.core.retention.scene import person, tables_with
from tests.support.people import TEST

from throughline.core.audit.actor import Refused
from throughline.core.audit.change import change
from throughline.core.audit.sealing import seal_trail
from throughline.core.audit.verifying import verify_trail
from throughline.core.documents.models import Document
from throughline.core.documents.storage import path_of, store
from throughline.core.organisations.models import School
from throughline.core.people.models import Child, Fact
from throughline.core.retention import executing, removing
from throughline.core.retention.actions.disposals import OwnProposal, approve_disposal
from throughline.core.retention.actions.holds import lift_hold, place_hold
from throughline.core.retention.actions.parts import propose_parts
from throughline.core.retention.actions.periods import set_period
from throughline.core.retention.executing import dispose
from throughline.core.retention.models import Certificate, Disposal
from throughline.core.retention.parts import part_due, parts_in_force, whose_part
from throughline.core.timeline.models import Entry
from throughline.modules.admissions.models import (
    Application,
    Claim,
    Offer,
    Preference,
    Round,
    Run,
    Submission,
)

pytestmark = pytest.mark.django_db
CANARY = "Marrowbine"
TODAY = date(2026, 11, 28)
KIND = "admission_file"


@pytest.fixture(autouse=True)
def day(settings: Any, tmp_path: Path, frozen: Any) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    frozen("2026-11-28 09:00")


def a_child(reference: str = "C-PART", born: date = date(2013, 5, 4)) -> Child:
    with change("a child", by=TEST):
        child: Child = Child.objects.create(reference=reference, forename="Ivo", surname="Stays", born=born)
    return child


def a_round(year: int) -> Round:
    day = date(year, 1, 1)
    with change("a round", by=TEST):
        row: Round = Round.objects.create(
            name=f"Entry {year}", phase="year_7", entry_year=year, born_from=day, born_to=day, opens=day,
            closes=day, late_until=day, offer_day=day, reply_by=day, seed="x",
        )  # fmt: skip
    return row


def applied(child: Child, year: int, word: str = CANARY) -> Application:
    """An application with everything that hangs from it, and a paper sent with it that no claim names."""
    round_ = a_round(year)
    with change("an application made", by=TEST, reason=f"{word} was entered"):
        school, _ = School.objects.get_or_create(
            urn="100009", defaults={"la_code": "999", "name": "Elm School", "status": "open"}
        )
        files = [a_file(child, f"{word} {year} {n}") for n in range(2)]
        row: Application = Application.objects.create(
            round=round_, child=child, reference=f"A-{year}-{child.reference}", state="submitted",
            answers={"words": word, "papers": {"one": {"files": [{"id": str(files[0].pk), "name": "x"}]}}},
        )  # fmt: skip
        Preference.objects.create(application=row, school=school, rank=1, reasons=word, child_id=child.pk)
        Claim.objects.create(
            application=row, fact="faith", source=word, words=word, child_id=child.pk, document=files[1]
        )
        run = Run.objects.create(round=round_, number=1, kind="offer", asked_by="x")
        Offer.objects.create(
            round=round_,
            application=row,
            child=child,
            school=school,
            run=run,
            why="preference",
            replied_by=word,
        )
    Submission.append(application=row, child_id=child.pk, version=1, by=word, content={"said": word})
    return row


def a_file(child: Child, words: str, **more: Any) -> Document:
    row: Document = Document.objects.create(
        child=child, kind="report", name=f"{words}.txt", media_type="text/plain", size=5,
        sha256=store([words.encode()]), **more,
    )  # fmt: skip
    return row


def proposed(child: Child, code: str = KIND) -> Disposal:
    assert propose_parts(
        by=person("retention.propose"), code=code, children=[child.pk], reason=f"{CANARY} is due"
    )
    row: Disposal = Disposal.objects.get(record_key=child.pk, part=code, state="proposed")
    return row


def approved(child: Child, code: str = KIND) -> Disposal:
    row = proposed(child, code)
    assert approve_disposal(by=person("retention.approve"), disposal_id=row.pk)
    return row


def due(code: str, *children: Child, on: date = TODAY) -> dict[UUID, Any]:
    return part_due(*parts_in_force(on)[code], [child.pk for child in children], on)


def test_the_file_goes_with_what_hangs_from_it_and_its_papers_and_the_rest_stands() -> None:
    child = a_child()
    applied(child, 2023)
    with change("the rest", by=TEST):
        Fact.objects.create(child=child, kind="sen_support", source="A school")
        kept = a_file(child, "A report on the record", on_record=True)
    Entry.append(
        child_id=child.pk, on=TODAY, kind="x", facts={}, source="x", written_by="x", key="one",
        about="admissions.Application", about_id=Application.objects.get().pk,
    )  # fmt: skip
    seal_trail()
    row = approved(child)
    assert dispose(by=TEST, disposal_id=row.pk)
    assert tables_with(CANARY) == []
    for table in (Application, Preference, Claim, Submission, Offer):
        assert table._base_manager.count() == 0, table
    assert Child.objects.get() == child
    assert Fact.objects.count() == Entry.objects.count() == 1
    assert Document.objects.get() == kept
    assert path_of(kept.sha256).is_file()
    assert sum(1 for path in path_of("aa").parent.parent.rglob("*") if path.is_file()) == 1
    assert verify_trail().breaks == []
    seal_trail()
    assert verify_trail().breaks == []


def test_the_certificate_names_the_class_and_counts_and_nothing_else() -> None:
    child = a_child()
    applied(child, 2023)
    dispose(by=TEST, disposal_id=approved(child).pk)
    certificate = Certificate.objects.get()
    assert (certificate.part, certificate.retention) == (KIND, [KIND])
    assert certificate.counts == {
        "admissions.Application": 1,
        "admissions.Preference": 1,
        "admissions.Claim": 1,
        "admissions.Submission": 1,
        "admissions.Offer": 1,
        "documents.Document": 2,
    }
    assert child.pk.hex not in str(vars(certificate)).replace("-", "")


def test_only_the_year_that_is_over_goes() -> None:
    child = a_child()
    old, new = applied(child, 2023), applied(child, 2025, "Kept")
    dispose(by=TEST, disposal_id=approved(child).pk)
    assert [row.pk for row in Application.objects.all()] == [new.pk] != [old.pk]
    assert Claim.objects.get().document is not None
    assert Document.objects.count() == 2


@pytest.mark.parametrize(("on", "there"), [(date(2025, 8, 31), False), (date(2025, 9, 1), True)])
def test_it_is_due_the_day_after_a_year_from_the_end_of_the_year_of_entry(on: date, there: bool) -> None:
    child = a_child()
    applied(child, 2023)
    assert (child.pk in due(KIND, child, on=on)) is there
    assert (child.pk in whose_part(*parts_in_force(on)[KIND], on)) is there


def test_a_hold_stops_it_before_and_after_it_is_approved() -> None:
    child = a_child()
    applied(child, 2023)
    by = person("retention.hold")
    hold = place_hold(by=by, child_id=child.pk, reason="An inquiry")
    assert propose_parts(by=person("retention.propose"), code=KIND, children=[child.pk], reason="x") == 0
    assert due(KIND, child)[child.pk].holds == 1
    lift_hold(by=by, hold_id=hold.pk, because="Over")
    row = approved(child)
    place_hold(by=by, child_id=child.pk, reason="A court")
    assert dispose(by=TEST, disposal_id=row.pk) == ""
    row.refresh_from_db()
    assert (row.state, row.decided_because) == ("stopped", "held")
    assert Application.objects.exists()


def test_no_more_goes_than_was_approved_and_less_when_the_period_was_made_longer() -> None:
    child = a_child()
    applied(child, 2022)
    row = approved(child)
    late = applied(child, 2023, "Found later")
    dispose(by=TEST, disposal_id=row.pk)
    assert Application.objects.get() == late
    row = approved(child)
    set_period(by=person("retention.manage"), code=KIND, years=6, since=TODAY, reason="Our schedule")
    assert dispose(by=TEST, disposal_id=row.pk) == ""
    row.refresh_from_db()
    assert row.decided_because == "not due"
    assert Application.objects.get() == late


def test_two_people_and_each_part_proposed_once_at_a_time() -> None:
    child = a_child()
    applied(child, 2023)
    both = person("retention.propose", "retention.approve")
    assert propose_parts(by=both, code=KIND, children=[child.pk], reason="x") == 1
    assert propose_parts(by=both, code=KIND, children=[child.pk], reason="x") == 0
    with pytest.raises(OwnProposal):
        approve_disposal(by=both, disposal_id=Disposal.objects.get().pk)
    with pytest.raises(Refused):
        propose_parts(by=person(), code=KIND, children=[child.pk], reason="x")


class Killed(BaseException):
    """The worker was killed."""


def _dies(*_: Any, **__: Any) -> None:
    raise Killed


@pytest.mark.parametrize(
    "where", [(removing, "erase_values"), (executing, "hashes_of"), (removing, "remove_rows")]
)
def test_killed_half_way_nothing_has_gone_and_the_next_run_leaves_one_certificate(
    where: tuple[Any, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    child = a_child()
    applied(child, 2023)
    row = approved(child)
    before = tables_with(CANARY)
    with monkeypatch.context() as patched:
        patched.setattr(*where, _dies)
        with pytest.raises(Killed):
            dispose(by=TEST, disposal_id=row.pk)
    assert tables_with(CANARY) == before
    assert Certificate.objects.count() == 0
    assert dispose(by=TEST, disposal_id=row.pk) == dispose(by=TEST, disposal_id=row.pk)
    assert tables_with(CANARY) == []
    assert Certificate.objects.count() == 1


def test_nothing_goes_early_on_general_knowledge_until_the_authority_says_so() -> None:
    child = a_child()
    with change("a fact", by=TEST):
        Fact.objects.create(child=child, kind="youth_justice", source=CANARY, until=date(2020, 1, 1))
        lasting = Fact.objects.create(child=child, kind="youth_justice", source="Lasts")
    assert "youth_justice" not in parts_in_force(TODAY)
    with pytest.raises(Refused):
        propose_parts(by=person("retention.propose"), code="youth_justice", children=[child.pk], reason="x")
    set_period(by=person("retention.manage"), code="youth_justice", years=3, since=TODAY, reason="Ours")
    with change("evidence", by=TEST):
        about = {"supports_label": "people.Fact", "supports_id": Fact.objects.exclude(pk=lasting.pk).get().pk}
        a_file(child, CANARY, on_record=True, **about)
    dispose(by=TEST, disposal_id=approved(child, "youth_justice").pk)
    assert tables_with(CANARY) == []
    assert Fact.objects.get() == lasting


def test_a_plan_goes_before_the_record_of_a_child_who_was_looked_after() -> None:
    child = a_child(born=date(1990, 1, 1))
    with change("facts", by=TEST):
        Fact.objects.create(child=child, kind="ehc_plan", source=CANARY)
        care = Fact.objects.create(child=child, kind="looked_after", source="A")
    dispose(by=TEST, disposal_id=approved(child, "ehc_plan").pk)
    assert Fact.objects.get() == care


def test_a_record_that_was_merged_into_another_meanwhile_is_left_alone() -> None:
    child, other = a_child(), a_child("C-OTHER")
    applied(child, 2023)
    row = approved(child)
    with change("merged", by=TEST):
        Child.objects.filter(pk=child.pk).update(merged_into=other)
    assert dispose(by=TEST, disposal_id=row.pk) == ""
    row.refresh_from_db()
    assert row.decided_because == "merged"


def test_a_list_costs_as_many_queries_as_one_child(django_assert_num_queries: Any) -> None:
    children = [a_child(f"C-{n}") for n in range(6)]
    applied(children[0], 2023)
    round_ = Round.objects.get()
    with change("more", by=TEST):
        for n, child in enumerate(children[1:]):
            Application.objects.create(round=round_, child=child, reference=f"A-{n}")
    declared = parts_in_force(TODAY)[KIND]
    for some in (children[:1], children):
        with django_assert_num_queries(7):
            assert len(part_due(*declared, [child.pk for child in some], TODAY)) == len(some)
