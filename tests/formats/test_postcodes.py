"""Postcode files in the layouts of the directory, of Code-Point Open, and with longitude and latitude."""

from __future__ import annotations

from datetime import date

import pytest

from throughline.formats.postcodes import read_postcodes
from throughline.formats.reading import FileRefused


def test_old_and_new_names_of_the_directory_read_alike() -> None:
    old = read_postcodes(
        b"pcd,pcds,dointr,doterm,oslaua,oseast1m,osnrth1m\nB1  1AA,B1 1AA,198001,199612,E08000025,406649,286530\n"
    )
    new = read_postcodes(
        b"pcd7,pcds,dointr,doterm,lad25cd,east1m,north1m\nB1  1AA,B1 1AA,198001,199612,E08000025,406649,286530\n"
    )
    assert old.rows == new.rows
    (row,) = new.rows
    assert (row.postcode, row.compact, row.point) == ("B1 1AA", "B11AA", (406649, 286530))
    assert (row.introduced, row.ended, row.district) == (date(1980, 1, 1), date(1996, 12, 1), "E08000025")


def test_code_point_open_has_no_headings_and_no_point_at_quality_90() -> None:
    reading = read_postcodes(
        b'"AB101AA",10,394251,806376,"S92000003","","S08000020","","S12000033","S13002842"\n'
        b'"AB101ZZ",90,0,0,"S92000003","","","","S12000033",""\n'
    )
    assert [row.point for row in reading.rows] == [(394251, 806376), None]
    assert [row.district for row in reading.rows] == ["S12000033", "S12000033"]
    assert not reading.findings


def test_longitude_and_latitude_become_grid_metres_and_say_so() -> None:
    reading = read_postcodes(b"postcode,lon,lat\nM23 9HB,-2.311507,53.401745\nM23 9HD,,\n")
    assert [(row.point, row.converted) for row in reading.rows] == [((379386, 389479), True), (None, False)]


@pytest.mark.parametrize("bad", ["", "HELLO", "B11A"])
def test_a_row_that_is_not_a_postcode_is_left_out_and_said_so(bad: str) -> None:
    reading = read_postcodes(f"pcd,oseast1m,osnrth1m\n{bad},1,1\nB1 1AA,406649,286530\n".encode())
    assert len(reading.rows) == 1
    assert [(finding.severity, finding.line) for finding in reading.findings] == [("reject_row", 2)]


def test_a_postcode_twice_in_a_file_is_kept_once() -> None:
    reading = read_postcodes(b"pcd,oseast1m,osnrth1m\nB1 1AA,406649,286530\nB11AA,1,1\n")
    assert [row.point for row in reading.rows] == [(406649, 286530)]
    assert reading.findings[0].code == "repeated"


@pytest.mark.parametrize(
    ("east", "code"), [("0", "no_grid_reference"), ("999999", "off_the_grid"), ("x", "not_a_number")]
)
def test_a_bad_grid_reference_is_a_warning_and_no_point(east: str, code: str) -> None:
    north = "0" if east == "0" else "286530"
    reading = read_postcodes(f"pcd,oseast1m,osnrth1m\nB1 1AA,{east},{north}\n".encode())
    assert reading.rows[0].point is None
    assert code in [finding.code for finding in reading.findings]


def test_a_file_without_postcodes_is_refused() -> None:
    with pytest.raises(FileRefused, match="missing_columns"):
        read_postcodes(b"town,oseast1m\nX,1\n")
