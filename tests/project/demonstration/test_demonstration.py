"""The invented authority: complete, the same every time, and nobody's."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from django.test import override_settings
from django.utils import timezone

from throughline.core.access.queries import accounts
from throughline.core.audit.models import Line
from throughline.core.exchange.models import Import
from throughline.core.organisations.models import Authority, School, SchoolLink
from throughline.core.organisations.queries import schools_for_round
from throughline.core.people import bulk
from throughline.core.people.models import Child, Enrolment, Fact, Residence, Sibling, Tie
from throughline.core.places.areas import school_areas
from throughline.core.places.models import Catchment, Postcode
from throughline.core.requests.models import Request
from throughline.core.sharing.models import Asked, BrokenGlass, Override
from throughline.formats.authorities import authorities
from throughline.formats.establishment_types import establishment_types
from throughline.formats.gias import read_gias
from throughline.project.demonstration import building
from throughline.project.demonstration.accounts import sample_parents, staff
from throughline.project.demonstration.building import build
from throughline.project.demonstration.catchments import LAYERS, PRIMARY
from throughline.project.demonstration.families import wanted_by_year
from throughline.project.demonstration.files import postcode_directory, register_of_schools
from throughline.project.demonstration.town import Town, make_town
from throughline.rules.geography import Points
from throughline.rules.identifiers import Upn, parse_upn
from throughline.web.portals.demonstration import situations
from throughline.web.record.demo import fuller_records

TODAY = date(2026, 11, 23)
SMALL = 600
EVERY_KIND = {
    "community", "voluntary_controlled", "voluntary_aided_cofe", "voluntary_aided_catholic", "voluntary_aided_muslim",
    "foundation", "academy_converter", "academy_sponsored", "free", "infant", "junior", "all_through", "girls", "boys",
    "community_secondary", "catholic_secondary", "cofe_secondary", "girls_faith", "grammar_pass_mark",
    "grammar_top_score", "fair_banded", "aptitude", "technical", "studio", "special", "academy_special",
    "pupil_referral_unit", "alternative_provision", "nursery", "sixth_form_college", "further_education", "independent",
    "closed", "successor", "closing", "proposed",
}  # fmt: skip


@pytest.fixture(scope="module")
def town() -> Town:
    return make_town("test", 2_000, TODAY)


@pytest.fixture(scope="module")
def whole() -> Town:
    """As large as the demonstration is: only then are schools full."""
    return make_town("test", 25_000, TODAY)


@pytest.fixture
def no_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the modules' own parts, which are tested where they are written."""
    whole = replace(building.installed(), demonstration=())
    monkeypatch.setattr(building, "installed", lambda: whole)


def small(**more: Any) -> building.Built:
    return build(size=SMALL, seed="test", today=TODAY, **more)


def test_the_same_seed_makes_the_same_town_and_another_seed_another() -> None:
    one = make_town("test", SMALL, TODAY).digest()
    assert make_town("test", SMALL, TODAY).digest() == one
    assert make_town("other", SMALL, TODAY).digest() != one
    assert make_town("test", SMALL, date(2027, 11, 23)).digest() != one


def test_every_kind_of_school_is_there(town: Town) -> None:
    kinds = {kind for school in town.schools for kind in school.kinds}
    assert kinds >= EVERY_KIND
    assert all(town.schools_of(kind) for kind in EVERY_KIND)


def test_the_register_reads_every_school_with_a_known_type(town: Town) -> None:
    reading = read_gias(register_of_schools(town.schools, Counter(), "Wendmere"), TODAY)
    assert reading.counts.rejected == 0
    assert {f.code for f in reading.findings} <= {"unknown_authority"}
    assert all(row.type_code in establishment_types() and row.status for row in reading.rows)


def test_nothing_in_it_is_real(town: Town, real_data: Path) -> None:
    assert town.authority_code not in authorities()
    postcodes = {postcode.code.replace(" ", "") for postcode in town.postcodes}
    urns = {school.urn for school in town.schools}
    for path in sorted((real_data / "postcodes").glob("onspd*.csv")):
        assert not postcodes & {row["pcd"].replace(" ", "") for row in _rows(path)}
    for path in sorted((real_data / "schools").glob("gias_*thin*.csv")):
        assert not urns & {row["URN"] for row in _rows(path)}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="cp1252", newline="") as stream:
        return list(csv.DictReader(stream))


def test_children_are_as_many_in_each_year_as_were_wanted(town: Town) -> None:
    assert Counter(child.year_group for _, child in town.children()) == wanted_by_year(2_000)
    for year, number in wanted_by_year(25_000).items():
        assert year not in (-1, 6) or number == 1_900


def test_a_year_group_is_born_between_september_and_august(town: Town) -> None:
    for _, child in town.children():
        assert date(2021 - child.year_group, 9, 1) <= child.born < date(2022 - child.year_group, 9, 1)


def test_brothers_and_sisters_are_twins_or_months_apart(town: Town) -> None:
    gaps = [
        abs((one.born - other.born).days)
        for family in town.families
        for one in family.children
        for other in family.children
        if one.key < other.key
    ]
    assert 0 in gaps
    assert not [gap for gap in gaps if 0 < gap < 100]


def test_keys_references_homes_and_pupil_numbers_are_each_used_once(town: Town) -> None:
    children = [child for _, child in town.children()]
    for values in (
        [child.key for child in children],
        [child.reference for child in children],
        [child.upn for child in children if child.upn],
        [family.uprn for family in town.families],
        [adult.key for family in town.families for adult in family.adults],
    ):
        assert len(values) == len(set(values))
    assert all(isinstance(parse_upn(child.upn), Upn) for child in children if child.upn)


def test_no_school_has_more_pupils_in_a_year_than_places(whole: Town) -> None:
    taught = Counter((child.school, child.year_group) for _, child in whole.children() if child.school)
    full = 0
    for (urn, year), pupils in taught.items():
        school = whole.school(urn)
        places = school.places(max(year, 0))
        full += pupils == places
        assert pupils <= places or "special" in school.kinds
        assert school.admits(max(year, 0)) or year < 0
    assert full > 20


def test_boys_do_not_attend_girls_schools(town: Town) -> None:
    for _, child in town.children():
        if child.school:
            assert (town.school(child.school).gender, child.sex) not in (("Girls", "M"), ("Boys", "F"))


def test_children_are_looked_after_about_as_often_as_in_life(whole: Town) -> None:
    children = [child for _, child in whole.children()]
    kinds = Counter(fact.kind for child in children for fact in child.facts)
    assert 0.005 < kinds["looked_after"] / len(children) < 0.009
    assert 0.005 < kinds["previously_looked_after"] / len(children) < 0.02
    assert 0.02 < kinds["plan_names_school"] / len(children) < 0.05


def test_plans_of_children_who_apply_name_a_school_they_could_go_to(town: Town) -> None:
    for _, child in town.applicants("year_7"):
        for fact in child.facts:
            assert fact.kind != "plan_names_school" or town.school(fact.urn).admits(7)


def test_families_like_schools_their_child_can_go_to(town: Town) -> None:
    for phase, year in (("reception", 0), ("year_7", 7)):
        for family, child in town.applicants(phase)[:50]:
            liked = town.liked(family, child, phase)
            assert len(liked) > 5
            assert all(school.mainstream and school.admits(year) for school in liked)


def test_every_home_lies_in_one_priority_area(town: Town) -> None:
    homes = Points.pairs([family.home.point for family in town.families])
    shapes = [area.shape for area in town.areas if area.layer == PRIMARY]
    inside = np.zeros(len(homes), dtype=int)
    for shape in shapes:
        inside += _covers(shape, homes)
    assert (inside >= 1).all()
    assert (inside == 1).mean() > 0.99


def _covers(shape: Any, homes: Points) -> Any:
    return shapely.intersects_xy(shape, homes.eastings.astype(float), homes.northings.astype(float))


def test_the_postcode_file_has_each_postcode_once(town: Town) -> None:
    lines = postcode_directory(town.postcodes).decode("utf-8-sig").splitlines()
    codes = [line.split(",")[1] for line in lines[1:]]
    assert len(codes) == len(set(codes)) == len(town.postcodes)
    assert all(code.startswith("ZY") for code in codes)


def test_each_role_has_somebody_and_each_situation_a_parent(whole: Town) -> None:
    accounts = staff()
    assert {"system_administrator", "data_officer"} <= {account.role for account in accounts}
    assert len({account.email for account in accounts}) == len(accounts)
    assert all(account.email.endswith(".example") for account in accounts)
    # Nine situations, a parent whom a court keeps from knowing where a child lives and learns, and two of children in
    # whose circle nobody is yet.
    assert len({adult.email for adult, _what in sample_parents(whole)}) == 12


@pytest.mark.django_db
@pytest.mark.usefixtures("no_parts")
def test_a_small_town_is_built_through_the_doors_of_the_record() -> None:
    said: list[object] = []
    built = small(report=lambda words, done=None, total=None: said.append(words))
    assert built.counts["children"] == Child.objects.count() == SMALL
    ours = Authority.objects.get(ours=True)
    assert (ours.code, ours.nation) == ("999", "ENG")
    assert School.objects.filter(la_code="999").count() == built.counts["schools"] == 66
    assert Postcode.objects.count() == built.counts["postcodes"]
    assert set(Catchment.objects.values_list("layer", flat=True)) == set(LAYERS)
    assert not Catchment.objects.filter(school_links__isnull=True).exclude(name="St Mildred").exists()
    assert {row.state for row in Import.objects.all()} == {"applied"}
    assert SchoolLink.objects.filter(kind="Successor").count() == 1
    assert said[0] == "Making up a town"
    assert built.sign_ins == []


@pytest.mark.django_db
@pytest.mark.usefixtures("no_parts")
def test_every_child_has_a_home_and_somebody_answering_for_them() -> None:
    small()
    assert Residence.objects.filter(until__isnull=True).values("child").distinct().count() == SMALL
    assert Tie.objects.filter(lives_with_child=True).values("child").distinct().count() == SMALL
    assert Enrolment.objects.exists()
    at_secondary = Child.objects.filter(enrolments__until__isnull=True, enrolments__year_group__range=(7, 11))
    told_later = [child.key for child in fuller_records(make_town("test", SMALL, TODAY))]
    assert at_secondary.exists()
    for child in at_secondary.exclude(pk__in=told_later):
        spells = list(child.enrolments.order_by("since"))
        assert spells[0].since.year - child.born.year in {4, 5}, "known since Reception"
        assert [spell.until for spell in spells] == [*(spell.since for spell in spells[1:]), None]
    assert {"full", "half", "step"} >= set(Sibling.objects.values_list("kind", flat=True))
    assert Fact.objects.filter(kind="plan_names_school", school__isnull=True).count() == 0
    reception = schools_for_round("999", 4, date(2027, 9, 1))
    assert 30 < reception.count() < 45
    assert (
        sum(area.layer == PRIMARY for area in school_areas().shapes.areas)
        == Catchment.objects.filter(layer=PRIMARY).count()
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("no_parts")
def test_built_twice_is_built_once() -> None:
    small()
    lines = Line.objects.count()
    small()
    assert Line.objects.count() == lines


@pytest.mark.django_db
@pytest.mark.usefixtures("no_parts")
def test_stopped_half_way_it_goes_on_cleanly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "FAMILIES_AT_ONCE", 100)
    adding = building.add_families
    times: list[int] = []

    def stops(**given: Any) -> Any:
        times.append(1)
        if len(times) == 3:
            raise KeyboardInterrupt
        return adding(**given)

    monkeypatch.setattr(building, "add_families", stops)
    with pytest.raises(KeyboardInterrupt):
        small()
    assert Child.objects.count() == 0
    assert School.objects.count() == 66
    monkeypatch.setattr(building, "add_families", bulk.add_families)
    small()
    assert Child.objects.count() == SMALL
    assert Import.objects.count() == 8


@pytest.mark.django_db
@pytest.mark.usefixtures("no_parts")
def test_in_the_demonstration_people_can_sign_in() -> None:
    with override_settings(DEMONSTRATION=True):
        first = small().sign_ins
        again = small().sign_ins
    assert again == first
    doors = ("staff", "school", "professional", "provider", "young_person", "family")
    portals = {portal: {u.email for u in accounts(portal)} for portal in doors}
    assert {one.email for one in first} == set().union(*portals.values())
    assert min(map(len, portals.values())) > 0
    assert situations() == {one.email: one.what for one in first}
    # Sharing has something to show, once: in force, waiting, asked for, to review.
    assert sorted(Override.objects.values_list("state", flat=True)) == ["approved", "proposed"]
    assert Asked.objects.get().state == "open"
    assert BrokenGlass.objects.filter(reviewed_at__isnull=True).count() == 1
    # Whoever asks is somebody, also of what is late; and a circle that somebody is to join is empty.
    late = Request.objects.filter(due__lt=timezone.localdate())
    assert {row.asked_by for row in late} == {"Ngozi Whitlock", "Leila Draycott"}
    with_justice = Fact.objects.filter(kind="youth_justice").values("child")
    assert Child.objects.filter(pk__in=with_justice, involvements__isnull=True).count() == 2
