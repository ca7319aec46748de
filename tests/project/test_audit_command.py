"""`throughline audit`, and what the doctor says of the seals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from tests.core.audit.tampering import remove, rewrite

from throughline.core.audit.actor import THROUGHLINE
from throughline.core.audit.happened import happened
from throughline.core.audit.models import Event, Seal
from throughline.core.audit.sealing import seal_trail
from throughline.project.command import main
from throughline.project.health import trail
from throughline.project.secret import seal_keys

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel("2026-03-02T09:00:00+00:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def event() -> Event:
    happened("signed in", by=THROUGHLINE)
    return Event.objects.get()


def test_before_anything_is_sealed_there_is_no_head(capsys: Any) -> None:
    assert main(["audit", "head"]) == 1
    assert "Nothing is sealed yet" in capsys.readouterr().err


def test_a_whole_trail_verifies_against_the_head_that_was_printed(event: Event, capsys: Any) -> None:
    assert main(["audit", "seal"]) == 0
    assert main(["audit", "head"]) == 0
    head = capsys.readouterr().out.splitlines()[-1].split()[0]
    assert main(["audit", "verify", "--head", head]) == 0
    assert "The trail is whole. Seals: 1; events: 1." in capsys.readouterr().out


def test_a_tampered_trail_ends_with_1_and_says_what_is_wrong(event: Event, capsys: Any) -> None:
    seal_trail()
    rewrite(event, kind="signed out")
    assert main(["audit", "verify"]) == 1
    assert f"Event {event.pk}, sealed in seal 1, was changed" in capsys.readouterr().out
    assert "does not agree with its seals" in str(list(trail.whole()))


def test_a_head_that_is_not_in_the_chain_ends_with_1(event: Event, capsys: Any) -> None:
    seal_trail()
    assert main(["audit", "verify", "--head", "ab" * 32]) == 1
    assert "is not in the chain" in capsys.readouterr().out


def test_every_kind_of_break_has_words(event: Event, capsys: Any, settings: Any) -> None:
    happened("signed out", by=THROUGHLINE)
    seal_trail()
    happened("signed in", by=THROUGHLINE)
    seal_trail()
    remove(event, Seal.objects.get(number=1))
    settings.SEAL_KEYS = ("another",)
    assert main(["audit", "verify"]) == 1
    said = capsys.readouterr().out
    assert "Seal 1 is missing" in said
    assert "Seal 2 was made with a key that is not here." in said


def test_the_doctor_sees_a_backlog(event: Event, clock: Any) -> None:
    assert list(trail.sealed()) == []
    clock.shift(timedelta(minutes=6))
    ((level, says, _),) = trail.sealed()
    assert (level, says[:45]) == ("error", "1 events of the trail have not been sealed si")
    assert "09:00 on 2 March 2026" in says
    seal_trail()
    assert list(trail.sealed()) == []


def test_the_doctor_sees_a_check_that_is_too_old(event: Event, clock: Any) -> None:
    assert list(trail.whole()) == []
    main(["audit", "verify"])
    assert list(trail.whole()) == []
    clock.shift(timedelta(days=3))
    assert [level for level, _, _ in trail.whole()] == ["warning"]


def test_the_doctor_sees_a_lost_key_and_one_that_others_can_read(
    event: Event, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THROUGHLINE_SEAL_KEY", raising=False)
    settings.HOME = tmp_path
    settings.SEAL_KEYS = seal_keys(tmp_path)
    seal_trail()
    assert list(trail.seal_key()) == []
    (tmp_path / "seal-key").chmod(0o644)
    assert "Others on this machine can read" in str(list(trail.seal_key()))
    settings.SEAL_KEYS = ("another",)
    assert "which is not here" in str(list(trail.seal_key()))


def test_the_key_is_made_once_for_its_owner_only_and_old_keys_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THROUGHLINE_SEAL_KEY", raising=False)
    (made,) = seal_keys(tmp_path / "new")
    file = tmp_path / "new/seal-key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert seal_keys(tmp_path / "new") == (made,)
    file.write_text(f"{made}\na-later-key\n")
    assert seal_keys(tmp_path / "new") == (made, "a-later-key")
    monkeypatch.setenv("THROUGHLINE_SEAL_KEY", "one two")
    assert seal_keys(tmp_path / "new") == ("one", "two")
