"""The demonstration's files about children: one waits for review, one is on the record, and one is there to be sent."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from throughline.core.access.queries import accounts
from throughline.core.access.viewer import Viewer, viewer_for
from throughline.core.audit.actor import Trusted
from throughline.core.audit.once import once
from throughline.core.audit.tables import new_key
from throughline.core.exchange.module import REVIEW, SEND
from throughline.core.exchange.proposals.committing import ask_commit, commit
from throughline.core.exchange.proposals.deciding import Which, decide_all
from throughline.core.exchange.proposals.reading import read_proposal
from throughline.core.exchange.proposals.sending import Sent, send_file
from throughline.core.people.incoming import Snapshot, snapshots
from throughline.web.portals.demonstration import keep_file

BUILDER = Trusted("The demonstration")
DIFFERENCES, EARLIER = 40, 6
LANGUAGES = ("POL", "CYM", "URD", "UKR")
COLUMNS = (
    *(
        "pupilonrolltableid",
        "NativeId",
        "dob",
        "surname",
        "forename",
        "upn",
        "sex",
        "language",
        "senprovision",
    ),
    *("youngcarer",),
)


@dataclass
class Quiet:
    """What a job is given, where nobody follows it."""

    by: Any

    def say(self, done: int, total: int, note: str = "") -> None:
        """Nobody listens."""


def run(town: Any, report: Callable[..., None]) -> Mapping[str, int]:
    """Both files, once however often the demonstration is built."""
    report(_("Files from schools"))
    for number, (low_age, wanted) in enumerate(((11, DIFFERENCES), (4, EARLIER))):
        plan = _fullest(town, low_age)
        if plan is not None:
            key = f"demonstration:{town.seed}:{town.size}:file:{number}"
            once(key, by=BUILDER, act=partial(_send, town, plan, wanted))
    return {"files from schools": 2}


def _send(town: Any, plan: Any, wanted: int) -> str:
    by, officer = _office(town, plan), _officer(town, plan)
    lines = list(_lines(plan, _pupils(town, plan), wanted))
    row = send_file(
        by=by,
        name=f"census-{plan.urn}.csv",
        content=[_table(lines)],
        sent=Sent("school_census", school_id=town.school_ids[plan.urn], as_of=town.today),
    )
    progress: Any = Quiet(by)
    read_proposal(progress, str(row.pk))
    if wanted == EARLIER and decide_all(by=officer, proposal_id=row.pk, which=Which(), decision="accept"):
        ask_commit(by=officer, proposal_id=row.pk)
        commit(by=officer, proposal_id=row.pk)
    # Of the last pupils of the roll: the file that is sent here is about the first. Each has a number, which decides who
    # is meant: all that is left to look at are the differences.
    numbered = [pupil for pupil in _pupils(town, plan)[::-1] if pupil.own["upn"]]
    to_send = list(_lines(plan, numbered, DIFFERENCES))
    keep_file(_("census-of-%(school)s.csv") % {"school": slugify(plan.name)}, _table(to_send))
    return str(row.pk)


def _pupils(town: Any, plan: Any) -> list[Snapshot]:
    keys = [child.key for _family, child in town.children() if child.school == plan.urn]
    known = snapshots(keys, town.today)
    return [known[key] for key in keys if key in known]


def _lines(plan: Any, children: list[Snapshot], wanted: int) -> Iterator[dict[str, str]]:
    """A line for each pupil until so many things differ: a language, support at school, a young carer, another surname."""
    left = wanted
    for number, child in enumerate(children):
        if left <= 0:
            return
        own = child.own
        line = {
            "pupilonrolltableid": f"demonstration-{number}",
            "NativeId": plan.urn,
            "dob": str(own["born"]),
            "surname": str(own["surname"]),
            "forename": str(own["forename"]),
            "upn": str(own["upn"]),
        }
        changes: list[dict[str, str]] = [{"language": LANGUAGES[number % len(LANGUAGES)]}]
        if not child.facts & {"sen_support", "ehc_plan"}:
            changes.append({"senprovision": "K"})
        if number % 7 == 3 and "young_carer" not in child.facts:
            changes.append({"youngcarer": "S"})
        if number % 9 == 4:
            changes.append({"surname": f"{own['surname']}-Hughes"})
        for change in changes[:left]:
            line |= change
        left -= len(changes[:left])
        yield line


def _fullest(town: Any, low_age: int) -> Any:
    """The fullest ordinary school that begins at an age: those who work there have accounts in the demonstration."""
    rolls: dict[str, int] = {}
    for _family, child in town.children():
        rolls[child.school] = rolls.get(child.school, 0) + 1
    fitting = [plan for plan in town.schools if plan.low_age == low_age and plan.status == "Open"]
    there = [plan for plan in fitting if plan.urn in town.school_ids and rolls.get(plan.urn)]
    return max(there, key=lambda plan: (rolls[plan.urn], plan.urn), default=None)


def _office(town: Any, plan: Any) -> Viewer:
    """Whoever sends files for the school."""
    found = (viewer_for(user) for user in accounts("school"))
    here = (viewer for viewer in found if viewer.may(SEND) and town.school_ids[plan.urn] in viewer.schools)
    return next(here, None) or _nobody(town, plan)


def _officer(town: Any, plan: Any) -> Viewer:
    """Whoever looks at them."""
    found = (viewer_for(user) for user in accounts("staff"))
    return next((viewer for viewer in found if viewer.may(REVIEW)), None) or _nobody(town, plan)


def _nobody(town: Any, plan: Any) -> Viewer:
    """Where there is nobody to sign in as, as outside a demonstration."""
    label = _("School office of %(school)s (demonstration)") % {"school": plan.name}
    return Viewer(
        new_key(), label, "staff", frozenset(), frozenset({SEND, REVIEW, "people.edit"}), town.today
    )


def _table(lines: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()
