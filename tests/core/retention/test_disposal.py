"""A record that need not be kept goes whole, with a certificate; nothing that must be kept goes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.core.retention.scene import CANARY, Scene, make_scene, person, tables_with
from tests.support.people import TEST

from throughline.core.access.models import User
from throughline.core.audit.actor import Refused
from throughline.core.audit.change import WrittenOutsideChange, change
from throughline.core.audit.sealing import seal_trail
from throughline.core.audit.verifying import verify_trail
from throughline.core.documents.kept import take_in
from throughline.core.documents.models import Document
from throughline.core.documents.storage import path_of
from throughline.core.people.models import Address, Adult, Child, Fact, Sibling, Tie
from throughline.core.people.tables_about import rows_of
from throughline.core.retention import executing, removing
from throughline.core.retention.actions.disposals import (
    OwnProposal,
    approve_disposal,
    propose_disposal,
    refuse_disposal,
)
from throughline.core.retention.actions.holds import lift_hold, place_hold
from throughline.core.retention.executing import dispose
from throughline.core.retention.models import Certificate, Disposal, Hold, Pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(settings: Any, tmp_path: Path) -> Scene:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    made = make_scene()
    seal_trail()
    return made


def approved(child: UUID) -> Disposal:
    by = person("retention.propose")
    assert propose_disposal(by=by, children=[child], reason=f"{CANARY} is due") == 1
    row = Disposal.objects.get(record_key=child, state="proposed")
    assert approve_disposal(by=person("retention.approve"), disposal_id=row.pk)
    return row


def disposed(child: UUID) -> Certificate:
    dispose(by=TEST, disposal_id=approved(child).pk)
    return Certificate.objects.get()


def test_nothing_the_record_said_is_left_anywhere(scene: Scene, tmp_path: Path) -> None:
    assert len(tables_with(CANARY)) > 15
    disposed(scene.child.pk)
    assert tables_with(CANARY) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_seals_hold_after_it(scene: Scene) -> None:
    disposed(scene.child.pk)
    assert verify_trail().breaks == []
    seal_trail()
    assert verify_trail().breaks == []


def test_the_certificate_counts_what_went_and_names_nobody(scene: Scene) -> None:
    certificate = disposed(scene.child.pk)
    assert certificate.counts["people.Tie"] == 2
    assert certificate.counts["people.Child"] == 1
    assert certificate.counts["documents.Document"] == 1
    assert certificate.counts["timeline.Entry"] == 1
    assert certificate.retention == ["main"]
    assert len(certificate.digest) == 64
    assert scene.child.pk.hex not in str(vars(certificate)).replace("-", "")


def test_who_has_nobody_left_on_the_record_goes_too(scene: Scene) -> None:
    disposed(scene.child.pk)
    assert not Adult.objects.filter(pk=scene.mother.pk).exists()
    assert not User.objects.filter(email__icontains=CANARY).exists()
    assert not Address.objects.filter(lines__contains=CANARY).exists()


def test_another_child_and_their_family_are_left_as_they_were(scene: Scene) -> None:
    disposed(scene.child.pk)
    assert Child.objects.get() == scene.other
    assert Tie.objects.get().adult == Adult.objects.get() == scene.father
    assert Address.objects.get().lines == "2 Shared Road"
    assert Sibling.objects.count() == 0


def test_a_file_that_another_row_needs_stays(scene: Scene) -> None:
    sha = scene.document.sha256
    with change("the same file for another child", by=TEST):
        Document.objects.create(
            child=scene.other, kind="report", name="x", media_type="text/plain", size=5, sha256=sha
        )
    disposed(scene.child.pk)
    assert path_of(sha).is_file()


def test_a_record_merged_into_it_goes_with_it(scene: Scene) -> None:
    with change("merged", by=TEST):
        second = Child.objects.create(
            reference="C-SECOND",
            forename=f"{CANARY}two",
            surname="x",
            born=date(1990, 2, 3),
            merged_into=scene.child,
        )
        Fact.objects.create(child=second, kind="sen_support", source=CANARY)
    disposed(scene.child.pk)
    assert tables_with(CANARY) == []


def test_what_was_given_in_answer_to_a_request_goes_too(scene: Scene, tmp_path: Path) -> None:
    with change("a pack given", by=TEST):
        file = take_in(name="x", content=[f"{CANARY} was told".encode()], kept_for="subject_access")
        file.save()
        days = {"received_on": date(2020, 1, 1), "due_on": date(2020, 2, 1)}
        Pack.objects.create(
            child=scene.child, state="released", identity_checked=CANARY, printed=file, opened_by="x", **days
        )
    disposed(scene.child.pk)
    assert tables_with(CANARY) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_rows_of_a_guarded_table_cannot_be_written_outside_a_change(scene: Scene) -> None:
    with pytest.raises(WrittenOutsideChange):
        rows_of(Child).update(surname="x")


def test_a_second_run_finds_it_done(scene: Scene) -> None:
    row = approved(scene.child.pk)
    assert dispose(by=TEST, disposal_id=row.pk) == dispose(by=TEST, disposal_id=row.pk)
    assert Certificate.objects.count() == 1


def test_a_run_that_dies_half_way_leaves_everything(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    row = approved(scene.child.pk)
    before = tables_with(CANARY)
    with monkeypatch.context() as patched:
        patched.setattr(removing, "erase_values", _dies)
        with pytest.raises(Killed):
            dispose(by=TEST, disposal_id=row.pk)
    assert tables_with(CANARY) == before
    assert path_of(scene.document.sha256).is_file()
    assert dispose(by=TEST, disposal_id=row.pk)
    assert tables_with(CANARY) == []


def test_a_run_that_dies_before_the_files_are_gone_is_finished_by_the_next(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = approved(scene.child.pk)
    with monkeypatch.context() as patched:
        patched.setattr(executing, "forget_files", _dies)
        with pytest.raises(Killed):
            dispose(by=TEST, disposal_id=row.pk)
    assert path_of(scene.document.sha256).is_file()
    assert dispose(by=TEST, disposal_id=row.pk)
    assert not path_of(scene.document.sha256).is_file()
    assert Disposal.objects.get().files == []


class Killed(BaseException):
    """The worker was killed."""


def _dies(*_: Any, **__: Any) -> None:
    raise Killed


def test_what_is_held_is_not_proposed(scene: Scene) -> None:
    officer = person("retention.hold")
    hold = place_hold(by=officer, child_id=scene.child.pk, reason="An inquiry")
    assert propose_disposal(by=person("retention.propose"), children=[scene.child.pk], reason="x") == 0
    assert lift_hold(by=officer, hold_id=hold.pk, because="It is over")
    assert propose_disposal(by=person("retention.propose"), children=[scene.child.pk], reason="x") == 1


def test_a_hold_placed_after_approval_stops_it(scene: Scene) -> None:
    row = approved(scene.child.pk)
    place_hold(by=person("retention.hold"), child_id=scene.child.pk, reason="A court asks")
    assert dispose(by=TEST, disposal_id=row.pk) == ""
    row.refresh_from_db()
    assert (row.state, row.decided_because) == ("stopped", "held")
    assert Child.objects.filter(pk=scene.child.pk).exists()


def test_a_plan_that_comes_to_light_after_approval_stops_it(scene: Scene) -> None:
    row = approved(scene.child.pk)
    with change("a fact found", by=TEST):
        Fact.objects.create(child=scene.child, kind="looked_after", source="An old file")
    assert dispose(by=TEST, disposal_id=row.pk) == ""
    assert Disposal.objects.get().decided_because == "not due"


def test_a_young_childs_record_is_not_proposed(scene: Scene) -> None:
    assert propose_disposal(by=person("retention.propose"), children=[scene.other.pk], reason="x") == 0


def test_nobody_approves_their_own_proposal(scene: Scene) -> None:
    both = person("retention.propose", "retention.approve")
    propose_disposal(by=both, children=[scene.child.pk], reason="x")
    row = Disposal.objects.get()
    for decide in (
        lambda: approve_disposal(by=both, disposal_id=row.pk),
        lambda: refuse_disposal(by=both, disposal_id=row.pk, because="x"),
    ):
        with pytest.raises(OwnProposal):
            decide()
    row.refresh_from_db()
    assert row.state == "proposed"


def test_a_proposal_is_decided_once(scene: Scene) -> None:
    propose_disposal(by=person("retention.propose"), children=[scene.child.pk], reason="x")
    row = Disposal.objects.get()
    assert refuse_disposal(
        by=person("retention.approve"), disposal_id=row.pk, because="Ask the archive first"
    )
    assert not approve_disposal(by=person("retention.approve"), disposal_id=row.pk)
    assert propose_disposal(by=person("retention.propose"), children=[scene.child.pk], reason="again") == 1


def test_nobody_does_what_they_may_not(scene: Scene) -> None:
    nobody = person()
    for act in (
        lambda: propose_disposal(by=nobody, children=[scene.child.pk], reason="x"),
        lambda: approve_disposal(by=nobody, disposal_id=scene.child.pk),
        lambda: place_hold(by=nobody, child_id=scene.child.pk, reason="x"),
    ):
        with pytest.raises(Refused):
            act()
    assert Disposal.objects.count() == Hold.objects.count() == 0
