"""Census files about invented children, and the worker's turn."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from throughline.core.access.viewer import Viewer
from throughline.core.exchange.proposal_tables import Proposal
from throughline.core.exchange.proposals.sending import Sent, send_file
from throughline.core.work.leases import claim_next
from throughline.core.work.progress import Progress
from throughline.core.work.running import run
from throughline.rules.identifiers import upn_check_letter

COLUMNS = (
    *("pupilonrolltableid", "NativeId", "dob", "surname", "forename", "middlenames", "preferredforename"),
    *(
        "formersurname",
        "upn",
        "formerupn",
        "uniquelearnernumber",
        "sex",
        "entrydate",
        "language",
        "servicechild",
    ),
    *("enrolstatus", "senprovision", "ncyearactual", "youngcarer", "addressline1", "town", "postcode"),
)
LEFT = (
    "pupilnolongeronrolltableid",
    "NativeId",
    "dob",
    "surname",
    "forename",
    "upn",
    "sex",
    "entrydate",
    "leavingdate",
)


def upn(number: int, authority: str = "820") -> str:
    """A sound, permanent, invented pupil number."""
    body = f"{authority}1234{number:05}"
    return f"{upn_check_letter(body)}{body}"


def pupil(number: int, school: str, forename: str, surname: str, born: date, **more: Any) -> dict[str, Any]:
    """One line of the table of pupils on roll; what is not given is blank."""
    return {
        "pupilonrolltableid": f"p{number}",
        "NativeId": school,
        "forename": forename,
        "surname": surname,
        "dob": born.isoformat(),
        "upn": upn(number),
        **more,
    }


def table(rows: Iterable[dict[str, Any]], columns: Iterable[str] = COLUMNS) -> bytes:
    """The lines as a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def sent_census(
    by: Viewer, rows: Iterable[dict[str, Any]], name: str = "census.csv", **more: Any
) -> Proposal:
    """A census, sent and read."""
    row = send_file(by=by, name=name, content=[table(rows)], sent=Sent("school_census", **more))
    work_through()
    row.refresh_from_db()
    return row


def work_through() -> int:
    """Do all the work that waits, as the worker would; says how many pieces there were."""
    done = 0
    while piece := claim_next("the test"):
        run(piece, Progress(piece))
        piece.refresh_from_db()
        assert piece.state == "done", piece.problem or piece.refusal
        done += 1
    return done
