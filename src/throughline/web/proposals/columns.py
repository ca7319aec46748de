"""Explaining the columns of a table: what each stands for, its words for codes, and ten lines as they would be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.core.exchange.column_wording import field_words, fields_to_choose, problem_words
from throughline.core.exchange.proposals.columns import (
    Tried,
    coded,
    columns_of,
    explain_columns,
    file_to_explain,
    try_mapping,
)
from throughline.core.exchange.wording import refusal_words
from throughline.formats.mapped import IGNORED, KEPT, ColumnMapping, ColumnSeen
from throughline.formats.pupils import PupilRow
from throughline.formats.reading import FileRefused
from throughline.web.components.forms import PlainForm
from throughline.web.components.parts import Column, Link
from throughline.web.components.wording import long_date
from throughline.web.portals.saving import save_form

from .lists import viewer_of

DATES = (
    ("sector", gettext_lazy("Day before month, or year first")),
    ("month_first", gettext_lazy("Month before day (12/31/2025)")),
    ("serial", gettext_lazy("Days counted by a spreadsheet (45992)")),
)


class ColumnsForm(PlainForm):
    """A choice for each column, a box of words for each code, and the name to keep it under."""

    def __init__(
        self,
        seen: Sequence[ColumnSeen],
        suggested: ColumnMapping,
        *args: Any,
        own_school: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        known = fields_to_choose()
        choices = [(IGNORED, _("Leave it out")), (KEPT, _("Show it, and write it nowhere")), *known]
        for at, column in enumerate(seen):
            hint = ", ".join(column.examples) or _hidden(column.filled)
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=column.heading,
                choices=choices,
                initial=suggested.columns.get(column.heading, IGNORED),
                help_text=hint,
            )
        self.fields["dates"] = forms.ChoiceField(label=_("How are dates written?"), choices=DATES)
        for field, words in _usual(suggested, self.data).items():
            self.fields[f"codes_{field}"] = forms.CharField(
                label=_("Words for: %(field)s") % {"field": field_words(field)},
                required=False,
                initial=words,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_(
                    "One in a line, the file’s word first: Male = M. What is not here is kept as it came."
                ),
            )
        if not own_school:
            self.fields["school"] = forms.CharField(
                label=_("If the whole file is about one school: its number"), required=False, max_length=20
            )
        self.fields["name"] = forms.CharField(
            label=_("Name to keep this under"),
            required=False,
            max_length=100,
            help_text=_("Such as the system that made the file. The next file like it needs no explaining."),
        )

    @property
    def mapping(self) -> ColumnMapping:
        """What was said, as it is kept."""
        said = self.cleaned_data
        columns = {column.heading: said[f"column_{at}"] for at, column in enumerate(self.seen)}
        codes = {
            name.removeprefix("codes_"): _words(text)
            for name, text in said.items()
            if name.startswith("codes_")
        }
        constants = {"school": said["school"].strip()} if said.get("school") else {}
        mapped = set(columns.values())
        kept = {field: words for field, words in codes.items() if words and field in mapped}
        return ColumnMapping(columns, dates=said["dates"], codes=kept, constants=constants)


def explain(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """The page. "Show ten lines" keeps nothing; "Keep" keeps the layout and has the file read."""
    viewer = viewer_of(request)
    here = reverse("proposals.one", args=[proposal_id])
    try:
        row, data = file_to_explain(viewer, proposal_id)
        seen, suggested = columns_of(data)
    except FileRefused as refused:
        words = {"refusal": refusal_words(refused.code, refused.detail), "back": Link("", here)}
        return render(
            request, "proposals/columns.html", words | {"page_title": _("What do the columns mean?")}
        )
    sent = (request.POST,) if request.method == "POST" else ()
    form = ColumnsForm(seen, suggested, *sent, own_school=row.school_id is not None)
    tried = None
    if form.is_valid():
        tried = try_mapping(data, form.mapping)
        if request.POST.get("keep") and not tried.stops:
            answer = save_form(
                request, form, lambda: _keep(viewer, proposal_id, form, here), _("The layout was kept.")
            )
            if answer:
                return answer
    words = {
        "row": row,
        "form": form,
        "tried": tried,
        "problems": [problem_words(each) for each in tried.problems] if tried else [],
        "columns": _preview_columns(),
        "rows": _preview(tried),
        "back": Link("", here),
        "page_title": _("What do the columns mean?"),
    }
    return render(request, "proposals/columns.html", words)


def _keep(viewer: Any, proposal_id: UUID, form: ColumnsForm, here: str) -> str:
    explain_columns(by=viewer, proposal_id=proposal_id, name=form.cleaned_data["name"], mapping=form.mapping)
    return here


def _hidden(filled: int) -> str:
    if not filled:
        return _("Empty in this file")
    words = ngettext("%(n)s value, not shown here", "%(n)s values, not shown here", filled)
    return words % {"n": filled}


def _usual(suggested: ColumnMapping, sent: Any) -> dict[str, str]:
    """Boxes of words: for the codes that headings suggest, and for those that were chosen meanwhile."""
    chosen = {value for name, value in sent.items() if name.startswith("column_")}
    fields = [*suggested.codes, *sorted(field for field in chosen if coded(field))]
    return {
        field: "\n".join(f"{word} = {code}" for word, code in suggested.codes.get(field, {}).items())
        for field in dict.fromkeys(fields)
    }


def _words(text: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in text.splitlines())
    return {word.strip(): code.strip() for word, _sep, code in pairs if word.strip() and code.strip()}


def _preview_columns() -> list[Column]:
    labels = (
        *(_("Line"), _("Name"), _("Date of birth"), _("Sex"), _("Pupil number"), _("School")),
        *(_("Year group"), _("Joined"), _("Special needs"), _("Address")),
    )
    return [Column(label, sort=False) for label in labels]


def _preview(tried: Tried | None) -> list[list[Any]]:
    return [_preview_line(row) for row in tried.rows] if tried else []


def _preview_line(row: PupilRow) -> list[Any]:
    address = _("Read, and not shown here") if row.address else ""
    return [
        row.line,
        f"{row.forename or ''} {row.surname or ''}".strip(),
        long_date(row.born),
        row.sex or "",
        row.upn or "",
        row.school.value if row.school else "",
        row.year_group or "",
        long_date(row.entered),
        row.sen_provision or "",
        address,
    ]
