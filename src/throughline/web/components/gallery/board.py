"""A caseload in the gallery."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator

from throughline.web.components.parts import Cell, Column, Count, Filter, Status

from .questions import BoardFilter
from .record import HEALTH

TODAY = dt.date(2026, 2, 9)
LATE, SOON, DONE = Status("Late", "red"), Status("Due soon", "yellow"), Status("On time", "green")
OSWIN = "St Oswin's Church of England School"
CASES = [
    ("Amira Blythe-Nwosu", "Harrow Bank Primary School", dt.date(2026, 2, 3), 1204, LATE, "6 days late"),
    ("Callum Estevez", "Ferry Lane Academy", dt.date(2026, 2, 13), 318, SOON, "in 4 days"),
    ("Wenna Trethewey", HEALTH, dt.date(2026, 3, 2), 12, DONE, "in 21 days"),
    ("Ifan Llwyd-Prŷs", OSWIN, dt.date(2026, 3, 20), 45, DONE, "in 39 days"),
]
COLUMNS = [
    Column("Child"),
    Column("School"),
    Column("Due"),
    Column("Distance in metres", numeric=True),
    Column("Status"),
]
FILE_ROWS = 1204


def case_row(name: str, school: Any, due: dt.date, metres: int, status: Status, words: str) -> list[Any]:
    """Return the cells of one child."""
    return [
        Cell(name, href="#"),
        school,
        Cell(due, note=words),
        metres,
        Cell(status=status, sort=status.text),
    ]


def board(done: int) -> dict[str, Any]:
    """Return counts, a filter in force, a sortable table with its pages, and work of which ``done`` rows are read."""
    return {
        "today": TODAY,
        "counts": [
            Count("Late", 7, "#", "Oldest is 19 days late", late=True),
            Count("Due in 7 days", 12, "#"),
            Count("On time", 141, "#"),
            Count("Waiting for others", 1204, "#", "Schools, health and parents"),
        ],
        "columns": COLUMNS,
        "cases": [case_row(*case) for case in CASES],
        "filter": BoardFilter({"team": "send"}),
        "filters_in_use": [Filter("SEND team", "#"), Filter("Late", "#")],
        "page": Paginator(range(1204), 20).page(4),
        "deadline": TODAY + dt.timedelta(days=4),
        "missed": TODAY - dt.timedelta(days=6),
        "read": min(done, FILE_ROWS),
        "to_read": FILE_ROWS,
    }
