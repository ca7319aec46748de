"""What somebody types finds the child they mean, however it is spelt; and never one that must not be found."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.core.people.search.invented import (
    child,
    formerly,
    merged,
    names,
    numbered,
    restrict,
    sealed,
)
from tests.support.people import TEST

from throughline.core.audit.change import change
from throughline.core.people.models import Residence
from throughline.core.people.search import candidates

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> None:
    for name in (
        "Siân Rees",
        "William Llewelyn",
        "Elizabeth O'Brien",
        "Mary-Jane Smith-Jones",
        "Mohammed Hussain",
        "Dafydd ap Gruffydd",
        "Ffion Macdonald",
        "Tom Wood",
    ):
        child(name)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Sian Rees", "Siân Rees"),
        ("rees sian", "Siân Rees"),
        ("Rees, Siân", "Siân Rees"),
        ("shan reece", "Siân Rees"),
        ("sian re", "Siân Rees"),
        ("bill llywelyn", "William Llewelyn"),
        ("gwilym llewellyn", "William Llewelyn"),
        ("w llewelyn", "William Llewelyn"),
        ("liz obrien", "Elizabeth O'Brien"),
        ("Liz O’Brien", "Elizabeth O'Brien"),
        ("elizabeth o brien", "Elizabeth O'Brien"),
        ("maryjane jones", "Mary-Jane Smith-Jones"),
        ("Jane Smith", "Mary-Jane Smith-Jones"),
        ("mary jane smith jones", "Mary-Jane Smith-Jones"),
        ("Smith-Jones", "Mary-Jane Smith-Jones"),
        ("smith jones", "Mary-Jane Smith-Jones"),
        ("mary jane", "Mary-Jane Smith-Jones"),
        ("o brien", "Elizabeth O'Brien"),
        ("muhammad husain", "Mohammed Hussain"),
        ("mo hussein", "Mohammed Hussain"),
        ("david griffith", "Dafydd ap Gruffydd"),
        ("dafydd ap gruffydd", "Dafydd ap Gruffydd"),
        ("fion mcdonald", "Ffion Macdonald"),
        ("ffion mac donald", "Ffion Macdonald"),
        ("ffion macdnoald", "Ffion Macdonald"),
        ("ffoin macdonald", "Ffion Macdonald"),
        ("wiliam lewelyn", "William Llewelyn"),
        ("llewelyn", "William Llewelyn"),
        ("llewe", "William Llewelyn"),
        ("elizbeth", "Elizabeth O'Brien"),
        ("tomm wood", "Tom Wood"),
    ],
)
def test_a_child_is_found_however_the_name_is_spelt(town: None, typed: str, meant: str) -> None:
    assert names(typed)[:1] == [meant]


@pytest.mark.parametrize(
    "typed", ["", "   ", "?", "xyzzy quux", "14", "%", "_", "%%", "'; --", "\\", "a" * 500]
)
def test_what_fits_nobody_finds_nobody(town: None, typed: str) -> None:
    assert names(typed) == []


@pytest.mark.parametrize(
    "typed",
    ["3/2/2015", "03.02.2015", "2015-02-03", "3 February 2015", "3 Chwefror 2015", "03022015", "3/2/15"],
)
def test_a_date_of_birth_finds_in_any_spelling(typed: str) -> None:
    child("Mia Rees")
    child("Leo Rees", date(2015, 2, 4))
    assert names(typed) == ["Mia Rees"]
    assert names(f"rees {typed}") == ["Mia Rees"]


def test_a_name_with_a_birth_typed_wrong_still_finds() -> None:
    child("Mia Rees")
    assert names("mia rees 2/3/2015") == ["Mia Rees"]
    assert names("mia rees 4/2/2015") == ["Mia Rees"]
    assert names("mia rees 9/9/2012") == []


def test_a_birth_tells_two_of_one_name_apart() -> None:
    child("Mia Rees", date(2012, 5, 6))
    meant = child("Mia Rees", date(2014, 7, 8))
    assert [each.child_id for each in candidates("mia rees 8/7/2014")] == [meant.pk]


def test_a_postcode_or_its_first_half_narrows_the_search() -> None:
    child("Mia Rees", postcode="CF10 1AB")
    child("Mia Price", postcode="CF10 1ZZ")
    child("Mia Rees", date(2011, 1, 1), postcode="SA1 1AA")
    assert names("CF10 1AB") == ["Mia Rees"]
    assert names("cf101ab rees") == ["Mia Rees"]
    assert names("mia CF10") == ["Mia Price", "Mia Rees"]
    assert names("CF1") == []


def test_a_restricted_address_is_not_found_by_its_postcode_from_the_moment_it_is_restricted() -> None:
    hidden = child("Mia Rees")
    assert names("CF10 1AB") == ["Mia Rees"]
    restrict(hidden)
    assert names("CF10 1AB") == names("mia CF10") == names("mia cf10 1ab") == []
    assert names("mia rees") == ["Mia Rees"]


def test_an_address_left_behind_finds_nobody() -> None:
    child("Mia Rees")
    with change("moved", by=TEST):
        Residence.objects.update(until=date(2020, 1, 1))
    assert names("CF10 1AB") == []


def test_numbers_and_references_find() -> None:
    mia = child("Mia Rees", upn="B801200005001")
    numbered(mia, "uln", "1234567890")
    assert names("b801200005001") == names("B80 1200 0050 01") == names("1234567890") == ["Mia Rees"]
    assert names(mia.reference) == names(mia.reference.lower()) == ["Mia Rees"]
    assert names("B801200005001 jones") == []
    assert [each.by for each in candidates("1234567890")] == [frozenset({"number"})]


def test_a_former_name_finds_and_says_that_it_did() -> None:
    formerly(child("Mia Rees"), "Martin", "Jones")
    assert [each.by for each in candidates("martin jones")] == [frozenset({"former_name"})]
    assert [each.by for each in candidates("mia rees")] == [frozenset()]
    assert [each.by for each in candidates("martin rees")] == [frozenset({"former_name"})]


def test_a_former_name_beside_the_present_one_does_not_show_in_the_order() -> None:
    formerly(child("Mia Ann Rees"), "Mia", "Jones")
    child("Mia Bea Rees")
    scores = [(each.score, each.by) for each in candidates("mia rees jones")]
    assert len(scores) == 2
    assert scores[0] == scores[1]


def test_a_chosen_name_and_a_middle_name_find() -> None:
    child("Alexandra Rees", chosen_name="Kit", middle_names="Mair Gwen")
    assert [each.by for each in candidates("kit rees")] == [frozenset()]
    assert names("gwen rees") == names("alexandra mair rees") == ["Kit Rees"]


def test_a_merged_record_and_a_sealed_identity_are_not_found() -> None:
    mia, again, before = child("Mia Rees"), child("Mia Reese"), child("Zoe Jones")
    merged(again, into=mia)
    sealed(mia, earlier=before)
    assert names("mia rees") == ["Mia Rees"]
    assert names("zoe jones") == names("3/2/2015 zoe") == names(before.reference) == []


def test_a_search_within_some_children_is_not_crowded_out_by_others() -> None:
    for day in range(1, 29):
        child("Mia Rees", date(2016, 1, day))
    meant = child("Mia Rees", date(2010, 1, 1))
    assert [each.child_id for each in candidates("mia rees", within=frozenset({meant.pk}))] == [meant.pk]
    assert candidates("mia rees", within=frozenset()) == []


def test_the_whole_of_who_somebody_is_is_told_from_a_guess() -> None:
    child("Mia Rees")
    assert [each.whole for each in candidates("mia rees 3/2/2015")] == [True]
    for guess in ("mia 3/2/2015", "mia ree 3/2/2015", "mia rees", "mia rees 2/3/2015"):
        assert [each.whole for each in candidates(guess)] == [False], guess


@pytest.mark.parametrize(
    ("typed", "queries"), [("mia rees", 2), ("mia ress", 2), ("mja rrxs", 3), ("CF10 1AB", 2)]
)
def test_a_search_asks_a_fixed_number_of_questions(typed: str, queries: int) -> None:
    for day in range(1, 20):
        child("Mia Rees", date(2016, 1, day))
    with CaptureQueriesContext(connection) as asked:
        candidates(typed)
    assert len(asked) == queries
