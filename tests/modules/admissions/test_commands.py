"""`throughline round ...`: exit codes, and words that say what was done and what to do next."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.admissions import Family, World, families, small_world
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.formats.outcomes import read_offers_by_criterion, read_offers_by_school
from throughline.modules.admissions.models import Offer, Run
from throughline.modules.admissions.queries.rounds import code_of
from throughline.project.command import main

pytestmark = pytest.mark.django_db


class Terminal:
    """The command line as somebody types at it."""

    def __init__(self, capture: Any) -> None:
        self.capture = capture

    def __call__(self, *words: str) -> tuple[int, str]:
        self.capture.readouterr()
        code = main(["round", *words])
        said = self.capture.readouterr()
        return code, (said.out + said.err).decode()


@pytest.fixture
def terminal(capsysbinary: pytest.CaptureFixture[bytes]) -> Terminal:
    return Terminal(capsysbinary)


@pytest.fixture
def world() -> World:
    world = small_world("offer_day")
    families(world, [Family(f"Child{n}", ("Wren", "Mill"), north=100 * n) for n in range(1, 7)])
    return world


@pytest.fixture
def code(world: World) -> str:
    return code_of(world.round)


def test_rounds_are_listed_with_how_far_they_have_got(terminal: Terminal, code: str) -> None:
    status, said = terminal("list")
    assert status == 0
    assert code in said
    assert "6" in said


def test_a_run_is_carried_out_now_and_the_checker_has_its_say(terminal: Terminal, code: str) -> None:
    status, said = terminal("run", code)
    assert status == 0
    assert f"Run {code}/1 (Dry run): 6 children, 5 offered a place." in said
    assert "preference 1: 2" in said
    assert "nearest school with a place: 1" in said
    assert "The checker found nothing wrong." in said
    assert terminal("show", f"{code}/1")[1] == said


def test_a_stored_run_is_checked_and_replayed_alone(terminal: Terminal, code: str) -> None:
    terminal("run", code)
    assert terminal("check", f"{code}/1") == (0, "The checker found nothing wrong.\n")
    status, said = terminal("replay", f"{code}/1")
    assert status == 0
    assert "Identical." in said


def test_a_run_that_was_tampered_with_is_noticed(terminal: Terminal, code: str, monkeypatch: Any) -> None:
    terminal("run", code)
    monkeypatch.setattr(Run, "digest", property(lambda _run: "0" * 64, lambda _run, _value: None))
    status, said = terminal("replay", f"{code}/1")
    assert status == 1
    assert "Not identical" in said


def test_two_runs_are_compared(terminal: Terminal, code: str, world: World) -> None:
    terminal("run", code)
    families(world, [Family("Nearest", ("Wren",), north=10)])
    terminal("run", code)
    status, said = terminal("compare", f"{code}/1", f"{code}/2")
    assert (status, said) == (0, "Better: 0. Worse: 2. The same: 4.\n")


def test_two_people_must_stand_for_a_release(terminal: Terminal, code: str) -> None:
    terminal("run", code, "--kind", "offer")
    status, said = terminal("release", f"{code}/1", "--proposed-by", "Nia", "--released-by", " nia ")
    assert status == 1
    assert "Nothing was released." in said
    assert not Offer.objects.exists()
    status, said = terminal("release", f"{code}/1", "--proposed-by", "Nia", "--released-by", "Owen")
    assert (status, said) == (0, "6 offers were released to families.\n")
    status, said = terminal("release", f"{code}/1", "--proposed-by", "Nia", "--released-by", "Owen")
    assert status == 1
    assert Offer.objects.count() == 6


def test_outcomes_come_out_after_release_and_not_before(terminal: Terminal, code: str) -> None:
    terminal("run", code, "--kind", "offer")
    status, said = terminal("outcomes", code)
    assert status == 1
    assert "Nothing is published before offers are released." in said
    terminal("release", f"{code}/1", "--proposed-by", "Nia", "--released-by", "Owen")
    status, said = terminal("outcomes", code)
    assert status == 0
    assert len(read_offers_by_school(said.encode()).rows) == 4
    status, said = terminal("outcomes", code, "--by", "criterion")
    assert status == 0
    assert read_offers_by_criterion(said.encode()).rows


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "year_7-1999"), "There is no round year_7-1999. There are: reception-2027."),
        (("run", "nonsense"), "There is no round nonsense."),
        (("show", "reception-2027/9"), "Round reception-2027 has no run 9."),
        (("check", "reception-2027/x"), "Round reception-2027 has no run x."),
        (("replay", "reception-2027"), "There is no round"),
    ],
)
def test_what_there_is_not_is_answered_in_words(
    terminal: Terminal, world: World, words: tuple[str, ...], said: str
) -> None:
    status, answer = terminal(*words)
    assert status == 1
    assert said in answer
    assert "Traceback" not in answer


def test_what_is_typed_wrongly_is_told_apart(terminal: Terminal, code: str) -> None:
    assert terminal("run", code, "--kind", "final")[0] == 2
    assert terminal("run")[0] == 2
    assert terminal("release", f"{code}/1", "--proposed-by", "Nia")[0] == 2


def test_a_run_that_waits_is_not_read(terminal: Terminal, code: str) -> None:
    terminal("run", code)
    with change("a run set back", by=TEST):
        Run.objects.update(state=Run.State.WAITING)
    status, said = terminal("show", f"{code}/1")
    assert status == 1
    assert "is not complete" in said
