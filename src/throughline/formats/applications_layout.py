"""Our own layout for applications: one line a child, up to six preferences. The columns and what a row holds.

Source: data standards 4b and 4.5. There is no national CSV for this; the layout is ours and open. Headings of a
portal's or a neighbour's export are accepted as aliases.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from throughline.formats.table import Column

PREFERENCES = range(1, 7)
ADDRESS_LINES = range(1, 6)

FLAGS = {"lac_flag": "looked_after", "plac_flag": "previously_looked_after", "ehcp_flag": "has_plan"}
"""Yes-or-no columns of the neutral exchange layout, and the fact each one stands for."""

TEXTS = (
    Column("reference", ("application_ref", "application_reference", "reference")),
    Column("surname", ("surname", "family_name", "last_name", "child_surname"), required=True),
    Column("forename", ("forename", "given_name", "first_name", "child_forename"), required=True),
    Column("sex", ("sex", "gender")),
    Column("upn", ("upn",)),
    Column("postcode", ("postcode", "post_code")),
    Column("uprn", ("uprn",)),
    Column("current_school", ("current_school", "current_school_laestab")),
    Column("parent_name", ("parent_name", "parent_1_name", "carer_name")),
    Column("parent_email", ("parent_email", "parent_1_email", "email")),
    Column("parent_phone", ("parent_phone", "parent_1_phone", "phone")),
)

COLUMNS = (
    *TEXTS,
    Column("dob", ("dob", "date_of_birth", "birth_date"), required=True),
    Column("received_at", ("received_at", "date_received", "received", "submitted_at")),
    Column("easting", ("easting",)),
    Column("northing", ("northing",)),
    Column("facts", ("facts",)),
    *(Column(flag, (flag, fact)) for flag, fact in FLAGS.items()),
    *(
        Column(f"address_{at}", (f"address{at}", f"address_{at}", f"address_line_{at}"))
        for at in ADDRESS_LINES
    ),
    *(
        Column(
            f"preference_{rank}",
            (f"preference_{rank}", f"preference{rank}", f"pref_{rank}"),
            required=rank == 1,
        )
        for rank in PREFERENCES
    ),
    *(
        Column(f"preference_{rank}_facts", (f"preference_{rank}_facts", f"pref_{rank}_facts"))
        for rank in PREFERENCES
    ),
)


@dataclass(frozen=True, slots=True)
class Preference:
    """One school asked for.

    Attributes:
        rank: 1 to 6 as the parent gave it; a number left out stays left out.
        school: seven digits of a LAESTAB, six of a URN, or the text as it came.
        kind: which of these it is.
        facts: facts claimed at this school, such as ``sibling`` or ``feeder:hill_lane``, sorted.
    """

    rank: int
    school: str
    kind: Literal["laestab", "urn", "unknown"]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One child's application as a file gives it; nothing here has been matched to a record yet.

    Attributes:
        line: where it stands in the file; not written back.
        upn: in capitals without spaces even when its check letter is wrong (a finding says so).
        dob: None when the file's date could not be read.
        received_at: local time, midnight when the file gives only a day.
        point: easting and northing in metres, when the file has them.
        facts: facts claimed about the child everywhere, sorted.
    """

    surname: str
    forename: str
    dob: date | None
    preferences: tuple[Preference, ...]
    reference: str = ""
    sex: str = ""
    upn: str = ""
    address: tuple[str, ...] = ()
    postcode: str = ""
    uprn: str = ""
    point: tuple[int, int] | None = None
    current_school: str = ""
    parent_name: str = ""
    parent_email: str = ""
    parent_phone: str = ""
    received_at: datetime | None = None
    facts: tuple[str, ...] = ()
    line: int = 0
