"""Bringing files in: what is written, what is refused, what a second time does."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.support.people import TEST

from throughline.core.access.viewer import Refused
from throughline.core.audit.models import Event, Line
from throughline.core.exchange.actions import FINDINGS_KEPT, import_file
from throughline.core.exchange.models import Import
from throughline.core.exchange.queries import import_made, imports, kinds_for
from throughline.core.exchange.wording import finding_words, outcome_words
from throughline.core.organisations.actions import set_admission_authority, set_our_authority
from throughline.core.organisations.models import Authority, School, SchoolLink
from throughline.core.organisations.queries import school_by_laestab, schools_for_round, successors
from throughline.core.places.areas import school_areas
from throughline.core.places.models import Catchment, CatchmentSchool, Postcode
from throughline.core.places.queries import point_of_postcode, points_of_postcodes

pytestmark = pytest.mark.django_db

GIAS = "URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name)"
FULL = (
    f"{GIAS},PhaseOfEducation (name),StatutoryLowAge,StatutoryHighAge,Gender (name),Postcode,Easting,Northing"
)
SCHOOLS = (
    f"{FULL}\n"
    "990101,998,2001,Elm Infant School,Community school,Open,Primary,4,7,Mixed,ZY1 1AA,600100,430100\n"
    "990102,998,2002,Elm Junior School,Academy converter,Open,Primary,7,11,Mixed,ZY1 1AB,600200,430200\n"
    "990103,998,2003,Oak Primary School,Voluntary aided school,Open,Primary,3,11,Mixed,ZY1 1AD,602000,430000\n"
)


def bring(kind: str, text: str | bytes, **options: str) -> Import:
    data = text.encode() if isinstance(text, str) else text
    given = {name.replace("_", "-"): value for name, value in options.items()}
    return import_file(by=TEST, kind=kind, name=f"C:\\files\\{kind}.csv", data=data, options=given)


def square(name: str, west: int, side: int = 1_000) -> dict[str, Any]:
    ring = [[west, 430_000], [west + side, 430_000], [west + side, 431_000], [west, 431_000], [west, 430_000]]
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def layer(*features: dict[str, Any]) -> bytes:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": list(features)}).encode()


def codes(row: Import) -> list[str]:
    return [finding["code"] for finding in row.findings]


def test_a_file_is_applied_and_counted() -> None:
    row = bring("gias", SCHOOLS)
    assert (row.state, row.added, row.changed, row.rejected) == ("applied", 3, 0, 0)
    assert row.file_name == "gias.csv"
    elm = School.objects.get(urn="990101")
    assert (elm.name, elm.easting, elm.low_age, elm.own_admission_authority) == (
        "Elm Infant School",
        600100,
        4,
        False,
    )
    assert School.objects.get(urn="990103").own_admission_authority


def test_the_same_file_again_writes_nothing_but_its_own_row() -> None:
    bring("gias", SCHOOLS)
    before = Line.objects.exclude(table="exchange.import").count()
    row = bring("gias", SCHOOLS)
    assert (row.state, row.added, row.changed, row.unchanged) == ("unchanged", 0, 0, 3)
    assert Line.objects.exclude(table="exchange.import").count() == before


def test_only_what_differs_is_written_and_the_trail_names_it() -> None:
    bring("gias", SCHOOLS)
    row = bring("gias", SCHOOLS.replace("Oak Primary School", "Oak Academy"))
    assert (row.added, row.changed, row.unchanged) == (0, 1, 2)
    line = Line.objects.filter(table="organisations.school").latest("id")
    assert (line.fields, line.before, line.after) == (
        ["name"],
        {"name": "Oak Primary School"},
        {"name": "Oak Academy"},
    )


def test_a_column_the_file_does_not_have_says_nothing() -> None:
    bring("gias", SCHOOLS)
    row = bring("gias", f"{GIAS}\n990101,998,2001,Elm Infant School,Community school,Open\n")
    assert row.state == "unchanged"
    assert School.objects.get(urn="990101").easting == 600100


def test_a_file_of_another_kind_is_refused_with_words_and_nothing_is_written() -> None:
    row = bring("gias", "Name,Town\nOak,Wendmere\n")
    assert row.state == "refused"
    assert "no column called URN" in row.refusal
    assert "Nothing was changed" in row.refusal
    assert not School.objects.exists()
    assert Import.objects.get(pk=row.pk).refusal == row.refusal


def test_a_workbook_renamed_to_csv_is_refused() -> None:
    row = bring("postcodes", b"PK\x03\x04 xl/worksheets")
    assert row.state == "refused"
    assert "xlsx" in row.refusal


def test_a_fault_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: Import, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr(Import, "save", fails)
    with pytest.raises(RuntimeError, match="stopped"):
        bring("gias", SCHOOLS)
    assert not School.objects.exists()
    assert not Event.objects.filter(kind="file brought in").exists()


def test_nobody_imports_without_leave_for_both_the_door_and_the_room(viewer: Any) -> None:
    for held in ((), ("exchange.import",), ("organisations.keep",)):
        with pytest.raises(Refused):
            import_file(by=viewer(*held), kind="gias", name="x.csv", data=SCHOOLS.encode())
    officer = viewer("exchange.import", "organisations.keep")
    assert import_file(by=officer, kind="gias", name="x.csv", data=SCHOOLS.encode()).added == 3
    assert {kind.code for kind in kinds_for(officer)} == {"gias", "gias-links", "la-codes", "welsh-schools"}
    assert imports(officer).count() == 1
    with pytest.raises(Refused):
        imports(viewer("organisations.keep"))


def test_an_unknown_kind_names_the_nearest_and_an_unknown_option_what_there_is() -> None:
    with pytest.raises(ValidationError, match="Did you mean “postcodes”"):
        bring("postcode", "x")
    with pytest.raises(ValidationError, match="You can choose: source"):
        bring("postcodes", "x", layer="primary")


def test_findings_are_kept_with_their_lines_and_counted_when_there_are_too_many() -> None:
    rows = "".join(f"ZY{n // 10 + 1} {n % 10}AA,E06999999,0,0\n" for n in range(FINDINGS_KEPT // 10))
    row = bring("postcodes", "pcds,oslaua,oseast1m,osnrth1m\nnonsense,E1,1,1\n" + rows)
    assert (row.added, row.rejected) == (0, 101)
    first = next(f for f in row.findings if f["code"] == "not_a_postcode")
    assert first["line"] == 2
    assert finding_words(first) == "“nonsense” does not look like a postcode."
    assert outcome_words(first) == "The row was left out."
    many = "".join(f"bad{n},E1,1,1\n" for n in range(FINDINGS_KEPT + 5))
    row = bring("postcodes", "pcds,oslaua,oseast1m,osnrth1m\n" + many)
    assert (len(row.findings), row.findings_in_all) == (FINDINGS_KEPT, FINDINGS_KEPT + 5)
    assert import_made(TEST, row.pk).findings_in_all == FINDINGS_KEPT + 5


def test_an_officers_ruling_on_the_admission_authority_outlives_every_import() -> None:
    bring("gias", SCHOOLS)
    oak = School.objects.get(urn="990103")
    set_admission_authority(by=TEST, school=oak, own=False, reason="Agreed with the governors")
    bring("gias", SCHOOLS)
    assert not School.objects.get(urn="990103").own_admission_authority
    set_admission_authority(by=TEST, school=oak, own=None)
    assert School.objects.get(urn="990103").own_admission_authority


def test_a_name_too_long_is_cut_and_said() -> None:
    row = bring("gias", SCHOOLS.replace("Oak Primary School", "Oak " * 90))
    assert "too_long" in codes(row)
    assert len(School.objects.get(urn="990103").name) <= 200


def test_a_number_two_schools_share_means_the_one_in_force_that_day() -> None:
    dates = f"{GIAS},OpenDate,CloseDate\n"
    bring(
        "gias",
        dates
        + "990201,998,2009,Ash School,Community school,Closed,,31-08-2021\n"
        + "990202,998,2009,Ash Academy,Academy converter,Open,01-09-2021,\n",
    )
    assert school_by_laestab("998", "2009", date(2020, 1, 1)).urn == "990201"
    assert school_by_laestab("998", "2009", date(2024, 1, 1)).urn == "990202"
    assert school_by_laestab("998", "9999", date(2024, 1, 1)) is None
    bring(
        "gias",
        dates
        + "990203,998,2010,A First School,Community school,Closed,,31-08-2015\n"
        + "990204,998,2010,Then School,Community school,Closed,01-09-2015,31-08-2021\n",
    )
    assert school_by_laestab("998", "2010", date(2018, 1, 1)).urn == "990204"


def test_links_come_in_for_schools_we_hold_and_others_are_counted_once() -> None:
    bring("gias", SCHOOLS)
    head = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n"
    text = f"{head}990103,990150,Oak Academy,Successor,01-09-2020\n123456,123457,Far,Successor,\n"
    row = bring("gias-links", text)
    assert (row.added, row.rejected, codes(row)) == (1, 1, ["links_of_other_schools"])
    assert [link.linked_urn for link in successors("990103")] == ["990150"]
    assert bring("gias-links", text).state == "unchanged"
    assert SchoolLink.objects.count() == 1


def test_authorities_are_united_and_ours_keeps_its_own_name() -> None:
    set_our_authority(by=TEST, code="330", name="Birmingham City Council", colour="#112233")
    head = "region_code,region_name,new_la_code,old_la_code,la_name\n"
    row = bring(
        "la-codes", head + "E1,West Midlands,E08000025,330,Birmingham\nE1,South West,E06000059,838,Dorset\n"
    )
    assert (row.added, row.changed) == (1, 1)
    ours = Authority.objects.get(code="330")
    assert (ours.name, ours.region, ours.ours) == ("Birmingham City Council", "West Midlands", True)
    bring("la-codes", "code\tname\n909\tCumbria\n")
    assert Authority.objects.get(code="909").ended is not None


def test_only_one_authority_is_ours() -> None:
    set_our_authority(by=TEST, code="998", name="First")
    set_our_authority(by=TEST, code="997", name="Second")
    assert [a.code for a in Authority.objects.filter(ours=True)] == ["997"]


def test_welsh_schools_come_in_without_a_urn() -> None:
    head = "School Number,School Name,LA Code,Sector,Governance - see notes,Religious Character,Address 1,Postcode\n"
    text = f"{head}6602130,Ysgol y Môr,660,Primary,Voluntary aided,---,Amlwch,LL68 9DU\n"
    assert bring("welsh-schools", text).added == 1
    school = School.objects.get(name="Ysgol y Môr")
    assert (school.urn, school.laestab, school.nation, school.phase) == (None, "6602130", "WAL", "primary")
    assert school.own_admission_authority
    assert bring("welsh-schools", text).state == "unchanged"


def test_postcodes_are_found_however_they_are_typed() -> None:
    head = "pcds,oslaua,oseast1m,osnrth1m\n"
    bring("postcodes", f"{head}ZY1 1AA,E06999999,600123,430456\n", source="Invented")
    assert point_of_postcode(" zy1 1aa ") == (600123, 430456)
    assert point_of_postcode("ZY9 9ZZ") is None
    assert points_of_postcodes(["zy11aa", "no"]) == {"zy11aa": (600123, 430456)}
    moved = bring("postcodes", f"{head}ZY1 1AA,E06999999,600124,430456\n")
    assert (moved.changed, Postcode.objects.get().source) == (1, "Invented")


def test_a_catchment_finds_its_schools_by_name_and_says_what_it_could_not_find() -> None:
    bring("gias", SCHOOLS)
    row = bring(
        "catchments",
        layer(
            square("Elm Infant School & Elm Junior School", 600_000),
            square("OAK  primary school", 601_000),
            square("Nobody’s School", 602_000),
        ),
        layer="primary",
    )
    assert (row.added, codes(row)) == (3, ["no_school_of_that_name"])
    linked = {
        (link.catchment.name, link.school.urn)
        for link in CatchmentSchool.objects.select_related("catchment", "school")
    }
    both = "Elm Infant School & Elm Junior School"
    assert linked == {(both, "990101"), (both, "990102"), ("OAK  primary school", "990103")}


def test_a_name_two_schools_bear_matches_neither_unless_one_is_ours() -> None:
    bring(
        "gias", SCHOOLS + "990104,997,2003,Oak Primary School,Community school,Open,Primary,4,11,Mixed,,,\n"
    )
    row = bring("catchments", layer(square("Oak Primary School", 600_000)), layer="one")
    assert codes(row) == ["two_schools_of_that_name"]
    set_our_authority(by=TEST, code="997", name="Ours")
    row = bring("catchments", layer(square("Oak Primary School", 600_000)), layer="two")
    assert codes(row) == []
    assert CatchmentSchool.objects.get().school.urn == "990104"


def test_a_new_shape_ends_the_old_one_and_keeps_its_schools(frozen: Any) -> None:
    bring("gias", SCHOOLS)
    frozen("2026-03-02 09:00")
    bring("catchments", layer(square("Oak Primary School", 600_000), square("Elm", 602_000)), layer="p")
    frozen("2026-06-01 09:00")
    row = bring("catchments", layer(square("Oak Primary School", 600_000, side=500)), layer="p")
    assert (row.added, row.changed, codes(row)) == (0, 2, ["catchment_ended"])
    assert Catchment.objects.filter(until__isnull=True).count() == 1
    now = Catchment.objects.get(until__isnull=True)
    assert [s.urn for s in now.schools.all()] == ["990103"]
    before, after = (school_areas(day).shapes for day in (date(2026, 5, 1), date(2026, 6, 1)))
    assert [len(before.areas), len(after.areas)] == [2, 1]
    assert before.version != after.version
    assert after.areas[0].shape.area == 500_000
    assert school_areas(date(2026, 6, 1)).shapes is after
    assert (
        bring("catchments", layer(square("Oak Primary School", 600_000, side=500)), layer="p").state
        == "unchanged"
    )


def test_an_area_that_had_no_school_finds_the_one_that_came_later() -> None:
    text = layer(square("Oak Primary School", 600_000))
    assert codes(bring("catchments", text, layer="p")) == ["no_school_of_that_name"]
    bring("gias", SCHOOLS)
    row = bring("catchments", text, layer="p")
    assert (row.state, row.changed, codes(row)) == ("applied", 1, [])
    assert CatchmentSchool.objects.get().school.urn == "990103"
    assert bring("catchments", text, layer="p").state == "unchanged"


def test_the_authoritys_own_table_overrides_names() -> None:
    bring("gias", SCHOOLS)
    bring("catchments", layer(square("Oak Primary School", 600_000)), layer="p")
    head = "layer,catchment,urn\n"
    row = bring(
        "catchment-schools",
        f"{head}p,Oak Primary School,990101\np,Oak Primary School,990102\np,Nowhere,990101\np,Oak Primary School,1\n",
    )
    assert (row.added, row.changed, row.rejected) == (2, 1, 2)
    assert sorted(codes(row)) == ["no_such_catchment", "no_such_school"]
    assert [f["line"] for f in row.findings] == [4, 5]
    assert {link.school.urn for link in CatchmentSchool.objects.all()} == {"990101", "990102"}
    assert bring("catchments", layer(square("Oak Primary School", 600_000, side=9)), layer="p").changed == 1
    urns = {s.urn for s in Catchment.objects.get(until__isnull=True).schools.all()}
    assert urns == {"990101", "990102"}


def test_a_round_has_the_schools_that_admit_at_its_age() -> None:
    bring("gias", SCHOOLS)
    day = date(2027, 9, 1)
    assert [s.urn for s in schools_for_round("998", 4, day)] == ["990101", "990103"]
    assert [s.urn for s in schools_for_round("998", 7, day)] == ["990102"]
    assert not schools_for_round("998", 11, day)
