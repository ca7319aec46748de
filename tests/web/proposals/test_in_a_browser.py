"""The pages beside the journey, in a real browser: accessible, and no wider than a phone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.support.censuses import pupil, table, work_through
from tests.support.officers import client_of
from tests.support.people import TEST
from tests.support.reviewing import a_school_and_its_census

from throughline.core.access.viewer import viewer_for
from throughline.core.audit.change import change
from throughline.core.exchange.proposal_tables import Proposal, ProposedChild
from throughline.core.exchange.proposals.sending import Sent, send_file
from throughline.core.people.models import Address, Child
from throughline.formats.ctf import CtfFile, CtfHeader, CtfPupil, write_ctf

pytestmark = pytest.mark.browser
LISTING = b"Pupil,Family name,DOB,Gender,UPN,Home\nAda,Rees,01/01/2014,girl,,77 Hidden Way\n"


def test_every_other_page_is_accessible_on_a_desk_and_on_a_phone(
    page: Any, live: str, axe: Any, shot: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    place = a_school_and_its_census(4)
    ada = Child.objects.get(forename="Ada")
    with change("address restricted", by=TEST):
        Address.objects.filter(residences__child=ada).update(restricted=True)
    officer = viewer_for(place.officer)
    rows = [
        pupil(0, "SCH1", "Ada", "Rees", ada.born, upn="X1", addressline1="9 New Row", postcode="CF10 9ZZ"),
        pupil(77, "SCH1", "Zoe", "Quill", date(2015, 5, 5), sex="Q"),
    ]
    row = send_file(by=officer, name="odd.csv", content=[table(rows)], sent=Sent("school_census"))
    send_file(by=officer, name="list.csv", content=[LISTING], sent=Sent("mapped"))
    content = write_ctf(CtfFile(CtfHeader(), (CtfPupil(forename="Zoe", surname="Quill"),)))
    came = send_file(by=officer, name="8202001_CTF_820LLLL_001.xml", content=[content], sent=Sent("ctf"))
    work_through()
    asked = ProposedChild.objects.get(decision="asked")
    unexplained = Proposal.objects.get(state="columns")
    paths = {
        "list": "/records/files/",
        "one": f"/records/files/{row.pk}/",
        "odd": f"/records/files/{row.pk}/odd/",
        "schools": f"/records/files/{row.pk}/schools/",
        "children": f"/records/files/{row.pk}/children/",
        "asked": f"/records/files/rows/{asked.pk}/",
        "turn down": f"/records/files/{row.pk}/turn-down/",
        "unexplained": f"/records/files/{unexplained.pk}/",
        "columns": f"/records/files/{unexplained.pk}/columns/",
        "receipt": f"/records/files/{came.pk}/receipt/",
        "transfers": "/records/transfers/",
        "transfer": "/records/transfers/new/",
    }
    page.context.add_cookies(
        [{"name": "sessionid", "value": client_of(place.officer).session.session_key, "url": live}]
    )
    for name, path in paths.items():
        for width in (1440, 375):
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.goto(live + path)
            assert answer.status == 200, path
            axe(page, "region")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            shot(page, f"files {name} {width}")
