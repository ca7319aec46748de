"""The worked examples that an expert may edit: two records, and what is to be said of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from throughline.rules.matching import Band, Identity, compare, sound

FOLDER = Path(__file__).parent / "examples"
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
PAIRS = [
    pytest.param(pair, id=f"{name}: {pair['title']}")
    for name, told in FILES.items()
    for pair in told.get("pair", ())
]


def identity(told: dict[str, Any]) -> Identity:
    lists = {key: tuple(value) for key, value in told.items() if isinstance(value, list)}
    if "former_names" in lists:
        lists["former_names"] = tuple(tuple(each) for each in lists["former_names"])
    return Identity(**{**told, **lists})


@pytest.mark.parametrize("pair", PAIRS)
def test_two_records_are_judged_as_an_expert_would(pair: dict[str, Any]) -> None:
    one, other = identity(pair["one"]), identity(pair["other"])
    said = compare(one, other, nhs_number_is_lawful=pair.get("nhs_number_is_lawful", False))
    assert said.band == Band(pair["band"]), said
    assert set(pair.get("reasons", ())) <= said.codes, said
    assert not said.codes & set(pair.get("without", ())), said


@pytest.mark.parametrize("heard", FILES["sounds"]["together"], ids=" ".join)
def test_what_is_heard_as_one_has_one_key(heard: list[str]) -> None:
    assert len({sound(word) for word in heard}) == 1


@pytest.mark.parametrize("heard", FILES["sounds"]["apart"], ids=" ".join)
def test_what_is_heard_as_two_has_two_keys(heard: list[str]) -> None:
    assert len({sound(word) for word in heard}) == len(heard)
