"""Files brought in from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from throughline.core.exchange.models import Import
from throughline.project.command import main
from throughline.project.commands import bring_in


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "schools.csv"
    path.write_text("Name,Town\nA,B\n")
    return path


@pytest.mark.django_db
def test_a_file_of_another_kind_is_refused_in_words_and_the_refusal_is_kept(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "gias", str(file)]) == 1
    assert "no column called URN" in capsys.readouterr().err
    assert Import.objects.get().state == Import.State.REFUSED


@pytest.mark.django_db
def test_a_misspelt_format_is_answered_with_the_nearest(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "gais", str(file)]) == 1
    assert "Did you mean “gias”?" in capsys.readouterr().err


def test_help_lists_the_formats_that_modules_declare(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--help"]) == 0
    assert "postcodes" in capsys.readouterr().out


def test_an_option_without_a_value_is_typed_wrongly(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "gias", str(file), "--option", "year"]) == 2
    assert "NAME=VALUE" in capsys.readouterr().err


def test_counts_and_the_first_findings_are_shown(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}
    odd = {"severity": "reject_row", "line": 7, "column": "URN", "code": "blank", "value": "", "kept": ""}

    def applied(**arguments: Any) -> Import:
        given.update(arguments)
        counts = {"rows": 1234, "added": 1200, "rejected": 34}
        return Import(state=Import.State.APPLIED, findings=[odd] * 34, findings_in_all=34, **counts)

    monkeypatch.setattr(bring_in, "import_file", applied)
    assert main(["import", "gias", str(file), "--option", "year=2026=27"]) == 0
    said = capsys.readouterr().out
    assert given["options"] == {"year": "2026=27"}
    assert given["data"] == file.read_bytes()
    assert "1,234" in said
    assert "The first 10 of 34 findings" in said
    assert "This is blank." in said
    assert "The row was left out." in said
