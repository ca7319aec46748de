"""Bringing a file in through the pages: chosen, uploaded, answered in words, on a desk and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.browsing import follow

from throughline.core.exchange.models import Import
from throughline.core.organisations.models import School
from throughline.web.intake.forms import LARGEST
from throughline.web.portals.demonstration import totp_code

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "a long enough password"
GIAS = (
    "URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),OpenDate\n"
    "990101,998,2001,Elm <b>School</b>,Community school,Open,sometime\n"
)


def signed_in(make_user: Any, *permissions: str) -> Client:
    """Somebody who may do exactly this, signed in with both steps."""
    cache.clear()
    user = make_user(*permissions, email="noor@authority.example", name="Noor Haddad", password=PASSWORD)
    TOTP.activate(user, SECRET)
    client = Client()
    client.post("/sign-in/staff/", {"login": user.email, "password": PASSWORD})
    client.post("/sign-in/second-step/", {"code": totp_code(SECRET)})
    return client


@pytest.fixture
def officer(make_user: Any) -> Client:
    return signed_in(make_user, "exchange.import", "organisations.keep", "places.keep")


def upload(client: Client, text: str = GIAS, kind: str = "gias", **more: str) -> Any:
    file = SimpleUploadedFile("schools.csv", text.encode())
    return client.post(f"/records/imports/new/{kind}/", {"file": file, **more}, follow=True)


def test_an_empty_list_says_what_will_be_there(officer: Client) -> None:
    page = officer.get("/records/imports/").content.decode()
    assert "No files yet" in page
    assert "Bring in a file" in page


def test_every_kind_that_may_be_brought_in_is_offered(officer: Client) -> None:
    page = officer.get("/records/imports/new/").content.decode()
    for kind in (
        "gias",
        "gias-links",
        "la-codes",
        "welsh-schools",
        "postcodes",
        "catchments",
        "catchment-schools",
    ):
        assert f"/records/imports/new/{kind}/" in page


def test_a_file_is_brought_in_and_its_findings_are_in_words(officer: Client) -> None:
    page = upload(officer).content.decode()
    assert School.objects.get().urn == "990101"
    assert "Applied" in page
    assert "“sometime” is not a date." in page
    assert "The row was kept." in page
    assert "schools.csv" in officer.get("/records/imports/").content.decode()


def test_a_refused_file_says_why_and_what_to_do(officer: Client) -> None:
    page = upload(officer, "Name\nElm\n").content.decode()
    assert "The file was refused" in page
    assert "no column called URN" in page
    assert "Nothing was changed" in page
    assert "Try another file" in page
    assert not School.objects.exists()


def test_no_file_and_too_large_a_file_are_said_beside_the_box(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = officer.post("/records/imports/new/gias/", {}).content.decode()
    assert "Choose the file you want to bring in" in page
    assert LARGEST > 100_000_000
    monkeypatch.setattr("throughline.web.intake.forms.LARGEST", 10)
    assert "larger than 200 MB" in upload(officer).content.decode()
    assert not Import.objects.exists()


def test_a_second_press_brings_the_file_in_once(officer: Client) -> None:
    upload(officer, once_key="the same key")
    upload(officer, once_key="the same key")
    assert Import.objects.count() == 1


def test_options_are_asked_for_and_kept(officer: Client) -> None:
    page = officer.get("/records/imports/new/postcodes/").content.decode()
    assert "Where the file comes from" in page
    upload(officer, "pcds,oseast1m,osnrth1m\nZY1 1AA,600000,430000\n", "postcodes", source="By hand")
    assert Import.objects.get().options == {"source": "By hand"}


def test_findings_are_paged(officer: Client) -> None:
    rows = "".join(f"bad{n},1,1\n" for n in range(120))
    page = upload(officer, f"pcds,oseast1m,osnrth1m\n{rows}", "postcodes").content.decode()
    assert "bad0" in page
    assert "bad119" not in page
    key = Import.objects.get().pk
    assert "bad119" in officer.get(f"/records/imports/{key}/?page=3").content.decode()


def test_a_kind_somebody_may_not_bring_in_looks_like_one_that_is_not_there(make_user: Any) -> None:
    client = signed_in(make_user, "exchange.import", "places.keep")
    assert client.get("/records/imports/new/postcodes/").status_code == 200
    absent = client.get("/records/imports/new/nonsense/")
    hidden = client.get("/records/imports/new/gias/")
    assert (absent.status_code, hidden.status_code) == (404, 404)
    assert upload(client).status_code == 404


def test_without_leave_there_are_no_such_pages(make_user: Any) -> None:
    client = signed_in(make_user, "organisations.keep")
    for path in ("", "new/", "new/gias/"):
        assert client.get(f"/records/imports/{path}").status_code == 404
    assert "/records/imports/" not in client.get("/home/").content.decode()


@pytest.mark.browser
def test_the_pages_are_accessible_on_a_desk_and_on_a_phone(
    page: Any, live: str, axe: Any, shot: Any, make_user: Any, tmp_path: Path
) -> None:
    client = signed_in(make_user, "exchange.import", "organisations.keep", "places.keep")
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live}])
    file = tmp_path / "schools.csv"
    file.write_text(GIAS)

    def look(name: str) -> None:
        for width in (1440, 375):
            page.set_viewport_size({"width": width, "height": 900})
            axe(page, "region")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            shot(page, f"intake {name} {width}")

    page.goto(f"{live}/records/imports/")
    look("empty")
    follow(page, "text=Bring in a file")
    look("choose")
    follow(page, "text=Register of schools")
    look("upload")
    page.set_input_files("[name=file]", file)
    follow(page, "text=Bring in this file")
    page.wait_for_selector("text=What was odd")
    look("result")
    page.goto(f"{live}/records/imports/")
    look("list")
