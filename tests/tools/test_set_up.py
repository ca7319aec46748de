"""Set-up: says what a bare machine lacks, does each step once, and tells every installer what one of them knows."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tools import set_up


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with nothing in it."""
    monkeypatch.setattr(set_up, "ROOT", tmp_path)
    monkeypatch.setattr(set_up, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(set_up, "BIN", tmp_path / ".venv/bin")
    monkeypatch.setattr(set_up, "STAMPS", tmp_path / ".venv/set-up")
    (tmp_path / ".venv").mkdir()
    return tmp_path


def test_a_step_is_done_again_only_when_what_it_was_made_from_changes(place: Path) -> None:
    source, done = place / "requirements.txt", []
    for text in ("a", "a", "b", "b"):
        source.write_text(text)
        set_up._once("packages", [source], lambda: done.append(source.read_text()))
    assert done == ["a", "b"]


def test_a_step_is_done_again_when_what_it_made_is_gone(place: Path) -> None:
    made, times = place / "made", []

    def make() -> None:
        times.append(1)
        made.write_text("")

    set_up._once("step", [], make, made=[made])
    set_up._once("step", [], make, made=[made])
    made.unlink()
    set_up._once("step", [], make, made=[made])
    assert len(times) == 2


def test_a_step_that_failed_is_tried_again(place: Path) -> None:
    def fail() -> None:
        raise set_up.CannotSetUp("No network.")

    for _ in range(2):
        with pytest.raises(set_up.CannotSetUp):
            set_up._once("step", [], fail)


def test_a_python_too_old_is_told_and_nothing_is_made(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up, "OLDEST", (99, 0))
    assert set_up.main(["run"]) == 1
    assert "Python 3.11 or newer" in capsys.readouterr().err
    assert not (place / ".venv/bin").exists()


def test_a_python_that_cannot_make_environments_names_the_package_to_install(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without_ensurepip(command: Any, **options: Any) -> subprocess.CompletedProcess[str]:
        assert "ensurepip" in " ".join(map(str, command))
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(set_up.subprocess, "run", without_ensurepip)
    assert set_up.main(["run"]) == 1
    assert "apt-get install python3-venv" in capsys.readouterr().err


def test_a_machine_without_certificates_is_told_which_package_holds_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setattr(Path, "exists", lambda path: False)
    assert "apt-get install ca-certificates" in set_up._hint()


def test_every_installer_is_told_what_pip_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UV_DEFAULT_INDEX", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_CERT", "/etc/ca.pem")
    told = set_up._surroundings()
    assert told["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert told["SSL_CERT_FILE"] == told["NODE_EXTRA_CA_CERTS"] == "/etc/ca.pem"
    assert told["UV_PYTHON_DOWNLOADS"] == "never"


def test_what_uv_was_told_itself_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://other.example/simple")
    assert set_up._surroundings()["UV_DEFAULT_INDEX"] == "https://other.example/simple"


def test_running_after_developing_takes_nothing_away(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(set_up, "_virtual_environment", lambda: None)
    monkeypatch.setattr(set_up, "_static_sources", list)
    monkeypatch.setattr(set_up, "_python", lambda *arguments: None)
    monkeypatch.setattr(set_up, "_once", lambda name, *rest, **more: asked.append(name))
    set_up.main(["run"])
    (place / ".venv/set-up").mkdir()
    (place / ".venv/set-up/dev").write_text("")
    set_up.main(["run"])
    assert asked.count("run") == 1
    assert asked.count("dev") == 1
