"""The columns of a table in a layout of its own: an officer says once what they mean, and that is kept as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from throughline.formats.mapped import (
    FIELDS,
    ColumnMapping,
    ColumnSeen,
    MappingProblem,
    check_mapping,
    look_at,
    read_mapped,
    suggest_mapping,
)
from throughline.formats.pupils import PupilRow
from throughline.formats.reading import FileRefused

from ...access.viewer import Refused, Viewer, require
from ...audit.change import change
from ...audit.look import look
from ...documents.kept import holds_a_virus, whole
from ..module import REVIEW
from ..proposal_tables import Layout, Proposal
from .asking import READ, hand_over

ROWS_SHOWN = 10
# Columns that may give a home or a family away: their values are not shown before it is known whose they are.
KEPT_BACK = re.compile(
    r"address|postcode|street|town|paon|saon|uprn|county|locality|contact_|phone|email|post_town"
)
LIKE_A_HOME = re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}|\d+\w? +[A-Za-z]|[A-Za-z]+ +\d")


@dataclass(frozen=True)
class Tried:
    """How a file would be read: what is wrong, the first rows, and how many there are."""

    problems: tuple[MappingProblem, ...]
    rows: tuple[PupilRow, ...]
    kept: int
    odd: int

    @property
    def stops(self) -> bool:
        return any(problem.severity == "stop" for problem in self.problems)


def file_to_explain(viewer: Viewer, proposal_id: UUID) -> tuple[Proposal, bytes]:
    """A table whose columns are to be explained, and its bytes. The look is recorded.

    Raises:
        Refused: there is none.
        FileRefused: it holds a virus.
    """
    require(viewer, REVIEW)
    row = (
        Proposal.objects.select_related("file", "school")
        .filter(pk=proposal_id, state=Proposal.State.COLUMNS)
        .first()
    )
    if row is None:
        raise Refused("No such file to explain.")
    if holds_a_virus(row.file):
        raise FileRefused("harmful")
    look(viewer, "columns of a file about children", [], ["people.identity"])
    return row, whole(row.file)


def columns_of(data: bytes) -> tuple[list[ColumnSeen], ColumnMapping]:
    """The columns of a table with examples, and what their headings suggest. What may be a home is not among the examples.

    Raises:
        FileRefused: not a CSV file.
    """
    suggested = suggest_mapping(data)
    seen = []
    for column in look_at(data):
        field = suggested.columns.get(column.heading, "")
        hidden = KEPT_BACK.search(field) or any(LIKE_A_HOME.search(text) for text in column.examples)
        seen.append(ColumnSeen(column.heading, () if hidden else column.examples, column.filled))
    return seen, suggested


def try_mapping(data: bytes, mapping: ColumnMapping) -> Tried:
    """How the file would be read with this mapping; nothing is kept."""
    problems = check_mapping(mapping, data)
    if any(problem.severity == "stop" for problem in problems):
        return Tried(problems, (), 0, 0)
    reading = read_mapped(data, mapping)
    return Tried(problems, reading.rows[:ROWS_SHOWN], reading.counts.kept, len(reading.findings))


def explain_columns(
    *, by: Viewer, proposal_id: UUID, name: str, mapping: Mapping[str, Any] | ColumnMapping
) -> Layout:
    """Keep what the columns mean under a name, as a new version where there is one, and have the file read with it.

    Raises:
        Refused: there is no such file to explain.
        ValidationError: no name, or nothing can be read with it.
    """
    require(by, REVIEW)
    row, data = file_to_explain(by, proposal_id)
    drawn = mapping if isinstance(mapping, ColumnMapping) else ColumnMapping(**mapping)
    if not name.strip():
        raise ValidationError({"name": _("Give the layout a name, such as the system that makes the file.")})
    if try_mapping(data, drawn).stops:
        raise ValidationError(_("The file cannot be read like this. Look at what is wrong above."))
    wanted = " ".join(name.split())[:100]
    with change("layout of a table kept", by=by):
        last = Layout.objects.filter(name=wanted).aggregate(last=Max("version"))["last"] or 0
        layout: Layout = Layout.objects.create(
            name=wanted, version=last + 1, mapping=drawn.to_data(), drawn_by=by.actor_label[:200]
        )
        Proposal.objects.filter(pk=row.pk, state=Proposal.State.COLUMNS).update(layout=layout)
        if not hand_over(by=by, proposal=row, job=READ, state=Proposal.State.READING):
            raise Refused("No such file to explain.")
    return layout


def coded(field: str) -> bool:
    """Whether what a column of this field holds are words for codes."""
    return FIELDS.get(field) in ("code", "yes_no")
