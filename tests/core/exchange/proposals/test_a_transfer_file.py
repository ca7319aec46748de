"""A transfer file that comes in is a proposal like any other: compared, decided, put on the record, taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.core.exchange.proposals.test_from_file_to_record import (
    accept_all,
    child,
    kinds,
    put_on,
    taken_back,
)
from tests.support.censuses import upn, work_through

from throughline.core.exchange.proposal_tables import Proposal
from throughline.core.exchange.proposals.sending import Sent, send_file
from throughline.core.people.models import Child
from throughline.formats.ctf import CtfFile, CtfHeader, CtfPupil, CtfSchool, ctf_pupil, write_ctf
from throughline.formats.pupils import PupilRow

pytestmark = pytest.mark.django_db
BORN = date(2015, 2, 3)


def sent(by: Any, *pupils: CtfPupil) -> Proposal:
    """A transfer file from Ash School, sent and read."""
    content = write_ctf(CtfFile(CtfHeader(source=CtfSchool("820", "2001")), pupils))
    row = send_file(by=by, name="8202001_CTF_820LLLL_001.xml", content=[content], sent=Sent("ctf"))
    work_through()
    row.refresh_from_db()
    return row


def pupil(number: int, forename: str, surname: str, **more: Any) -> CtfPupil:
    return ctf_pupil(PupilRow(line=1, upn=upn(number), forename=forename, surname=surname, born=BORN, **more))


def test_what_a_transfer_file_says_differently_is_proposed_and_what_it_leaves_out_is_kept(
    officer: Any, ash: Any
) -> None:
    known = child(1, "Mia", "Rees", ash, middle_names="Ann")
    proposal = sent(officer, pupil(1, "Mia", "Rees-Hughes"))
    assert proposal.state == "review"
    assert kinds(proposal) == ["name"]
    accept_all(officer, proposal)
    put_on(officer, proposal)
    known.refresh_from_db()
    assert (known.surname, known.middle_names) == ("Rees-Hughes", "Ann")
    taken_back(officer, proposal)
    known.refresh_from_db()
    assert known.surname == "Rees"


def test_a_child_nobody_knew_comes_in_with_a_transfer_file(officer: Any, ash: Any) -> None:
    proposal = sent(officer, pupil(7, "Ada", "Okafor", sex="F"))
    assert "new" in kinds(proposal)
    accept_all(officer, proposal)
    put_on(officer, proposal)
    assert Child.objects.get(upn=upn(7)).forename == "Ada"


def test_a_young_carer_and_a_child_of_a_service_family_are_proposed_as_such(officer: Any, ash: Any) -> None:
    known = child(1, "Mia", "Rees", ash)
    proposal = sent(officer, pupil(1, "Mia", "Rees", service_child="Y", young_carer="P"))
    assert kinds(proposal) == ["fact", "fact"]
    accept_all(officer, proposal)
    put_on(officer, proposal)
    assert set(known.facts.values_list("kind", flat=True)) == {"service_family", "young_carer"}


def test_a_file_that_is_no_transfer_file_is_refused_in_words(officer: Any) -> None:
    row = send_file(by=officer, name="x.xml", content=[b"<html><body>no</body></html>"], sent=Sent("ctf"))
    work_through()
    row.refresh_from_db()
    assert row.state == "refused"
