"""`throughline import applications`: what comes in, what is left out and why, and twice is once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.admissions import World, small_world
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.exchange.models import Import
from throughline.core.organisations.models import School
from throughline.core.people.models import Child
from throughline.modules.admissions.models import Application, Claim, Preference
from throughline.modules.admissions.queries.rounds import code_of
from throughline.project.command import main

pytestmark = pytest.mark.django_db
HEAD = "surname,forename,dob,address1,postcode,easting,northing,parent_name,preference_1,preference_2,preference_2_facts,facts"


class Desk:
    """A file written, brought in at the command line, and what was said of it."""

    def __init__(self, world: World, folder: Path, capture: Any) -> None:
        self.world, self.folder, self.capture = world, folder, capture

    def bring(self, *lines: str, round: str = "", head: str = HEAD) -> tuple[int, str]:
        path = self.folder / "applications.csv"
        path.write_text("\n".join((head, *lines)) + "\n")
        options = ["--option", f"round={round or code_of(self.world.round)}"]
        self.capture.readouterr()
        code = main(["import", "applications", str(path), *options])
        said = self.capture.readouterr()
        return code, " ".join((said.out + said.err).split())

    def line(self, name: str = "Elin", **given: Any) -> str:
        born = self.world.round.born_from.replace(day=20)
        cells = {"born": born, "first": "900001", "second": "", "facts": "", "postcode": "ZZ1 1AA", "all": ""}
        cells |= given
        return (
            f"Holt,{name},{cells['born']},1 North Lane,{cells['postcode']},400000,300400,Pat Holt,"
            f"{cells['first']},{cells['second']},{cells['facts']},{cells['all']}"
        )


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("COLUMNS", "400")  # Findings are a table, which a narrow terminal breaks into lines.
    return Desk(small_world("closed"), tmp_path, capsys)


def test_an_application_comes_in_whole(desk: Desk) -> None:
    code, _said = desk.bring(desk.line(second="9992002", facts="sibling", all="looked_after"))
    assert code == 0
    application = Application.objects.get()
    assert (application.state, application.via) == ("submitted", "file")
    ranked = Preference.objects.order_by("rank").values_list("school__urn", "distance")
    assert list(ranked) == [("900001", 400), ("900002", 1077)]
    claims = set(Claim.objects.values_list("fact", "school__urn"))
    assert {("sibling", "900002"), ("looked_after", None)} <= claims


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    desk.bring(desk.line(), desk.line("Idris"))
    before = set(Application.objects.values_list("pk", "edition", "version"))
    code, _said = desk.bring(desk.line(), desk.line("Idris"))
    assert code == 0
    assert set(Application.objects.values_list("pk", "edition", "version")) == before
    assert Child.objects.count() == 2


def test_a_longer_file_brings_in_only_what_is_new(desk: Desk) -> None:
    desk.bring(desk.line())
    desk.bring(desk.line(), desk.line("Idris"))
    row = Import.objects.order_by("-pk").first()
    assert row is not None
    assert (row.added, row.unchanged) == (1, 1)
    assert Application.objects.count() == 2


def test_one_child_twice_in_a_file_is_one_application_and_said(desk: Desk) -> None:
    code, said = desk.bring(desk.line(), desk.line(first="900002"))
    assert code == 0
    assert Application.objects.count() == Child.objects.count() == 1
    assert Preference.objects.get().school.urn == "900001"
    assert Import.objects.get().findings_in_all >= 1, said


def test_a_school_nobody_knows_is_left_out_and_the_rest_stands(desk: Desk) -> None:
    code, said = desk.bring(desk.line(first="999999", second="900002"))
    assert code == 0
    assert "No school has the number 999999. This preference was left out." in said
    assert Preference.objects.get().school.urn == "900002"


def test_a_closed_school_is_left_out_by_name(desk: Desk) -> None:
    with change("a school closes", by=TEST):
        School.objects.filter(urn="900001").update(status=School.Status.CLOSED)
    _code, said = desk.bring(desk.line(second="900002"))
    assert "Wren Hill Primary School has closed. This preference was left out." in said
    assert Preference.objects.get().school.urn == "900002"


def test_a_line_without_any_school_of_the_round_is_left_out(desk: Desk) -> None:
    _code, said = desk.bring(desk.line(first="999999"), desk.line("Idris"))
    assert "None of the schools on this line takes part in the round." in said
    assert Application.objects.get().child.forename == "Idris"
    assert Import.objects.get().rejected == 1


@pytest.mark.parametrize("born", ["2010-01-01", "31/02/2023", "", "soon"])
def test_a_date_of_birth_that_is_wrong_or_of_another_year_leaves_the_line_out(desk: Desk, born: str) -> None:
    code, _said = desk.bring(desk.line(born=born), desk.line("Idris"))
    assert code == 0
    assert Application.objects.get().child.forename == "Idris"
    assert Child.objects.count() == 1
    assert Import.objects.get().rejected == 1


def test_a_school_named_twice_counts_once(desk: Desk) -> None:
    _code, said = desk.bring(desk.line(second="9992001"))
    assert "Wren Hill Primary School was named twice." in said
    assert Preference.objects.count() == 1


def test_a_child_who_is_on_the_record_is_not_made_again(desk: Desk) -> None:
    desk.bring(desk.line())
    other = small_world("closed", entry_year=2028)
    with change("the same ages in another round", by=TEST):
        type(other.round).objects.filter(pk=other.round.pk).update(
            born_from=desk.world.round.born_from, born_to=desk.world.round.born_to
        )
    code, _said = desk.bring(desk.line(), round=code_of(other.round))
    assert code == 0
    assert Child.objects.count() == 1
    assert Application.objects.count() == 2


@pytest.mark.parametrize(
    ("round", "words"), [("year_7-1999", "There is no round year_7-1999"), ("soon", "There is no round soon")]
)
def test_a_round_there_is_not_is_answered_in_words(desk: Desk, round: str, words: str) -> None:
    code, said = desk.bring(desk.line(), round=round)
    assert code == 1
    assert words in said
    assert not Application.objects.exists()


def test_a_file_that_is_something_else_is_refused_whole(desk: Desk) -> None:
    code, said = desk.bring("a,b", head="one,two")
    assert code == 1
    assert "no column called" in said
    assert not Application.objects.exists()
