"""Plausible content for the gallery. All people and places are invented, and so are the numbers."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator

from .gallery_forms import AboutForm, BoardFilter, answered_badly
from .gallery_pictures import pictures
from .parts import Cell, Column, Count, Event, Filter, Link, Row, Status, Task

LATE, SOON, DONE = Status("Late", "red"), Status("Due soon", "yellow"), Status("On time", "green")


@dataclass(frozen=True)
class WithheldSample:
    """Stands for a value that the rules of sharing keep from this reader."""

    withheld_reason: str


HEALTH = WithheldSample("Health details are shared with Amira's health team only.")


def layout() -> dict[str, Any]:
    """Return what the layout itself needs: names, menu, crumbs and footer."""
    menu = [
        ("Home", False),
        ("Children", True),
        ("Admissions", False),
        ("Deadlines", False),
        ("Reports", False),
    ]
    return {
        "page_title": "Gallery",
        "service_name": "Education records",
        "service_url": "#",
        "navigation": [Link(text, "#", current=current) for text, current in menu],
        "account": {"name": "Rhian Okafor", "href": "#", "sign_out_url": ""},
        "languages": [
            {"code": "en", "name": "English", "current": True},
            {"code": "cy", "name": "Cymraeg", "href": "#"},
        ],
        "crumbs": [Link("Home", "#"), Link("Children", "#"), Link("Gallery", "")],
        "footer_links": [
            Link("Help", "#"),
            Link("Privacy", "#"),
            Link("Accessibility", "#"),
            Link("Contact us", "#"),
        ],
    }


def record() -> dict[str, Any]:
    """Return a child's record: who, the pages about her, what is known, what is to do, what happened."""
    change = Link("Change", "#")
    return {
        "who": "Amira Blythe-Nwosu",
        "who_facts": [
            Row("Age", "9 years, Year 5"),
            Row("Born", dt.date(2017, 3, 14)),
            Row("School", "Harrow Bank Primary School"),
            Row("Lead worker", "Tomos Fairweather"),
        ],
        "who_badges": [Status("Looked after", "purple"), Status("EHC plan", "blue")],
        "who_withheld": "You cannot see Amira's address. It is kept from everyone outside the care team.",
        "tabs": [
            Link(text, "#", current=text == "Overview")
            for text in ("Overview", "Story", "Plans", "Attendance", "Documents", "Who can see what")
        ],
        "facts": [
            Row("Name", "Amira Blythe-Nwosu", [change]),
            Row("Date of birth", dt.date(2017, 3, 14), [change]),
            Row("Health needs", HEALTH),
            Row("Unique pupil number", None, [Link("Add", "#")]),
            Row("Lives with", "Foster carer", note="Since 12 January 2026"),
        ],
        "tasks": [
            Task("Tell us about your child", Status("Completed"), "#"),
            Task("Choose schools", Status("In progress", "light-blue"), "#", "You can choose up to six"),
            Task("Check and send", Status("Cannot start yet", "grey")),
        ],
        "events": [
            Event(
                "Plan issued",
                dt.date(2026, 2, 3),
                "Final plan names Harrow Bank Primary School.",
                "SEND team",
                "#",
            ),
            Event("Moved to a new foster home", dt.date(2026, 1, 12), HEALTH, "Children's services"),
            Event(
                "Assessment agreed",
                dt.date(2025, 10, 27),
                "",
                "SEND panel",
                status=Status("20-week limit", "blue"),
            ),
        ],
    }


def board() -> dict[str, Any]:
    """Return a caseload: counts, a filter in force, a sortable table and its pages."""
    today = dt.date(2026, 2, 9)
    cases = [
        ("Amira Blythe-Nwosu", "Harrow Bank Primary School", dt.date(2026, 2, 3), 1204, LATE, "6 days late"),
        ("Callum Estevez", "Ferry Lane Academy", dt.date(2026, 2, 13), 318, SOON, "in 4 days"),
        ("Wenna Trethewey", HEALTH, dt.date(2026, 3, 2), 12, DONE, "in 21 days"),
        (
            "Ifan Llwyd-Prŷs",
            "St Oswin's Church of England School",
            dt.date(2026, 3, 20),
            45,
            DONE,
            "in 39 days",
        ),
    ]
    return {
        "today": today,
        "counts": [
            Count("Late", 7, "#", "Oldest is 19 days late", late=True),
            Count("Due in 7 days", 12, "#"),
            Count("On time", 141, "#"),
            Count("Waiting for others", 1204, "#", "Schools, health and parents"),
        ],
        "columns": [
            Column("Child"),
            Column("School"),
            Column("Due"),
            Column("Distance in metres", True),
            Column("Status"),
        ],
        "cases": [
            (
                Cell(name, href="#"),
                school,
                Cell(due, note=words),
                metres,
                Cell(status=status, sort=status.text),
            )
            for name, school, due, metres, status, words in cases
        ],
        "filter": BoardFilter({"team": "send"}),
        "filters_in_use": [Filter("SEND team", "#"), Filter("Late", "#")],
        "page": Paginator(range(1204), 20).page(4),
        "deadline": today + dt.timedelta(days=4),
        "missed": today - dt.timedelta(days=6),
    }


def gallery_content() -> dict[str, Any]:
    """Return the context of the gallery page."""
    forms = {"about": AboutForm(), "form": answered_badly(), "withheld": HEALTH, "nothing": None}
    return layout() | record() | board() | pictures() | forms
