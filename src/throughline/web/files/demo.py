"""The demonstration's documents: letters, reports and paintings on the records of some children."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from throughline.core.audit.actor import Trusted
from throughline.core.documents.actions import About, put_on_record
from throughline.core.documents.looking_over import look_over
from throughline.core.documents.queries import children_with_documents

from .invented import letter, painting

KEEPER = Trusted("Case officer (demonstration)")
MOST = 40
CLOSING = ("This letter is invented. Nobody in it exists.",)


def run(town: Any, report: Any) -> dict[str, int]:
    """Documents for the first children of whom a fact is known, and for as many others."""
    chosen = list(_chosen(town))
    there = children_with_documents(child.key for child in chosen)
    made = 0
    for number, child in enumerate(chosen):
        report(_("Documents"), number, len(chosen))
        if child.key not in there:
            made += _keep_some(child, town.random_for(f"documents {child.key}"))
    return {"documents": made}


def _chosen(town: Any) -> Iterator[Any]:
    left = {True: MOST // 2, False: MOST // 2}
    for _family, child in town.children():
        kind = bool(child.facts)
        if left[kind]:
            left[kind] -= 1
            yield child
        if not any(left.values()):
            return


def _keep_some(child: Any, chance: Random) -> int:
    name = f"{child.forename} {child.surname}"
    files = [
        (
            About("report", f"Report on how {child.forename} is getting on", "en"),
            "report.pdf",
            letter("Report", [f"About {name}", "Settled well, curious, kind to others.", *CLOSING]),
        ),
        (About("childs_own", f"{child.forename}’s painting", ""), "painting.png", painting(chance)),
    ]
    if child.facts:
        lines = [f"Re: {name}", "We saw your child in clinic and write to say what we found.", *CLOSING]
        files.append(
            (
                About("letter", "Letter from the children’s clinic", "en"),
                "clinic.pdf",
                letter("Clinic", lines),
            )
        )
    for about, file, content in files:
        put_on_record(by=KEEPER, child_id=child.key, about=about, taken=[look_over(file, content)])
    return len(files)
