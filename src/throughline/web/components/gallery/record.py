"""A child's record in the gallery."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from throughline.web.components.parts import Event, Link, Row, Status, Task


@dataclass(frozen=True)
class WithheldSample:
    """Stands for a value that the rules of sharing keep from this reader."""

    withheld_reason: str


HEALTH = WithheldSample("Health details are shared with Amira's health team only.")
CHANGE = Link("Change", "#")


def who() -> dict[str, Any]:
    """Return what the identity bar and the sub-navigation need."""
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
    }


def record() -> dict[str, Any]:
    """Return a record: who, what is known, what is to do, what happened."""
    limit = Status("20-week limit", "blue")
    named = "Final plan names Harrow Bank Primary School."
    return who() | {
        "facts": [
            Row("Name", "Amira Blythe-Nwosu", [CHANGE]),
            Row("Date of birth", dt.date(2017, 3, 14), [CHANGE]),
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
            Event("Plan issued", dt.date(2026, 2, 3), named, "SEND team", "#"),
            Event("Moved to a new foster home", dt.date(2026, 1, 12), HEALTH, "Children's services"),
            Event("Assessment agreed", dt.date(2025, 10, 27), source="SEND panel", status=limit),
        ],
    }
