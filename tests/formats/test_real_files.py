"""The counts that real files are known to have (data standards section 12). Skipped where the files are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from throughline.formats.authorities import authorities
from throughline.formats.establishment_types import establishment_types, read_establishment_types
from throughline.formats.geojson import read_geojson
from throughline.formats.gias import read_gias
from throughline.formats.gias_links import read_gias_links, successors
from throughline.formats.kml import read_kml
from throughline.formats.la_codes import read_la_codes, unite
from throughline.formats.outcomes import (
    disagreements,
    read_offers_by_criterion,
    read_offers_by_school,
    write_offers_by_criterion,
    write_offers_by_school,
)
from throughline.formats.postcodes import PostcodeRow, read_postcodes
from throughline.formats.wales_schools import read_wales_schools
from throughline.rules.geography import Area, Catchments, Points

Sample = Callable[[str], bytes]

SURREY = "schools/gias_surrey_full_20220420.csv"
WEST_MIDLANDS = "schools/gias_west_midlands7_thin_2022.csv"
SHEFFIELD = "schools/gias_sheffield_thin_2022.csv"
CATCHMENTS = "catchments/sheffield_primary_catchments_epsg27700.geojson"
LA_LISTS = (
    "schools/gias_la_codes_all_incl_welsh_historic.tsv",
    "schools/english_la_codes_2021.csv",
    "schools/english_la_codes_2025.csv",
)


def points_of(rows: tuple[PostcodeRow, ...]) -> Points:
    return Points.pairs([row.point for row in rows if row.point])


def test_no_row_of_the_full_register_is_lost_to_ragged_width(sample: Sample) -> None:
    reading = read_gias(sample(SURREY), today=date(2022, 4, 20))
    assert (reading.counts.read, reading.counts.kept) == (576, 576)
    assert sum(row.is_open for row in reading.rows) == 301
    assert sum(row.status == "closed" for row in reading.rows) == 275
    assert {finding.code for finding in reading.findings} == {"more_pupils_than_places"}


def test_ragged_fields_become_links(sample: Sample) -> None:
    ragged = [row for row in read_gias(sample(SURREY)).rows if len(row.linked) > 1]
    assert len(ragged) == 45
    assert {kind for row in ragged for _, kind in row.linked} >= {"Successor", "Predecessor"}


def test_a_closed_and_an_open_school_share_105_numbers(sample: Sample) -> None:
    rows = read_gias(sample(SURREY)).rows
    open_numbers = {row.laestab for row in rows if row.is_open}
    closed_numbers = {row.laestab for row in rows if row.status == "closed"}
    assert len(open_numbers & closed_numbers) == 105


@pytest.mark.parametrize(("name", "rows"), [(SURREY, 576), (WEST_MIDLANDS, 970), (SHEFFIELD, 163)])
def test_every_type_status_and_phase_of_the_register_is_known(sample: Sample, name: str, rows: int) -> None:
    schools = read_gias(sample(name)).rows
    assert len(schools) == rows
    assert all(school.type_code and school.status and school.phase for school in schools)


def test_the_type_list_has_50_rows_and_39_codes_all_of_which_we_know(sample: Sample) -> None:
    reading = read_establishment_types(sample("schools/gias_establishment_types_20250422.csv"))
    assert len(reading.rows) == 50
    codes = {row.code: (row.name, row.group_code, row.group_name) for row in reading.rows}
    ours = {
        code: (kind.name, kind.group_code, kind.group_name) for code, kind in establishment_types().items()
    }
    assert len(codes) == 39
    assert codes == ours


def test_links_have_11_kinds_and_every_chain_ends(sample: Sample) -> None:
    reading = read_gias_links(sample("schools/gias_links_20250422_dev_schools.csv"))
    assert len(reading.rows) == 2120
    assert not reading.findings
    assert len({row.kind for row in reading.rows}) == 11
    for urn in {row.urn for row in reading.rows}:
        assert urn not in successors(reading.rows, urn)


def test_the_union_of_lists_has_every_authority_of_every_file(sample: Sample) -> None:
    lists = [read_la_codes(sample(name)) for name in LA_LISTS]
    assert [len(reading.rows) for reading in lists] == [207, 150, 153]
    united = unite(reading.rows for reading in lists)
    assert united.keys() == authorities().keys()
    schools = [read_gias(sample(name)).rows for name in (SURREY, WEST_MIDLANDS, SHEFFIELD)]
    assert {row.authority for rows in schools for row in rows} <= united.keys()
    listed_former = {row.code for reading in lists for row in reading.rows if row.ended}
    assert listed_former
    assert all(united[code].until for code in listed_former)


def test_every_welsh_school_has_a_postcode_in_the_directory(sample: Sample) -> None:
    reading = read_wales_schools(sample("schools/wales_schools_anglesey_20210825.csv"))
    assert Counter(row.sector for row in reading.rows) == {"Primary": 40, "Secondary": 5, "Special": 1}
    known = {
        row.postcode for row in read_postcodes(sample("postcodes/onspd_nov2025_isle_of_anglesey.csv")).rows
    }
    assert {row.postcode for row in reading.rows} <= known
    assert not reading.findings


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("onspd_nov2025_west_midlands7", 87_013),
        ("onspd_nov2025_surrey_waverley_guildford_runnymede", 17_539),
        ("onspd_nov2025_sheffield", 19_410),
        ("onspd_nov2025_bolton", 9_955),
        ("onspd_nov2025_isle_of_anglesey", 3_276),
        ("trafford_south_west_postcodes_2025-02_with_ward_msoa_lsoa", 6_006),
    ],
)
def test_every_postcode_is_kept_once_with_its_point(sample: Sample, name: str, rows: int) -> None:
    reading = read_postcodes(sample(f"postcodes/{name}.csv"))
    assert (reading.counts.read, len(reading.rows)) == (rows, rows)
    assert len({row.compact for row in reading.rows}) == rows
    assert all(row.point for row in reading.rows)
    assert not reading.findings


def test_969_of_970_schools_stand_at_a_known_postcode(sample: Sample) -> None:
    known = {
        row.postcode for row in read_postcodes(sample("postcodes/onspd_nov2025_west_midlands7.csv")).rows
    }
    assert sum(row.postcode in known for row in read_gias(sample(WEST_MIDLANDS)).rows) == 969


@pytest.fixture(scope="module")
def sheffield(sample: Sample) -> Catchments:
    reading = read_geojson(sample(CATCHMENTS))
    assert (reading.counts.read, reading.counts.kept, reading.findings) == (101, 101, ())
    return Catchments([Area("primary", row.name, row.shape) for row in reading.rows], version="2025")


def test_sheffields_postcodes_lie_in_one_catchment_or_two(sample: Sample, sheffield: Catchments) -> None:
    points = points_of(read_postcodes(sample("postcodes/onspd_nov2025_sheffield.csv")).rows)
    who, _, _ = sheffield.holding(points)
    assert Counter(np.bincount(who, minlength=len(points)).tolist()) == {1: 18_043, 2: 1_367}


def test_every_sheffield_primary_lies_in_a_catchment_and_110_in_their_own(
    sample: Sample, sheffield: Catchments
) -> None:
    primaries = [row for row in read_gias(sample(SHEFFIELD)).rows if row.phase == "primary"]
    who, where, _ = sheffield.holding(Points.pairs([row.point for row in primaries if row.point]))
    assert len(primaries) == 133
    assert set(who.tolist()) == set(range(133))
    own = {
        child
        for child, area in zip(who, where, strict=True)
        if primaries[child].name in sheffield.areas[area].name
    }
    assert len(own) == 110


def test_the_overlap_of_sheffields_catchments_is_as_measured(sheffield: Catchments) -> None:
    summed = sum(area.shape.area for area in sheffield.areas)
    united = sheffield.areas[0].shape.union(sheffield.areas[1].shape)
    for area in sheffield.areas[2:]:
        united = united.union(area.shape)
    assert round(100 * (summed - united.area) / summed, 1) == 7.1


def test_edinburghs_three_catchments_are_named_and_on_the_grid(sample: Sample) -> None:
    reading = read_kml(sample("catchments/edinburgh_rc_secondary_2010.kml"))
    assert [row.name for row in reading.rows] == [
        "Holy Rood RC High",
        "St Augustine's RC High",
        "St Thomas of Aquin's RC High",
    ]
    for row in reading.rows:
        west, south, east, north = row.shape.bounds
        assert 300_000 < west < east < 340_000
        assert 650_000 < south < north < 690_000


@pytest.mark.parametrize(("cut", "least", "most"), [("bsc", 0.855, 0.875), ("bgc", 0.97, 1.0)])
def test_trafford_postcodes_agree_with_the_polygons_as_far_as_these_are_generalised(
    sample: Sample, cut: str, least: float, most: float
) -> None:
    postcodes = read_postcodes(
        sample("postcodes/trafford_south_west_postcodes_2025-02_with_ward_msoa_lsoa.csv")
    ).rows
    polygons = read_geojson(sample(f"geography/ons_lsoa_2021_{cut}_trafford.geojson"), name="area_code").rows
    areas = Catchments([Area("lsoa", row.name, row.shape) for row in polygons])
    who, where, _ = areas.holding(points_of(postcodes))
    agreeing = {
        at for at, area in zip(who, where, strict=True) if areas.areas[area].name == postcodes[at].lsoa
    }
    assert least <= len(agreeing) / len(postcodes) <= most


def test_rivers_are_not_areas(sample: Sample) -> None:
    reading = read_geojson(sample("geography/os_open_rivers_greater_manchester.geojson"))
    assert (reading.counts.read, reading.counts.rejected) == (1313, 1313)


@pytest.mark.parametrize(
    ("year", "criteria_rows", "disagreeing", "over"), [(2018, 307, 1, 2), (2020, 308, 0, 1)]
)
def test_waverleys_offers_add_up(
    sample: Sample, year: int, criteria_rows: int, disagreeing: int, over: int
) -> None:
    criteria = read_offers_by_criterion(sample(f"admissions-outcomes/waverley_{year}_offers_by_criteria.csv"))
    schools = read_offers_by_school(sample(f"admissions-outcomes/waverley_{year}_offers_by_school.csv"))
    assert (len(criteria.rows), len(schools.rows)) == (criteria_rows, 33)
    assert len(disagreements(criteria.rows, schools.rows)) == disagreeing
    assert sum(row.offered > row.admission_number for row in schools.rows) == over
    assert len({row.criterion for row in criteria.rows}) == 33
    assert {row.category for row in criteria.rows} == {
        "Priority",
        "Family Ties",
        "Defined Residence",
        "Religion",
        "Distance",
        "Central & Lates",
    }
    assert read_offers_by_criterion(write_offers_by_criterion(criteria.rows)).rows == criteria.rows
    assert read_offers_by_school(write_offers_by_school(schools.rows)).rows == schools.rows
