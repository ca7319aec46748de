"""Real registers, postcodes and catchments, brought in whole and then again."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.people import TEST

from throughline.core.exchange.actions import import_file
from throughline.core.exchange.models import Import
from throughline.core.organisations.models import Authority, School
from throughline.core.places.areas import school_areas
from throughline.core.places.models import CatchmentSchool, Postcode
from throughline.core.places.queries import point_of_postcode

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]


def bring(folder: Path, kind: str, name: str, **options: str) -> Import:
    data = (folder / name).read_bytes()
    return import_file(by=TEST, kind=kind, name=name, data=data, options=options)


def test_a_full_register_comes_in_whole_and_a_thin_one_beside_it(real_data: Path) -> None:
    full = bring(real_data, "gias", "schools/gias_surrey_full_20220420.csv")
    assert (full.state, full.added, full.rejected) == ("applied", 576, 0)
    assert School.objects.filter(status="closed").count() == 275
    assert bring(real_data, "gias", "schools/gias_west_midlands7_thin_2022.csv").added == 970
    again = bring(real_data, "gias", "schools/gias_surrey_full_20220420.csv")
    assert (again.state, again.unchanged) == ("unchanged", 576)


def test_links_and_authorities_and_welsh_schools_come_in(real_data: Path) -> None:
    bring(real_data, "gias", "schools/gias_west_midlands7_thin_2022.csv")
    links = bring(real_data, "gias-links", "schools/gias_links_20250422_dev_schools.csv")
    assert links.added + links.rejected == 2_120
    assert links.added > 0
    assert bring(real_data, "la-codes", "schools/gias_la_codes_all_incl_welsh_historic.tsv").added == 207
    assert bring(real_data, "la-codes", "schools/english_la_codes_2025.csv").added == 6
    assert Authority.objects.get(code="909").ended is not None
    assert bring(real_data, "welsh-schools", "schools/wales_schools_anglesey_20210825.csv").added == 46


def test_every_postcode_of_a_city_comes_in_and_is_found(real_data: Path) -> None:
    row = bring(real_data, "postcodes", "postcodes/onspd_nov2025_sheffield.csv")
    assert row.added == Postcode.objects.count() == 19_410
    assert point_of_postcode("S1 1AA") == (435732, 387312)
    assert bring(real_data, "postcodes", "postcodes/onspd_nov2025_sheffield.csv").state == "unchanged"


def test_a_citys_catchments_find_most_of_their_schools_by_name(real_data: Path) -> None:
    bring(real_data, "gias", "schools/gias_sheffield_thin_2022.csv")
    name = "catchments/sheffield_primary_catchments_epsg27700.geojson"
    row = bring(real_data, "catchments", name, layer="primary")
    assert row.added == len(school_areas().shapes.areas) == 101
    linked = CatchmentSchool.objects.values("catchment").distinct().count()
    unmatched = {f["code"] for f in row.findings}
    assert linked >= 94
    assert unmatched == {"no_school_of_that_name"}


def test_areas_in_degrees_come_in_on_the_grid(real_data: Path) -> None:
    name = "catchments/edinburgh_rc_secondary_2010.kml"
    row = bring(real_data, "catchments", name, layer="rc", **{"name-property": "SCH_NAME"})
    assert row.added == 3
    west, south, east, north = school_areas().shapes.areas[0].shape.bounds
    assert 300_000 < west < east < 350_000
    assert 640_000 < south < north < 700_000
