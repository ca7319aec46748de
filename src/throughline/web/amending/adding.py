"""Adding a child: whoever looks like them is shown first, so that nobody is entered twice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.core.people.actions import ChildDetails, add_child
from throughline.core.people.amendable import choices
from throughline.core.people.numbers import problem_words, set_upn
from throughline.core.people.search import find_children
from throughline.rules.identifiers import Problem, parse_upn
from throughline.web.components.forms import PlainForm
from throughline.web.components.parts import Cell, Column, Link
from throughline.web.components.wording import long_date
from throughline.web.portals.saving import first_answer, put_problem, save_once

from .fields import MIDDLE, day, line, one_of

MOST = 10


class ChildForm(PlainForm):
    forename = line(lazy("Forename"), most=100, required=True, width=MIDDLE)
    middle_names = line(lazy("Middle names"), most=150, width=MIDDLE)
    surname = line(lazy("Surname"), most=100, required=True, width=MIDDLE)
    chosen_name = line(
        lazy("Name they use"), lazy("If it is another than the forename"), most=100, width=MIDDLE
    )
    born = day(lazy("Date of birth"))
    sex = one_of(lazy("Sex"), choices("sex"))
    upn = line(lazy("Unique pupil number"), lazy("If you know it"), most=20, width=MIDDLE)
    source = line(
        lazy("Who says so?"), lazy("For example, the family at the counter"), most=120, required=True
    )
    looked = forms.CharField(required=False, widget=forms.HiddenInput, max_length=300)

    def clean_upn(self) -> str:
        """Checked by its check letter before a child is made."""
        text = self.cleaned_data["upn"]
        found = parse_upn(text) if text else None
        if isinstance(found, Problem):
            raise ValidationError(problem_words(found))
        return found.value if found else ""

    def asked(self) -> str:
        """Who is being added, as a search is typed: what was looked for is what will be added."""
        given = self.cleaned_data
        return f"{given['forename']} {given['surname']} {given['born']:%d/%m/%Y}"


def add(request: HttpRequest) -> HttpResponse:
    """First who it is; then those who look like them; then, if none is the child, the record."""
    viewer: Any = request.viewer  # type: ignore[attr-defined]
    if again := first_answer(request):
        return again
    form = ChildForm(*((request.POST,) if request.method == "POST" else ()))
    found: list[Any] = []
    looked = False
    if request.method == "POST" and form.is_valid():
        found, looked = find_children(viewer, form.asked(), most=MOST), True
        if form.cleaned_data["looked"] == form.asked() or not found:
            try:
                answer = save_once(request, lambda: _add(viewer, form.cleaned_data))
            except ValidationError as problem:
                put_problem(form, problem)
            else:
                messages.success(
                    request, _("The child is on the record. Add an address and the family next.")
                )
                return answer
        else:
            form.data = {**form.data.dict(), "looked": form.asked()}  # type: ignore[attr-defined]
    words = {
        "form": form,
        "looked": looked,
        "columns": [
            Column(label, sort=False) for label in (_("Child"), _("Born"), _("Address"), _("Record"))
        ],
        "rows": [
            [
                Cell(each.name, href=reverse("record.child", args=[each.id])),
                long_date(each.born) if hasattr(each.born, "year") else each.born,
                each.address,
                each.reference,
            ]
            for each in found
        ],
        "back": Link("", reverse("portals.home")),
    }
    return render(request, "amending/add.html", words)


def _add(viewer: Any, given: dict[str, Any]) -> str:
    names = ("forename", "middle_names", "surname", "chosen_name", "born", "sex")
    child = add_child(by=viewer, details=ChildDetails(**{name: given[name] for name in names}))
    if given["upn"]:
        set_upn(by=viewer, child_id=child.pk, upn=given["upn"], source=given["source"])
    return reverse("record.child", args=[child.pk])
