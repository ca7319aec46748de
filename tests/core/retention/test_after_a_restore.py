"""A backup is restored: nothing is served until what was disposed of since is gone again, and then all is as it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from tests.core.retention.scene import CANARY, Scene, make_scene, person, tables_with
from tests.core.retention.test_disposal import approved, disposed
from tests.core.retention.test_parts import CANARY as PART_CANARY
from tests.core.retention.test_parts import a_child, applied
from tests.core.retention.test_parts import approved as part_approved
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.audit.sealing import seal_trail
from throughline.core.audit.verifying import verify_trail
from throughline.core.documents.storage import path_of, store
from throughline.core.people.models import Child, Fact
from throughline.core.retention import executing, replaying
from throughline.core.retention.actions.disposals import propose_disposal
from throughline.core.retention.actions.holds import place_hold
from throughline.core.retention.disposal_log import log_path, read_log, write_missing
from throughline.core.retention.executing import dispose
from throughline.core.retention.models import Certificate, Disposal
from throughline.core.retention.replaying import replay, undone
from throughline.modules.admissions.models import Application
from throughline.project.commands.retention import retention
from throughline.project.health import disposals
from throughline.project.health.start import Unwell, refuse_to_start_unwell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path, frozen: Any) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    settings.DISPOSAL_LOG = tmp_path / "elsewhere/disposals.log"
    frozen("2026-11-28 09:00")


@pytest.fixture
def scene() -> Scene:
    made = make_scene()
    seal_trail()
    return made


@contextmanager
def restored_afterwards() -> Iterator[None]:
    """Whatever is stored inside is gone afterwards: the database is the one of before, down to the last row."""
    backup = transaction.savepoint()
    yield
    transaction.savepoint_rollback(backup)


def certificates() -> list[Any]:
    named = ("reference", "at", "proposed_by", "approved_by", "retention", "part", "counts", "digest")
    return list(Certificate.objects.order_by("reference").values_list(*named))


def test_it_is_not_served_until_it_was_done_again_and_the_certificate_is_the_same(scene: Scene) -> None:
    with restored_afterwards():
        disposed(scene.child.pk)
        proof = certificates()
        assert undone() == []
        assert list(disposals.made_again()) == []
    assert tables_with(CANARY)
    store([f"{CANARY} in a file".encode()])
    with pytest.raises(Unwell, match="throughline retention replay"):
        refuse_to_start_unwell()
    done = replay(by=TEST)
    assert (len(done.again), done.proofs, done.left) == (1, [], {})
    assert tables_with(CANARY) == []
    assert not path_of(scene.document.sha256).exists()
    assert certificates() == proof
    assert Disposal.objects.get().state == "done"
    assert list(disposals.made_again()) == []
    assert Child.objects.get() == scene.other
    seal_trail()
    assert verify_trail().breaks == []


def test_a_part_is_done_again_and_the_rest_stands() -> None:
    child = a_child()
    applied(child, 2023)
    kept = applied(child, 2025, "Kept")
    with restored_afterwards():
        dispose(by=TEST, disposal_id=part_approved(child).pk)
        proof = certificates()
    assert [entry.part for entry in undone()] == ["admission_file"]
    assert len(replay(by=TEST).again) == 1
    assert tables_with(PART_CANARY) == []
    assert Application.objects.get() == kept
    assert certificates() == proof


def test_a_second_replay_and_one_that_was_killed_leave_one_certificate(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    with restored_afterwards():
        disposed(scene.child.pk)
    before = tables_with(CANARY)
    with monkeypatch.context() as patched:
        patched.setattr(replaying, "forget_in_trail", _dies)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            replay(by=TEST)
    assert tables_with(CANARY) == before
    assert len(replay(by=TEST).again) == 1
    assert replay(by=TEST).again == []
    assert Certificate.objects.count() == 1
    assert len(read_log().entries) == 1


def _dies(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


def test_a_backup_that_still_waits_for_approval_or_was_held_is_done_again_all_the_same(scene: Scene) -> None:
    propose_disposal(by=person("retention.propose"), children=[scene.child.pk], reason=CANARY)
    waiting = Disposal.objects.get()
    with restored_afterwards():
        with change("decided", by=TEST):
            Disposal.objects.update(state="refused")
        disposed(scene.child.pk)
    place_hold(by=person("retention.hold"), child_id=scene.child.pk, reason=CANARY)
    assert len(replay(by=TEST).again) == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("stopped", "")
    assert Disposal.objects.filter(state="done").count() == 1
    assert tables_with(CANARY) == []


def test_a_merge_that_the_backup_does_not_know_is_no_way_back(scene: Scene) -> None:
    with change("a second record", by=TEST):
        second = Child.objects.create(
            reference="C-TWO", forename=f"{CANARY}two", surname="x", born=scene.child.born
        )
        Fact.objects.create(child=second, kind="sen_support", source=CANARY)
    with restored_afterwards():
        with change("merged", by=TEST):
            Child.objects.filter(pk=second.pk).update(merged_into=scene.child)
        disposed(scene.child.pk)
    replay(by=TEST)
    assert tables_with(CANARY) == []


def test_a_backup_from_before_the_record_is_given_its_certificate_back(scene: Scene) -> None:
    outer = transaction.savepoint()
    child = a_child()
    applied(child, 2023)
    dispose(by=TEST, disposal_id=part_approved(child).pk)
    proof = certificates()
    transaction.savepoint_rollback(outer)
    assert undone() == []
    assert list(disposals.made_again()) == []
    done = replay(by=TEST)
    assert (done.again, len(done.proofs)) == ([], 1)
    assert certificates() == proof


def test_nothing_is_in_the_log_that_was_not_stored(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    row = approved(scene.child.pk)
    with monkeypatch.context() as patched:
        patched.setattr(executing, "hashes_of", _dies)
        with pytest.raises(KeyboardInterrupt):
            dispose(by=TEST, disposal_id=row.pk)
    assert not log_path().exists()
    with monkeypatch.context() as patched:
        patched.setattr(executing, "write_missing", _dies)
        with pytest.raises(KeyboardInterrupt):
            dispose(by=TEST, disposal_id=row.pk)
    assert [level for level, *_ in disposals.log_kept()] == ["warning"]
    assert write_missing() == 1
    assert write_missing() == 0
    assert "warning" not in [level for level, said, _ in disposals.log_kept() if "not in the log" in said]


def test_the_log_names_no_child_and_only_its_owner_reads_it(scene: Scene) -> None:
    disposed(scene.child.pk)
    said = log_path().read_text()
    assert CANARY.casefold() not in said.casefold()
    assert str(scene.child.born) not in said
    assert log_path().stat().st_mode & 0o077 == 0


def two_lines(scene: Scene) -> list[str]:
    disposed(scene.child.pk)
    child = a_child()
    applied(child, 2023)
    dispose(by=TEST, disposal_id=part_approved(child).pk)
    return log_path().read_text().splitlines()


def test_a_line_that_was_made_up_altered_or_taken_out_is_found_and_never_believed(scene: Scene) -> None:
    first, second = two_lines(scene)
    line = json.loads(first)
    line["said"]["record"] = str(scene.other.pk)
    line["said"]["certificate"] = "D-FORGED"
    line["said"]["rows"] = {"people.Child": [str(scene.other.pk)]}
    for said, damaged, believed in (
        ([json.dumps(line), second], [1, 2], 1),
        ([second], [1], 1),
        ([first, "torn {", second], [2], 2),
        ([second, first], [1, 2], 2),
        ([first, second], [], 2),
    ):
        log_path().write_text("\n".join(said) + "\n")
        log = read_log()
        assert (log.damaged, len(log.entries)) == (damaged, believed), said
        assert bool([1 for level, *_ in disposals.log_kept() if level == "error"]) is bool(damaged)
    replay(by=TEST)
    assert Child.objects.filter(pk=scene.other.pk).exists()


def test_after_a_torn_line_the_next_begins_on_its_own(scene: Scene) -> None:
    disposed(scene.child.pk)
    with log_path().open("a") as file:
        file.write('{"said": {"certif')
    child = a_child()
    applied(child, 2023)
    dispose(by=TEST, disposal_id=part_approved(child).pk)
    log = read_log()
    assert (log.damaged, len(log.entries)) == ([2], 2)


def test_a_folder_that_is_not_mounted_keeps_the_doors_shut(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DISPOSAL_LOG = tmp_path / "not-mounted/disposals.log"
    monkeypatch.setenv("THROUGHLINE_DISPOSAL_LOG", str(settings.DISPOSAL_LOG))
    ((level, said, _do),) = disposals.made_again()
    assert level == "error"
    assert "is not there" in said


def test_a_log_that_would_be_restored_with_the_rest_is_warned_of(
    scene: Scene, settings: Any, tmp_path: Path
) -> None:
    disposed(scene.child.pk)
    settings.HOME = tmp_path
    assert any("home folder" in said for _level, said, _do in disposals.log_kept())


def test_the_command_says_what_it_would_do_and_does_it(scene: Scene, capsys: Any) -> None:
    def run(*typed: str) -> tuple[Any, str]:
        code = retention.main(["replay", *typed], prog_name="retention", standalone_mode=False)
        return code, capsys.readouterr().out

    with restored_afterwards():
        reference = disposed(scene.child.pk).reference
    code, said = run("--look")
    assert code == 1
    assert reference in said
    assert tables_with(CANARY)
    code, said = run()
    assert code == 0
    assert "Disposed of again: 1" in said
    assert tables_with(CANARY) == []
    assert run("--look")[0] == 0


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_true_copy_of_the_database_is_put_back(scene: Scene) -> None:
    copy = sqlite3.connect(":memory:")
    connection.connection.backup(copy)
    disposed(scene.child.pk)
    proof = certificates()
    assert tables_with(CANARY) == []
    copy.backup(connection.connection)
    copy.close()
    assert tables_with(CANARY)
    assert len(undone()) == 1
    replay(by=TEST)
    assert tables_with(CANARY) == []
    assert certificates() == proof
    assert verify_trail().breaks == []
